// The same work by the keyboard alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { journeys } from "../lib/journey.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();

/** Goes forward by Tab until the focus is on something of this role and name. */
async function tabTo(page, name, most = 250) {
  const what = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      const labelled = at?.labels?.[0]?.textContent;
      return (at?.getAttribute("aria-label") ?? labelled ?? at?.textContent ?? "").trim();
    });
  for (let n = 0; n < most; n += 1) {
    if (name.test(await what())) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`no way by Tab to ${name}`);
}

test("edit, mend, undo, waive and share without a pointer", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  const press = (...keys) => keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());

  // Skip past the frame, and open the fabrics by the list of sections.
  await press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
  await tabTo(page, /^Fabrics/);
  await press("Enter");
  await workbench.heading("Fabrics");
  await tabTo(page, /^Uplinks per leaf$/);
  await page.keyboard.type("8");
  await press("Enter");

  // The palette finds the page of findings.
  await press("Control+k");
  await page.keyboard.type("findings");
  await press("Enter");
  await workbench.heading("Findings");
  const before = await workbench.counts();
  assert.ok(before.deviation > 0);

  await page.locator("summary[data-finding]").first().waitFor();
  await tabTo(page, /NV-CF-01/);
  await press("Enter");
  await page.getByRole("button", { name: /^Apply fix: / }).first().waitFor();
  await tabTo(page, /^Apply fix: /);
  await press("Enter");
  await workbench.finding("NV-CF-01").waitFor({ state: "detached" });
  assert.ok((await workbench.counts()).deviation < before.deviation);
  const focused = await page.evaluate(() => document.activeElement !== document.body);
  assert.ok(focused, "the focus is kept when a row goes");
  await press("Control+z");
  await workbench.finding("NV-CF-01").first().waitFor();

  // Its details are open still.
  await tabTo(page, /^Reason for waiving NV-CF-01$/);
  await page.keyboard.type("Traffic stays within a unit.");
  await press("Enter");
  await page.getByText("Traffic stays within a unit.").waitFor();
  assert.equal((await workbench.counts()).waived, 1);

  await press("Control+k");
  await page.keyboard.type("share");
  await press("Enter");
  await page.getByRole("dialog", { name: "Share" }).waitFor();
  assert.match(await page.getByRole("textbox", { name: "Link", exact: true }).inputValue(), /#1\./);
  await press("Escape");
  await page.getByRole("dialog", { name: "Share" }).waitFor({ state: "hidden" });
  workbench.assertUntroubled();
});
