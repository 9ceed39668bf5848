// @ts-check
/** Which encoding a model uses: as people write ids, and what is not known. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "smol-toml";
import { encodingInfo, encodings, load, resolve } from "tokimeter";
import { INTEGRITY } from "tokimeter/integrity";

/** @param {string} path */
const read = (path) => /** @type {any} */ (parse(readFileSync(path, "utf8")));
const registry = read("data/encodings.toml");
const { vocab, claude } = read("data/vocab.toml");
/** @type {Map<string, any>} */
const vocabularies = new Map([...vocab, ...claude].map((entry) => [entry.name, entry]));

/** Ids, by encoding. */
const IDS = {
  o200k_base:
    "gpt-4o GPT-4o-mini-2024-07-18 openai/gpt-4.1-nano gpt-4-1 gpt-4.5-preview o1-mini o3 o4-mini chatgpt-4o-latest gpt-5 gpt-5.2 gpt-5.6-sol gpt-5-chat-latest ft:gpt-4o-mini:acme",
  o200k_harmony: "gpt-oss-120b openai/gpt-oss-20b",
  cl100k_base:
    "gpt-4 gpt-4-0613 gpt-4-1106-preview gpt-4-32k gpt-4-turbo gpt-3.5-turbo-16k gpt-35-turbo text-embedding-3-large",
  p50k_base: "text-davinci-003 code-davinci-002",
  r50k_base: "gpt2 davinci curie",
  llama2: "llama-2-70b-chat CodeLlama-34b",
  llama3:
    "llama-3-8b meta-llama/Llama-3.3-70B-Instruct llama3.1:8b meta.llama3-1-70b-instruct-v1:0 llama-3.3-70b",
  llama4: "llama-4-maverick meta-llama/Llama-4-Scout-17B-16E",
  deepseek_v3:
    "deepseek-v3 deepseek-v3-0324 deepseek-r1 DeepSeek-R1-0528 deepseek-v3.2-exp deepseek-chat deepseek-reasoner",
  deepseek_v4: "deepseek-v4 deepseek-v4-pro deepseek/DeepSeek-V4-flash",
  qwen3: "qwen2-72b Qwen/Qwen2.5-0.5B-Instruct qwen2.5:7b qwen3-max qwen3-0.6b Qwen3-235B-A22B",
  qwen3_5: "qwen3.5-plus Qwen/Qwen3.6-27B",
  kimi: "kimi-k2 kimi-k2-0711-preview moonshotai/Kimi-K2.5 kimi-k3 moonshot-v1-8k",
  glm4: "glm-4 glm-4-9b zai-org/GLM-4.6 glm-4.5-air glm-z1-32b",
  glm5: "glm-4.7 glm-4.7-flash glm-5 glm-5.2",
  minimax: "MiniMax-Text-01 minimax-m1 minimax-m2.5 MiniMaxAI/MiniMax-M3",
  tekken:
    "open-mistral-nemo-2407 mistral-small-3.1-24b ministral-8b-2410 pixtral-12b-2409 magistral-small-2506 devstral-small-2507",
  mistral_v1: "mistral-7b-v0.1 mistralai/Mixtral-8x7B-Instruct-v0.1 mistral-large-2402",
  mistral_v3:
    "mistralai/Mistral-7B-Instruct-v0.3 open-mixtral-8x22b-2404 mistral-large-2407 mistral-large-2411 codestral-2405",
  gemma3: "gemini-2.0-flash-001 models/gemini-2.5-pro gemini-3.1-pro google/gemma-3-27b-it gemma-4",
  gemma2: "gemma-2-9b gemini-1.5-pro",
  command_r: "command-r-plus command-r-08-2024",
  claude3:
    "claude-3-opus-20240229 claude-3.5-sonnet claude-3-7-sonnet-latest claude-sonnet-4-20250514 claude-opus-4.5 anthropic/claude-opus-4.6 claude-haiku-4-5 us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  claude4_7: "claude-opus-4-7",
  claude4_8: "Claude-Opus-4.8 anthropic/claude-sonnet-5 claude-fable-5-20261101",
  claude5: "claude-opus-5 us.anthropic.claude-opus-5-20261001-v1:0",
};

const ASSUMED = {
  o200k_base: "gpt-6 gpt-6.1-sol",
  qwen3: "qwen-max qwen-plus-latest",
  qwen3_5: "qwen3.8-max",
  gemma3: "gemini-3.6-pro",
  tekken: "mistral-medium-latest mistral-large",
  claude5: "claude-opus-5.5 claude-haiku-5-5",
  claude4_8: "claude-fable-5-1 claude-mythos-5 claude-mythos-preview",
  deepseek_v4: "deepseek-flash deepseek-v4.1-flash",
  glm5: "glm-5v-turbo",
  minimax: "MiniMax-M3.1-Flash",
};

