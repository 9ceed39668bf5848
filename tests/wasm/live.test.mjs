// @ts-check
/**
 * `LiveText` as JavaScript sees it: any string, any edit, the same counts as the whole text; errors that change nothing;
 * slices that can be watched and aborted; and memory that comes back.
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { load } from "tokimeter";
import { loadWatched } from "../support/engine-memory.mjs";
import { mulberry32, seed } from "../support/random.mjs";

const { tok, bytes } = await loadWatched("o200k_base");

const random = mulberry32(seed("live texts"));
/** @param {number} below */
const upTo = (below) => Math.floor(random() * below);
/** @template T @param {readonly T[]} list */
const one = (list) => /** @type {T} */ (list[upTo(list.length)]);

const SNIPPETS =
  "a|B|12|' |'s|\n|\r\n|  |中|的一是|。|😀|👩‍💻|\ud83d|\ude00|\ude00\ud83d|\u0301|\ufeff|/|== |<|endoftext|>".split(
    "|",
  );
const insertion = () => {
  const snippet = one(SNIPPETS);
  return random() < 0.1 ? snippet.repeat(upTo(30)) : snippet;
};

test("random updates of any string", () => {
  const cases = Number(process.env.CASES ?? 200_000) / 20;
  for (let made = 0; made < cases; ) {
    let text = insertion();
    const live = tok.live(text);
    const script = [JSON.stringify(text)];
    for (let i = 0; i < 50; i++, made++) {
      const edits = [];
      let next = "";
      let at = 0;
      for (let n = one([1, 1, 1, 2, 3]); n > 0; n--) {
        const from = at + upTo(text.length - at + 1);
        const to = Math.min(text.length, from + one([0, 0, 1, 2, 9]));
        const insert = text.length > 300 ? "" : insertion();
        edits.push({ from, to, insert });
        next += text.slice(at, from) + insert;
        at = to;
      }
      text = next + text.slice(at);
      script.push(JSON.stringify(edits));
      const change = live.update(edits);
      const why = script.join("\n");
      assert.equal(live.text, text, why);
      assert.equal(live.length, text.length, why);
      assert.equal(live.tokens, tok.count(text), why);
      assert.equal(change.tokens, live.tokens, why);
      assert.ok(change.from <= change.to && change.to <= text.length, why);
      const [from = 0, to = 0] = [upTo(text.length + 1), upTo(text.length + 1)].sort((a, b) => a - b);
      assert.equal(live.countRange(from, to), tok.count(text.slice(from, to)), why);
      assert.equal(live.slice(from, to), text.slice(from, to), why);
      const { ids, ends } = tok.spans(text);
      const part = live.spansIn(from, to);
      assert.deepEqual(part.ids, ids.slice(part.index, part.index + part.ids.length), why);
      assert.deepEqual(part.ends, ends.slice(part.index, part.index + part.ids.length), why);
      assert.equal(live.offsetOf(ids.length), text.length, why);
    }
    live.dispose();
  }
});

test("a large insertion, at once and in slices", async () => {
  const english = readFileSync("target/corpus/english.txt", "utf8");
  const large = `${english.slice(0, 150_000)}😀\ud83d`.repeat(3);
  for (const text of [large, large.toWellFormed()]) {
    const live = tok.live("ab");
    const change = live.replace(1, 1, text);
    assert.equal(live.text, `a${text}b`);
    assert.equal(live.tokens, tok.count(`a${text}b`));
    const { tokens } = live;
    assert.deepEqual(change, { tokens, added: tokens, removed: 1, from: 0, to: live.length });
    live.update([
      { from: 0, to: 1 },
      { from: 5, insert: text },
      { from: 10, to: live.length - 1, insert: "x" },
    ]);
    assert.equal(live.tokens, tok.count(live.text));
    assert.equal(live.length, 4 + text.length + 5 + 1 + 1);
  }
  /** @type {import("tokimeter").Progress[]} */
  const seen = [];
  const live = await tok.liveAsync(large, { onProgress: (progress) => seen.push(progress) });
  assert.equal(live.text, large);
  assert.equal(live.tokens, tok.count(large));
  assert.ok(seen.length > 0);
  assert.ok(seen.every(({ done, total }, i) => total === large.length && done > (seen[i - 1]?.done ?? 0)));
  const change = await live.replaceAsync(3, 5, large);
  assert.equal(live.tokens, tok.count(large.slice(0, 3) + large + large.slice(5)));
  assert.equal(change.tokens, live.tokens);
});

test("a text that is one piece to the end is not counted anew with each slice", async () => {
  const claude = await load("claude5");
  const text = "a".repeat(4_000_000);
  const took = (/** @type {() => unknown} */ work) => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  };
  const once = took(() => claude.count(text));
  const live = tok.live("");
  const first = live.also(claude);
  await first.ready;
  const tokens = claude.count(text);
  assert.ok(took(() => live.reset(text)) < 30 * once);
  assert.equal(first.tokens, tokens);
  const second = live.also(await load("claude4_8"));
  const begin = performance.now();
  await second.ready;
  assert.ok(performance.now() - begin < 30 * once);
  assert.equal(second.tokens, (await load("claude4_8")).count(text));
  live.dispose();
});

