// What is loaded when it is wanted: nothing before, each file once, and no dead end where it fails.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { plumbline } from "../lib/cli.mjs";
import { journeys } from "../lib/journey.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const LAZY = /\/lazy\/.*\.json$/;
const WORLD = /\/lazy\/world-/;
/** The parts of the program that are not of a first look. */
const PART = /\/lazy\/.*\.wasm$/;
const PAGES = /\/lazy\/split_pages-.*\.wasm$/;
const FIRST = "nvidia-dgx-superpod-h100";

/** What was asked for below lazy/ so far: "world", "references" for all, or the id of a reference. */
const asked = (page) =>
  page.requests.filter((url) => LAZY.test(url)).map((url) => {
    const [, all, id] = url.match(/\/lazy\/(?:(world|references)|reference-(.*))-[0-9a-f]{16}\.json$/);
    return all ?? id;
  });

/** The files as the site has them, by the same names. */
async function published() {
  const { files } = await (await fetch(`${site.origin}/asset-manifest.json`)).json();
  return Object.entries(files).filter(([name]) => /^lazy\/.*-[0-9a-f]{16}\.json$/.test(name));
}

/** A share link of designs that are these references. */
async function linked(references) {
  const files = await Promise.all(
    references.map(async (reference) => {
      const file = `/tmp/plumbline-lazy-${process.pid}-${reference}.json`;
      const made = await plumbline("new", reference, "--size", "4", "-o", file);
      assert.equal(made.code, 0, made.stderr);
      return file;
    }),
  );
  return `#${(await plumbline("link", ...files)).stdout.trim().split("#").at(-1)}`;
}

/** Ends once the page has asked for nothing new for a moment. */
const quiet = (page) => page.waitForLoadState("networkidle");

/** Fails the requests that match until the function that it gives is called. */
async function broken(page, pattern, fail = (route) => route.abort()) {
  await page.route(pattern, fail);
  return () => page.unroute(pattern, fail);
}

const alert = (page) => page.getByRole("alert").filter({ hasText: "The data could not be loaded" });
const lost = (page) => page.getByRole("alert").filter({ hasText: "This part of Plumbline could not be loaded" });
const fixed = (page) => page.getByRole("button", { name: "Try again" }).click();

test("the site has the world, all references and each as files that no cold start counts", async () => {
  const files = await published();
  assert.ok(files.length > 2);
  assert.deepEqual(files.filter(([, { coldStart }]) => coldStart), []);
});

test("a cold start shows the start page and asks for no data", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await page.getByLabel("Reference architecture").waitFor();
  await workbench.verdict.getByText("Nothing is computed yet").waitFor();
  await quiet(page);
  assert.deepEqual(page.requests.filter((url) => url.includes("/lazy/")), []);
  await axe(page);
  workbench.assertUntroubled();
});

test("picking a reference asks for the world and for that reference", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await page.getByLabel("Reference architecture").selectOption({ label: "DGX SuperPOD, DGX B200" });
  await page.getByText("Accelerators", { exact: true }).first().waitFor();
  await workbench.button("Open this design").click();
  await workbench.heading("Workload");
  assert.ok(Number((await workbench.numbers()).Accelerators) > 0);
  await quiet(page);
  assert.deepEqual(asked(page).sort(), ["nvidia-dgx-superpod-b200", "world"]);
  workbench.assertUntroubled();
});

test("opening at once what is picked already is one press", async () => {
  const workbench = await Workbench.open(site);
  await workbench.button("Open this design").click();
  await workbench.heading("Workload");
  assert.equal((await workbench.numbers()).Accelerators, "1016");
  await quiet(workbench.page);
  assert.deepEqual(asked(workbench.page).sort(), [FIRST, "world"]);
});

test("a link asks for what its designs claim, each file once", async () => {
  const link = await linked([FIRST, "nvidia-dgx-superpod-gb200"]);
  const workbench = await Workbench.open(site, { address: `/#${link.slice(link.indexOf("#") + 1)}` });
  await workbench.turnTo("Compare");
  await quiet(workbench.page);
  assert.deepEqual(asked(workbench.page).sort(), ["nvidia-dgx-superpod-gb200", FIRST, "world"]);
  workbench.assertUntroubled();
});

