// Broken links and files: each is refused in words that say where and what, and nothing is lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { journeys } from "../lib/journey.mjs";
import { root } from "../lib/paths.mjs";
import { Workbench } from "../pages/workbench.mjs";

const site = journeys();
const folder = join(root, "tests/cases/broken");
const cases = async (name) => JSON.parse(await readFile(join(folder, name), "utf8"));

const has = (text, says, what) => {
  // A message that begins a sentence begins with a capital.
  const found = text.toLowerCase();
  for (const words of says) assert.ok(found.includes(words.toLowerCase()), `${what}: ${JSON.stringify(words)} is not in ${text}`);
};

test("a broken link says at which stage it fails, and the open design stays", async (t) => {
  const links = await cases("links.json");
  assert.ok(links.length >= 20);
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.section("Site");
  await workbench.fill("Power per compute rack", "33 kW");
  const mine = await workbench.numbers();
  await page.getByRole("link", { name: "Plumbline: start" }).click();
  const field = page.getByRole("textbox", { name: /^Link, or the part after/ });
  for (const { name, link, says } of links) {
    await t.test(name, async () => {
      await field.fill(link);
      await workbench.button("Open the link").click();
      const note = page.locator("#start-link-note");
      await note.getByText("Your own designs are open as they were.").waitFor();
      has(await note.innerText(), says, name);
      assert.deepEqual(await workbench.numbers(), mine);
      await field.fill("");
    });
  }
  workbench.assertUntroubled();
});

test("a broken link in the address bar says so above the page", async (t) => {
  const links = (await cases("links.json")).filter(({ link }) => /^[0-9]\.\S*$/.test(link) && link.length < 30_000);
  for (const { name, link, says } of links.slice(0, 6)) {
    await t.test(name, async () => {
      const workbench = await Workbench.open(site, { address: `/#${link}` });
      const alert = workbench.page.getByRole("alert");
      await alert.getByText("The link could not be opened").waitFor();
      has(await alert.innerText(), says, name);
      await workbench.turnTo("Design");
      await workbench.heading("Workload");
      assert.ok(Number((await workbench.numbers()).Accelerators) > 0, "a finished design is there all the same");
      await workbench.page.context().close();
    });
  }
});

test("a broken file says where and what, with the text to put right, and the open design stays", async (t) => {
  const files = await cases("expected.json");
  assert.ok(files.length >= 20);
  const workbench = await Workbench.open(site);
  const { page } = workbench;
  await workbench.section("Site");
  await workbench.fill("Power per compute rack", "33 kW");
  const mine = await workbench.numbers();
  for (const { file, line, says } of files) {
    await t.test(file, async () => {
      await page.getByRole("link", { name: "Plumbline: start" }).click();
      const chosen = page.waitForEvent("filechooser");
      await workbench.button("Open a file…").click();
      await (await chosen).setFiles(join(folder, file));
      const notice = page.getByRole("region", { name: "A file that cannot be opened" });
      await notice.getByRole("heading", { name: new RegExp(`^${file.replace(".", "\\.")}`) }).waitFor();
      const text = (await notice.innerText()).replaceAll("Nearest valid name: ", "nearest: ");
      for (const words of says) {
        const plain = words.replace(/^nearest: "(.*)"$/, "nearest: $1");
        assert.ok(text.includes(plain), `${file}: ${JSON.stringify(plain)} is not in ${text}`);
      }
      if (line) assert.match(text, new RegExp(`Line ${line}, column \\d+`));
      assert.deepEqual(await workbench.numbers(), mine);
      await notice.getByRole("button", { name: "Put this away" }).click();
    });
  }
  workbench.assertUntroubled();
});
