// The workbench as a person finds it: by role and name, never by class.

import assert from "node:assert/strict";

export class Workbench {
  constructor(page) {
    this.page = page;
  }

  /** Opens the site and waits until the app has taken over from the skeleton. */
  static async open(site, { address = "/", ...options } = {}) {
    const workbench = new Workbench(await site.page(options));
    await workbench.go(site.origin + address);
    return workbench;
  }

  async go(url) {
    const response = await this.page.goto(url);
    await this.ready();
    return response;
  }

  /** Fails with the page's own words where it could not start. */
  async ready() {
    const failed = this.page.getByRole("alert");
    const started = this.page.locator("#skeleton").waitFor({ state: "detached" });
    await Promise.race([started, failed.waitFor()]);
    if (await failed.count()) assert.fail(`${await failed.innerText()}\n${this.page.trouble.join("\n")}`);
  }

  get verdict() {
    return this.page.getByRole("complementary", { name: "Verdict" });
  }

  field(name) {
    return this.page.getByRole("textbox", { name });
  }

  /** That nothing went wrong so far, and nobody else was asked for anything. */
  assertUntroubled() {
    assert.deepEqual(this.page.trouble, []);
  }
}