test("the list of references shows at once, a reference itself, a search all of them in one file", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.turnTo("References");
  await page.getByRole("link", { name: "DGX SuperPOD, DGX GB200" }).waitFor();
  await quiet(page);
  assert.deepEqual(asked(page), ["world"], "what each is for");
  await page.getByRole("link", { name: "DGX SuperPOD, DGX GB200" }).click();
  await workbench.heading("DGX SuperPOD, DGX GB200");
  await quiet(page);
  assert.deepEqual(asked(page).sort(), ["nvidia-dgx-superpod-gb200", "world"]);
  await workbench.turnTo("References");
  await page.getByRole("searchbox", { name: "Search" }).fill("NV-CF-01");
  await page.getByText(/^(\d+ of )?\d+ references$/).waitFor();
  assert.ok((await workbench.main.getByRole("listitem").count()) > 0);
  await quiet(page);
  assert.deepEqual(asked(page).sort(), ["nvidia-dgx-superpod-gb200", "references", "world"]);
  // What came one by one is not lost, and what came in one is not asked for again.
  await page.getByRole("link", { name: "DGX SuperPOD, DGX GB200" }).click();
  await workbench.heading("DGX SuperPOD, DGX GB200");
  await page.goBack();
  await workbench.heading("References");
  await page.getByRole("searchbox", { name: "Search" }).fill("");
  await page.getByRole("link", { name: "DGX SuperPOD, DGX B200" }).click();
  await workbench.heading("DGX SuperPOD, DGX B200");
  await quiet(page);
  assert.equal(asked(page).length, 3);
  workbench.assertUntroubled();
});

test("a page whose data is on its way says so, and its heading is there", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(WORLD, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Site" }).click();
  await page.getByRole("status").getByText("Loading the data…").waitFor();
  assert.equal(await workbench.main.getAttribute("aria-busy"), "true");
  await workbench.main.getByRole("heading", { level: 1, name: "Site" }).waitFor();
  await axe(page);
  release();
  await workbench.heading("Site");
  await workbench.field("Power per compute rack").waitFor();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Site/);
  workbench.assertUntroubled();
});

for (const [what, fail] of [
  ["without a connection", (route) => route.abort()],
  ["from a site that answers with an error", (route) => route.fulfill({ status: 503, body: "" })],
  ["from a site of another version", (route) => route.fulfill({ status: 200, body: "<!doctype html>" })],
]) {
  test(`${what}: the page says so, keeps the designs, and tries again`, async () => {
    const workbench = await Workbench.open(site);
    const { page } = workbench;
    const mend = await broken(page, WORLD, fail);
    await page.getByRole("textbox", { name: "Design name" }).fill("Mine");
    await workbench.turnTo("Cost");
    await alert(page).waitFor();
    await workbench.verdict.getByText("could not be loaded").waitFor();
    await axe(page);
    await mend();
    await fixed(page);
    await page.locator('[data-cost="Total cost"]').waitFor();
    assert.equal(await alert(page).count(), 0);
    assert.equal(await page.getByRole("textbox", { name: "Design name" }).inputValue(), "Mine");
  });
}

test("the parts of the program come with no cold start, and each once", async () => {
  const { files } = await (await fetch(`${site.origin}/asset-manifest.json`)).json();
  const parts = Object.entries(files).filter(([name]) => PART.test(`/${name}`));
  assert.ok(parts.length > 1);
  assert.deepEqual(parts.filter(([, { coldStart }]) => coldStart), []);
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.turnTo("References");
  await workbench.turnTo("Cost");
  await workbench.button("Share", { exact: true }).click();
  await page.getByRole("textbox", { name: "Link", exact: true }).waitFor();
  const wanted = page.requests.filter((url) => PART.test(url)).map((url) => url.slice(site.origin.length + 1));
  assert.deepEqual(wanted.sort(), parts.map(([name]) => name).sort());
  workbench.assertUntroubled();
});

test("a page whose code is on its way says so, and its heading is there", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(PART, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "References" }).click();
  await page.getByRole("status").getByText("Loading…", { exact: true }).waitFor();
  assert.equal(await workbench.main.getAttribute("aria-busy"), "true");
  await workbench.main.getByRole("heading", { level: 1, name: "References" }).waitFor();
  await axe(page);
  release();
  await page.getByRole("link", { name: "DGX SuperPOD, DGX GB200" }).waitFor();
  workbench.assertUntroubled();
});

