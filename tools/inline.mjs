// @ts-check
/** Writes the engine as JavaScript, `pkg/src/inline-engine.ts`, for `tokimeter/inline`, in half of the bytes that it has as base64 alone. */

import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const engine = gzipSync(readFileSync("pkg/wasm/tokimeter_bg.wasm"), { level: 9 }).toString("base64");
writeFileSync(
  "pkg/src/inline-engine.ts",
  `/** Written by tools/inline.mjs from wasm/tokimeter_bg.wasm. */

/** The engine under gzip, in base64. */
export const ENGINE = ${JSON.stringify(engine)} as string;
`,
);
