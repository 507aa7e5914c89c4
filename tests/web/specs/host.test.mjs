// The server behind `make serve`, asked in ways that a browser would not ask.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { request } from "node:http";
import { serve } from "../lib/serve.mjs";

let server;
before(async () => {
  server = await serve();
});
after(() => server.close());

/** One request with the path exactly as given; fetch would tidy it up. */
function ask(path, { method = "GET", headers = {} } = {}) {
  const { hostname, port } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    asked.on("error", reject).end();
  });
}

const files = async () => JSON.parse((await ask("/asset-manifest.json")).body).files;
const named = async (pattern) => Object.entries(await files()).find(([name]) => pattern.test(name));

test("every file arrives whole, with its media type", async () => {
  const types = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm" };
  for (const [name, { bytes }] of Object.entries(await files())) {
    const { status, headers, body } = await ask(`/${name}`);
    assert.equal(status, 200, name);
    assert.equal(body.length, bytes, name);
    const type = types[name.split(".").pop()];
    if (type) assert.ok(headers["content-type"].startsWith(type), `${name}: ${headers["content-type"]}`);
  }
});

test("brotli is sent to those who take it, in the size that the budget counts", async () => {
  const [name, { brotli }] = await named(/\.wasm$/);
  const { headers, body } = await ask(`/${name}`, { headers: { "accept-encoding": "gzip, br" } });
  assert.equal(headers["content-encoding"], "br");
  assert.equal(body.length, brotli);
  assert.equal((await ask(`/${name}`)).headers["content-encoding"], undefined);
});

test("the document is asked for anew each time, what carries a hash in its name never", async () => {
  const { headers } = await ask("/");
  assert.equal(headers["cache-control"], "no-cache");
  const again = await ask("/", { headers: { "if-none-match": headers.etag } });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  const [name] = await named(/^style-/);
  assert.match((await ask(`/${name}`)).headers["cache-control"], /immutable/);
});

test("no path leaves the site", async () => {
  for (const path of ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2f..%2fetc/passwd", "//etc/passwd", "/%00"]) {
    assert.equal((await ask(path)).status, 404, path);
  }
});

test("the site is read and never written", async () => {
  assert.equal((await ask("/", { method: "HEAD" })).status, 200);
  for (const method of ["POST", "PUT", "DELETE"]) {
    assert.equal((await ask("/", { method })).status, 405, method);
  }
});
