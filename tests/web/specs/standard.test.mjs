// A company's own standard: brought, kept, claimed, checked against, put right, taken away.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { root } from "../lib/paths.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const TITLE = "ACME standard for AI clusters";
const example = () => readFile(join(root, "public/lazy/example-standard.ron"), "utf8");
const section = (workbench) => workbench.main.locator(".references-own");
const unfold = (workbench) => workbench.main.getByRole("heading", { name: "Your own standards" }).click();

test("the example and the schema are there to begin with", async () => {
  const workbench = await Workbench.open(site);
  await workbench.turnTo("References");
  await unfold(workbench);
  const read = async (name) => {
    const href = await section(workbench).getByRole("link", { name }).getAttribute("href");
    const answer = await fetch(new URL(href, site.origin));
    assert.equal(answer.status, 200, href);
    return answer.text();
  };
  assert.equal(await read("a commented example"), await example());
  const schema = JSON.parse(await read("the JSON Schema"));
  assert.ok(schema.properties.requirements, Object.keys(schema.properties).join());
  workbench.assertUntroubled();
});

test("a standard is listed, begun from, checked against, kept over a reload, and removed", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.turnTo("References");
  await unfold(workbench);
  await workbench.openFile("Open a standard…", "acme.ron", await example());
  await section(workbench).getByRole("link", { name: TITLE }).waitFor();
  const item = page.locator(".references-list").getByRole("listitem").filter({ hasText: TITLE });
  await item.getByText("yours").waitFor();
  await axe(page, "references with an own one");

  await item.getByRole("link", { name: TITLE }).click();
  await workbench.heading(TITLE);
  await page.getByRole("heading", { name: "ACME-01 must" }).waitFor();
  await workbench.button("Start a design from this").click();
  await workbench.heading("Compute");
  await workbench.verdict.getByRole("link", { name: TITLE }).waitFor();
  await workbench.fill("Nodes per rack", "4");
  await workbench.turnTo("Findings");
  await workbench.finding("ACME-01").first().waitFor();
  const row = await workbench.openFinding("ACME-01");
  assert.match(await row.innerText(), /ACME, Standard for AI clusters/);

  await page.waitForTimeout(600);
  await workbench.whole();
  await page.reload();
  await workbench.ready();
  await workbench.heading("Findings");
  await workbench.finding("ACME-01").first().waitFor();
  await workbench.verdict.getByRole("link", { name: TITLE }).waitFor();

  // Dropped again with another demand, the newest holds.
  await drop(page, "acme.ron", (await example()).replace(/22 kW/g, "99 kW"));
  await workbench.heading("References");
  await section(workbench).getByRole("link", { name: TITLE }).waitFor();
  await workbench.turnTo("Findings");
  await workbench.finding("ACME-01").first().waitFor({ state: "detached" });

  await workbench.turnTo("Nearest");
  await workbench.main.getByText("the nearest first").waitFor();
  await workbench.main.getByText(TITLE).first().waitFor();

  await workbench.turnTo("References");
  await item.getByRole("link", { name: TITLE }).click();
  await workbench.heading(TITLE);
  await workbench.page.getByRole("textbox", { name: "scalable units" }).or(page.getByRole("combobox", { name: "scalable units" })).fill("2");
  await workbench.button("Claim it for the design at hand").click();
  await workbench.verdict.getByText("2 SU").waitFor();
  await workbench.turnTo("References");
  await workbench.button("Remove acme.ron").click();
  await item.waitFor({ state: "detached" });
  assert.equal(await section(workbench).getByRole("listitem").count(), 0);
  await workbench.whole();
  await page.reload();
  await workbench.ready();
  assert.equal(await section(workbench).getByRole("listitem").count(), 0);
  workbench.assertUntroubled();
});

test("every fault of a wrong one is told with its place; its text is kept and put right", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  const right = await example();
  const wrong = right
    .replace('fact: "rack.load"', 'fact: "rack.lod"')
    .replace('fact: "plan.backup"', 'fact: "plan.bakup"');
  await drop(page, "acme.ron", wrong);
  await workbench.heading("References");
  const notice = page.getByRole("region", { name: "A file that cannot be opened" });
  await notice.getByText("Nearest valid name: rack.load").waitFor();
  const text = await notice.innerText();
  const line = wrong.split("\n").findIndex((words) => words.includes("rack.lod")) + 1;
  assert.ok(line > 0);
  assert.match(text, /Line \d+, column \d+, at requirements\[/);
  assert.match(text, /found "rack\.lod", expected the name of a fact/);
  assert.match(text, /Nearest valid name: plan\.backup/);
  await axe(page, "a wrong standard");

  await page.reload();
  await workbench.ready();
  await notice.getByText("Nearest valid name: rack.load").waitFor();
  const area = notice.getByRole("textbox");
  assert.equal(await area.inputValue(), wrong);
  await area.fill(right);
  await notice.getByRole("button", { name: "Try again" }).click();
  await section(workbench).getByRole("link", { name: TITLE }).waitFor();
  assert.equal(await notice.count(), 0);

  // One that cannot even be parsed is still told as a standard, and can be put away.
  await drop(page, "other.ron", right.slice(0, 900));
  await notice.getByText(/Line \d+, column \d+/).waitFor();
  await notice.getByRole("button", { name: "Put this away" }).click();
  assert.equal(await notice.count(), 0);
  workbench.assertUntroubled();
});

test("a design is told from a standard by what it holds", async () => {
  const workbench = await Workbench.open(site);
  await workbench.turnTo("References");
  await unfold(workbench);
  await workbench.openFile("Open a standard…", "standard.ron", '(name: "A design of mine")');
  await workbench.heading("Workload");
  assert.equal(await workbench.page.getByRole("textbox", { name: "Design name" }).inputValue(), "A design of mine");
  workbench.assertUntroubled();
});

/** Drops a file on the page as a person does. */
async function drop(page, name, text) {
  await page.evaluate(([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
  }, [name, text]);
}
