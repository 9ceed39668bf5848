// @ts-check
/** How long a page waits for a vocabulary. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startServed } from "../support/start.mjs";
import { measureWaits } from "../support/waits.mjs";

const PAGE = { type: "text/html", body: "<!doctype html><title>page</title>" };
const { browser, server } = await startServed("pkg", new Map([["/", PAGE]]));

test("a vocabulary loads in turns, and soon", async () => {
  const context = await browser.newContext();
  /** Loads an encoding in a page; returns the milliseconds, and a count. @param {import("playwright-core").Page} page @param {string} name */
  const load = (page, name) =>
    page.evaluate(async (name) => {
      const { load } = await import(/** @type {string} */ ("/dist/index.js"));
      const begin = performance.now();
      const tok = await load(name);
      return { total: performance.now() - begin, count: tok.count("Hello, world!") };
    }, name);
  // The browser has the files then.
  const first = await context.newPage();
  await first.goto(server.url);
  assert.equal((await load(first, "o200k_base")).count, 4);

  const page = await context.newPage();
  await page.goto(server.url);
  await load(page, "cl100k_base");
  const endWaits = await measureWaits(page);
  const { total } = await load(page, "o200k_base");
  const longest = await endWaits();
  console.log(`o200k_base: ${total.toFixed(0)} ms in all, the page waited ${longest.toFixed(1)} ms at most`);
  // The bars of an idle machine are 100 and 8; other work beside it must not fail this.
  assert.ok(total < 1000, `${total} ms`);
  assert.ok(longest < 100, `${longest} ms`);
  await context.close();
});
