// What every file of journeys starts with: the site served, a browser open, both gone afterwards.

import { after, before } from "node:test";
import { freshPage, launch } from "./browser.mjs";
import { serve } from "./serve.mjs";

/**
 * Call it once, at the top of a file. `site.origin` is the served site; `site.page(options)` opens
 * a page in a fresh profile (see freshPage).
 */
export function journeys() {
  const site = {};
  let server;
  let browser;
  before(async () => {
    server = await serve();
    browser = await launch();
    site.origin = server.origin;
    site.page = (options) => freshPage(browser, server.origin, options);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return site;
}
