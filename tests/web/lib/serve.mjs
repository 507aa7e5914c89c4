// Serves the built site on a free port, by the program that `make serve` uses.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { root, target } from "./paths.mjs";

/** `{ origin, close }`. PLUMBLINE_URL names a server that runs already, and is then left alone. */
export async function serve() {
  const given = process.env.PLUMBLINE_URL;
  if (given) return { origin: new URL(given).origin, close: async () => {} };

  const program = join(target, "debug", "plumbline-site");
  if (!existsSync(program) || !existsSync(join(root, "dist", "asset-manifest.json"))) {
    throw new Error("there is no finished site: `make build` first");
  }
  const server = spawn(
    program,
    ["serve", "dist", "--port", "0", "--cache", join(target, "site-cache")],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(server, "exit");
  // Not even a test that ends the process leaves a server behind.
  process.on("exit", () => server.kill());
  for await (const line of createInterface({ input: server.stdout })) {
    const [origin] = line.match(/http:\/\/[\d.:]+/) ?? [];
    if (origin) {
      const close = async () => {
        server.kill();
        await ended;
      };
      return { origin, close };
    }
  }
  throw new Error("plumbline-site ended before it served anything");
}
