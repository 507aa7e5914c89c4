// The command line, for journeys that compare it with the page.

import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root, target } from "./paths.mjs";

const run = promisify(execFile);
let built = false;

/** Runs `plumbline ARGUMENTS` and gives `{ code, stdout, stderr }`, whatever the exit code. */
export async function plumbline(...arguments_) {
  if (!built) {
    const build = ["build", "-q", "-p", "plumbline-engine", "--features", "cli", "--bin", "plumbline"];
    execFileSync("cargo", build, { cwd: root, stdio: "inherit" });
    built = true;
  }
  try {
    const done = await run(join(target, "debug", "plumbline"), arguments_, { cwd: root, maxBuffer: 1 << 26 });
    return { code: 0, ...done };
  } catch (error) {
    if (typeof error.code !== "number") throw error;
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

/** The same, read as JSON; fails where the command failed. */
export async function plumblineJson(...arguments_) {
  const { code, stdout, stderr } = await plumbline(...arguments_);
  if (code !== 0) throw new Error(`plumbline ${arguments_.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
