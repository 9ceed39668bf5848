// @ts-check
/** Builds the pages with Monaco, which takes seconds, and opens them. */

import { build } from "vite";
import { serve } from "./serve.mjs";

/** Builds the test's page and the example into target/monaco, and serves them. */
export async function serveMonaco() {
  const input = ["examples/monaco/index.html", "tests/support/monaco/index.html"];
  await build({
    base: "./",
    configFile: false,
    logLevel: "error",
    build: {
      outDir: "target/monaco",
      minify: false,
      chunkSizeWarningLimit: 100_000,
      rolldownOptions: { input },
    },
  });
  const server = await serve("target/monaco");
  return {
    ...server,
    page: `${server.url}tests/support/monaco/index.html`,
    example: `${server.url}examples/monaco/index.html`,
  };
}
