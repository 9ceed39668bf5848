// @ts-check
/** Whatever the blocks of a text are, the package decodes and counts what the whole is: in its command line and as `countBlob`. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { estimate, load, loadJson } from "tokimeter";
import { BLOCK, BlockCounter, countBlobBy } from "tokimeter/blocks";
import { Cutter, kindsOf, Sum } from "../../pkg/dist/borders.js";
import { Decoder } from "../../pkg/dist/decoder.js";
import { mulberry32, seed } from "../support/random.mjs";

const CASES = Number(process.env.CASES ?? 200);
const NAMES = /** @type {const} */ ([
  ...["o200k_base", "r50k_base", "deepseek_v4", "qwen3", "minimax", "kimi", "tekken"],
  ...["gemma2", "gemma3", "llama2", "claude3", "claude5"],
]);
const BESIDE = [
  ..." \n0aZ'\"é中词АйЙа한กاक\u0301\u3099\u1161かﬁ<1>",
  "\r\n",
  "  ",
  " \n",
  "<2mass>",
  "'s",
  "</h1>",
  "👩‍💻",
];

test("parts count as the whole", async () => {
  const corpus = ["english", "chinese", "code", "mixed", "json"].map((name) =>
    readFileSync(`target/corpus/${name}.txt`, "utf8"),
  );
  const random = mulberry32(seed("parts"));
  /** @param {number} most */
  const upTo = (most) => Math.floor(random() * most);
  for (const name of NAMES) {
    const tok = await load(name);
    for (let left = CASES; left > 0; left--) {
      let text = "";
      for (let pieces = 1 + upTo(8); pieces > 0; pieces--) {
        const from = corpus[upTo(corpus.length)] ?? "";
        const at = upTo(from.length);
        if (upTo(2)) text += from.slice(at, at + upTo(40)).toWellFormed();
        for (let few = upTo(6); few > 0; few--) text += BESIDE[upTo(BESIDE.length)];
      }
      const sum = new Sum();
      const counter = new Cutter(kindsOf(tok), (part, sign) => sum.add(tok.range(part), sign));
      /** @type {string[]} */
      const pushed = [];
      const characters = [...text];
      while (characters.length > 0) {
        const block = characters.splice(0, 1 + upTo(characters.length)).join("");
        pushed.push(block);
        counter.push(block);
      }
      counter.end();
      const [{ tokens, low, high }, want] = [sum, tok.range(text)];
      assert.equal(tokens, want.tokens, `${name}: ${JSON.stringify(pushed)}`);
      assert.ok(
        tok.basis === "exact" ? low === tokens && high === tokens : low <= want.low && want.high <= high,
      );
    }
  }
});

test("blocks decode as the whole, and what is wrong is seen", () => {
  const random = mulberry32(seed("blocks"));
  /** @param {number} most */
  const upTo = (most) => Math.floor(random() * most);
  for (let left = 20 * CASES; left > 0; left--) {
    const characters = Array.from({ length: upTo(10) }, () =>
      String.fromCodePoint(upTo(0x110000 >> upTo(16))),
    );
    const utf8 = Buffer.concat(
      characters.map((c) => {
        const bytes = Buffer.from(c);
        return upTo(4)
          ? bytes
          : Buffer.concat([bytes.subarray(0, upTo(bytes.length)), Buffer.from([upTo(256)])]);
      }),
    );
    const units = Uint16Array.from([
      0xfeff,
      ...characters.map((c) => (upTo(3) ? c.charCodeAt(0) : 0xd700 + upTo(0x900))),
    ]);
    const utf16 = Buffer.from(units.buffer, 0, units.byteLength - upTo(2));
    const swapped = Buffer.from(units.buffer.slice(0)).swap16().subarray(0, utf16.length);
    const isMarked = (utf8[0] === 0xff && utf8[1] === 0xfe) || (utf8[0] === 0xfe && utf8[1] === 0xff);
    for (const [form, bytes] of /** @type {const} */ ([
      ["utf-8", isMarked ? Buffer.alloc(0) : utf8],
      ["utf-16le", utf16],
      ["utf-16be", swapped],
    ])) {
      const decoder = new Decoder(bytes);
      let text = "";
      for (let at = decoder.skip; at < bytes.length; ) {
        const end = at + 1 + upTo(bytes.length - at);
        text += decoder.decode(bytes.subarray(at, end));
        at = end;
      }
      text += decoder.end();
      assert.equal(text, new TextDecoder(form).decode(bytes), `${form} ${bytes.toString("hex")}`);
      let isWrong = false;
      try {
        new TextDecoder(form, { fatal: true }).decode(bytes);
      } catch {
        isWrong = true;
      }
      assert.equal(decoder.isInvalid, isWrong, `${form} ${bytes.toString("hex")}`);
    }
  }
});

