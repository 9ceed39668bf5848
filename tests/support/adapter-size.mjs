// @ts-check
/** What an adapter adds to a page: bundled and minified, without what it loads later and without its peers. */

import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build, minify } from "vite";

/**
 * Returns the bytes under brotli.
 * @param {string} code a module that exports what is used
 * @param {RegExp} outside the modules that are not counted
 */
export async function adapterSize(code, outside) {
  const entry = resolve(`target/adapter-size-${process.pid}.js`);
  mkdirSync("target", { recursive: true });
  writeFileSync(entry, code);
  const output = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      lib: { entry, formats: ["es"], fileName: "adapter" },
      rolldownOptions: { external: (id) => outside.test(id) },
    },
  });
  const [{ output: chunks } = { output: [] }] = /** @type {{ output: { code?: string }[] }[]} */ (
    [output].flat()
  );
  let bytes = 0;
  for (const { code = "" } of chunks) {
    const { code: small } = await minify("adapter.js", code, { module: true });
    bytes += brotliCompressSync(small).length;
  }
  return bytes;
}
