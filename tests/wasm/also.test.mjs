// @ts-check
/** One text counted in several encodings: each count is that of the whole text, through all edits. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { encodings, load } from "tokimeter";
import { mulberry32, seed } from "../support/random.mjs";

const toks = await Promise.all(encodings.map((name) => load(name)));
const [first] = toks;
assert.ok(first);

const random = mulberry32(seed("also"));
/** @param {number} below */
const upTo = (below) => Math.floor(random() * below);
const SNIPPETS = "a|B|12|' |'s|\n|\r\n|  |中|的一是|。|😀|\ud83d|\ude00|e\u0301|\u0301|\ufeff|ﬁ|각|== ".split(
  "|",
);
const snippet = () => (SNIPPETS[upTo(SNIPPETS.length)] ?? "").repeat(1 + upTo(3));

test("random edits", () => {
  for (let made = 0; made < 80; made++) {
    const live = first.live(snippet());
    const counters = toks.map((tok) => live.also(tok));
    for (let i = 0; i < 50; i++) {
      const from = upTo(live.length + 1);
      live.replace(from, Math.min(live.length, from + upTo(live.length > 200 ? 100 : 4)), snippet());
      if (i === 25) live.reset(snippet());
      for (const [place, counter] of counters.entries()) {
        assert.equal(counter.tokens, toks[place]?.count(live.text), JSON.stringify(live.text));
      }
    }
    live.dispose();
  }
});

test("a long text is counted in turns, while it is edited", async () => {
  const text = readFileSync("target/corpus/chinese.txt", "utf8").slice(0, 100_000);
  const live = first.live(`${text}😀`);
  const counters = toks.map((tok) => live.also(tok));
  assert.ok(counters.every(({ tokens }) => tokens === undefined));
  live.replace(5, 9, "a few words");
  live.replace(10_000, 50_000, "");
  live.replace(live.length, live.length, " at the end");
  const inTurns = live.replaceAsync(1000, 2000, text);
  await Promise.all([inTurns, ...counters.map(({ ready }) => ready)]);
  for (const [place, counter] of counters.entries()) {
    assert.equal(counter.tokens, toks[place]?.count(live.text));
  }
  await live.replaceAsync(0, 1, text);
  for (const [place, counter] of counters.entries()) {
    assert.equal(counter.tokens, toks[place]?.count(live.text));
  }
});

test("an aborted insertion leaves all counts as they were", async () => {
  const text = readFileSync("target/corpus/english.txt", "utf8").slice(0, 500_000);
  const live = first.live("before 世界 after");
  const counters = toks.map((tok) => live.also(tok));
  const abort = new AbortController();
  const done = live.replaceAsync(7, 9, text, { signal: abort.signal, onProgress: () => abort.abort() });
  await assert.rejects(done, { code: "aborted" });
  assert.equal(live.text, "before 世界 after");
  for (const [place, counter] of counters.entries()) {
    assert.equal(counter.tokens, toks[place]?.count(live.text));
  }
});

test("a counter that was disposed, or whose text was, throws", async () => {
  const long = "a long text ".repeat(10_000);
  const live = first.live(long);
  const [gone, left] = [live.also(first), live.also(first)];
  gone.dispose();
  gone.dispose();
  const disposed = { name: "TokimeterError", code: "disposed" };
  assert.throws(() => gone.tokens, disposed);
  await assert.rejects(gone.ready, disposed);
  await left.ready;
  assert.equal(left.tokens, live.tokens);
  const next = live.also(first);
  live.dispose();
  for (const counter of [left, next]) assert.throws(() => counter.tokens, disposed);
  await assert.rejects(next.ready, disposed);
  next.dispose();
});
