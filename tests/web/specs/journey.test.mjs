// The whole way of a person: from a reference to a broken design, its findings, a fix, a waiver,
// its cost, a second design, and a link that opens to the same thing elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { journeys } from "../lib/journey.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const REASON = "The traffic of a job stays within a unit.";

test("from a reference to a shared link, by role and name", async (t) => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;

  await t.test("a reference at a size opens as a finished design", async () => {
    await workbench.startFrom("DGX SuperPOD, DGX H100", 4);
    const numbers = await workbench.numbers();
    assert.equal(numbers.Accelerators, "1016");
    assert.ok(Number(numbers.Capex) > 10e6, numbers.Capex);
  });

  await t.test("48-port leaves, 20 kW racks and too few uplinks break it", async () => {
    await workbench.section("Fabrics");
    await workbench.override("Leaf switch", "ports", "48");
    await workbench.fill("Uplinks per leaf", "8");
    await workbench.section("Site");
    await workbench.fill("Power per compute rack", "20 kW");
    await workbench.turnTo("Findings");
    const counts = await workbench.counts();
    assert.ok(counts.blocker > 0 && counts.deviation > 0, JSON.stringify(counts));
  });

  await t.test("each finding says what, against what, and by which document", async () => {
    const row = await workbench.openFinding("NV-CF-01");
    const text = await row.innerText();
    assert.match(text, /found .*required/);
    assert.match(text, /fabrics\.compute\.uplinks/);
    assert.match(text, /NVIDIA.*primary/s);
    await row.getByRole("link", { name: /NV-CF-01 of DGX SuperPOD/ }).click();
    await workbench.heading("DGX SuperPOD, DGX H100");
    await page.locator("#NV-CF-01:focus").waitFor();
    await page.goBack();
    await workbench.heading("Findings");
  });

  await t.test("a proven fix mends it as one step, and undo takes it back", async () => {
    const before = await workbench.counts();
    const row = await workbench.openFinding("NV-PW-01");
    const fix = row.getByRole("button", { name: /^Apply fix: / }).first();
    await fix.click();
    await workbench.finding("NV-PW-01").waitFor({ state: "detached" });
    const after = await workbench.counts();
    assert.ok(after.blocker < before.blocker, "the fix takes a blocker away and brings none");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await workbench.finding("NV-PW-01").first().waitFor();
    assert.deepEqual(await workbench.counts(), before);
  });

  await t.test("a finding is waived with a reason and a date, not without", async () => {
    const before = await workbench.counts();
    const row = await workbench.openFinding("NV-CF-01");
    await row.getByRole("button", { name: "Waive NV-CF-01" }).click();
    await row.getByText("A waiver needs a reason").waitFor();
    await row.getByRole("textbox", { name: "Reason for waiving NV-CF-01" }).fill(REASON);
    await row.getByRole("button", { name: "Waive NV-CF-01" }).click();
    await page.getByText(new RegExp(`Waived on \\d{4}-\\d\\d-\\d\\d: ${REASON}`)).waitFor();
    const after = await workbench.counts();
    assert.equal(after.waived, before.waived + 1);
    assert.equal(after.deviation, before.deviation - 1);
    await page.getByRole("button", { name: "Withdraw waiver of NV-CF-01" }).waitFor();
  });

  await t.test("the price of power, the person's own quote and a rent change the cost", async () => {
    await workbench.turnTo("Cost");
    const total = () => page.locator('[data-cost="Total cost"]').getAttribute("data-value").then(Number);
    const before = await total();
    await workbench.fill("Electricity", "0.30 $/kWh");
    const dearer = await total();
    assert.ok(dearer > before, "dearer power makes it dearer");
    await workbench.fill("Rent to compare", "9 $/h");
    await page.getByText(/Owning .*cheaper/).first().waitFor();
    await page.getByRole("textbox", { name: /^Your price: .*DGX H100/ }).fill("250000");
    await page.getByRole("textbox", { name: /^Who quoted it: .*DGX H100/ }).fill("reseller, this week");
    assert.ok((await total()) < dearer, "a lower quote makes it cheaper");
  });

  await t.test("every chart reads by keyboard and as a table", async () => {
    for (const chart of await page.getByRole("img").all()) {
      await chart.focus();
      await page.keyboard.press("Home");
      const figure = chart.locator("xpath=ancestor::figure");
      const first = await figure.getByRole("status").innerText();
      assert.match(first, /\d/);
      await page.keyboard.press("End");
      assert.notEqual(await figure.getByRole("status").innerText(), first);
      await figure.getByRole("button", { name: /^Table: / }).click();
      assert.ok((await figure.getByRole("row").count()) > 1);
    }
  });

  await t.test("a second design stands beside it, and the difference sums to the whole", async () => {
    await workbench.turnTo("Compare");
    await page.getByRole("combobox", { name: "Reference", exact: true }).selectOption({ label: "DGX SuperPOD, DGX B200" });
    await page.getByRole("textbox", { name: "Scalable units" }).fill("4");
    await workbench.button("Add from reference").click();
    await page.getByRole("heading", { name: "Difference of the cost" }).waitFor();
    await page.getByRole("heading", { name: "Line by line" }).click();
    const value = (name) => page.locator(`[data-compare="${name}"]`).getAttribute("data-value").then(Number);
    assert.ok(Math.abs((await value("share")) - 1) < 1e-9);
    const totals = await page.locator('[data-number="Total cost"]').evaluateAll((all) =>
      all.map((cell) => Number(cell.dataset.value)),
    );
    assert.equal(totals.length, 2);
    assert.ok(Math.abs(totals[1] - totals[0] - (await value("whole"))) < 1);
    await page.getByRole("heading", { name: /^Difference of the designs: \d+ fields/ }).waitFor();
  });

  await t.test("the link opens in a fresh profile to the same numbers", async () => {
    await page.getByRole("button", { name: /^Edit DGX SuperPOD, DGX H100/ }).click();
    const mine = await workbench.numbers();
    const link = await workbench.link();
    assert.ok(link.length < 2_000 + site.origin.length, `${link.length} characters`);
    const other = await Workbench.open(site, { address: link.slice(site.origin.length) });
    assert.deepEqual(await other.numbers(), mine);
    await other.turnTo("Findings");
    await other.openFinding("NV-CF-01");
    await other.page.getByText(REASON).waitFor();
    await workbench.turnTo("Findings");
    assert.deepEqual(await other.counts(), await workbench.counts());
    other.assertUntroubled();
  });

  workbench.assertUntroubled();
});

test("what is printed is a brief of its own", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  for (const name of ["Verdict", "Key numbers", "Design", "Findings", "Cost, US dollars", "Assumptions", "Sources", "The same design, live"]) {
    await page.getByRole("heading", { level: 2, name, exact: true }).waitFor();
  }
  assert.equal(await page.getByRole("navigation").count(), 0, "no navigation on paper");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  workbench.assertUntroubled();
});

test("a version of software is typed in Orchestration, and emptied it is none", async () => {
  const workbench = await Workbench.open(site);
  const name = "Version of ROCm";
  await workbench.section("Orchestration");
  await workbench.fill(name, "6.4.1");
  await workbench.section("Site");
  await workbench.section("Orchestration");
  assert.equal(await workbench.field(name).inputValue(), "6.4.1");
  await workbench.fill(name, "");
  assert.equal(await workbench.field(name).inputValue(), "");
  await workbench.button("Undo", { exact: true }).click();
  assert.equal(await workbench.field(name).inputValue(), "6.4.1");
  workbench.assertUntroubled();
});
