// Predictions of inference against what was measured, on the page of the evidence.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const ROWS = 2285;

const figure = (workbench, name) => workbench.main.locator(`[data-evidence="${name}"]`).innerText();
const number = (text) => Number(text.replace(/\D/g, ""));
const table = (page, name) => page.getByRole("region", { name, exact: true }).getByRole("row");
/** The tables of measured rows that were asked for so far. */
const asked = (page) =>
  page.requests.flatMap((url) => url.match(/\/lazy\/measured-(.*)-[0-9a-f]{16}\.csv$/)?.[1] ?? []);

/** Ends when all rows are predicted. */
const predicted = (page) => page.getByRole("combobox", { name: "Metric" }).waitFor({ timeout: 60_000 });

/** Chooses in a filter and gives how many rows are left and predicted. */
async function choose(workbench, name, value) {
  const { page } = workbench;
  const before = await figure(workbench, "Predicted");
  await page.getByRole("combobox", { name, exact: true }).selectOption(value);
  await page.waitForFunction(
    (before) => document.querySelector('[data-evidence="Predicted"]').innerText !== before,
    before,
  );
  return number(await figure(workbench, "Predicted"));
}

test("inference has its evidence beside that of training, each with its own rows", async (t) => {
  const workbench = await Workbench.open(site, { address: "/#/evidence" });
  const { page } = workbench;
  await predicted(page);
  assert.deepEqual(asked(page), ["training"], "the rows of inference wait until they are wanted");

  await t.test("the switch leads there, and the page says how far it is while it predicts", async () => {
    // What is said for a moment only is noted as it is said: a look from outside may come too late.
    await page.evaluate(() => {
      window.said = new Set();
      const note = () => {
        const words = document.querySelector("main")?.textContent.match(/Predicting 2,285 rows, \S+ done…/);
        if (words) window.said.add(words[0]);
      };
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const kinds = page.getByRole("navigation", { name: "What was measured" });
    await kinds.getByRole("link", { name: "Inference" }).click();
    await page.waitForFunction(() => window.said.size > 0);
    await predicted(page);
    assert.ok((await page.evaluate(() => window.said.size)) > 1, "it goes on step by step");
    assert.match(page.url(), /#\/evidence\/inference$/);
    assert.equal(await kinds.getByRole("link", { name: "Inference" }).getAttribute("aria-current"), "page");
    assert.deepEqual(asked(page), ["training", "inference"]);
    assert.ok(number(await figure(workbench, "Predicted")) >= 0.94 * ROWS, await figure(workbench, "Predicted"));
  });

  await t.test("filters narrow the rows, each by what the row is of", async () => {
    const all = number(await figure(workbench, "Predicted"));
    const first = await choose(workbench, "Metric", { label: "time to first token (TTFT), ms" });
    assert.ok(first > 300 && first < all);
    const software = await choose(workbench, "Software", { label: "vLLM" });
    assert.ok(software > 0 && software < first);
    const experts = await choose(workbench, "Model", { label: "with experts" });
    assert.ok(experts > 0 && experts < software);
    const none = page.getByRole("combobox", { name: "Source" }).getByRole("option", { name: /^AMD/ });
    assert.equal(await choose(workbench, "Source", await none.getAttribute("value")), 0);
    await page.getByText(/^No drawing:/).first().waitFor();
    for (const name of ["Source", "Model", "Software", "Metric"]) {
      await page.getByRole("combobox", { name, exact: true }).selectOption({ label: "all" });
    }
    assert.equal(number(await figure(workbench, "Predicted")), all);
    await page.getByRole("img", { name: /^Half of the predictions/ }).waitFor();
  });

  await t.test("one accelerator has one name, whatever its sources call it", async () => {
    const names = await page.getByRole("combobox", { name: "Accelerator" }).getByRole("option").allInnerTexts();
    assert.equal(names.filter((name) => /H100 SXM/.test(name)).length, 1, names.join(", "));
  });

  await t.test("colours tell apart what is asked for", async () => {
    await page.getByRole("combobox", { name: "Colour by" }).selectOption({ label: "Accelerator" });
    const chart = page.getByRole("img", { name: /^Half of the predictions/ });
    await chart.focus();
    await page.keyboard.press("Home");
    const status = chart.locator("xpath=ancestor::figure").getByRole("status");
    assert.match(await status.innerText(), /measured .*, predicted .*%$/);
    await page.getByRole("button", { name: /^Table: Half of the predictions/ }).click();
    assert.ok((await page.getByRole("table", { name: /^Half of the predictions/ }).getByRole("row").count()) > 2000);
    await page.getByRole("button", { name: /^Table: Half of the predictions/ }).click();
  });

  await t.test("the worst rows come a few at a time, with a reason where one is known", async () => {
    assert.equal(await table(page, "The worst rows").count(), 21);
    await table(page, "The worst rows").filter({ hasText: /drafting|cold start|stated load did not run/ }).first().waitFor();
    await page.getByRole("button", { name: "Show 20 more" }).first().click();
    await page.waitForFunction(() => document.querySelectorAll(".evidence-worst tbody tr").length === 40);
  });

  await t.test("rows without a prediction say why", async () => {
    await page.getByRole("heading", { name: /^Not predicted/ }).click();
    await table(page, "Not predicted").filter({ hasText: /no constants are known for the accelerator/ }).first().waitFor();
  });

  await t.test("every row is there, sorted as a whole though few are shown", async () => {
    await page.getByRole("heading", { name: /^Every row/ }).click();
    const every = table(page, "Every row");
    await every.nth(1).waitFor();
    assert.equal(await every.count(), 101);
    await page.getByRole("region", { name: "Every row" }).getByRole("button", { name: "Error" }).click();
    await page.getByRole("region", { name: "Every row" }).getByRole("columnheader", { name: "Error" }).and(page.locator("[aria-sort=descending]")).waitFor();
    const [first, second] = await Promise.all(
      [1, 2].map(async (at) => number((await every.nth(at).getByRole("cell").nth(3).innerText()).split(".")[0])),
    );
    assert.ok(first >= second && first > 50, `${first} ${second}`);
    await every.getByRole("link").first().waitFor();
  });

  await t.test("constants say what bounds and fixes them", async () => {
    await page.getByRole("heading", { name: /^Constants/ }).click();
    await page.getByRole("table", { name: "Constants of the prediction of inference" })
      .getByRole("row", { name: /^gemm hopper .*16-bit rows on H100/ }).waitFor();
    await axe(page, "evidence of inference, all open");
  });

  await t.test("the predictions are saved as CSV", async () => {
    const saved = page.waitForEvent("download");
    await workbench.button("Save predictions as CSV").click();
    const download = await saved;
    assert.equal(download.suggestedFilename(), "plumbline-inference-predictions.csv");
    let text = "";
    for await (const part of createReadStream(await download.path())) text += part;
    const lines = text.trim().split("\n");
    assert.equal(lines[0], "id,metric,predicted,low,high,status,reason");
    assert.equal(lines.length, ROWS + 1);
  });

  await t.test("back leads to training, which is not predicted again", async () => {
    await page.goBack();
    await page.getByRole("combobox", { name: "Number format" }).getByRole("option", { name: "nvfp4" }).waitFor({ state: "attached" });
    assert.equal(await page.getByText(/^Predicting/).count(), 0);
    assert.deepEqual(asked(page), ["training", "inference"]);
  });
  workbench.assertUntroubled();
});

test("an address names a class of inference, and those of training stay as they were", async () => {
  const workbench = await Workbench.open(site, { address: "/#/evidence/inference/MLPerf-Server" });
  const { page } = workbench;
  await predicted(page);
  const chosen = () => page.getByRole("combobox", { name: "Class" }).evaluate((list) => list.selectedOptions[0].innerText);
  assert.equal(await chosen(), "MLPerf Server");
  assert.deepEqual(asked(page), ["inference"], "the rows of training are not asked for");
  for (const address of ["#/evidence/dense", "#/evidence/training/dense"]) {
    await page.evaluate((hash) => (location.hash = hash), address);
    await page.getByRole("combobox", { name: "Class" }).getByRole("option", { name: "lora" }).waitFor({ state: "attached", timeout: 60_000 });
    assert.equal(await chosen(), "dense");
  }
  workbench.assertUntroubled();
});
