// From the address to the running app, and what a person sees where that does not come about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { inEveryLook } from "../lib/looks.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const manifest = async () => (await fetch(`${site.origin}/asset-manifest.json`)).json();

test("the app starts under its policy and asks nobody else", async () => {
  const workbench = await Workbench.open(site);
  assert.match(await workbench.page.title(), /^Start · .* · Plumbline$/);
  await axe(workbench.page);
  workbench.assertUntroubled();
});

test("a cold start asks once for each file, and only for files that the budget counts", async () => {
  const { page } = await Workbench.open(site);
  const { files } = await manifest();
  const asked = page.requests.map((url) => new URL(url).pathname.slice(1) || "index.html");
  // A browser fetches the icon of its tab when it likes, or never.
  const names = asked.filter((name) => name !== "icon.svg");
  assert.deepEqual(names.filter((name) => !files[name]?.coldStart), []);
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
});

test("the first paint needs no script, and is accessible while the program loads", async () => {
  const page = await site.page();
  await page.route(/\.wasm$/, () => {});
  await page.goto(site.origin, { waitUntil: "commit" });
  await page.getByRole("status").waitFor();
  await inEveryLook(page, "skeleton", (look) => axe(page, look));
});

test("without scripts the page says what it needs", async () => {
  const page = await site.page({ javaScriptEnabled: false });
  await page.goto(site.origin);
  await page.getByRole("heading", { name: "Plumbline needs JavaScript" }).waitFor();
});

/** Lets `meddle` answer for the files that match, and gives the notice that the page then shows. */
async function failure(pattern, meddle) {
  const page = await site.page();
  await page.route(pattern, meddle);
  await page.goto(site.origin);
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), /Plumbline could not start/);
  return page;
}

test("a program that does not arrive is reported in plain words", async () => {
  const page = await failure(/\.wasm$/, (route) => route.abort());
  await inEveryLook(page, "failure", (look) => axe(page, look));
});

for (const [what, pattern] of [
  ["program", /\.wasm$/],
  ["module", /plumbline-app-.*\.js$/],
]) {
  test(`a ${what} that is not the published one is not run`, async () => {
    const page = await failure(pattern, async (route) => {
      const response = await route.fetch();
      const body = Buffer.concat([await response.body(), Buffer.from("\n")]);
      await route.fulfill({ response, body, headers: { "content-type": response.headers()["content-type"] } });
    });
    assert.ok(await page.locator("#skeleton").count());
  });
}

test("a program that stops says so, once", async () => {
  const { page } = await Workbench.open(site);
  const fault = () => {
    const error = new WebAssembly.RuntimeError("unreachable");
    dispatchEvent(new ErrorEvent("error", { error }));
  };
  await page.evaluate(fault);
  await page.evaluate(fault);
  assert.match(await page.getByRole("alert").innerText(), /Plumbline has stopped[^]*unreachable/);
  await axe(page);
});

test("the policy refuses inline scripts and style attributes, and allows the CSSOM", async () => {
  const { page } = await Workbench.open(site);
  const outcome = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ranInline = true";
    const [attribute, property] = [document.createElement("p"), document.createElement("p")];
    attribute.setAttribute("style", "width: 7px");
    property.style.setProperty("width", "7px");
    document.body.append(script, attribute, property);
    const ways = { attribute: attribute.offsetWidth === 7, property: property.offsetWidth === 7 };
    return { ...ways, inline: "ranInline" in globalThis };
  });
  assert.deepEqual(outcome, { attribute: false, property: true, inline: false });
});

test("an unknown address opens the app", async () => {
  const workbench = new Workbench(await site.page());
  const response = await workbench.go(`${site.origin}/no/such/page`);
  assert.equal(response.status(), 404);
});
