// The page and the command line compute the same, to the last digit.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plumbline, plumblineJson } from "../lib/cli.mjs";
import { journeys } from "../lib/journey.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "plumbline-"));
});
after(() => rm(folder, { recursive: true, force: true }));

/** What the panel must show, by the names that it uses. */
function expected({ derived, costs }) {
  const [cost] = costs.designs;
  return {
    Accelerators: derived["compute.accelerators"].value,
    "IT power": derived["power.it"].value,
    Capex: cost.capex.mid,
    TCO: cost.tco.mid,
    "$ per accelerator-hour": cost.per_accelerator_hour?.mid ?? "",
  };
}

for (const [reference, size] of [
  ["nvidia-dgx-superpod-h100", 4],
  ["nvidia-dgx-superpod-h100", 64],
  ["nvidia-dgx-superpod-gb200", 8],
  ["nvidia-dgx-superpod-b300-xdr", 1],
]) {
  test(`${reference} at ${size} units: every number of the panel, every count, every line`, async (t) => {
    const file = join(folder, `${reference}-${size}.json`);
    const made = await plumbline("new", reference, "--size", String(size), "-o", file);
    if (made.code === 2) return t.skip(made.stderr);
    const assessed = await plumblineJson("assess", file, "--json");
    const link = (await plumbline("link", file)).stdout.trim();
    const fragment = link.slice(link.indexOf("#") + 1);
    const workbench = await Workbench.open(site, { address: `/#${fragment}` });

    const shown = await workbench.numbers();
    for (const [name, value] of Object.entries(expected(assessed))) {
      assert.equal(Number(shown[name]), Number(value), name);
    }
    await workbench.turnTo("Findings");
    const counts = await workbench.counts();
    const { blocker, deviation, advice, unknown, waived, pass } = assessed.summary;
    assert.deepEqual(counts, { blocker, deviation, advice, unknown, waived, holds: pass });

    await workbench.turnTo("Cost");
    const lines = await workbench.page.locator("tr[data-line]").evaluateAll((rows) =>
      rows.map((row) => [row.dataset.line, Number(row.querySelector("b[data-value]").dataset.value)]),
    );
    const wanted = assessed.costs.designs[0].lines.map(({ path, mid }) => [path, mid]);
    assert.deepEqual(lines, wanted);
    workbench.assertUntroubled();
  });
}

test("a design edited on the page is the same on the command line", async () => {
  const workbench = await Workbench.open(site);
  await workbench.section("Site");
  await workbench.fill("Power per compute rack", "20 kW");
  await workbench.section("Economics");
  await workbench.fill("Electricity", "0.21 $/kWh");
  const link = await workbench.link();
  const file = join(folder, "edited.json");
  const opened = await plumbline("open", link.slice(link.indexOf("#")));
  assert.equal(opened.code, 0, opened.stderr);
  await writeFile(file.replace(".json", ".ron"), opened.stdout);
  const assessed = await plumblineJson("assess", file.replace(".json", ".ron"), "--json");
  const shown = await workbench.numbers();
  for (const [name, value] of Object.entries(expected(assessed))) {
    assert.equal(Number(shown[name]), Number(value), name);
  }
});
