// The references: searched, filtered, put side by side, begun from.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();

const listed = (workbench) => workbench.main.locator(".references-list").getByRole("listitem");
const titles = (workbench) => listed(workbench).getByRole("heading").allInnerTexts();

test("search, publisher and kind narrow the list, and stay while one is read", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.turnTo("References");
  const all = (await titles(workbench)).length;
  assert.ok(all > 8, `${all}`);
  await page.getByLabel("Kind").selectOption("cluster");
  const clusters = (await titles(workbench)).length;
  assert.ok(clusters > 0 && clusters <= all);
  await page.getByLabel("Publisher").selectOption("NVIDIA");
  for (const text of await listed(workbench).allInnerTexts()) assert.match(text, /NVIDIA.*cluster/s);
  // A node by its name in the catalogue, which no head of a reference has.
  const search = page.getByRole("searchbox", { name: "Search" });
  await search.fill("dgx-gb200");
  await page.getByText(/^\d+ of \d+ references$/).waitFor();
  const found = await titles(workbench);
  assert.ok(found.some((title) => /GB200/.test(title)) && found.length < clusters, found.join());
  await page.getByRole("link", { name: "DGX SuperPOD, DGX GB200" }).click();
  await workbench.heading("DGX SuperPOD, DGX GB200");
  await page.goBack();
  await workbench.heading("References");
  assert.equal(await search.inputValue(), "dgx-gb200");
  await search.fill("no such words anywhere");
  await page.getByText(/^0 of \d+ references$/).waitFor();
  workbench.assertUntroubled();
});

test("two to four stand side by side, each cell with its source; one click starts a design", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.turnTo("References");
  const names = ["DGX SuperPOD, DGX H100", "DGX SuperPOD, DGX B200", "DGX SuperPOD, DGX GB200"];
  const choose = (name) => page.getByRole("checkbox", { name: `Compare ${name}`, exact: true });
  await choose(names[0]).check();
  await page.getByText("Choose one to three more").waitFor();
  for (const name of names.slice(1)) await choose(name).check();
  await axe(page, "references, three chosen");
  await page.getByRole("link", { name: "Compare 3 side by side" }).click();
  await workbench.heading("References side by side");
  const table = page.getByRole("table");
  const heads = await table.getByRole("columnheader").allInnerTexts();
  assert.deepEqual(heads.slice(1), names);
  const row = (name) =>
    table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name}( ≠)?( differs)?$`) }) });
  const priced = ["Price of a unit", "Price of a node", "Capex, computed"];
  for (const name of ["Node", "Topology", "Planes", "Rack power", "Cooling", "Requirements", "Storage level", ...priced]) {
    assert.equal(await row(name).getByRole("button").count(), 3, name);
  }
  assert.match(await row("Node").innerText(), /DGX H100.*DGX B200.*GB200/s);
  assert.match(await row("Capex, computed").innerText(), /\$/);
  // What one node costs is in the price book; what a unit of many does is nowhere published.
  assert.match(await row("Price of a node").innerText(), /\$.*\$.*in the price of/s);
  assert.match(await row("Price of a unit").innerText(), /not stated.*no document or price book states/s);
  assert.match(await row("Node").getByRole("rowheader").innerText(), /≠/);

  await row("Rack power").getByRole("button", { name: "Source of Rack power, DGX SuperPOD, DGX H100" }).click();
  const note = page.getByRole("dialog", { name: "Rack power, DGX SuperPOD, DGX H100" });
  await note.getByRole("link").waitFor();
  await page.keyboard.press("Escape");

  const rows = await table.getByRole("row").count();
  await page.getByRole("checkbox", { name: "Only differences" }).check();
  const fewer = await table.getByRole("row").count();
  assert.ok(fewer < rows, `${fewer} of ${rows}`);
  assert.equal(await row("Publisher").count(), 0);
  await row("Node").waitFor();
  await page.getByRole("checkbox", { name: "Only differences" }).uncheck();
  assert.equal(await table.getByRole("row").count(), rows);

  await workbench.button("Start a design: DGX SuperPOD, DGX B200").click();
  await workbench.heading("Compute");
  await workbench.verdict.getByRole("link", { name: "DGX SuperPOD, DGX B200" }).waitFor();
  workbench.assertUntroubled();
});

test("at most four can be chosen, and none again", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.turnTo("References");
  const boxes = page.getByRole("checkbox", { name: /^Compare / });
  for (let at = 0; at < 4; at += 1) await boxes.nth(at).check();
  assert.ok(await boxes.nth(4).isDisabled());
  await workbench.button("Choose none").click();
  assert.ok(await boxes.nth(4).isEnabled());
  assert.equal(await boxes.nth(0).isChecked(), false);
  workbench.assertUntroubled();
});

test("a table has an address of its own", async () => {
  const ids = ["nvidia-dgx-superpod-h100", "nvidia-dgx-superpod-h200"];
  const workbench = await Workbench.open(site, { address: `/#/references/beside/${ids}` });
  await workbench.heading("References side by side");
  assert.equal(await workbench.page.getByRole("columnheader").count(), 3);
  await workbench.page.evaluate(() => (location.hash = "#/references/beside/no-such"));
  await workbench.main.getByText("Choose two to four among").waitFor();
  workbench.assertUntroubled();
});
