// @ts-check
/** Tokenizers of any kind in Node: the ids of the native reference, typed errors, and a fresh engine after a failure. */

import assert from "node:assert/strict";
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { load, loadJson, Tokenizer, TokimeterError } from "tokimeter";
import { createHf } from "../../pkg/dist/hf.js";
import { mulberry32, seed } from "../support/random.mjs";

/** What tests/hf.rs has left: files, and texts with the ids of the reference. */
const FOLDER = "target/golden/hf";
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(/\.json$/, ""));
/** Those that the engine's own way does not take. */
const OTHERS = ["bert_uncased", "bert_chinese", "t5", "xlm_r", "word_level", "jiutian"];
const SMALL = "target/golden/hf-small";

/** @param {string} name */
const file = (name) => new Uint8Array(readFileSync(`${FOLDER}/${name}.json`));
/** Reads a file by Hugging Face's crate, whether or not the engine's own way takes it. @param {Uint8Array} file */
const readHf = async (file) =>
  new Tokenizer(await createHf(file), { name: "hf", basis: "exact", engine: "hf" });
/** @param {string} code */
const withCode = (code) => (/** @type {unknown} */ error) =>
  error instanceof TokimeterError && error.code === code;

for (const name of NAMES) {
  test(`${name}: ids equal the reference's`, async () => {
    const engine = await readHf(file(name));
    let cases = 0;
    for await (const line of createInterface(createReadStream(`${FOLDER}/${name}.jsonl`))) {
      const [text, ids, decoded] = JSON.parse(line);
      assert.deepEqual([...engine.encode(text)], ids, line);
      cases += 1;
      if (cases % 16 !== 0) continue;
      assert.equal(engine.count(text), ids.length, line);
      assert.equal(
        new TextDecoder("utf-8", { ignoreBOM: true }).decode(engine.decodeBytes(ids)),
        decoded,
        line,
      );
    }
    assert.ok(cases >= 100);
  });
}

test("loadJson falls back to it, and says so", async () => {
  for (const name of OTHERS) {
    const tok = await loadJson(file(name), { name });
    assert.equal(tok.engine, "hf", name);
    assert.equal(tok.name, name);
  }
  assert.equal((await loadJson(file("qwen3"))).engine, "native");
});

test("what a tokenizer does", async () => {
  const tok = await loadJson(file("bert_uncased"));
  const text = "The unaffable 中文 [MASK] Café. 👩‍💻";
  const { ids, ends } = tok.spans(text);
  assert.deepEqual([...ids], [...tok.encode(text)]);
  assert.equal(tok.count(text), ids.length);
  assert.equal(tok.decode(tok.encode("hello, world")), "hello, world");
  assert.equal(text.slice(0, ends[0]), "The");
  assert.deepEqual([...tok.encode("[MASK]", { special: "match" })], [tok.specials["[MASK]"]]);
  assert.ok(tok.count("[MASK]") > 1);
  const fit = tok.fit("one two three four", 2);
  assert.deepEqual([fit.text.trim(), fit.tokens, fit.truncated], ["one two", 2, true]);
  assert.equal(
    tok
      .split("one two three four", 2)
      .map((part) => part.text)
      .join(""),
    "one two three four",
  );
  assert.throws(() => tok.decode([99_999_999]), withCode("unknown-token"));
});

test("texts under edit, in several encodings", async () => {
  const random = mulberry32(seed("texts under edit"));
  const pick = (/** @type {number} */ below) => Math.floor(random() * below);
  const words = ["the ", "unable\n", "中文", "\n\n", "a", "👍", "\ud83d", "\udc4d", "é", " <s> ", ". "];
  const native = await load("cl100k_base");
  for (const name of ["bert_uncased", "xlm_r", "jiutian"]) {
    const tok = await loadJson(file(name));
    for (let session = 0; session < Number(process.env.CASES ?? 6); session++) {
      const live = tok.live();
      let text = "";
      const counter = live.also(native);
      const other = live.also(tok);
      for (let step = 0; step < 25; step++) {
        const from = pick(text.length + 1);
        const to = Math.min(text.length, from + pick(8));
        const insert = Array.from(
          { length: pick(step === 3 ? 4000 : 6) },
          () => words[pick(words.length)],
        ).join("");
        const change = live.replace(from, to, insert);
        text = text.slice(0, from) + insert + text.slice(to);
        assert.equal(live.text, text);
        assert.equal(live.tokens, tok.count(text), text);
        assert.equal(change.tokens, live.tokens);
        await Promise.all([counter.ready, other.ready]);
        assert.equal(counter.tokens, native.count(text), text);
        assert.equal(other.tokens, live.tokens, text);
        const at = pick(text.length + 1);
        assert.equal(live.countRange(0, at), tok.count(text.slice(0, at)));
        assert.equal(live.spansIn(0, text.length).ids.length, live.tokens);
      }
      live.dispose();
    }
    const large = "It is a truth universally acknowledged. ".repeat(5000);
    const live = await tok.liveAsync(large);
    assert.equal(live.tokens, tok.count(large));
    const counter = live.also(native);
    live.replace(5, 5, "x");
    await counter.ready;
    assert.equal(counter.tokens, native.count(live.text));
    assert.throws(() => native.live("x").also(tok), withCode("unsupported-tokenizer"));
  }
});

test("files that are broken in known ways", async () => {
  const names = readdirSync("tests/hostile/hf");
  for (const name of names) {
    const [wanted] = name.split(".");
    /** @type {string} */
    let code = "counts";
    try {
      const engine = await readHf(new Uint8Array(readFileSync(`tests/hostile/hf/${name}`)));
      engine.count("a b\n\nab <mask> 1 中");
    } catch (error) {
      code = error instanceof TokimeterError ? error.code : String(error);
    }
    assert.equal(code, wanted, name);
  }
});

