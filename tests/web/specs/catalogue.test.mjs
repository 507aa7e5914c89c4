// The catalogue: searched, filtered, sorted, read to the source, put side by side.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();

const table = (workbench) => workbench.main.getByRole("region", { name: "Parts", exact: true }).getByRole("table");
const names = (workbench) => table(workbench).getByRole("rowheader").allInnerTexts();
const heads = (workbench) => table(workbench).getByRole("columnheader").allInnerTexts();
const tray = (workbench) => workbench.main.getByRole("region", { name: "Compare tray" });

async function open(options) {
  const workbench = await Workbench.open(site, options);
  await workbench.turnTo("Catalogue");
  return workbench;
}

test("kind, vendor and words narrow the parts, and stay while one is read", async () => {
  const workbench = await open();
  const { page } = workbench;
  const all = (await names(workbench)).length;
  assert.ok(all > 200, `${all}`);
  await page.getByText(`${all} parts`, { exact: true }).waitFor();
  await page.getByLabel("Kind").selectOption("switch");
  await page.getByLabel("Vendor").selectOption("NVIDIA");
  const switches = await names(workbench);
  assert.ok(switches.length > 5 && switches.length < all);
  await page.getByRole("searchbox", { name: "Search" }).fill("quantum qm9700");
  await page.getByText(/^1 of \d+ parts$/).or(page.getByText(/^2 of \d+ parts$/)).waitFor();
  await table(workbench).getByRole("link", { name: /QM9700/ }).first().click();
  await workbench.heading(/QM9700/);
  await page.getByRole("row", { name: /^Ports/ }).first().waitFor();
  await page.goBack();
  await workbench.heading("Catalogue");
  assert.equal(await page.getByRole("searchbox", { name: "Search" }).inputValue(), "quantum qm9700");
  await page.getByRole("searchbox", { name: "Search" }).fill("no such part");
  await page.getByText(/^0 of \d+ parts$/).waitFor();
  workbench.assertUntroubled();
});

test("a column sorts by its figures, what is not stated comes last", async () => {
  const workbench = await open();
  const { page } = workbench;
  await page.getByLabel("Kind").selectOption("accelerator");
  const column = (await heads(workbench)).indexOf("FP8, dense");
  const press = () => table(workbench).getByRole("button", { name: /^FP8, dense/ }).click();
  const shown = () => table(workbench).locator(`tbody tr > :nth-child(${column + 1})`).allInnerTexts();
  const value = (text) => {
    const [, number, prefix] = text.match(/^([\d.]+) ([TP])FLOPS/) ?? [];
    return number && Number(number) * (prefix === "P" ? 1000 : 1);
  };
  for (const way of ["descending", "ascending"]) {
    await press();
    await table(workbench).locator(`th[aria-sort="${way}"]`).waitFor();
    const values = (await shown()).map(value);
    const known = values.filter((number) => number !== undefined);
    assert.ok(known.length > 10);
    assert.deepEqual(values.slice(0, known.length), known, "unknown ones are last");
    const sorted = [...known].sort((a, b) => (way === "ascending" ? a - b : b - a));
    assert.deepEqual(known, sorted, way);
  }
  workbench.assertUntroubled();
});

test("dense and sparse rates have columns of their own, each figure its source", async () => {
  const workbench = await open();
  const { page } = workbench;
  await page.getByLabel("Kind").selectOption("accelerator");
  const found = await heads(workbench);
  for (const rate of ["BF16", "FP8", "FP4"]) {
    for (const kind of ["dense", "sparse"]) assert.ok(found.includes(`${rate}, ${kind}`), `${rate}, ${kind}: ${found}`);
  }
  await page.getByText("Dense and sparse rates never share a column.").waitFor();
  const row = table(workbench).getByRole("row").filter({ has: page.getByRole("link", { name: "H100 SXM5 80 GB" }) });
  const note = async (what) => {
    await row.getByRole("button", { name: `Source of ${what}, NVIDIA H100 SXM5 80 GB`, exact: true }).click();
    const dialog = page.getByRole("dialog", { name: `${what}, NVIDIA H100 SXM5 80 GB` });
    const text = await dialog.innerText();
    await page.keyboard.press("Escape");
    return text;
  };
  assert.match(await note("FP8, dense"), /1\.979 PFLOPS.*secondary.*HPCTech/s);
  assert.match(await note("FP8, sparse"), /3\.958 PFLOPS.*secondary.*HPCTech/s);
  assert.match(await note("FP4, dense"), /not stated.*unknown.*no FP4 rate is published/s);
  assert.match(await note("Price"), /\$.*–.*–.*kind: street.*2026/s);
  workbench.assertUntroubled();
});

