// @ts-check
/** Several workers count one file side by side, and the count is that of one. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "tokimeter";
import { startServed } from "../support/start.mjs";

/** @type {Map<string, import("../support/serve.mjs").Answer>} */
const overrides = new Map();
const { browser, server } = await startServed("pkg", overrides);

test("three workers count one file", async () => {
  const o200k = await load("o200k_base");
  const text = readFileSync("target/corpus/mixed.txt", "utf8").repeat(8);
  overrides.set("/", { type: "text/html", body: "<!doctype html><title>page</title>" });
  overrides.set("/text", { body: text });
  const page = await browser.newPage();
  await page.goto(server.url);
  const { found, alone, asked, milliseconds } = await page.evaluate(async () => {
    const { connect } = await import(/** @type {string} */ ("/dist/worker.js"));
    const { countBlobBy } = await import(/** @type {string} */ ("/dist/blocks.js"));
    const remotes = [connect(), connect(), connect()];
    const counters = await Promise.all(remotes.map((remote) => remote.load("o200k_base")));
    const blob = await (await fetch("/text")).blob();
    /** @type {Set<number>} */
    const asked = new Set();
    const watched = counters.map(({ basis, specials, hasBorders, range }, index) => ({
      basis,
      specials,
      hasBorders,
      range: (/** @type {string} */ part) => {
        asked.add(index);
        return range(part);
      },
    }));
    const milliseconds = [performance.now()];
    const found = await countBlobBy(watched, blob);
    milliseconds.push(performance.now());
    const alone = await counters[0].countBlob(blob);
    milliseconds.push(performance.now());
    for (const remote of remotes) remote.dispose();
    return { found, alone, asked: asked.size, milliseconds };
  });
  const [begin = 0, middle = 0, end = 0] = milliseconds;
  console.log(`by three ${(middle - begin).toFixed(0)} ms, by one ${(end - middle).toFixed(0)} ms`);
  assert.deepEqual(found, alone);
  assert.equal(found.tokens, o200k.count(text));
  assert.equal(asked, 3);
  await page.close();
});
