// A Chromium that talks to nobody but the page under test, and a page that keeps a list of all
// that went wrong on it.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser; playwright gives it an empty profile that goes when it closes. */
export function launch() {
  const finder = fileURLToPath(new URL("../../../.ci/chromium.sh", import.meta.url));
  const executablePath = execFileSync(finder, { encoding: "utf8" }).trim();
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * A page in a fresh profile. `page.trouble` lists console errors and warnings, uncaught errors,
 * failed requests, breaches of the policy and requests to other hosts; `page.requests` the
 * addresses asked for. `options` are those of playwright's newContext.
 */
export async function freshPage(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.trouble = [];
  page.requests = [];
  const note = (kind, text) => page.trouble.push(`${kind}: ${text}`);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(message.type(), message.text());
  });
  page.on("pageerror", (error) => note("uncaught", error.message));
  page.on("requestfailed", (request) => {
    note("request failed", `${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("request", (request) => {
    page.requests.push(request.url());
    const { protocol, origin: asked } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && asked !== origin) {
      note("another host", request.url());
    }
  });
  return page;
}