for (const [what, fail] of [
  ["without a connection", (route) => route.abort()],
  ["from a site that has it no more", (route) => route.fulfill({ status: 404, body: "" })],
  [
    "that is not the published one",
    async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from("\n")]) });
    },
  ],
]) {
  test(`code of a page ${what}: the page says so, keeps the designs, and tries again`, async () => {
    const workbench = await Workbench.open(site);
    const { page } = workbench;
    const mend = await broken(page, PAGES, fail);
    await page.getByRole("textbox", { name: "Design name" }).fill("Mine");
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Compare" }).click();
    await lost(page).waitFor();
    await axe(page);
    // What is here already goes on.
    await workbench.section("Site");
    await workbench.field("Power per compute rack").waitFor();
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Compare" }).click();
    // Going there asked once more: that has failed too before the way is clear.
    await quiet(page);
    await lost(page).waitFor();
    await mend();
    await fixed(page);
    await page.getByText("One design is open.").waitFor();
    assert.equal(await lost(page).count(), 0);
    assert.equal(await page.getByRole("textbox", { name: "Design name" }).inputValue(), "Mine");
  });
}

test("a link whose code fails to load opens once the second try succeeds", async () => {
  const address = `/#${(await linked([FIRST])).split("#")[1]}`;
  const page = await site.page();
  const mend = await broken(page, PART);
  const workbench = new Workbench(page);
  await workbench.go(site.origin + address);
  await lost(page).waitFor();
  assert.equal(new URL(page.url()).hash, address.slice(1), "the link is still in the address");
  await mend();
  await fixed(page);
  await page.getByText("This design came by a link").waitFor();
  await workbench.heading("Workload");
});

test("with a design at hand the later pages are fetched before anybody waits for them", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  const { files } = await (await fetch(`${site.origin}/asset-manifest.json`)).json();
  const parts = Object.keys(files).filter((name) => PART.test(`/${name}`));
  const arrived = parts.map((name) => page.waitForEvent("requestfinished", (request) => request.url().endsWith(name)));
  await workbench.button("Open this design").click();
  await workbench.heading("Workload");
  await Promise.all(arrived);
  await broken(page, PART);
  await workbench.turnTo("Nearest");
  await workbench.turnTo("Cost");
  await page.locator('[data-cost="Total cost"]').waitFor();
  workbench.assertUntroubled();
});

for (const [what, file] of [
  ["reference", /\/lazy\/reference-/],
  ["engine", /\/lazy\/split_engine-/],
]) {
  test(`a pick whose ${what} fails to load opens once the second try succeeds`, async () => {
    const workbench = await Workbench.open(site);
    const { page } = workbench;
    const mend = await broken(page, file);
    await workbench.button("Open this design").click();
    await alert(page).or(lost(page)).waitFor();
    await mend();
    await fixed(page);
    await workbench.heading("Workload");
    assert.equal((await workbench.numbers()).Accelerators, "1016");
  });
}

test("what is kept in the browser survives a start without the data", async () => {
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.section("Site");
  await workbench.fill("Power per compute rack", "33 kW");
  await page.waitForTimeout(600);
  const mend = await broken(page, LAZY);
  await page.reload();
  await alert(page).waitFor();
  await mend();
  await fixed(page);
  await workbench.heading("Site");
  assert.equal(await workbench.field("Power per compute rack").inputValue(), "33 kW");
});

test("a site that is not at the root of its host asks for data below its own address", async () => {
  const page = await site.page();
  await page.route(`${site.origin}/sub/**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace("/sub/", "/") });
    const type = response.headers()["content-type"];
    if (!type.startsWith("text/html")) return route.fulfill({ response });
    const body = (await response.text()).replaceAll('="/', '="/sub/');
    return route.fulfill({ status: 200, contentType: type, body });
  });
  const workbench = new Workbench(page);
  await workbench.go(`${site.origin}/sub/some/where#/cost`);
  await page.locator('[data-cost="Total cost"]').waitFor();
  const lazy = page.requests.filter((url) => LAZY.test(url));
  assert.equal(lazy.length, 2);
  assert.deepEqual(lazy.filter((url) => !url.startsWith(`${site.origin}/sub/lazy/`)), []);
  workbench.assertUntroubled();
});
