// Every page in every look: accessible, as wide as the screen, without trouble.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { inEveryLook } from "../lib/looks.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();

const PAGES = [
  ["start", "#/start", "Start from a finished design"],
  ["workload", "#/design/workload", "Workload"],
  ["compute", "#/design/compute", "Compute"],
  ["fabrics", "#/design/fabrics", "Fabrics"],
  ["storage", "#/design/storage", "Storage"],
  ["orchestration", "#/design/orchestration", "Orchestration"],
  ["site", "#/design/site", "Site"],
  ["economics", "#/design/economics", "Economics"],
  ["findings", "#/findings", "Findings"],
  ["training", "#/training", "Training"],
  ["inference", "#/inference", "Inference"],
  ["evidence", "#/evidence", "Evidence"],
  ["evidence-inference", "#/evidence/inference", "Evidence"],
  ["cost", "#/cost", "Cost"],
  ["compare", "#/compare", "Compare"],
  ["nearest", "#/nearest", "Nearest references"],
  ["references", "#/references", "References"],
  ["beside", "#/references/beside/nvidia-dgx-superpod-h100,nvidia-dgx-superpod-gb200,nvidia-dgx-basepod", "References side by side"],
  ["reference", "#/references/nvidia-dgx-superpod-h100", "DGX SuperPOD, DGX H100"],
  ["rules", "#/references/rules", "Rules"],
  ["catalogue", "#/catalogue", "Catalogue"],
  ["parts", "#/catalogue/beside/h100-sxm,b200-sxm,mi355x", "Parts side by side"],
  ["part", "#/catalogue/qm9700", /QM9700/],
  ["about", "#/about", "About Plumbline"],
];

for (const [name, fragment, heading] of PAGES) {
  test(`${name}: axe finds nothing, nothing sticks out`, async () => {
    const workbench = await Workbench.open(site);
    const { page } = workbench;
    // Something is wrong with the design, so that every mark and every list has something in it.
    await workbench.section("Site");
    await workbench.fill("Power per compute rack", "20 kW");
    if (name === "compare") {
      await workbench.turnTo("Compare");
      await workbench.button("Duplicate this design").click();
      await page.getByRole("heading", { name: "Difference of the cost" }).waitFor();
    }
    await page.evaluate((hash) => (location.hash = hash), fragment);
    await workbench.heading(heading);
    if (name === "findings") {
      await workbench.main.locator("summary[data-finding]").first().click();
      await page.getByText("Demanded by").last().waitFor();
    }
    if (name === "training") {
      await page.getByRole("heading", { name: /^(Up to|At) .*accelerators/ }).waitFor();
    }
    if (name === "inference") {
      await workbench.button("Add inference").click();
      const choose = (field, label) => page.getByRole("combobox", { name: field, exact: true }).selectOption({ label });
      await choose("Model", "DeepSeek V3 (V3.1 and R1 have the same shape)");
      await choose("Traffic", "Conversation (Azure, 2023)");
      await workbench.fill("Between tokens at most", "50 ms");
      await page.getByRole("heading", { name: /^A replica holds the limits/ }).waitFor();
    }
    if (name.startsWith("evidence")) {
      await page.getByRole("combobox", { name: "Metric" }).waitFor({ timeout: 60_000 });
      await page.getByRole("heading", { name: /^Constants/ }).click();
    }
    if (name === "nearest") {
      await workbench.main.getByText("the nearest first").waitFor();
      await workbench.main.locator(".neighbours summary").nth(1).click();
      await page.getByRole("button", { name: /^Apply all changes/ }).waitFor();
    }
    await inEveryLook(page, name, async (look) => {
      await axe(page, look);
      const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= room, `${look}: ${wide} px wide in ${room}`);
    });
    workbench.assertUntroubled();
  });
}
