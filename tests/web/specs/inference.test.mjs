// A model served on the design: predicted, followed through its fields, and the same as on the command line.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { plumbline, plumblineJson } from "../lib/cli.mjs";
import { journeys } from "../lib/journey.mjs";
import { inEveryLook } from "../lib/looks.mjs";
import { changed, choose, figure, value } from "../lib/served.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const H100 = "DGX SuperPOD, DGX H100";
const LLAMA = "Llama 3.1 70B (3 and 3.3 have the same shape)";
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "plumbline-"));
});
after(() => rm(folder, { recursive: true, force: true }));


/** The field that has the focus, by its path. */
const focused = (page, path) =>
  page.waitForFunction((path) => document.activeElement?.dataset.path === path, path);

test("a service is predicted, follows its fields, and undo brings it back", async (t) => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.startFrom(H100, 1);

  await t.test("nothing is served yet; what is missing is named and leads to its field", async () => {
    await workbench.turnTo("Inference");
    await workbench.main.getByText("Nothing is served on this design yet").waitFor();
    await axe(page, "inference, none");
    await workbench.button("Add inference").click();
    await page.getByText("The workload names no model.").waitFor();
    await workbench.button("To the field").click();
    await focused(page, "workloads[1].model");
    await choose(workbench, "Model", LLAMA);
    await page.getByText("The tokens of a prompt are not stated. A traffic states them too.").waitFor();
    await axe(page, "inference, nothing predicted");
    await workbench.button("To the field").click();
    await focused(page, "workloads[1].serving.prompt");
    await choose(workbench, "Traffic", "Conversation (Azure, 2023)");
    await figure(workbench, "Requests").waitFor();
    await workbench.verdict.getByRole("link", { name: /^Inference: .*requests\/s, predicted/ }).waitFor();
  });

  await t.test("the busiest hour says how many replicas it takes", async () => {
    const fit = await value(workbench, "Replicas");
    await workbench.fill("Busiest hour", "40 requests/s");
    const needed = await changed(workbench, "Replicas needed", undefined);
    assert.ok(needed >= 1 && needed < fit, `${needed} of ${fit}`);
    await workbench.main.getByText("Layout: fixed or by search; spare replicas").click();
    await workbench.fill("Spare replicas", "2");
    assert.equal(await changed(workbench, "Replicas needed", needed), needed + 2);
    await workbench.fill("Busiest hour", "20 k requests/s");
    await workbench.main.getByText(/^The busiest hour needs .* replicas; the accelerators have room for/).waitFor();
    await workbench.fill("Busiest hour", "");
    await figure(workbench, "Replicas").waitFor();
  });

  await t.test("a tight limit lowers the yield, one that cannot be held is said", async () => {
    const free = await value(workbench, "Yield of an accelerator");
    await workbench.fill("Between tokens at most", "30 ms");
    const held = await changed(workbench, "Yield of an accelerator", free);
    assert.ok(held < free, `${held} < ${free}`);
    await page.getByRole("heading", { name: /^A replica holds the limits up to/ }).waitFor();
    await workbench.fill("Between tokens at most", "0.1 ms");
    await workbench.main.getByText(/^The limits cannot be held/).waitFor();
    await axe(page, "inference, limits missed");
    await workbench.button("Undo", { exact: true }).click();
    await page.getByRole("heading", { name: /^A replica holds the limits up to/ }).waitFor();
    assert.equal(await value(workbench, "Yield of an accelerator"), held);
    await workbench.button("Undo", { exact: true }).click();
    assert.equal(await changed(workbench, "Yield of an accelerator", held), free);
  });

  await t.test("a fixed layout yields no more than the one found", async () => {
    const found = await value(workbench, "Yield of an accelerator");
    await workbench.fill("Tensor parallel", "8");
    await page.waitForTimeout(300);
    assert.ok((await value(workbench, "Yield of an accelerator")) <= found * 1.000001);
    await workbench.fill("Tensor parallel", "7");
    await page.getByText(/^There is no layout for it/).waitFor();
    await workbench.fill("Tensor parallel", "");
    await figure(workbench, "Requests").waitFor();
  });

  await t.test("a stated throughput goes first, and gives way when asked", async () => {
    await workbench.section("Workload");
    await workbench.fill("Output tokens per second and accelerator", "500 tokens/s");
    await workbench.turnTo("Inference");
    await workbench.button("Use the prediction").click();
    await page.getByText(/that the design states/).waitFor({ state: "detached" });
  });

  await t.test("every chart reads by keyboard and has its table", async () => {
    const charts = await workbench.main.getByRole("img").all();
    assert.ok(charts.length >= 3, "front, load, memory");
    for (const chart of charts) {
      await chart.focus();
      await page.keyboard.press("Home");
      const status = chart.locator("xpath=ancestor::figure").getByRole("status");
      const first = await status.innerText();
      assert.match(first, /\d/);
      await page.keyboard.press("End");
      assert.notEqual(await status.innerText(), first);
    }
    const layouts = page.getByRole("region", { name: "Layouts" }).getByRole("row");
    assert.ok((await layouts.count()) > 2);
    await page.getByRole("region", { name: "Assumptions" }).getByRole("listitem").first().waitFor();
  });

  await t.test("changes are named with their yield, made by a click and undone", async () => {
    const before = await value(workbench, "Yield of an accelerator");
    const change = page.getByRole("button", { name: /^Apply: prefixes cached/ });
    await change.click();
    assert.ok((await changed(workbench, "Yield of an accelerator", before)) > before);
    await workbench.button("Undo", { exact: true }).click();
    await changed(workbench, "Yield of an accelerator", undefined);
    await change.waitFor();
    assert.equal(await value(workbench, "Yield of an accelerator"), before);
    const others = page.getByRole("region", { name: "Other accelerators" }).getByRole("row");
    assert.ok((await others.count()) > 5);
  });

  await t.test("the scheduler is played on demand, beside what is predicted", async () => {
    await workbench.button("Play 20,000 requests").click();
    const played = page.getByRole("table", { name: "Predicted and played latency of one replica" });
    await played.getByRole("row", { name: /^Requests per second/ }).waitFor({ timeout: 60_000 });
    await axe(page, "inference, played");
  });
  workbench.assertUntroubled();
});

