// A service sized for its traffic: hours, years, spares, budgets, the fleet, and accelerators at one speed.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { axe } from "../lib/axe.mjs";
import { journeys } from "../lib/journey.mjs";
import { inEveryLook } from "../lib/looks.mjs";
import { changed, figure, served, value } from "../lib/served.mjs";

const site = journeys();

const region = (workbench, name) => workbench.page.getByRole("region", { name, exact: true });

const chat = {
  name: "Chat",
  class: "Inference",
  model: "llama-3.1-70b",
  serving: { traffic: "azure-coding", requests: "60 requests/s", each: "50 ms", tp: 4, pp: 1 },
};
const small = {
  name: "Helper",
  class: "Inference",
  model: "llama-3.1-8b",
  serving: { traffic: "azure-conversation", requests: "2 requests/s", each: "50 ms", format: "Fp8" },
};

test("the page says what is on it, and goes there", async () => {
  const { workbench } = await served(site, [chat, small]);
  const { page } = workbench;
  const contents = workbench.main.getByRole("navigation", { name: "On this page" });
  const buttons = await contents.getByRole("button").all();
  assert.ok(buttons.length > 8);
  for (const button of buttons) {
    await button.click();
    const heading = page.locator(":focus");
    assert.equal(await heading.evaluate((element) => element.tagName), "H2");
    const top = (await heading.boundingBox()).y;
    assert.ok(top > 0 && top < 400, `${await heading.innerText()} at ${top}`);
  }
});

test("replicas by hour and year agree with the command line, and follow growth and availability", async (t) => {
  const { workbench, assessed } = await served(site, [chat]);
  const { page } = workbench;
  const { sizing } = assessed.predictions.workloads[0];
  const name = "Replicas in the busiest hour";
  assert.equal(await value(workbench, name), sizing.replicas[1]);
  assert.equal(await value(workbench, "Use of the replicas"), sizing.utilisation[1]);

  await t.test("the chart saves what the command line prints, hour by hour", async () => {
    const heading = page.getByRole("heading", { name: /replicas in the busiest hour, .* in the quietest$/ });
    const chart = workbench.main.getByRole("figure").filter({ has: heading });
    const saved = page.waitForEvent("download");
    await chart.getByRole("button", { name: /^Save as CSV/ }).click();
    let text = "";
    for await (const part of createReadStream(await (await saved).path())) text += part;
    const rows = text.trim().split(/\r?\n/).slice(1).map((line) => line.split(","));
    assert.deepEqual(
      rows.map(([day, ...figures]) => [day, ...figures.map(Number)]),
      sizing.hours.map(({ weekend, hour, requests, replicas, free }) => [
        weekend ? "weekend" : "weekday", hour, requests, ...replicas, ...free,
      ]),
    );
    const image = chart.getByRole("img");
    await image.focus();
    await page.keyboard.press("Home");
    assert.match(await chart.getByRole("status").innerText(), /^weekday 00:00: .* replicas/);
  });

  await t.test("growth makes the last year larger, availability asks for spares", async () => {
    await workbench.main.getByText(/^Sized for: hours, growth/).click();
    const before = await value(workbench, "Accelerators in the last year");
    await workbench.fill("Growth a year", "50 %");
    assert.ok((await changed(workbench, "Accelerators in the last year", before)) > before);
    const now = await value(workbench, name);
    await workbench.fill("Availability", "99.99 %");
    assert.ok((await changed(workbench, name, now)) > now);
    const spares = region(workbench, "Spare replicas").getByRole("row");
    await spares.filter({ hasText: "one node more (N+1)" }).waitFor();
    await axe(page, "inference, sized");
  });

  await t.test("own hours that cannot be read are said with their place, and stay", async () => {
    await workbench.fill("Load by hour", "1 2 x");
    await page.getByText('Load by hour: line 1, column 5: found "x", expected the load of an hour.').waitFor();
    assert.equal(await workbench.field("Load by hour").inputValue(), "1 2 x");
    await axe(page, "inference, hours that cannot be read");
    await workbench.fill("Load by hour", Array.from({ length: 24 }, (_, hour) => 10 + hour).join("\n"));
    await figure(workbench, name).waitFor();
    await workbench.fill("Prompts as counted", "tokens;requests\n100;3\n5oo;1");
    await page.getByText(/^What was pasted cannot be read: line 3, column 1: found "5oo"/).waitFor();
    await workbench.fill("Prompts as counted", "tokens;requests\n100;3\n500;1");
    await page.getByText(/^prompts of 200, answers of 28 tokens/).waitFor();
  });

  await t.test("budgets say what they serve", async () => {
    const rows = region(workbench, "What a budget serves").getByRole("row");
    await rows.filter({ hasText: "the design as it is: 248 accelerators" }).waitFor();
    await workbench.fill("IT power at hand", "1 MW");
    await rows.filter({ hasText: /1\s?MW of IT, .* a node/ }).waitFor();
    await workbench.fill("Money at first", "50 M$");
    await rows.filter({ hasText: "at first" }).waitFor();
  });
  workbench.assertUntroubled();
});

test("all models share the cluster; each accelerator is held to one speed", async (t) => {
  const { workbench, assessed } = await served(site, [chat, small]);
  const { page } = workbench;
  const { fleet } = assessed.predictions;
  assert.equal(await value(workbench, "Accelerators of all services"), fleet.accelerators[1]);
  assert.equal(await value(workbench, "Replicas on call"), fleet.standby.shared);
  const rows = region(workbench, "All models").getByRole("row");
  assert.equal(await rows.count(), 3);
  await rows.filter({ hasText: "Helper" }).filter({ hasText: /1g|2g|3g|4g/ }).waitFor();
  assert.equal(await region(workbench, "Starts").getByRole("row").count(), 3);

  await t.test("a stated speed holds on all accelerators", async () => {
    const others = region(workbench, "Other accelerators").getByRole("row");
    await page.getByText(/each user at 20\stokens\/s at least, as the limit between tokens asks for/).waitFor();
    assert.ok((await others.count()) > 5);
    await workbench.main.getByText(/^Sized for: hours, growth/).click();
    await workbench.fill("Speed of a user at least", "60 tokens/s");
    await page.getByText(/each user at 60\stokens\/s at least, as stated/).waitFor();
    assert.ok((await others.filter({ hasText: "≈" }).count()) >= 1);
  });

  await t.test("the front of another accelerator is drawn beside the design's own", async () => {
    const heading = page.getByRole("heading", { name: /for a user an accelerator yields/ });
    const chart = workbench.main.getByRole("figure").filter({ has: heading });
    const box = page.getByRole("group", { name: /^Draw beside it/ }).getByRole("checkbox").first();
    await box.check();
    await chart.getByRole("img").focus();
    await page.keyboard.press("End");
    assert.match(await chart.getByRole("status").innerText(), /^.+: .* for a user/);
    await axe(page, "inference, fronts");
    await box.uncheck();
  });
  await inEveryLook(page, "inference-sizing", (look) => axe(page, look));
  workbench.assertUntroubled();
});
