// @ts-check
/** The WebAssembly build gives what the native build gives, and takes any string that JavaScript has. */

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { encodingInfo, encodings, load } from "tokimeter";
import { mulberry32, seed } from "../support/random.mjs";

const NAMES = encodings.filter((name) => encodingInfo(name).basis === "exact");
const LINES = ["claude3", "claude4_7", "claude4_8", "claude5"];

/** FNV-1a over whole ids, as tests/for_wasm.rs has it. @param {Uint32Array} ids */
const hash = (ids) => ids.reduce((hash, id) => Math.imul(hash ^ id, 0x01000193), 0x811c9dc5 | 0) >>> 0;

for (const name of NAMES) {
  test(`${name}: ids equal the native ones`, async () => {
    const tok = await load(name);
    let cases = 0;
    for await (const line of createInterface(createReadStream(`target/golden/${name}.jsonl`))) {
      const [text, count, idsHash, decoded] = JSON.parse(line);
      const ids = tok.encode(text);
      assert.equal(ids.length, count, line);
      assert.equal(hash(ids), idsHash, line);
      if (cases++ % 16 === 0) {
        assert.equal(tok.count(text), count, line);
        assert.equal(tok.decode(ids), decoded, line);
        checkSpans(tok, text);
      }
    }
    console.log(`${name}: ${cases} texts`);
    assert.ok(cases >= 1000);
  });
}

test("Claude's counts equal the native ones", async () => {
  const lines = await Promise.all(LINES.map((name) => load(name)));
  let cases = 0;
  for await (const line of createInterface(createReadStream("target/golden/claude.jsonl"))) {
    const [text, counts] = JSON.parse(line);
    assert.deepEqual(
      lines.map((tok) => tok.count(text)),
      counts,
      line,
    );
    cases++;
  }
  assert.ok(cases >= 1000);
  assert.throws(() => lines[0].encode("x"), { code: "counts-only" });
  assert.deepEqual([...lines[0].spans("x").ids], []);
});

/**
 * Ends never fall, end with the text, and never split a surrogate pair.
 * @param {import("tokimeter").Tokenizer} tok @param {string} text
 */
function checkSpans(tok, text) {
  const { ids, ends } = tok.spans(text);
  assert.equal(ends.length, ids.length);
  assert.deepEqual(ids, tok.encode(text));
  assert.equal(ends.at(-1) ?? 0, text.length, JSON.stringify(text));
  let last = 0;
  for (const end of ends) {
    assert.ok(end >= last);
    assert.ok(!splitsPair(text, end), `${JSON.stringify(text)} at ${end}`);
    last = end;
  }
}

/** @param {string} text @param {number} at */
function splitsPair(text, at) {
  const isHigh = (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return isHigh && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

test("every single code unit", async () => {
  // One encoding of each normalizer.
  for (const name of ["o200k_base", "qwen3", "gemma3", "llama2"]) {
    const tok = await load(name);
    for (let unit = 0; unit < 0x10000; unit++) {
      const text = String.fromCharCode(unit);
      assert.equal(tok.count(text), tok.count(text.toWellFormed()), `U+${unit.toString(16)}`);
      checkSpans(tok, text);
    }
  }
});

test("strings with lone surrogates", async () => {
  const cases = Number(process.env.CASES ?? 5000);
  const random = mulberry32(seed("lone surrogates"));
  const pools = [
    () => String.fromCharCode(0xd800 + random() * 0x800),
    () => String.fromCodePoint(0x1f300 + Math.floor(random() * 0x400)),
    () => String.fromCharCode(32 + random() * 95),
    () => String.fromCharCode(random() * 0x10000),
    () => "中文\u200d'S\r\n "[Math.floor(random() * 8)],
  ];
  for (const name of NAMES) {
    const tok = await load(name);
    for (let i = 0; i < cases; i++) {
      let text = "";
      for (let n = 1 + random() * 10; n > 0; n--) text += pools[Math.floor(random() * pools.length)]?.();
      assert.equal(tok.count(text), tok.count(text.toWellFormed()), JSON.stringify(text));
      checkSpans(tok, text);
    }
  }
});
