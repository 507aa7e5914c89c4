// How long a person waits for a reference: from the click on its title among all references to the
// frame that shows its page. Every reference is opened once, so that its file comes from the
// server each time.
//
//   node open-reference.mjs [--limit MS]
//
// The clock starts at the click's own time stamp and stops as `edit-to-paint.mjs` says: after the
// frame in which the heading is the reference's title and nothing is awaited any more. With
// --limit the exit code is 1 where one takes longer. This is a benchmark and not a test: it
// belongs on a machine that does nothing else.

import { parseArgs } from "node:util";
import { percentile } from "./edit-to-paint.mjs";
import { launch, freshPage } from "./lib/browser.mjs";
import { serve } from "./lib/serve.mjs";
import { Workbench } from "./pages/workbench.mjs";

/** Adds `window.arm(title)` to the page: from then on `window.painted` is the promise of one opening's time. */
async function watch(page) {
  await page.evaluate(() => {
    let clicked = 0;
    addEventListener("click", (event) => (clicked = event.timeStamp), { capture: true });
    const main = document.getElementById("main");
    const shows = (title) =>
      !main.hasAttribute("aria-busy") && main.querySelector("h1")?.textContent.trim() === title;
    window.arm = (title) => {
      window.painted = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (!shows(title)) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - clicked);
            port2.postMessage(null);
          });
        });
        observer.observe(main, { subtree: true, childList: true, characterData: true, attributes: true });
        setTimeout(resolve, 10_000, null);
      });
    };
  });
}

/** Title and milliseconds of each reference, the slowest last. */
export async function openEach(workbench) {
  const { page } = workbench;
  await workbench.turnTo("References");
  await page.waitForLoadState("networkidle");
  const links = workbench.main.locator(".references-list h2 a");
  const titles = await links.allInnerTexts();
  await watch(page);
  const times = [];
  for (const [at, title] of titles.entries()) {
    await links.nth(at).scrollIntoViewIfNeeded();
    await page.evaluate((title) => window.arm(title), title);
    await links.nth(at).click();
    const time = await page.evaluate(() => window.painted);
    if (time === null) throw new Error(`"${title}" did not open`);
    times.push([title, time]);
    await page.goBack();
    await workbench.heading("References");
  }
  return times.sort(([, a], [, b]) => a - b);
}

async function main() {
  const { values } = parseArgs({ options: { limit: { type: "string" } } });
  const server = await serve();
  const browser = await launch();
  try {
    const workbench = new Workbench(await freshPage(browser, server.origin));
    await workbench.go(`${server.origin}/`);
    const times = await openEach(workbench);
    const [p50, p95] = [0.5, 0.95].map((share) => percentile(times.map(([, time]) => time), share));
    const [title, worst] = times.at(-1);
    console.log(
      `${times.length} references opened, from the click to the painted page: ` +
        `median ${p50.toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms (${title})`,
    );
    if (values.limit && worst > Number(values.limit)) {
      console.error(`"${title}" takes longer than ${values.limit} ms`);
      process.exitCode = 1;
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

if (import.meta.url === `file://${process.argv[1]}`) await main();
