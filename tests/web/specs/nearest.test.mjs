// Which references a design is nearest to: ranked, opened, claimed, applied, undone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { journeys } from "../lib/journey.mjs";
import { axe } from "../lib/axe.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const OWN = "DGX SuperPOD, DGX H100";

const rows = (workbench) => workbench.main.getByRole("listitem").filter({ has: workbench.page.locator("summary") });
const row = (workbench, title) =>
  rows(workbench).filter({ has: workbench.page.locator("summary b").getByText(title, { exact: true }) });

async function open(workbench, title) {
  const one = row(workbench, title);
  await one.locator("summary").click();
  await one.getByText("read the reference").waitFor();
  return one;
}

test("changes of a design are listed, applied as one step, and undone", async () => {
  const workbench = await Workbench.open(site);
  await workbench.startFrom(OWN, 4);
  await workbench.section("Site");
  await workbench.fill("Power per compute rack", "20 kW");
  await workbench.verdict.getByRole("link", { name: "Nearest references" }).click();
  await workbench.heading("Nearest references");
  await row(workbench, OWN).getByText("1 change", { exact: true }).waitFor();
  assert.match(await rows(workbench).first().innerText(), /DGX SuperPOD, DGX H100/);

  const one = await open(workbench, OWN);
  const change = one.getByRole("row").filter({ hasText: "site.rack_power" });
  assert.match(await change.innerText(), /20 kW/);
  assert.ok(await one.getByRole("button", { name: `Claimed: ${OWN}` }).isDisabled(), "claimed already");
  await axe(workbench.page, "nearest, one open");
  await one.getByRole("button", { name: `Apply all changes: ${OWN}` }).click();
  await one.getByText("0 changes", { exact: true }).waitFor();
  await one.getByText("Nothing that the document states would change.").waitFor();
  assert.ok(await one.getByRole("button", { name: `Apply all changes: ${OWN}` }).isDisabled());
  await workbench.button("Undo", { exact: true }).click();
  await one.getByText("1 change", { exact: true }).waitFor();
  workbench.assertUntroubled();
});

test("another reference is claimed as one step", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.startFrom(OWN, 4);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("page nearest");
  await page.keyboard.press("Enter");
  await workbench.heading("Nearest references");
  await workbench.main.getByText("the nearest first").waitFor();
  const all = workbench.button(/^Show all/);
  if (await all.isVisible()) await all.click();
  const title = "DGX SuperPOD, DGX B200";
  const one = await open(workbench, title);
  assert.match(await one.innerText(), /over the life|What they cost is not known/);
  await one.getByRole("button", { name: `Claim this reference: ${title}` }).click();
  await workbench.verdict.getByRole("link", { name: title }).waitFor();
  await workbench.button("Undo", { exact: true }).click();
  await workbench.verdict.getByRole("link", { name: OWN }).waitFor();
  const before = await workbench.numbers();
  const apply = one.getByRole("button", { name: `Apply all changes: ${title}` });
  if (await apply.isEnabled()) {
    await apply.click();
    await one.getByText("0 changes", { exact: true }).waitFor();
    assert.notDeepEqual(await workbench.numbers(), before);
  } else {
    await one.getByText("They cannot be applied together").waitFor();
  }
  workbench.assertUntroubled();
});

test("the page says that it waits for the references, and loads all in one file", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/\/lazy\/references-/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Nearest" }).click();
  await page.getByRole("status").getByText("Loading the data…").waitFor();
  assert.equal(await workbench.main.getAttribute("aria-busy"), "true");
  release();
  await workbench.heading("Nearest references");
  await workbench.main.getByText("the nearest first").waitFor();
  const asked = page.requests.filter((url) => /\/lazy\/.*\.json$/.test(url));
  assert.equal(asked.length, new Set(asked).size, "each file once");
  assert.equal(asked.filter((url) => /\/references-/.test(url)).length, 1);
  workbench.assertUntroubled();
});
