// A service on the page: its figures, and a design that is opened by its link.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Workbench } from "../pages/workbench.mjs";
import { plumbline, plumblineJson } from "./cli.mjs";

export const figure = (workbench, name) => workbench.main.locator(`[data-predicted="${name}"]`);
export const value = (workbench, name) => figure(workbench, name).getAttribute("data-value").then(Number);
export const choose = (workbench, name, label) =>
  workbench.main.getByRole("combobox", { name, exact: true }).selectOption({ label });

/** Waits until a figure is another than before. */
export async function changed(workbench, name, before) {
  await workbench.page.waitForFunction(
    ([name, before]) => {
      const shown = document.querySelector(`[data-predicted="${name}"]`);
      return shown && Number(shown.dataset.value) !== before;
    },
    [name, before],
  );
  return value(workbench, name);
}

/** The page of Inference of a unit of H100 with these workloads, and what the command line says of it. */
export async function served(site, workloads, more = {}) {
  const folder = await mkdtemp(join(tmpdir(), "plumbline-"));
  try {
    const file = join(folder, "served.json");
    await plumbline("new", "nvidia-dgx-superpod-h100", "--size", "1", "-o", file);
    const design = JSON.parse(await readFile(file, "utf8"));
    Object.assign(design.site, more.site);
    design.workloads = workloads;
    await writeFile(file, JSON.stringify(design));
    const assessed = await plumblineJson("assess", file, "--json");
    const link = (await plumbline("link", file)).stdout.trim();
    const workbench = await Workbench.open(site, { address: `/#${link.slice(link.indexOf("#") + 1)}` });
    await workbench.turnTo("Inference");
    await figure(workbench, "Requests").waitFor();
    return { workbench, assessed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
