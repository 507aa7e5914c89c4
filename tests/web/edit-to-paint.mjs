// How long a person waits: from the key event of an edit to the frame that shows what it changed.
//
//   node edit-to-paint.mjs [--address /#...] [--field NAME] [--panel NAME] [--edits 200] [--limit MS]
//
// The script types one digit at the end of a field and takes it away again, by turns: each of the
// two is one key and one edit. The clock starts at the key event's own time stamp. It stops after
// the first frame in which the panel differs: a MutationObserver sees the change, the next
// animation frame paints it, and a message posted from that frame arrives once it is done.
// With --limit the exit code is 1 where the 95th percentile is over it. This is a benchmark and
// not a test: it belongs on a machine that does nothing else.

import { parseArgs } from "node:util";
import { launch, freshPage } from "./lib/browser.mjs";
import { serve } from "./lib/serve.mjs";
import { Workbench } from "./pages/workbench.mjs";

/** Adds `window.arm()` to the page: from then on `window.painted` is the promise of one edit's time. */
async function watch(panel) {
  await panel.evaluate((element) => {
    let pressed = 0;
    addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true });
    const painted = (resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - pressed);
          port2.postMessage(null);
        });
      });
      observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
      setTimeout(resolve, 10_000, null);
    };
    window.arm = () => void (window.painted = new Promise(painted));
  });
}

/**
 * Milliseconds of each of `edits` edits. `press(n)` makes the n-th edit by one key. Fails where
 * an edit leaves the panel as it was, since then there is nothing to measure.
 */
export async function measure(page, panel, edits, press) {
  await watch(panel);
  const times = [];
  for (let n = 0; n < edits; n += 1) {
    // Armed before the key goes out: keys and scripts reach the page by different ways.
    await page.evaluate(() => window.arm());
    await press(n);
    const time = await page.evaluate(() => window.painted);
    if (time === null) throw new Error(`edit ${n + 1} changed nothing in the panel`);
    times.push(time);
  }
  return times;
}

/** The smallest time that `share` of all stay within. */
export function percentile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1];
}

async function main() {
  const { values } = parseArgs({
    options: {
      address: { type: "string", default: "/" },
      field: { type: "string", default: "Design name" },
      panel: { type: "string", default: "Verdict" },
      edits: { type: "string", default: "200" },
      limit: { type: "string" },
    },
  });
  const server = await serve();
  const browser = await launch();
  try {
    const page = await freshPage(browser, server.origin);
    await new Workbench(page).go(server.origin + values.address);
    const panel = page.getByRole("complementary", { name: values.panel });
    const field = page.getByRole("textbox", { name: values.field });
    await field.focus();
    await page.keyboard.press("End");
    const press = (n) => page.keyboard.press(n % 2 === 0 ? "1" : "Backspace");
    const times = await measure(page, panel, Number(values.edits), press);
    const [p50, p95, worst] = [0.5, 0.95, 1].map((share) => percentile(times, share));
    console.log(
      `${times.length} edits of "${values.field}" to the painted "${values.panel}": ` +
        `median ${p50.toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`,
    );
    if (values.limit && p95 > Number(values.limit)) {
      console.error(`the 95th percentile is over ${values.limit} ms`);
      process.exitCode = 1;
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

if (import.meta.url === `file://${process.argv[1]}`) await main();