test("an aborted insertion leaves the text as it was, and edits wait for it", async () => {
  const text = readFileSync("target/corpus/chinese.txt", "utf8").slice(0, 400_000);
  const live = tok.live(`before 😀 ${text.slice(0, 1000)} after`);
  const { text: whole, tokens } = live;
  for (const when of [1, 3]) {
    const abort = new AbortController();
    let turns = 0;
    const onProgress = () => {
      if (++turns === when) abort.abort();
    };
    const done = live.replaceAsync(8, 700, text, { signal: abort.signal, onProgress });
    assert.throws(() => live.replace(0, 0, "x"), { name: "TokimeterError", code: "busy" });
    await assert.rejects(done, { name: "TokimeterError", code: "aborted" });
    assert.equal(live.text, whole);
    assert.equal(live.tokens, tokens);
  }
  await assert.rejects(live.replaceAsync(0, 0, "x", { signal: AbortSignal.abort() }), { code: "aborted" });
  await assert.rejects(tok.liveAsync(text, { signal: AbortSignal.abort() }), { code: "aborted" });
  assert.equal(live.replace(0, 0, "x").tokens, tok.count(`x${whole}`));

  const disposed = live.replaceAsync(0, 1, text, { onProgress: () => live.dispose() });
  await assert.rejects(disposed, { name: "TokimeterError", code: "disposed" });
});

test("bad input throws and changes nothing", () => {
  const live = tok.live("Hello, 世界!");
  const { length } = live;
  /** @type {[() => unknown, RegExp][]} */
  const cases = [
    [() => live.replace(0, length + 1, "x"), /11.*not 11|0 to .*10, not 11/],
    [() => live.replace(-1, 0, "x"), /not -1/],
    [() => live.replace(0, Number.NaN, "x"), /not NaN/],
    [() => live.replace(0.5, 1, "x"), /not 0.5/],
    [() => live.replace(5, 4, "x"), /from 5 to 4.*length is 10/],
    [() => live.update([{ from: 5, to: 6 }, { from: 5 }]), /edit 1 begins at 5/],
    [() => live.update([{ from: 2, to: 1, insert: "x".repeat(50_000) }]), /from 2 to 1/],
    [() => live.countRange(3, 2), /from 3 to 2/],
    [() => live.countRange(0, 11), /not 11/],
    [() => live.spansIn(11, 11), /not 11/],
    [() => live.offsetOf(live.tokens + 1), /number of tokens/],
    [() => live.fit(-1), /limit/],
    [() => live.split(0), /limit of 0 tokens is too small/],
    [() => tok.fit("x", 1, { keep: /** @type {any} */ ("middle") }), /keep is/],
  ];
  for (const [call, message] of cases) {
    assert.throws(
      call,
      (/** @type {Error} */ error) => error instanceof RangeError && message.test(error.message),
    );
  }
  assert.throws(() => live.replace(0, 0, /** @type {any} */ (7)), TypeError);
  assert.throws(() => tok.live(/** @type {any} */ (null)), TypeError);
  assert.equal(live.text, "Hello, 世界!");
  assert.equal(live.tokens, tok.count("Hello, 世界!"));
  live.dispose();
  live.dispose();
  for (const call of [() => live.tokens, () => live.text, () => live.replace(0, 0, "x"), () => live.fit(1)]) {
    assert.throws(call, { name: "TokimeterError", code: "disposed" });
  }
});

test("fit and split", () => {
  const text = "The cleaner comes at nine. 清洁工九点来。👩‍👩‍👧 ".repeat(40);
  for (const limit of [0, 1, 2, 10, 57, 400, 1e6]) {
    const live = tok.live(text);
    for (const keep of /** @type {const} */ (["start", "end"])) {
      const fit = tok.fit(text, limit, { keep });
      assert.deepEqual(fit, live.fit(limit, { keep }));
      assert.equal(fit.text, text.slice(fit.from, fit.to));
      assert.equal(fit.tokens, tok.count(fit.text));
      assert.ok(fit.tokens <= limit);
      assert.equal(fit.truncated, fit.text !== text);
    }
    if (limit < 3) continue;
    const chunks = tok.split(text, limit);
    assert.deepEqual(chunks, live.split(limit));
    assert.equal(chunks.map((chunk) => chunk.text).join(""), text);
    assert.ok(chunks.every((chunk) => chunk.tokens <= limit && chunk.tokens === tok.count(chunk.text)));
  }
});

test("memory comes back", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  const cycle = () => {
    const live = tok.live("The cleaner comes at nine. ".repeat(4));
    live.replace(4, 11, "plumber");
    live.replace(0, live.length, "");
    return live;
  };
  for (let i = 0; i < 1000; i++) cycle().dispose();
  const start = bytes();
  for (let i = 0; i < 20_000; i++) cycle().dispose();
  assert.equal(bytes(), start, "20,000 × create, edit, dispose");

  // Forgotten without a word: each holds 20 kB, together 80 MB.
  const text = readFileSync("target/corpus/english.txt", "utf8").slice(0, 20_000);
  for (let i = 0; i < 4000; i++) {
    tok.live(text);
    if (i % 250 === 0) {
      gc();
      // Finalizers run in a turn of their own.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const grown = bytes() - start;
  console.log(`4,000 forgotten texts of 20 kB: the memory grew by ${(grown / 1e6).toFixed(1)} MB`);
  assert.ok(grown < 30e6, `${grown} bytes`);
});

test("a large text takes at most three times its bytes", async () => {
  for (const workerData of ["english", "chinese", "code"]) {
    const url = new URL("../support/large-text.mjs", import.meta.url);
    const [made] = await once(new Worker(url, { workerData }), "message");
    console.log(`memory by bytes of text, ${workerData}: ${(made.grown / made.bytes).toFixed(2)}`);
    assert.equal(made.tokens, made.count);
    assert.ok(made.grown > 0 && made.grown <= 3 * made.bytes, `${made.grown} for ${made.bytes}`);
  }
});
