// Training predicted on the design, and the evidence for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { inEveryLook } from "../lib/looks.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const H100 = "DGX SuperPOD, DGX H100";

const figure = (workbench, name) => workbench.main.locator(`[data-predicted="${name}"]`);
const value = (workbench, name) => figure(workbench, name).getAttribute("data-value").then(Number);

/** Waits until a figure is another than before. */
async function changed(workbench, name, before) {
  await workbench.page.waitForFunction(
    ([name, before]) => Number(document.querySelector(`[data-predicted="${name}"]`)?.dataset.value) !== before,
    [name, before],
  );
  return value(workbench, name);
}

test("a run is predicted, follows its fields, and undo brings it back", async (t) => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.startFrom(H100, 4);

  await t.test("a stated efficiency goes first, and gives way when asked", async () => {
    await workbench.section("Workload");
    await workbench.fill("Model FLOPS utilisation", "41 %");
    await workbench.turnTo("Training");
    await page.getByText(/follow from the MFU of .* that the design states/).waitFor();
    const before = await value(workbench, "The run");
    await workbench.button("Use the prediction").click();
    await changed(workbench, "The run", before);
    await workbench.main.getByText(/^predicted, with interruptions/).waitFor();
    await workbench.verdict.getByRole("link", { name: /predicted/ }).waitFor();
  });

  await t.test("the step is held against other networks, each share with its source", async () => {
    const table = page.getByRole("table", { name: "The step on other networks" });
    await table.getByRole("row", { name: /2:1 oversubscription/ }).waitFor();
    await table.getByRole("button", { name: /Source of Bandwidth: Ethernet that hashes flows/ }).click();
    await page.getByRole("dialog").getByText("of all that crosses the network").waitFor();
    await page.keyboard.press("Escape");
  });

  await t.test("more tokens take longer, a fixed layout is no faster than the one found", async () => {
    const [run, step] = [await value(workbench, "The run"), await value(workbench, "Time of a step")];
    await workbench.fill("Tokens of a step", "16 M");
    const stepped = await changed(workbench, "Time of a step", step);
    await workbench.fill("Training tokens of one run", "30 T");
    assert.ok((await changed(workbench, "The run", run)) > run);
    await workbench.main.getByText("Layout: fixed or by search").click();
    await workbench.fill("Tensor parallel", "1");
    await page.waitForTimeout(200);
    assert.ok((await value(workbench, "Time of a step")) >= stepped * 0.999);
    await workbench.fill("Tensor parallel", "");
  });

  await t.test("what cannot be predicted says what is missing and leads to the field", async () => {
    await workbench.fill("Training tokens of one run", "");
    await page.getByText("The tokens of the run are not stated.").waitFor();
    await axe(page, "training, nothing predicted");
    await workbench.button("To the field").click();
    await workbench.heading("Workload");
    await page.waitForFunction(() => document.activeElement?.dataset.path === "workloads[0].tokens");
    await workbench.button("Undo", { exact: true }).click();
    await workbench.turnTo("Training");
    await figure(workbench, "Time of a step").waitFor();
  });

  await t.test("every chart reads by keyboard and has its table", async () => {
    await page.getByRole("img", { name: /accelerators/ }).first().waitFor();
    const charts = await page.getByRole("img").all();
    assert.ok(charts.length >= 3, "step, memory, scaling");
    for (const chart of charts) {
      await chart.focus();
      await page.keyboard.press("Home");
      const status = chart.locator("xpath=ancestor::figure").getByRole("status");
      const first = await status.innerText();
      assert.match(first, /\d/);
      await page.keyboard.press("End");
      assert.notEqual(await status.innerText(), first);
    }
  });

  await t.test("layouts, practice and money are there", async () => {
    const layouts = page.getByRole("region", { name: "Layouts" }).getByRole("row");
    assert.ok((await layouts.count()) > 3);
    await page.getByText(/layouts were tried/).waitFor();
    await page.getByRole("row", { name: /One more spare rack/ }).waitFor();
    await page.getByRole("row", { name: /All models of the life/ }).waitFor();
    await page.getByRole("region", { name: "Assumptions" }).getByRole("listitem").first().waitFor();
  });

  await t.test("the band leads to its class of the evidence", async () => {
    await workbench.main.getByRole("link", { name: /^Evidence: / }).click();
    await workbench.heading("Evidence");
    await page.getByRole("combobox", { name: "Class" }).waitFor({ timeout: 60_000 });
    assert.match(page.url(), /#\/evidence\/dense$/);
  });
  workbench.assertUntroubled();
});

test("the evidence holds every row, filters, and is saved as CSV", async () => {
  const workbench = await Workbench.open(site, { address: "/#/evidence" });
  const { page } = workbench;
  await workbench.heading("Evidence");
  const count = () => workbench.main.locator('[data-evidence="Predicted"]').innerText();
  await page.getByRole("combobox", { name: "Metric" }).waitFor({ timeout: 60_000 });
  const all = await count();
  assert.ok(Number(all) > 380, all);
  await page.getByRole("combobox", { name: "Accelerator" }).selectOption({ label: "NVIDIA GB200" });
  await page.waitForFunction(
    (all) => document.querySelector('[data-evidence="Predicted"]').innerText !== all,
    all,
  );
  const saved = page.waitForEvent("download");
  await workbench.button("Save predictions as CSV").click();
  const { createReadStream } = await import("node:fs");
  let text = "";
  for await (const part of createReadStream(await (await saved).path())) text += part;
  const lines = text.trim().split("\n");
  assert.equal(lines[0], "id,metric,predicted,low,high,status,reason");
  assert.equal(lines.length, 404);
  const asked = page.requests.filter((url) => /\/lazy\/measured-training-/.test(url));
  assert.equal(asked.length, 1, "the rows are asked for once");
  workbench.assertUntroubled();
});

test("one's own model is described, counted and trained", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.startFrom(H100, 4);
  await workbench.main.getByText("Own models", { exact: true }).first().click();
  await workbench.button("Add a dense model").click();
  const model = page.getByRole("listitem", { name: "model 1" });
  const counted = await model.getByRole("status").innerText();
  assert.match(counted, /B params/);
  await model.getByRole("textbox", { name: "Layers", exact: true }).fill("96");
  await page.waitForFunction(
    (before) => !document.body.innerText.includes(before),
    counted,
  );
  await page.getByRole("combobox", { name: "Model", exact: true }).selectOption({ label: "Own model" });
  await workbench.turnTo("Training");
  await figure(workbench, "Time of a step").waitFor();
  await axe(page, "training of one's own model");
  workbench.assertUntroubled();
});

test("the plan of a workload is edited where the workload is", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.startFrom(H100, 4);
  await workbench.main.getByText(/^How it is trained/).click();
  await workbench.fill("Tokens of a step", "8 M");
  await workbench.main.getByText("Checkpoints", { exact: true }).click();
  await page.getByRole("combobox", { name: "Saving" }).selectOption({ label: "training waits for storage" });
  await inEveryLook(page, "workload-plan", (look) => axe(page, look));
  workbench.assertUntroubled();
});
