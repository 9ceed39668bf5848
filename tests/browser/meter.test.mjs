// @ts-check
/** The meter in a page, from the package's plain files: an estimate at once, the exact count when the vocabulary is there. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startServed } from "../support/start.mjs";

const { browser, server } = await startServed(
  "pkg",
  new Map([["/", { type: "text/html", body: "<!doctype html><title>page</title>" }]]),
);

/** Reads the meters of some models in a page of their own. @param {string[]} ids */
async function readings(ids) {
  const page = await browser.newPage();
  await page.goto(server.url);
  const read = await page.evaluate(async (ids) => {
    const { meter, decimal } = await import(/** @type {string} */ ("/dist/index.js"));
    const all = [];
    for (const id of ids) {
      const m = await meter(id, { text: "Hello, world! 你好，世界！".repeat(100), instant: true });
      const { basis: first, low, high } = m.reading;
      await m.ready;
      const { tokens, basis, window, cost } = m.reading;
      const total = cost?.total === undefined ? undefined : decimal(cost.total);
      all.push({ id, first, low, high, tokens, basis, window, total, nearest: m.nearest });
    }
    return all;
  }, ids);
  await page.close();
  return read;
}

test("four models in a page", async () => {
  const all = await readings(["gpt-5.2", "claude-opus-5", "deepseek-v4-pro", "no-such-model"]);
  assert.deepEqual(
    all.map(({ first, basis }) => [first, basis]),
    [
      ["estimated", "exact"],
      ["estimated", "calibrated"],
      ["estimated", "exact"],
      ["estimated", "estimated"],
    ],
  );
  for (const { id, low, high, tokens, total, window } of all) {
    // The estimate held what the count then was, so nothing that was shown was wrong.
    assert.ok(low <= tokens && tokens <= high, `${id}: ${low} ≤ ${tokens} ≤ ${high}`);
    assert.equal(total === undefined, id === "no-such-model");
    assert.equal(window === undefined, id === "no-such-model");
  }
  assert.ok((all[3]?.nearest.length ?? 0) > 0);
});

test("a page that only counts fetches no book", async () => {
  const page = await browser.newPage();
  await page.goto(server.url);
  server.requests.length = 0;
  const count = await page.evaluate(async () => {
    const { load } = await import(/** @type {string} */ ("/dist/index.js"));
    return (await load("o200k_base")).count("Hello, world!");
  });
  assert.equal(count, 4);
  assert.deepEqual(
    server.requests.filter((path) => /book|models|chat|agent|hints|packer|wasm-|hf/.test(path)),
    [],
  );
  await page.close();
});
