// Techniques of serving: units apart, prefixes that come again, drafted tokens, levers together, the roofline.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { inEveryLook } from "../lib/looks.mjs";
import { changed, choose, figure, served, value } from "../lib/served.mjs";

const site = journeys();

const open = (workbench, summary) => workbench.main.getByText(summary, { exact: true }).click();

/** The page of one service, and what the command line says of it. */
async function serving(plan, model = "llama-3.1-70b", accelerators = 64) {
  const { workbench, assessed } = await served(site, [
    { name: "Chat", class: "Inference", model, accelerators, serving: plan },
  ]);
  return { workbench, service: assessed.predictions.workloads[0].service };
}

const CHAT = { traffic: "azure-conversation", each: "50 ms" };

test("prefill and decode are set apart, and the page says what the command line does", async () => {
  const { workbench, service } = await serving({ ...CHAT, disaggregation: { mode: "Yes" } });
  const { page } = workbench;
  const { disaggregated } = service;
  assert.equal(await value(workbench, "Requests"), service.requests[1]);
  const units = page.getByRole("table", { name: "Units that read prompts and units that write answers" });
  const row = (name) => units.getByRole("row", { name: new RegExp(`^${name} `) }).innerText();
  assert.ok((await row("prefill")).includes(String(disaggregated.prefill.layout.replicas)));
  assert.ok((await row("decode")).includes(String(disaggregated.decode.layout.replicas)));
  await workbench.main.getByText(/^Units that .* bind\. Keys and values of a prompt/).waitFor();
  await page.getByRole("heading", { name: /^The fleet holds the limits up to/ }).waitFor();
  // What plays one replica has nothing to say of a fleet.
  assert.equal(await workbench.button("Play 20,000 requests").count(), 0);
  await axe(page, "serving, apart");

  await open(workbench, "Prefill and decode apart; experts beyond a domain");
  await workbench.fill("Prefill: tensor parallel", "7");
  await page.getByText(/no prefill unit and decode unit of these degrees fit/).waitFor();
  await workbench.fill("Prefill: tensor parallel", "");
  await figure(workbench, "Requests").waitFor();
  await choose(workbench, "Prefill and decode", "together");
  await units.waitFor({ state: "detached" });
  await workbench.button("Undo", { exact: true }).click();
  await units.waitFor();
  workbench.assertUntroubled();
});

test("prefixes are found by what the tiers hold, and chance finds least", async () => {
  const { workbench } = await serving(CHAT);
  const { page } = workbench;
  const without = await value(workbench, "Requests");
  await open(workbench, "Prompts that come again");
  await choose(workbench, "Prompts come again as in", "consumer chat (Alibaba trace A)");
  const aware = await changed(workbench, "Requests", without);
  assert.ok(aware > without, `${aware} ${without}`);
  const tiers = page.getByRole("table", { name: "Where keys and values of prefixes lie, the fastest tier first" });
  assert.equal(await tiers.getByRole("row").count(), 5);
  await page.getByText(/of the prompts' tokens are found again, of 62\s?% in a cache without bounds/).waitFor();
  await choose(workbench, "Requests go", "to any replica");
  const random = await changed(workbench, "Requests", aware);
  assert.ok(random < aware, `${random} ${aware}`);
  await page.getByText(/Requests reach any of .* replicas/).waitFor();
  await axe(page, "serving, prefixes");
  await workbench.fill("Prompts found cached", "40 %");
  await tiers.waitFor({ state: "detached" });
  await page.getByText("The stated share of cached prompts is taken").waitFor();
  workbench.assertUntroubled();
});

test("drafted tokens are part of the plan, and what cannot be is said", async () => {
  const { workbench } = await serving({ prompt: 500, output: 500, format: "Half", each: "15 ms" });
  const { page } = workbench;
  const plain = await value(workbench, "Yield of an accelerator");
  await open(workbench, "Drafted tokens");
  await choose(workbench, "Tokens drafted by", "a trained drafter (EAGLE-3), 3 tokens");
  const drafted = await changed(workbench, "Yield of an accelerator", plain);
  assert.ok(drafted > plain, `${drafted} ${plain}`);
  await page.getByText(/No acceptance of drafted tokens is published for this model/).waitFor();
  await choose(workbench, "Tokens drafted by", "the model's own next-token predictor, 2 tokens");
  await page.getByText(/This model has no next-token predictors of its own/).waitFor();
  await axe(page, "serving, drafting");
  await workbench.button("To the field").click();
  await page.waitForFunction(() => document.activeElement?.dataset.path === "workloads[0].serving.drafting.drafter");
  workbench.assertUntroubled();
});

test("levers stand one on top of the other, and the roofline marks the critical batch", async () => {
  const { workbench } = await serving({ ...CHAT, format: "Half" });
  const { page } = workbench;
  const together = page.getByRole("heading", { name: /^All changes together look like .* for a billion output tokens/ });
  await together.waitFor();
  const roofline = page.getByRole("heading", { name: /^Decode at this load is bound by memory/ });
  await roofline.waitFor();
  for (const title of [together, roofline]) {
    const chart = workbench.main.getByRole("figure").filter({ has: title }).getByRole("img");
    await chart.focus();
    await page.keyboard.press("Home");
    const status = chart.locator("xpath=ancestor::figure").getByRole("status");
    const first = await status.innerText();
    assert.match(first, /\d/);
    await page.keyboard.press("End");
    assert.notEqual(await status.innerText(), first);
  }
  const before = await value(workbench, "Yield of an accelerator");
  await page.getByRole("button", { name: /^Apply: prefill and decode apart/ }).click();
  await changed(workbench, "Yield of an accelerator", before);
  await page.getByRole("table", { name: "Units that read prompts and units that write answers" }).waitFor();
  await workbench.button("Undo", { exact: true }).click();
  await changed(workbench, "Yield of an accelerator", undefined);
  await open(workbench, "Easy requests and a smaller model");
  await page.getByText(/follows from what it costs to make/).waitFor();
  await workbench.fill("Cost of distilling", "80 k$");
  await page.getByText(/^A distilled model that costs .* has paid for it after .* output tokens/).waitFor();
  await inEveryLook(page, "serving-levers", (look) => axe(page, look));
  workbench.assertUntroubled();
});
