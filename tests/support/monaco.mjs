// @ts-check
/** Builds the pages with Monaco, which takes seconds, and opens them. */

import assert from "node:assert/strict";
import { after } from "node:test";
import { build } from "vite";
import { launch } from "./browser.mjs";
import { serve } from "./serve.mjs";

/** Builds the test's page and the example, and serves them. */
async function serveMonaco() {
  // Files of tests run side by side, and more than one builds these pages.
  const outDir = `target/monaco-${process.pid}`;
  const input = ["examples/monaco/index.html", "tests/support/monaco/index.html"];
  await build({
    base: "./",
    configFile: false,
    logLevel: "error",
    build: {
      outDir,
      minify: false,
      chunkSizeWarningLimit: 100_000,
      rolldownOptions: { input },
    },
  });
  const server = await serve(outDir);
  return {
    ...server,
    page: `${server.url}tests/support/monaco/index.html`,
    example: `${server.url}examples/monaco/index.html`,
  };
}

/** What tests/support/monaco/page.js gives the page. */
/** @typedef {typeof import("./monaco/page.js").page} Page */

/** Starts a browser, and a server of the pages, for the tests of a file; both end with them. */
export async function startMonaco() {
  const server = await serveMonaco();
  const browser = await launch();
  after(async () => {
    await browser.close();
    await server.close();
  });

  /**
   * Opens a page, runs the test and finds no error of the page.
   * @param {(page: import("playwright-core").Page) => Promise<void>} run @param {string} [url]
   */
  async function open(run, url = server.page) {
    const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
    /** @type {string[]} */
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error.stack)));
    await page.goto(url);
    if (url === server.page) await page.waitForFunction(() => "page" in globalThis);
    await run(page);
    assert.deepEqual(errors, []);
    await page.close();
  }

  /**
   * Runs a function in a page of its own, with what the page has.
   * @template T, A
   * @param {(page: Page, argument: A) => Promise<T>} run @param {A} argument
   * @returns {Promise<T>}
   */
  async function inPage(run, argument) {
    /** @type {T | undefined} */
    let result;
    await open(async (page) => {
      result = await page.evaluate(`(${run})(globalThis.page, ${JSON.stringify(argument)})`);
    });
    return /** @type {T} */ (result);
  }

  return { server, browser, open, inPage };
}

/**
 * Waits until the line shows the count of the editor's text, and returns it.
 * @param {import("playwright-core").Page} page @param {import("playwright-core").Locator} status
 */
export async function counted(page, status) {
  const count = await page.evaluate(
    "page.tokimeter.load('o200k_base').then((tok) => tok.count(editor.getValue()))",
  );
  await status
    .filter({ hasText: new RegExp(`(^|[^0-9,])${count.toLocaleString("en")} tokens? ·`) })
    .waitFor({ timeout: 5000 });
  return /** @type {string} */ (await status.textContent());
}