test("mutated files never fail the engine", async () => {
  const cases = Number(process.env.CASES ?? 2000);
  const random = mulberry32(seed("mutated files"));
  const pick = (/** @type {number} */ below) => Math.floor(random() * below);
  const files = readdirSync(SMALL).map((name) => readFileSync(`${SMALL}/${name}`, "utf8"));
  const scraps = [
    "0",
    "-1",
    "1e9",
    "4294967295",
    '""',
    '"a"',
    "null",
    "true",
    "[]",
    "{}",
    '"Sequence"',
    '"(a*)*b"',
    ",",
  ];
  let loaded = 0;
  for (let round = 0; round < cases; round++) {
    let text = files[pick(files.length)] ?? "";
    for (let change = 0; change <= pick(3); change++) {
      const values = [...text.matchAll(/"[^"]*"|-?\d[\d.e]*|true|false|null/g)];
      const value = values[pick(values.length)];
      if (!value) break;
      const at = value.index;
      text = text.slice(0, at) + scraps[pick(scraps.length)] + text.slice(at + value[0].length);
    }
    try {
      const engine = await readHf(new TextEncoder().encode(text));
      loaded += 1;
      const ids = engine.encode("The ab c, unable!\n a\u0301 中文 12");
      engine.spans(" ab".repeat(20));
      engine.decodeBytes(ids);
    } catch (error) {
      assert.ok(error instanceof TokimeterError, `${error}: ${text}`);
      assert.notEqual(error.code, "trap", `${error}: ${text}`);
    }
  }
  console.log(`${loaded} of ${cases} files load`);
  assert.ok(loaded > cases / 20);
});

test("a text on which an expression fails is an error, not a smaller count", async () => {
  const engine = await readHf(new Uint8Array(readFileSync(`${SMALL}/gpt2.json`)));
  assert.throws(() => engine.count(`${" ".repeat(1_000_000)}xy xy xy aa`), withCode("cannot-count"));
  assert.equal(engine.count("xy xy xy aa"), 10);
});

/** Returns a tokenizer that counts a few words, and no others. */
async function fewWords() {
  const json = JSON.parse(readFileSync(`${SMALL}/word-level.json`, "utf8"));
  json.normalizer = null;
  json.pre_tokenizer = { type: "WhitespaceSplit" };
  json.model.unk_token = "none";
  return loadJson(new TextEncoder().encode(JSON.stringify(json)));
}

test("a text is as it was after an edit that cannot be counted", async () => {
  const tok = await fewWords();
  const live = tok.live("the ab\n");
  assert.equal(live.tokens, 2);
  const large = "the a\n".repeat(20_000);
  assert.throws(() => live.replace(2, 4, "x"), withCode("cannot-count"));
  assert.throws(() => live.replace(0, 3, `${large}unknown`), withCode("cannot-count"));
  assert.throws(
    () =>
      live.update([
        { from: 0, to: 4, insert: `${large}unknown ` },
        { from: 7, insert: large },
      ]),
    withCode("cannot-count"),
  );
  await assert.rejects(live.replaceAsync(0, 3, `${large}unknown`), withCode("cannot-count"));
  assert.deepEqual([live.text, live.tokens], ["the ab\n", 2]);
  live.replace(0, 0, large);
  assert.equal(live.tokens, 40_002);
});

test("an edit that a counter cannot count is made, and costs that counter alone", async () => {
  const [tok, few] = [await loadJson(file("bert_uncased")), await fewWords()];
  const live = tok.live("the ab");
  const counters = [few, tok, few].map((other) => live.also(other));
  const [first, second, third] = counters;
  await Promise.all(counters.map(({ ready }) => ready));
  // In slices it would end within a word.
  live.replace(0, 0, "the a\n".repeat(5000));
  assert.deepEqual([first?.tokens, third?.tokens], [10_002, 10_002]);
  live.reset("the ab");
  third?.dispose();
  assert.equal(live.replace(0, 3, "x").tokens, tok.count("x ab"));
  assert.equal(live.text, "x ab");
  assert.throws(() => first?.tokens, withCode("cannot-count"));
  live.update([{ from: 0, to: 1, insert: "the the" }]);
  assert.deepEqual([live.tokens, second?.tokens], [3, 3]);
  assert.throws(() => first?.tokens, withCode("cannot-count"));
  first?.dispose();
  assert.equal(live.also(few).tokens, 3);
});

test("an engine that fails is started anew: tokenizers go on, texts are lost", async () => {
  const bytes = new Uint8Array(readFileSync(`${SMALL}/gpt2.json`));
  const [first, second] = [await readHf(bytes), await readHf(bytes)];
  const native = await load("r50k_base");
  const live = second.live("some text");
  const counter = live.also(native);
  const { tokens } = live;
  // Every character is a piece, and takes some hundred bytes: more than the engine may have.
  assert.throws(() => first.count("a1".repeat(2_000_000)), withCode("trap"));
  for (const use of [() => live.tokens, () => live.replace(0, 0, "x"), () => counter.tokens]) {
    assert.throws(use, withCode("trap"));
  }
  live.dispose();
  assert.throws(() => live.tokens, withCode("disposed"));
  assert.deepEqual([first.count("some text"), second.live("some text").tokens], [tokens, tokens]);
  assert.equal(native.count("some text"), 2);
});