/** A text of several blocks, whose cuts fall within characters. */
const LONG = "Zähler 词元 👩‍💻 and words, line after line\n".repeat(60_000);

test("a file counts as its text, whatever its pieces are", async () => {
  const random = mulberry32(seed("pieces"));
  const bytes = Buffer.from(`\ufeff${LONG}`);
  assert.ok(bytes.length > 2 * BLOCK);
  for (const tok of [await load("o200k_base"), await load("gemma3"), await estimate("gpt-5.2")]) {
    const want = tok.range(LONG);
    const found = await tok.countBlob(new Blob([bytes]));
    const { tokens, low, high, ...rest } = found;
    assert.deepEqual(rest, { bytes: bytes.length, codePoints: [...LONG].length, isInvalid: false });
    // Each part of an estimate is rounded, and the ranges of parts are added.
    if (tok.basis === "estimated")
      assert.ok(Math.abs(tokens - want.tokens) <= 4 && low <= want.low && want.high <= high);
    else assert.deepEqual({ tokens, low, high }, want);
    const counter = new BlockCounter(tok);
    for (let at = 0; at < bytes.length; ) {
      const end = at + Math.floor(random() * 200_000);
      counter.push(bytes.subarray(at, end));
      at = end;
    }
    assert.equal(counter.bytes, bytes.length);
    assert.deepEqual(counter.end(), found);
  }
});

test("a file that several tokenizers count side by side counts as by one, whatever the order of answers", async () => {
  const random = mulberry32(seed("side by side"));
  const blob = new Blob([LONG, "\ufeff", LONG]);
  for (const tok of [
    await load("o200k_base"),
    await load("gemma3"),
    await load("claude5"),
    await estimate("gpt-5.2"),
  ]) {
    const { basis, specials, hasBorders } = tok;
    const range = async (/** @type {string} */ text) => {
      await new Promise((done) => setTimeout(done, random() * 4));
      return tok.range(text);
    };
    const later = { basis, specials, hasBorders, range };
    const want = await tok.countBlob(blob);
    for (const counters of [[tok], [later], [later, tok, later]])
      assert.deepEqual(await countBlobBy(counters, blob), want, tok.name);
    const fails = { ...later, range: () => Promise.reject(new RangeError("on purpose")) };
    await assert.rejects(countBlobBy([later, fails], blob), /on purpose/);
    const stop = new AbortController();
    const stopped = countBlobBy([later], blob, { signal: stop.signal, onProgress: () => stop.abort() });
    await assert.rejects(stopped, { code: "aborted" });
  }
  await assert.rejects(countBlobBy([], blob), RangeError);
});

test("nothing is shown of the tokens of a file of one's own, so its texts are not cut", async () => {
  const ranks = Array.from({ length: 256 }, (_, byte) => `${Buffer.of(byte).toString("base64")} ${byte}`);
  // A token across what is a border elsewhere.
  ranks.push(`${Buffer.from("a b").toString("base64")} 256`);
  const tok = await loadJson(Buffer.from(ranks.join("\n")), { pattern: "cl100k" });
  const text = "a b, 1a\nb ".repeat(200_000);
  const { tokens } = await tok.countBlob(new Blob([text]));
  assert.equal(tokens, tok.count(text));
});

test("what cannot be counted says why", async () => {
  const tok = await load("o200k_base");
  /** @param {Blob} blob @param {AbortSignal} [signal] */
  const codeOf = (blob, signal) =>
    tok.countBlob(blob, signal && { signal }).then(
      () => "counted",
      (/** @type {import("tokimeter").TokimeterError} */ { code }) => code,
    );
  assert.equal(await codeOf(new Blob(["a\0b"])), "binary-file");
  assert.equal(await codeOf(new Blob([`${" ".repeat(8192)}\0`])), "counted");
  assert.equal(await codeOf(new Blob([LONG]), AbortSignal.abort()), "aborted");
  const stop = new AbortController();
  /** @type {number[]} */
  const heard = [];
  const stopped = tok.countBlob(new Blob([LONG]), {
    signal: stop.signal,
    onProgress: (bytes) => {
      heard.push(bytes);
      stop.abort();
    },
  });
  await assert.rejects(stopped, { code: "aborted" });
  assert.deepEqual(heard, [BLOCK]);
  const gone = new Blob([LONG]);
  gone.slice = () => {
    throw new DOMException("gone", "NotFoundError");
  };
  assert.equal(await codeOf(gone), "file-not-found");
});
