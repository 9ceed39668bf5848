// @ts-check
/** Builds a folder's pages as an application would, by Vite, into target/. */

import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

/** @param {string} folder @param {string} name Returns where the pages are. */
export async function buildPages(folder, name) {
  const outDir = resolve("target", name);
  const input = readdirSync(folder).filter((file) => file.endsWith(".html"));
  await build({
    root: resolve(folder),
    base: "./",
    logLevel: "error",
    build: {
      outDir,
      emptyOutDir: true,
      target: "esnext",
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: input.map((file) => join(resolve(folder), file)) },
    },
  });
  return outDir;
}