/** What a chart saves as CSV, in cells. */
async function sheet(workbench, file) {
  const figure = workbench.main.getByRole("figure").filter({ has: workbench.page.getByRole("heading", { name: file }) });
  const saved = workbench.page.waitForEvent("download");
  await figure.getByRole("button", { name: /^Save as CSV/ }).click();
  let text = "";
  for await (const part of createReadStream(await (await saved).path())) text += part;
  return text.trim().split(/\r?\n/).slice(1).map((line) => line.split(","));
}

test("front, curve and answer agree with the command line, to the last digit", async () => {
  const file = join(folder, "served.json");
  await plumbline("new", "nvidia-dgx-superpod-h100", "--size", "1", "-o", file);
  const design = JSON.parse(await readFile(file, "utf8"));
  const serving = { prompt: 1000, output: 500, first: "2 s", each: "50 ms", requests: "30 requests/s" };
  design.workloads = [
    { name: "Chat", class: "Inference", model: "llama-3.1-70b", accelerators: 64, serving },
  ];
  await writeFile(file, JSON.stringify(design));
  const assessed = await plumblineJson("assess", file, "--json");
  const { service } = assessed.predictions.workloads[0];
  const link = (await plumbline("link", file)).stdout.trim();
  const workbench = await Workbench.open(site, { address: `/#${link.slice(link.indexOf("#") + 1)}` });
  await workbench.turnTo("Inference");
  await figure(workbench, "Requests").waitFor();
  assert.equal(await value(workbench, "Requests"), service.requests[1]);
  assert.equal(await value(workbench, "Replicas needed"), service.needed[1]);
  const front = await sheet(workbench, /^At .* for a user an accelerator yields/);
  assert.deepEqual(
    front.map((row) => row.slice(0, 3).map(Number)),
    service.front.map(({ speed, per_accelerator, running }) => [speed, per_accelerator, running]),
  );
  const curve = await sheet(workbench, /^A replica holds the limits up to/);
  assert.deepEqual(
    curve.map((row) => row.map(Number)),
    service.curve.map(({ requests, first, each, running }) => [
      requests,
      ...[first, each].flatMap(({ half, most, nearly }) => [half, most, nearly]),
      running,
    ]),
  );
  workbench.assertUntroubled();
});

test("the plan of a service is edited where the workload is", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.startFrom(H100, 1);
  await workbench.main.getByRole("combobox", { name: "Class" }).selectOption({ label: "inference" });
  await workbench.main.getByText(/^How it is served/).click();
  await workbench.fill("Tokens of a prompt", "2000");
  await workbench.fill("Tokens of an answer", "400");
  await inEveryLook(page, "workload-serving", (look) => axe(page, look));
  await workbench.turnTo("Inference");
  await figure(workbench, "Requests").waitFor();
  workbench.assertUntroubled();
});
