// @ts-check
/** Builds the page with the editors, and opens it. */

import assert from "node:assert/strict";
import { build } from "vite";
import { launch } from "../browser.mjs";
import { serve } from "../serve.mjs";

/** Bundles a page as a site would. @param {string} root @param {string} folder in target/ */
export async function bundle(root, folder) {
  // Files of tests run side by side, and more than one builds this page.
  const outDir = `${process.cwd()}/target/${folder}-${process.pid}`;
  await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "error",
    build: { outDir, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  });
  return outDir;
}

/** Starts a browser, and a server of the page. */
export async function start() {
  // Isolated, a page has a clock that is finer than a tenth of a millisecond.
  const headers = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  };
  const folder = await bundle("tests/support/codemirror", "codemirror-page");
  const server = await serve(folder, new Map([["/index.html", { headers }]]));
  const browser = await launch();
  return {
    browser,
    /**
     * Opens the page; the test fails on any error in it.
     * @param {import("node:test").TestContext} t
     * @param {{ path?: string, expected?: RegExp }} [options] `index.html` is isolated
     */
    async open(t, { path = "", expected } = {}) {
      const page = await browser.newPage();
      /** @type {string[]} */
      const problems = [];
      page.on("pageerror", (error) => problems.push(String(error.stack)));
      page.on("console", (message) => {
        if (message.type() === "error" && !expected?.test(message.text())) problems.push(message.text());
      });
      t.after(async () => {
        await page.close();
        assert.deepEqual(problems, []);
      });
      await page.goto(server.url + path);
      const ready = page.waitForSelector("[data-ready]");
      await ready.catch(() => assert.fail(`the page is not ready: ${problems.join("; ")}`));
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
