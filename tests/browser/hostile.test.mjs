// @ts-check
/** A megabyte of each thing that has hung tokenizers, in Chromium: the native count, and the page stays alive. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startServed } from "../support/start.mjs";

/** Far above what it takes, far below a hang. */
const LIMIT_MS = 2000;

const { browser, server } = await startServed(
  ".",
  new Map([["/", { type: "text/html", body: "<!doctype html><title>page</title>" }]]),
);

test("hostile texts", async () => {
  const page = await browser.newPage();
  await page.goto(server.url);
  const rows = await page.evaluate(async () => {
    const { load } = await import(/** @type {string} */ ("/pkg/dist/index.js"));
    /** @type {[string, string, number[]][]} */
    const cases = await (await fetch("/target/golden/hostile.json")).json();
    const rows = [];
    for (const [place, name] of ["o200k_base", "cl100k_base"].entries()) {
      const tok = await load(name);
      tok.count(cases.map(([, text]) => text.slice(0, 20_000)).join(" x "));
      for (const [what, text, counts] of cases) {
        const start = performance.now();
        const count = tok.count(text);
        rows.push({ name, what, ms: performance.now() - start, count, native: counts[place] });
      }
    }
    return rows;
  });
  for (const { name, what, ms, count, native } of rows) {
    console.log(`${name} ${JSON.stringify(what).padEnd(18)} ${ms.toFixed(1).padStart(7)} ms ${count} tokens`);
    assert.equal(count, native, `${name}, ${what}`);
    assert.ok(ms < LIMIT_MS, `${name}, ${what}: ${ms} ms`);
  }
  assert.equal(rows.length, 28);
});
