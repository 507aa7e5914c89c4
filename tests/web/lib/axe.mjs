// Accessibility by axe: no violation of WCAG 2.2 A or AA, on whatever the page shows now.

import assert from "node:assert/strict";
import axeCore from "axe-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Fails with one line per violating element. The page is at its top: what is half under the frame is too small a
 * target by its book.
 */
export async function axe(page, what = page.url()) {
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(axeCore.source);
  const violations = await page.evaluate(async (tags) => {
    const found = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`),
    );
  }, TAGS);
  assert.deepEqual(violations, [], `axe on ${what}`);
}
