// @ts-check
/** Tokenizer files of one's own in Node: the ids of the packed encodings, in turns, with progress and typed errors. */

import assert from "node:assert/strict";
import { createReadStream, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { parse } from "smol-toml";
import { load, loadJson, meterBy, TokimeterError } from "tokimeter";

/** What tests/json.rs has left. @param {string} name */
const path = (name) => `target/tokenizers/${name}.json`;
/** @type {{ file: { name: string, encoding?: string, refused?: string }[] }} */
const { file: FILES } = /** @type {any} */ (parse(readFileSync("data/tokenizers.toml", "utf8")));

for (const { name, encoding } of FILES) {
  if (encoding === undefined) continue;
  test(`${name}: ids equal those of ${encoding}`, async () => {
    const [ours, packed] = await Promise.all([loadJson(readFileSync(path(name))), load(encoding)]);
    assert.equal(ours.engine, "native");
    assert.equal(ours.basis, "exact");
    // In a file more may be tokens in ordinary text; these texts have none of that.
    const added = Object.keys(ours.specials);
    let cases = 0;
    for await (const line of createInterface(createReadStream(`target/golden/${encoding}.jsonl`))) {
      const [text] = JSON.parse(line);
      if (cases++ > 3000 || added.some((special) => text.includes(special))) continue;
      assert.deepEqual(ours.encode(text), packed.encode(text), line);
      assert.equal(ours.count(text), packed.count(text), line);
      assert.equal(ours.decode(ours.encode(text)), packed.decode(packed.encode(text)), line);
    }
    assert.ok(cases >= 1000);
    const live = ours.live("Hello, ");
    live.replace(7, 7, "world!");
    assert.equal(live.tokens, ours.count("Hello, world!"));
  });
}

test("added tokens that are not special are tokens in ordinary text", async () => {
  const tok = await loadJson(readFileSync(path("qwen3")));
  assert.deepEqual([...tok.encode("<think>")], [151667]);
  assert.equal(tok.decode([151667]), "<think>");
  assert.ok(tok.count("<|im_start|>") > 1);
  assert.deepEqual([...tok.encode("<|im_start|>", { special: "match" })], [151644]);
  const live = tok.live("<thi>");
  const before = live.tokens;
  live.replace(4, 4, "nk");
  assert.equal(live.tokens, 1);
  live.replace(4, 6, "");
  assert.equal(live.tokens, before);
  assert.equal(tok.fit("a<think>b", 2).text, "a<think>");
  assert.equal(tok.fit("a<think>b", 1).text, "a");
});

test("a file comes as bytes, a URL, a response or a blob, and is called as it is or as one likes", async () => {
  const bytes = readFileSync(path("mistral_v1"));
  const server = createServer((_, response) => response.end(bytes)).listen(0);
  try {
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const address = `http://localhost:${port}/of/mine.json?x=1`;
    const data = `data:text/json;base64,${bytes.toString("base64")}`;
    const sources = [
      { source: bytes, name: "tokenizer.json" },
      { source: new Uint8Array(bytes).buffer, name: "tokenizer.json" },
      { source: pathToFileURL(path("mistral_v1")), name: "mistral_v1.json" },
      { source: new URL(address), name: "mine.json" },
      { source: new URL(data), name: "tokenizer.json" },
      { source: await fetch(address), name: "mine.json" },
      { source: await fetch(data), name: "tokenizer.json" },
      { source: new Blob([bytes]), name: "tokenizer.json" },
      { source: new File([bytes], "dropped.json"), name: "dropped.json" },
    ];
    for (const { source, name } of sources) {
      const tok = await loadJson(source);
      assert.equal(tok.name, name);
      assert.equal(tok.count("Hello"), 1);
    }
    assert.equal((await loadJson(bytes, { name: "my model" })).name, "my model");
    await rejects(loadJson(new URL(`http://localhost:${port + 1}/`)), "fetch-failed", /fetched/);
    await rejects(loadJson(new Response("no", { status: 404 })), "fetch-failed", /404/);
    await assert.rejects(loadJson(/** @type {any} */ ("tokenizer.json")), TypeError);
  } finally {
    server.close();
  }
});

test("progress rises to 1, and the page has its turns", async () => {
  /** @type {number[]} */
  const heard = [];
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await loadJson(readFileSync(path("qwen3")), { onProgress: (done) => heard.push(done) });
  clearInterval(timer);
  assert.ok(heard.length > 5, `${heard.length}`);
  assert.ok(
    heard.every((done, at) => done >= (heard[at - 1] ?? 0) && done <= 1),
    `${heard}`,
  );
  assert.equal(heard.at(-1), 1);
  assert.ok(turns > 2, `${turns}`);
});

test("errors are typed and say what is wrong", async () => {
  const text = (/** @type {string} */ json) => new TextEncoder().encode(json);
  await rejects(loadJson(text('{"model": {')), "invalid-tokenizer", /byte 11/);
  await rejects(loadJson(text("")), "invalid-tokenizer", /byte 0/);
  await rejects(loadJson(text("<!doctype html>")), "invalid-tokenizer", /byte 0/);
  await rejects(loadJson(text("IQ== 0\nIg== 1\n")), "unsupported-tokenizer", /byte 0|cl100k/);
  await rejects(loadJson(text("IQ== 0\n"), { pattern: "mine" }), "unknown-pattern", /cl100k/);
  await rejects(loadJson(new Uint8Array(64 * 1024 * 1024 + 1)), "limit-exceeded", /67108864/);
  for (const { name, refused } of FILES) {
    if (refused !== undefined) {
      assert.equal((await loadJson(readFileSync(path(name)))).engine, "hf", refused);
    }
  }
});

test("loading can be aborted", async () => {
  const bytes = readFileSync(path("qwen3"));
  const controller = new AbortController();
  const loading = loadJson(bytes, {
    signal: controller.signal,
    onProgress: () => controller.abort("enough"),
  });
  await rejects(loading, "aborted", /aborted/);
  await rejects(loadJson(bytes, { signal: AbortSignal.abort() }), "aborted", /aborted/);
});

/** @param {Promise<unknown>} promise @param {string} code @param {RegExp} message */
async function rejects(promise, code, message) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof TokimeterError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
}

test("a meter by a tokenizer of one's own: with a model or without, at once or from when it is there", async () => {
  const bytes = readFileSync(path("qwen3"));
  const own = await loadJson(bytes, { name: "own" });
  const text = "Own tokens 自己的词表";
  const alone = await meterBy(own, { text });
  const { tokens, basis, window, cost } = alone.reading;
  assert.deepEqual([tokens, basis, window, cost], [own.count(text), "exact", undefined, undefined]);
  assert.deepEqual([alone.model, alone.nearest, alone.tokenizer.name], [undefined, [], "own"]);
  const priced = await meterBy(own, { text, model: "qwen3-max", reserveOutput: 10 });
  assert.equal(priced.model?.id, "qwen3-max");
  assert.equal(priced.reading.tokens, own.count(text));
  assert.equal(priced.reading.remaining, (priced.model?.window ?? 0) - 10 - own.count(text));
  assert.ok(priced.reading.cost?.input);

  let readings = 0;
  const later = await meterBy(loadJson(bytes), { text, instant: true, onReading: () => readings++ });
  assert.equal(later.reading.basis, "estimated");
  later.replace(0, 0, "My ");
  await later.ready;
  assert.equal(later.reading.tokens, own.count(`My ${text}`));
  assert.ok(readings > 0);
  await assert.rejects(meterBy(loadJson(Buffer.from("{}"))), TokimeterError);
  await assert.rejects(meterBy(own, { near: 2 }), RangeError);
});