test("the tray takes two to four parts of one kind, by keyboard, and its table has an address", async () => {
  const workbench = await open();
  const { page } = workbench;
  await page.getByRole("searchbox", { name: "Search" }).fill("b200");
  const box = (name) => page.getByRole("checkbox", { name: `Compare ${name}`, exact: true });
  await box("NVIDIA B200 SXM6").focus();
  await page.keyboard.press("Space");
  await tray(workbench).getByText("Choose one to three more of kind accelerator.").waitFor();
  assert.ok(await box("NVIDIA DGX B200").isDisabled(), "a node is no accelerator");
  await page.getByRole("searchbox", { name: "Search" }).fill("h100");
  await box("NVIDIA H100 SXM5 80 GB").focus();
  await page.keyboard.press("Space");
  await page.getByRole("searchbox", { name: "Search" }).fill("");
  await page.getByLabel("Kind").selectOption("accelerator");
  for (const name of ["AMD Instinct MI355X", "NVIDIA GB200 (per GPU)"]) await box(name).check();
  assert.ok(await box("NVIDIA B300 SXM6").isDisabled(), "four are enough");
  await tray(workbench).getByRole("button", { name: "Take out NVIDIA GB200 (per GPU)" }).click();
  assert.ok(await box("NVIDIA B300 SXM6").isEnabled());
  await axe(page, "catalogue, three chosen");
  await tray(workbench).getByRole("link", { name: "Compare 3 side by side" }).focus();
  await page.keyboard.press("Enter");
  await workbench.heading("Parts side by side");
  assert.match(page.url(), /#\/catalogue\/beside\/b200-sxm,h100-sxm,mi355x$/);
  const side = workbench.main.getByRole("table");
  assert.equal(await side.getByRole("columnheader").count(), 4);
  const row = (name) =>
    side.getByRole("row").filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name}( ≠)?( differs)?$`) }) });
  assert.match(await row("FP8, dense").innerText(), /≠.*4\.5 PFLOPS.*1\.979 PFLOPS.*5\.033 PFLOPS/s);
  assert.match(await row("FP4, sparse").innerText(), /18 PFLOPS.*not stated.*AMD prints the FP4 rate without sparsity/s);
  assert.doesNotMatch(await row("Scale up domain").innerText(), /≠/);
  const rows = await side.getByRole("row").count();
  await page.getByRole("checkbox", { name: "Only differences" }).check();
  assert.ok((await side.getByRole("row").count()) < rows);
  assert.equal(await row("Scale up domain").count(), 0);
  await side.getByRole("link", { name: "Take out: AMD Instinct MI355X" }).click();
  await page.waitForURL(/beside\/b200-sxm,h100-sxm$/);
  await page.getByRole("button", { name: "Choose others" }).click();
  await workbench.heading("Catalogue");
  assert.ok(await box("NVIDIA B200 SXM6").isChecked());
  await tray(workbench).getByRole("button", { name: "Choose none" }).click();
  assert.equal(await box("NVIDIA B200 SXM6").isChecked(), false);
  workbench.assertUntroubled();
});

test("parts of other kinds and no parts at all are told apart from a table", async () => {
  const workbench = await Workbench.open(site, { address: "/#/catalogue/beside/h100-sxm,qm9700" });
  const { page } = workbench;
  await workbench.heading("NVIDIA H100 SXM5 80 GB");
  await page.getByText(/QM9700.* is left out/).waitFor();
  await page.evaluate(() => (location.hash = "#/catalogue/no-such"));
  await workbench.main.getByText("There is no part").waitFor();
  workbench.assertUntroubled();
});

test("a part that a design chooses leads to its entry, and so does the palette", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.section("Compute");
  await workbench.main.getByText(/^Figures/).first().click();
  await workbench.main.getByRole("link", { name: "In the catalogue" }).first().click();
  await workbench.heading("NVIDIA DGX H100");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("part tpu v7");
  await page.keyboard.press("Enter");
  await workbench.heading("Google TPU v7 (Ironwood)");
  workbench.assertUntroubled();
});

test("on 360 px the table scrolls by itself, and what is printed is the page", async () => {
  const workbench = await open({ viewport: { width: 360, height: 780 } });
  const { page } = workbench;
  await page.getByLabel("Kind").selectOption("accelerator");
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${wide} px wide in ${room}`);
  const tab = await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Catalogue" }).boundingBox();
  assert.ok(tab.x >= 0 && tab.x + tab.width <= room, "the tab of the page is in view");
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok(await table(workbench).isVisible());
  assert.equal(await page.getByRole("navigation", { name: "Pages" }).isVisible(), false);
  workbench.assertUntroubled();
});
