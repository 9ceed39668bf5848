// @ts-check
/** Bundles the command line into one file, `pkg/bin/tokimeter.js`, with what it needs that is not of the package. */

import { build } from "vite";

await build({
  root: "pkg",
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  ssr: { target: "node", noExternal: true, external: ["tokimeter"] },
  build: {
    ssr: "src/cli/main.ts",
    target: "node20",
    outDir: "bin",
    emptyOutDir: true,
    minify: true,
    rolldownOptions: {
      external: /^tokimeter(?:\/|$)/,
      output: { entryFileNames: "tokimeter.js", banner: "#!/usr/bin/env node" },
    },
  },
});
