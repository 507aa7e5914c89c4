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

  /** The rest of the program is here: leaving the page earlier would break off its fetch. */
  async whole() {
    await this.page.waitForFunction(() =>
      performance.getEntriesByType("resource").some((file) => file.name.includes("/lazy/split_links-") && file.responseEnd > 0),
    );
  }

  /** Waits for the program and for the data of its first page; fails with the page's own words where it could not start. */
  async ready() {
    const failed = this.page.locator("#skeleton").getByRole("alert");
    const started = this.page.locator("#skeleton").waitFor({ state: "detached" });
    await Promise.race([started, failed.waitFor()]);
    if (await failed.count()) assert.fail(`${await failed.innerText()}\n${this.page.trouble.join("\n")}`);
    await this.settled();
  }

  /** Waits until the data of the page is here. */
  async settled() {
    await this.page.locator("main:not([aria-busy])").waitFor();
  }

  get main() {
    return this.page.getByRole("main");
  }

  get verdict() {
    return this.page.getByRole("complementary", { name: "Verdict" });
  }

  /** Turns to a page by its tab. */
  async turnTo(name) {
    await this.page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
    await (name === "Design" ? this.settled() : this.heading(name));
  }

  /** Turns to a section of the design. */
  async section(name) {
    await this.page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name }).click();
    await this.heading(name);
  }

  /** Waits for the page's heading. */
  async heading(name) {
    await this.main.getByRole("heading", { level: 1, name }).waitFor();
    await this.settled();
  }

  /** A field of the page by its label. */
  field(name) {
    return this.main.getByRole("textbox", { name, exact: true });
  }

  button(name, options = {}) {
    return this.page.getByRole("button", { name, ...options });
  }

  /** Types over what a field holds. */
  async fill(name, text) {
    await this.field(name).fill(text);
    await this.field(name).blur();
  }

  /** Starts from a reference, at a printed size, from the start page. */
  async startFrom(reference, size) {
    await this.page.getByRole("link", { name: "Plumbline: start" }).click();
    await this.page.getByLabel("Reference architecture").selectOption({ label: reference });
    await this.button(`${size} SU`, { exact: true }).click();
    await this.button("Open this design").click();
    await this.heading("Workload");
  }

  /** Opens a file with this text by the browser's dialog, which the button `by` asks for. */
  async openFile(by, name, text) {
    const chosen = this.page.waitForEvent("filechooser");
    await this.button(by).click();
    await (await chosen).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  }

  /** Overrides a figure of the part that a field of the section chooses. */
  async override(field, figure, value) {
    const part = this.main.getByRole("group", { name: field }).or(
      this.main.locator(".part", { has: this.page.getByLabel(field, { exact: true }) }),
    );
    await part.getByText(/^Figures/).click();
    await part.getByRole("button", { name: `Override ${figure}`, exact: true }).click();
    const own = part.getByRole("textbox", { name: `Own value of ${figure}`, exact: true });
    await own.fill(value);
    await own.press("Enter");
  }

  /** The row of a finding on the page of findings. */
  finding(id) {
    return this.main.getByRole("listitem").filter({ has: this.page.locator(`summary[data-finding^="${id} "]`) });
  }

  /** Opens the details of a finding. */
  async openFinding(id) {
    const row = this.finding(id).first();
    await row.locator("summary").first().click();
    await row.getByText("Demanded by").waitFor();
    return row;
  }

  /** Ids of all findings that stand in the groups that are open. */
  async findingIds() {
    const names = await this.main.locator("summary[data-finding]").evaluateAll((all) =>
      all.map((summary) => summary.dataset.finding),
    );
    return names.map((name) => name.split(" ")[0]);
  }

  /** The key numbers of the panel, exact, by name. An unknown one is an empty text. */
  async numbers() {
    return this.verdict.locator("output[data-value]").evaluateAll((all) =>
      Object.fromEntries(
        all.map((output) => {
          const name = document.getElementById(output.getAttribute("aria-labelledby")).textContent;
          return [name, output.dataset.value];
        }),
      ),
    );
  }

  /** Counts of the verdict, by word, from the page of findings. */
  async counts() {
    return this.main.locator("[data-count]").evaluateAll((all) =>
      Object.fromEntries(all.map((item) => [item.dataset.count, Number(item.dataset.value)])),
    );
  }

  /** The share link, as the dialog shows it. */
  async link() {
    await this.button("Share", { exact: true }).click();
    const link = await this.page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
    await this.page.getByRole("dialog", { name: "Share" }).getByRole("button", { name: "Close" }).click();
    return link;
  }

  /** That nothing went wrong so far, and nobody else was asked for anything. */
  assertUntroubled() {
    assert.deepEqual(this.page.trouble, []);
  }
}