const UNKNOWN =
  "grok-4 xai/Grok-4.1-fast doubao-pro seed-2.0 claude-2.1 claude-instant-1 deepseek-r1:70b gpt-7 gpt-4.9 claude-opus-4.9 kimi-k9 qwen4 glm-6 llama-5 o200 constructor __proto__";

test("ids as people write them", () => {
  for (const [encoding, ids] of Object.entries(IDS)) {
    for (const id of ids.split(" ")) assert.deepEqual(resolve(id), { encoding }, id);
  }
  for (const [encoding, ids] of Object.entries(ASSUMED)) {
    for (const id of ids.split(" ")) {
      const resolved = resolve(id);
      assert.equal(resolved?.encoding, encoding, id);
      assert.match(resolved?.assumption ?? "", / assumed\b/, id);
    }
  }
  for (const id of ["", " ", "-", ...UNKNOWN.split(" ")]) assert.equal(resolve(id), undefined, id);
});

test("every name and every id of the registry is taken for what it is", () => {
  for (const { name, models, assumed = [] } of registry.encoding) {
    assert.equal(resolve(name)?.encoding, name);
    assert.ok(name in IDS, `${name} has no ids in IDS, in this test`);
    for (const model of models)
      assert.deepEqual(resolve(model.replace(/\.x$/, "")), { encoding: name }, model);
    for (const { models, why } of assumed) {
      for (const model of models.map((/** @type {string} */ model) => model.replace(/\.x$/, ".9"))) {
        assert.deepEqual(resolve(model), { encoding: name, assumption: why }, model);
      }
    }
  }
});

test("the native program carries what the package ships", () => {
  const [, list = ""] = /vocabularies!\[(.*?)\]/s.exec(readFileSync("src/cli/encodings.rs", "utf8")) ?? [];
  const carried = [...list.matchAll(/"(.*)"/g)].map(([, name]) => name);
  const shipped = [...vocabularies.values()].filter(
    ({ packed_sha256: packed, on_request: isAskedFor }) => packed && !isAskedFor,
  );
  assert.deepEqual(carried, shipped.map(({ name }) => name).sort(), "VOCABULARIES of src/cli/encodings.rs");
});

test("another version is another model", () => {
  assert.equal(resolve("qwen3.8-2.4t-a95b")?.encoding, "qwen3_5", "a size is no version");
  for (const id of ["deepseek-v4.2", "claude-fable-5.9", "claude-mythos-6", "glm-6v", "command-a-03-2025"])
    assert.equal(resolve(id), undefined, id);
});

test("what is known of an encoding is what data/ says", () => {
  assert.ok(encodings.includes("o200k_base"));
  for (const { name, title, vendor, base, basis, file = name, on_request } of registry.encoding) {
    const info = encodingInfo(name);
    assert.deepEqual([info.title, info.vendor, info.base, info.basis], [title, vendor, base, basis]);
    const entry = vocabularies.get(file);
    assert.equal(encodings.includes(name), entry !== undefined && !on_request, name);
    assert.equal(info.pattern, entry?.pattern);
    const hash = INTEGRITY[name]?.replace("sha256-", "") ?? "";
    assert.equal(Buffer.from(hash, "base64").toString("hex"), entry?.packed_sha256 ?? "");
  }
});

test("what cannot be loaded says why, and what may have been meant", async () => {
  /** @type {[string, string, RegExp][]} */
  const cases = [
    ["grok-4", "unknown-encoding", /nobody can count it/],
    ["claude-2", "unknown-encoding", /Claude 2 and earlier/],
    ["o200k-bose", "unknown-encoding", /near it are o200k_base/],
    ["kimi-k9", "unknown-encoding", /near it are .*kimi-k[23]/],
    ["command-r", "not-shipped", /CC-BY-NC.*load\("command_r", \{ url \}\)/],
  ];
  for (const [id, code, message] of cases)
    await assert.rejects(load(id), { name: "TokimeterError", code, message });
  await assert.rejects(load(/** @type {any} */ (5)), TypeError);
});

test("a file may be elsewhere, and an id shares what its encoding has loaded", async () => {
  const url = new URL("../../data/vocab/cl100k_base.vocab", import.meta.url);
  const elsewhere = await load("gpt-4", { url });
  assert.equal(elsewhere.name, "cl100k_base");
  assert.equal(elsewhere.count("Hello, world!"), 4);
  const [assumed, again, exact] = await Promise.all([load("gpt-6"), load("gpt-6"), load("o200k_base")]);
  assert.equal(assumed, again);
  assert.match(assumed.assumption ?? "", /assumed/);
  assert.equal(exact.assumption, undefined);
  assert.equal(assumed.encoding, "o200k_base");
});
