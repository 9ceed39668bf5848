// @ts-check
/** Estimates from JavaScript: ranges that hold the count, texts under edit, and what an estimate has not. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { estimate, load } from "tokimeter";
import { mulberry32, seed } from "../support/random.mjs";

const random = mulberry32(seed("estimate"));
/** @param {number} below */
const upTo = (below) => Math.floor(random() * below);
const SNIPPETS =
  "a|B|12|' |'s|\n|  |中|的一是|。|😀|\ud83d|\ude00|e\u0301|\u0301|각|я|ا|ह|== |The cleaner comes at nine. ".split(
    "|",
  );
const snippet = () => (SNIPPETS[upTo(SNIPPETS.length)] ?? "").repeat(1 + upTo(3));

/** @param {{ tokens: number, low: number, high: number }} range @param {string} text */
function check({ tokens, low, high }, text) {
  assert.ok(low <= tokens && tokens <= high, JSON.stringify({ tokens, low, high, text }));
  assert.equal(low === 0, text === "");
}

test("by any id", async () => {
  for (const [id, name] of [
    ["o200k_base", "o200k_base"],
    ["gpt-5.2", "o200k_base"],
    ["claude-opus-5", "claude5"],
    ["grok-4", "unknown"],
    ["doubao-seed-1.6", "unknown"],
    ["deepseek-r1-7b", "unknown"],
    ["no-such-model", "unknown"],
    ["", "unknown"],
  ]) {
    const tok = await estimate(/** @type {string} */ (id));
    assert.equal(tok.name, name);
    assert.equal(tok.basis, "estimated");
    assert.equal(tok.vocabSize, 0);
    assert.deepEqual(tok.range(""), { tokens: 0, low: 0, high: 0 });
    for (let i = 0; i < 100; i++) {
      const text = Array.from({ length: upTo(30) }, snippet).join("");
      check(tok.range(text), text);
      assert.equal(tok.count(text), tok.range(text).tokens);
    }
  }
  assert.equal((await estimate("gpt-6")).assumption, (await load("gpt-6")).assumption);
  await assert.rejects(estimate(/** @type {any} */ (7)), TypeError);
});

test("load says that there is an estimate", async () => {
  await assert.rejects(load("grok-4"), { code: "unknown-encoding", message: /estimate\("grok-4"\)/ });
});

test("an estimate has no ids", async () => {
  const known = await estimate("qwen3");
  const unknown = await estimate("grok-4");
  const claude = await load("claude-opus-5");
  for (const [tok, message] of /** @type {const} */ ([
    [known, /estimate of qwen3.*load\("qwen3"\)/],
    [unknown, /not public.*range/],
    [claude, /of claude5 only counts are known/],
  ])) {
    for (const call of [() => tok.encode("a"), () => tok.decode([1]), () => tok.decodeBytes([1])]) {
      assert.throws(
        call,
        (/** @type {any} */ error) => error.code === "counts-only" && message.test(error.message),
      );
    }
    assert.equal(tok.spans("a b").ids.length, 0);
    assert.deepEqual(tok.specials, {});
  }
});

test("texts under edit", async () => {
  for (const id of ["o200k_base", "grok-4"]) {
    const tok = await estimate(id);
    for (let made = 0; made < 20; made++) {
      let text = Array.from({ length: upTo(200) }, snippet).join("");
      const live = tok.live(text);
      for (let i = 0; i < 50; i++) {
        const from = upTo(text.length + 1);
        const to = Math.min(text.length, from + upTo(9));
        const insert = snippet();
        const change = live.replace(from, to, insert);
        text = text.slice(0, from) + insert + text.slice(to);
        assert.equal(live.text, text);
        assert.deepEqual({ ...live.range() }, tok.range(text), JSON.stringify(text));
        assert.deepEqual([live.tokens, live.low, live.high], Object.values(tok.range(text)));
        assert.equal(change.tokens, live.tokens);
        const at = upTo(text.length + 1);
        assert.equal(live.countRange(0, at), tok.count(text.slice(0, at)));
        assert.ok(live.offsetOf(upTo(live.tokens + 1)) <= text.length);
      }
      for (const keep of /** @type {const} */ (["start", "end"])) {
        const fit = live.fit(upTo(live.tokens + 1), { keep });
        assert.equal(fit.text, text.slice(fit.from, fit.to));
        assert.equal(fit.tokens, tok.count(fit.text));
      }
      live.dispose();
    }
  }
});

test("from the estimate to the count, through edits", async () => {
  const text = readFileSync("target/corpus/mixed.txt", "utf8").slice(0, 300_000);
  const quick = await estimate("o200k_base");
  const live = await quick.liveAsync(text);
  const exact = await load("o200k_base");
  const counter = live.also(exact);
  live.replace(5, 9, "中文");
  assert.deepEqual(live.range(), quick.range(live.text));
  await counter.ready;
  live.replace(100, 4000, "x");
  const count = exact.count(live.text);
  assert.equal(counter.tokens, count);
  assert.ok(live.low <= count && count <= live.high);
  // And the other way round: an exact text that is estimated too.
  const estimated = exact.live(text).also(await estimate("grok-4"));
  await estimated.ready;
  assert.equal(estimated.tokens, (await estimate("grok-4")).count(text));
});

test("what is exact has no range, and Claude's counts have a small one", async () => {
  const exact = await load("o200k_base");
  assert.deepEqual(exact.range("Hello, world!"), { tokens: 4, low: 4, high: 4 });
  const live = exact.live("Hello, world!");
  assert.deepEqual([live.tokens, live.low, live.high], [4, 4, 4]);
  const claude = await load("claude-opus-5");
  const { tokens, low, high } = claude.range("Hello, world!");
  assert.deepEqual([low, high], [tokens - 1, tokens + 1]);
});

test("a megabyte of anything", async () => {
  const tok = await estimate("grok-4");
  for (const unit of ["a", " ", "\n", "=", "0", "aA0", "中", "😀", "\ud83d", "\u0301"]) {
    const text = unit.repeat(1e6 / unit.length);
    const live = tok.live(text);
    assert.deepEqual(live.range(), tok.range(text));
    for (let i = 0; i < 100; i++) live.replace(upTo(live.length), live.length, unit);
    assert.deepEqual(live.range(), tok.range(live.text));
    live.dispose();
  }
});
