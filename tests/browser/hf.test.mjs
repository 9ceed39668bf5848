// @ts-check
/** Tokenizers of any kind in Chromium: the ids of the reference, and their engine is fetched by pages that need it only. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startServed } from "../support/start.mjs";

const { browser, server } = await startServed(
  ".",
  new Map([["/", { type: "text/html", body: "<!doctype html><title>page</title>" }]]),
);

test("only a page that needs it fetches its engine", async () => {
  const page = await browser.newPage();
  await page.goto(server.url);
  const counts = await page.evaluate(async () => {
    const { load, loadJson } = await import(/** @type {string} */ ("/pkg/dist/index.js"));
    const tok = await load("cl100k_base");
    const own = await loadJson(await fetch("/target/golden/hf/qwen3.json"));
    return [tok.count("Hello"), own.count("Hello"), own.engine];
  });
  assert.deepEqual(counts, [1, 1, "native"]);
  assert.deepEqual(
    server.requests.filter((path) => path.includes("hf.js") || path.includes("wasm-hf")),
    [],
  );
  const engine = await page.evaluate(async () => {
    const { loadJson } = await import(/** @type {string} */ ("/pkg/dist/index.js"));
    const tok = await loadJson(await fetch("/target/golden/hf/bert_uncased.json"));
    return [tok.engine, tok.count("unaffable")];
  });
  assert.deepEqual(engine, ["hf", 3]);
  const fetched = server.requests.filter((path) => path.endsWith("tokimeter-hf_bg.wasm"));
  assert.equal(fetched.length, 1);
  await page.close();
});

// Of each kind one: in Node there are all of them, in the same engines.
test("ids equal the reference's", async () => {
  const page = await browser.newPage();
  await page.goto(server.url);
  for (const name of ["bert_uncased", "t5", "qwen3"]) {
    const [cases, wrong] = await page.evaluate(async (name) => {
      const { loadJson, Tokenizer } = await import(/** @type {string} */ ("/pkg/dist/index.js"));
      const { createHf } = await import(/** @type {string} */ ("/pkg/dist/hf.js"));
      const bytes = new Uint8Array(await (await fetch(`/target/golden/hf/${name}.json`)).arrayBuffer());
      const hf = new Tokenizer(await createHf(bytes), { name, basis: "exact", engine: "hf" });
      const engines = [hf, await loadJson(bytes)];
      const lines = (await (await fetch(`/target/golden/hf/${name}.jsonl`)).text()).trim().split("\n");
      let wrong = "";
      for (const line of lines) {
        const [text, ids] = JSON.parse(line);
        for (const engine of engines) if (engine.encode(text).join() !== ids.join()) wrong ||= line;
      }
      return [lines.length, wrong];
    }, name);
    assert.equal(wrong, "", name);
    assert.ok(cases >= 100);
  }
  await page.close();
});
