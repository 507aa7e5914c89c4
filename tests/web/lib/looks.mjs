// The page in each of its looks: wide and narrow, light and dark.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { out } from "./paths.mjs";

const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const SCHEMES = ["light", "dark"];

/** Puts the page into each look, takes its picture to tests/web/out, and lets `check` look too. */
export async function inEveryLook(page, name, check = async () => {}) {
  await mkdir(out, { recursive: true });
  for (const viewport of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const look = `${name}-${viewport.width}-${colorScheme}`;
      await page.screenshot({ path: join(out, `${look}.png`) });
      await check(look);
    }
  }
}
