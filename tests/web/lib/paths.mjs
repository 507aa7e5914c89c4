// Where things are, whatever folder the tests are started from.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
export const out = fileURLToPath(new URL("../out", import.meta.url));
