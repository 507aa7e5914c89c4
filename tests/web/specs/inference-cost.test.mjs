// What a service costs over its life: energy, years, words by language, and the rows behind the answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { inEveryLook } from "../lib/looks.mjs";
import { choose, served, value } from "../lib/served.mjs";

const site = journeys();

const table = (workbench, name) => workbench.page.getByRole("region", { name }).getByRole("row");

/** A unit of H100 that serves Llama 3.1 70B: its page, and what the command line says of it. */
const serving = (plan) => {
  const all = { prompt: 1000, output: 500, requests: "30 requests/s", ...plan };
  const chat = { name: "Chat", class: "Inference", model: "llama-3.1-70b", accelerators: 64, serving: all };
  return served(site, [chat], { site: { region: "us" } });
};

test("energy, years and words agree with the command line", async (t) => {
  const { workbench, assessed } = await serving({ sizing: { growth: 0.3 }, lifetime: { decline: 0.2 }, language: "arabic" });
  const { page } = workbench;
  const { energy, backing } = assessed.predictions.workloads[0].service;
  const [life] = assessed.costs.designs[0].lifetimes;

  await t.test("energy grows from the accelerator to the meter", async () => {
    const all = ["Energy of a token, accelerators", "Energy of a token, at the meter", "The same at the mean load"];
    const shown = [];
    for (const name of all) shown.push(await value(workbench, name));
    assert.deepEqual(shown, [energy.accelerators[1], energy.meter[1], energy.mean[1]]);
    assert.ok(shown[0] < shown[1] && shown[1] < shown[2]);
    await workbench.main.getByText(/measured runs are off by less than .* in energy per token/).waitFor();
  });

  await t.test("the rows behind the answer are counted on the answer", async () => {
    const rows = new Intl.NumberFormat("en").format(backing.both);
    const said = page.getByRole("region", { name: "Prediction" }).getByText(/measured rows are on Hopper/);
    assert.ok((await said.innerText()).replace(/[\u202f\u00a0]/g, ",").startsWith(rows), await said.innerText());
  });

  await t.test("every year has its row, its replicas and its three ways", async () => {
    assert.equal(await table(workbench, "Years of the service").count(), life.years.length + 1);
    assert.equal(await table(workbench, "Costs by unit and year").count(), 3 * life.years.length + 1);
    const chart = page.getByRole("region", { name: "Over its life" }).getByRole("img");
    await chart.focus();
    await page.keyboard.press("Home");
    const status = chart.locator("xpath=ancestor::figure").getByRole("status");
    assert.match(await status.innerText(), /^Year 1, Owned: .*between/);
  });

  await t.test("words of the language that is served cost by its tokens", async () => {
    await page.getByText(/words of answers in Arabic cost .* 1.41 times the tokens/).waitFor();
    const rows = table(workbench, "Words by language");
    assert.equal(await rows.count(), 10);
    await rows.filter({ hasText: "Arabic, served" }).filter({ hasText: "×1.41" }).waitFor();
  });
  await inEveryLook(page, "inference-cost", (look) => axe(page, look));

  await t.test("every measured run stands beside its prediction", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole("region", { name: "Energy and emissions" }).getByRole("link", { name: "Evidence" }).click();
    await workbench.heading("Evidence");
    const kinds = page.getByRole("navigation", { name: "What was measured" });
    assert.equal(await kinds.getByRole("link", { name: "Energy" }).getAttribute("aria-current"), "page");
    await page.waitForFunction(() => document.querySelector('[data-evidence="Predicted"]')?.innerText === "305");
    const inside = await page.locator('[data-evidence="In their band"]').innerText();
    assert.ok(Number.parseFloat(inside) >= 75 && Number.parseFloat(inside) <= 90, inside);
    await axe(page, "evidence, energy");
  });
  workbench.assertUntroubled();
});

test("what is not known is said, and stated away", async (t) => {
  const { workbench } = await serving({ engine: "tgi" });
  const { page } = workbench;

  await t.test("an engine without a measured row is thin evidence", async () => {
    await page.getByText("Thin evidence.").waitFor();
    await page.getByText(/None of .* measured rows is on Hopper .* with TGI/).waitFor();
    await axe(page, "inference, thin");
    await choose(workbench, "Serving engine", "vLLM recent");
    await page.getByText("Thin evidence.").waitFor({ state: "detached" });
  });

  await t.test("tokens are bought in the first year only, until their fall is stated", async () => {
    const bought = () => table(workbench, "Costs by unit and year").filter({ hasText: /Bought/ }).count();
    assert.equal(await bought(), 1);
    await workbench.main.getByText(/^Over its life: language/).click();
    await workbench.fill("Fall of token prices", "30");
    await page.getByText(/buying them is shown for the first year only/).waitFor({ state: "detached" });
    assert.ok((await bought()) > 3);
    await workbench.button("Undo", { exact: true }).click();
    await page.getByText(/buying them is shown for the first year only/i).waitFor();
    assert.equal(await bought(), 1);
  });

  await t.test("a model whose tokenizer was not measured says so", async () => {
    await choose(workbench, "Model", "Gemma 3 27B");
    await page.getByText("The tokenizer of this model was not measured.").waitFor();
  });
  workbench.assertUntroubled();
});
