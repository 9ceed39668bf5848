// @ts-check
/** The model book: what it holds, how ids are found in it, and that nothing in it is invented, stale in silence, or lost. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { parse } from "smol-toml";
import { encodingInfo, load } from "tokimeter";
import { findModel, models, nearestModels, rate } from "tokimeter/models";
import { BOOK, readBook, toBook } from "../../tools/book/read.mjs";
import { withModels } from "../../tools/book/write.mjs";

const VENDORS =
  "OpenAI, Anthropic, Google, DeepSeek, Qwen, Moonshot AI, Z.ai, MiniMax, ByteDance, Tencent, Baidu, xAI, Meta, Mistral, Cohere, StepFun";
const DAYS_UNTIL_STALE = 120;

/** Ids as people write them, by model. */
const SPELLINGS = {
  "gpt-5.2":
    "gpt-5.2 GPT-5.2 gpt-5-2 gpt5.2 openai/gpt-5.2 gpt-5.2-2025-12-11 azure/gpt-5.2 GPT_5.2 openrouter/openai/gpt-5.2:free",
  "gpt-4o": "gpt-4o GPT-4o gpt-4o-2024-08-06 openai/gpt-4o-2024-11-20 gpt-4o-latest",
  "gpt-4o-2024-05-13": "gpt-4o-2024-05-13",
  "gpt-3.5-turbo": "gpt-3.5-turbo gpt-35-turbo gpt-3.5-turbo-0125",
  "ft:gpt-4o-mini": "ft:gpt-4o-mini ft:gpt-4o-mini-2024-07-18:acme::Ab12 FT:GPT-4o-mini:acme",
  "o3-mini": "o3-mini o3-mini-2025-01-31 openai/o3-mini",
  "claude-sonnet-4-5":
    "claude-sonnet-4-5 claude-sonnet-4.5 claude-sonnet-4-5-20250929 claude-sonnet-4-5@20250929 anthropic/claude-sonnet-4.5 us.anthropic.claude-sonnet-4-5-20250929-v1:0 anthropic.claude-sonnet-4-5-20250929-v1:0 claude-4.5-sonnet claude-sonnet-4-5[1m] Claude-Sonnet-4.5",
  "claude-opus-4": "claude-opus-4-20250514 claude-opus-4-0 claude-4-opus",
  "claude-3-5-haiku": "claude-3-5-haiku-latest claude-3.5-haiku claude-haiku-3.5 claude-3-5-haiku-20241022",
  "claude-opus-5": "claude-opus-5 global.anthropic.claude-opus-5-20261001-v1:0 claude-opus-5@default",
  "gemini-2.5-flash": "models/gemini-2.5-flash google/gemini-2.5-flash gemini-2.5-flash-001 Gemini-2.5-Flash",
  "gemini-3.1-pro-preview": "gemini-3.1-pro-preview gemini-3.1-pro models/gemini-pro-latest",
  "deepseek-v4-pro": "deepseek-v4-pro deepseek/DeepSeek-V4-Pro deepseek-v4-pro-0813",
  "deepseek-chat": "deepseek-chat deepseek/deepseek-chat:free",
  "qwen3-max": "qwen3-max dashscope/qwen3-max Qwen/Qwen3-Max qwen-3-max qwen3-max-2026-01-23",
  "qwen2.5-72b-instruct": "Qwen/Qwen2.5-72B-Instruct qwen2-5-72b-instruct qwen-2.5-72b-instruct",
  "kimi-k3": "kimi-k3 moonshotai/Kimi-K3",
  "glm-4.6": "glm-4.6 zai-org/GLM-4.6 z-ai/glm-4.6 GLM4.6",
  "MiniMax-M3": "minimax-m3 MiniMaxAI/MiniMax-M3 minimax/MiniMax-M3",
  "doubao-seed-2-0-pro-260215":
    "doubao-seed-2-0-pro-260215 doubao-seed-2.0-pro volcengine/doubao-seed-2-0-pro-260215",
  "hunyuan-turbos-latest": "hunyuan-turbos-latest tencent/hunyuan-turbos",
  "ernie-4.5-turbo-128k": "ERNIE-4.5-Turbo-128K baidu/ernie-4.5-turbo-128k",
  "grok-4.20": "xai/grok-4.20 grok-4.20-beta-0309-reasoning x-ai/grok-4.20",
  "Llama-3.3-70B-Instruct": "meta-llama/Llama-3.3-70B-Instruct llama-3.3-70b llama3.3:70b",
  "mistral-large-2512": "mistral-large-latest mistralai/mistral-large-2512 mistral-large-3",
  "command-r-plus-08-2024": "command-r-plus cohere/command-r-plus-08-2024",
};

/** None of these may be taken for another. */
const NOWHERE =
  "gpt-5.9 gpt-52 gpt-7 gpt-4.9-mini claude-opus-4-9 claude-opus-4.10 claude-opus-6 claude-sonnet-4-7-20270101 gemini-2.6-flash gemini-9-pro deepseek-v9 qwen4-max qwen3-maximum kimi-k9 glm-4.99 minimax-m9 grok-5 llama-9-70b mistral-large-2402 mistral-large-9 command-r-03-2024 ft:gpt-5.2 gpt-5.2-turbo constructor __proto__ o o9";

/** @param {string} from @param {string} [to] */
const daysBetween = (from, to = new Date().toISOString().slice(0, 10)) =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

test("enough models, of every vendor, each with an encoding or with the reason why not", () => {
  assert.ok(models().length >= 200, `${models().length} models`);
  assert.deepEqual(new Set(models().map(({ vendor }) => vendor)), new Set(VENDORS.split(", ")));
  for (const model of models()) {
    const { id, encoding, basis, notPublic, assumption } = model;
    if (encoding === undefined) {
      assert.equal(basis, "estimated", id);
      assert.ok(notPublic && assumption === undefined, `${id} has neither an encoding nor a reason`);
    } else {
      assert.equal(basis, encodingInfo(encoding).basis, id);
      assert.equal(notPublic, undefined, id);
    }
    assert.equal(model.modalities[0], "text", id);
    assert.ok(model.maxInput === undefined || model.maxInput < (model.window ?? 0), id);
  }
});

test("no price without a source and a date, and all of it whole numbers", () => {
  const today = new Date().toISOString().slice(0, 10);
  /** @param {Record<string, unknown>} rates @param {string} id */
  const areWhole = (rates, id) => {
    for (const value of Object.values(rates).filter((value) => typeof value === "number"))
      assert.ok(Number.isSafeInteger(value) && value >= 0, `${id}: ${value}`);
  };
  for (const { id, prices } of models()) {
    assert.equal(new Set(prices.map(({ currency }) => currency)).size, prices.length, id);
    for (const { source, asOf, standard, batch, offPeak, webSearch, others = [] } of prices) {
      for (const { name, date } of [source, ...others.map((other) => other.source)]) {
        assert.ok(name.length > 0, id);
        assert.match(date, /^\d{4}-\d\d(-\d\d)?$/, id);
        assert.ok(date <= today, `${id}: ${date} is still to come`);
      }
      assert.ok(asOf <= source.date || asOf.startsWith(source.date), `${id}: ${asOf}`);
      assert.ok(standard.input !== undefined, `${id} has a price without one for input`);
      assert.ok(webSearch === undefined || Number.isSafeInteger(webSearch), id);
      const tariffs = [standard, batch, offPeak].flatMap((tariff) => tariff ?? []);
      for (const rates of [...tariffs, ...tariffs.flatMap(({ steps = [] }) => steps)])
        areWhole({ ...rates }, id);
      for (const { rates } of others) assert.notDeepEqual(rates, {}, id);
    }
  }
  assert.ok(Number.isSafeInteger(rate.cnyPerUsd) && rate.cnyPerUsd > 0);
  assert.match(rate.source.date, /^\d{4}-\d\d/);
});

test("what is known where prices have steps, hours, batches, two currencies, or two opinions", () => {
  const usd = (/** @type {string} */ id, currency = "USD") =>
    findModel(id)?.prices.find((price) => price.currency === currency);
  assert.deepEqual(usd("gpt-6-sol")?.standard.steps, [
    { above: 272_000, input: 4e6, cached: 4e5, cacheWrite: 5e6, cacheWriteLong: 1e7, output: 15e6 },
  ]);
  assert.equal(usd("gemini-3.1-pro")?.standard.steps?.[0]?.above, 200_000);
  assert.deepEqual(
    usd("qwen3-max")?.standard.steps?.map(({ above, input }) => [above, input]),
    [
      [32_000, 2_400_000],
      [128_000, 3_000_000],
    ],
  );
  assert.deepEqual(usd("claude-opus-5")?.batch, {
    input: 2_500_000,
    cached: 250_000,
    cacheWrite: 3_125_000,
    output: 12_500_000,
  });
  assert.equal(usd("claude-opus-5")?.standard.cacheWriteLong, 10e6);
  assert.equal(usd("claude-opus-5")?.webSearch, 10_000 * 1e6, "$10 per thousand");
  const deepseek = usd("deepseek-v4-pro");
  assert.deepEqual([deepseek?.standard.input, deepseek?.offPeak?.input], [1_320_000, 660_000]);
  assert.deepEqual(deepseek?.offPeak?.hours.at(-1), { days: [6, 7], from: "00:00", to: "24:00" });
  assert.equal(usd("deepseek-v4-pro", "CNY")?.standard.output, 27e6);
  assert.equal(usd("doubao-seed-2-0-pro-260215", "CNY")?.standard.input, 3_200_000);
  assert.equal(usd("doubao-seed-2-0-pro-260215"), undefined, "sold in yuan only");
  const [other] = usd("mistral-large-4")?.others ?? [];
  assert.deepEqual([other?.source.name, other?.rates.input], ["genai-prices", 700_000]);
  assert.deepEqual(findModel("ernie-5.1")?.prices, []);
});

test("ids as people write them", () => {
  let spellings = 0;
  for (const [id, names] of Object.entries(SPELLINGS)) {
    for (const name of names.split(" ")) assert.equal(findModel(name)?.id, id, name);
    spellings += names.split(" ").length;
  }
  assert.ok(spellings >= 60, `${spellings}`);
  for (const name of ["GPT 5.2", " gpt-5.2 ", "Claude Sonnet 4.5", "Gemini 2.5 Flash-Lite"])
    assert.ok(findModel(name), name);
  for (const model of models())
    for (const name of [model.id, ...model.aliases, `some/${model.id}`])
      assert.equal(findModel(name), model, name);
});

test("what the book does not have is undefined, with the nearest names", () => {
  for (const id of ["", " ", "-", "/", ":", ...NOWHERE.split(" ")])
    assert.equal(findModel(id), undefined, id);
  assert.ok(nearestModels("gpt-5.9").every((id) => id.startsWith("gpt-5")));
  assert.ok(nearestModels("claude-opus-4-9").includes("claude-opus-4-8"));
  assert.equal(nearestModels("grok-5", 5).length, 5);
  assert.deepEqual(nearestModels("gpt5.2", 1), ["gpt-5.2"]);
});

test("an id of any length is looked for in no time", async () => {
  const started = performance.now();
  for (const long of ["[".repeat(1e5), `gpt-4o${"-latest".repeat(1e4)}`, "a".repeat(1e4)]) {
    assert.equal(findModel(long), undefined);
    assert.equal(nearestModels(long).length, 3);
  }
  await assert.rejects(load("a".repeat(1e4)), /there is no encoding or model/);
  assert.ok(performance.now() - started < 2000);
  assert.equal(findModel("claude-sonnet-4-5[1m]")?.id, "claude-sonnet-4-5");
});

test("no version is ever taken for another: every digit of every name, changed", () => {
  for (const model of models()) {
    const names = new Set([model.id, ...model.aliases].map((name) => name.toLowerCase()));
    for (const name of names) {
      for (const [at, digit] of [...name].entries()) {
        if (!/\d/.test(digit)) continue;
        for (const other of "0123456789".replace(digit, "")) {
          const changed = name.slice(0, at) + other + name.slice(at + 1);
          if (findModel(changed) === model) {
            // Another day of the same model is the same model, where no other is known for it.
            assert.match(changed, /-20\d\d-?\d\d-?\d\d$/, `${changed} is taken for ${model.id}`);
          }
        }
      }
    }
  }
});

test("every model that the price packages sell first hand is in the book", (t) => {
  const lines = readFileSync(new URL("listed.tsv", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  assert.ok(lines.length > 300);
  /** @type {Map<string, number>} */
  const rules = new Map();
  for (const line of lines) {
    const [id = "", rule = ""] = line.split("\t");
    assert.ok(findModel(id), `${id}: ${rule}`);
    rules.set(rule, (rules.get(rule) ?? 0) + 1);
  }
  for (const [rule, many] of rules) t.diagnostic(`${many} because ${rule}`);
});

test("the package has what the file has", () => {
  const book = readBook();
  assert.equal(rate.cnyPerUsd, book.rate.cnyPerUsd);
  assert.equal(models().length, book.models.length);
  /** @param {import("../../tools/book/read.mjs").Rates} rates */
  const renamed = ({ cache_write: cacheWrite, cache_write_long: cacheWriteLong, ...rates }) => ({
    ...rates,
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
    ...(cacheWriteLong === undefined ? {} : { cacheWriteLong }),
  });
  /** @param {import("../../tools/book/read.mjs").Tariff} tariff */
  const tariff = ({ steps, ...rates }) => ({
    ...renamed(rates),
    ...(steps.length > 0 ? { steps: steps.map(({ above, ...step }) => ({ above, ...renamed(step) })) } : {}),
  });
  for (const [at, theirs] of book.models.entries()) {
    const { encoding: _, basis: __, assumption: ___, notPublic: ____, prices, ...model } = models()[at] ?? {};
    const { prices: expected, ...rest } = theirs;
    assert.deepEqual(model, rest);
    assert.equal(prices?.length, expected.length);
    for (const [index, price] of expected.entries()) {
      const mine = /** @type {import("tokimeter/models").Price | undefined} */ (prices?.[index]);
      assert.deepEqual(mine?.standard, tariff(price.standard), theirs.id);
      assert.deepEqual(mine?.batch, price.batch && tariff(price.batch), theirs.id);
      assert.equal(mine?.offPeak?.input, price.offPeak?.input, theirs.id);
      assert.deepEqual(
        [mine?.currency, mine?.asOf, mine?.webSearch, mine?.source.name],
        [price.currency, price.asOf, price.webSearch, book.sources.get(price.source)?.name],
      );
    }
  }
});

test("prices that have grown old", (t) => {
  const old = models().flatMap(({ id, prices }) =>
    prices
      .filter(({ asOf }) => daysBetween(asOf) > DAYS_UNTIL_STALE)
      .map(({ currency, asOf, source }) => `${id} in ${currency}, of ${asOf} (${source.name})`),
  );
  for (const line of old) t.diagnostic(`warning: a price is older than ${DAYS_UNTIL_STALE} days: ${line}`);
  if (old.length > 0)
    console.warn(
      `${old.length} prices are older than ${DAYS_UNTIL_STALE} days; make prices, or check them by hand`,
    );
});

test("the book is one small file", (t) => {
  const bytes = readFileSync(new URL("../../pkg/dist/book.js", import.meta.url));
  const { length } = brotliCompressSync(bytes);
  t.diagnostic(`book.js: ${bytes.length} bytes, ${length} under brotli`);
  assert.ok(length <= 25_000, `${length} bytes`);
});

test("the engine does without it: nothing that counting imports leads to the book", () => {
  const seen = new Set(["index.js"]);
  for (const name of seen) {
    const text = readFileSync(new URL(`../../pkg/dist/${name}`, import.meta.url), "utf8");
    for (const [, next = ""] of text.matchAll(/^(?:import|export)\b[^;]*?from "\.\/([\w-]+\.js)"/gm))
      seen.add(next);
  }
  assert.ok(seen.has("encodings.js"));
  assert.ok(!seen.has("models.js") && !seen.has("book.js"), [...seen].join(" "));
});

test("the file is in its one form, and one that breaks a rule stops the build", () => {
  const text = readFileSync(BOOK, "utf8");
  const root = /** @type {any} */ (parse(text));
  assert.equal(withModels(text, root.model), text, "make prices");
  const price = { currency: "USD", source: "litellm", standard: { input: "1", output: "2" } };
  /** @param {object} change @param {RegExp} message */
  const refuses = (change, message) => {
    const model = { id: "m", name: "M", vendor: "V", modalities: ["text"], price: [price], ...change };
    assert.throws(() => toBook({ ...root, model: [model] }), message);
  };
  refuses({ price: [{ ...price, source: undefined }] }, /model m: price 1: source .* wanted a text/);
  refuses({ price: [{ ...price, source: "hearsay" }] }, /source is "hearsay", wanted a key of \[sources\]/);
  refuses({ price: [price, price] }, /two prices in one currency/);
  refuses({ price: [{ ...price, currency: "EUR" }] }, /USD or CNY/);
  refuses({ price: [{ ...price, standard: { input: 1.5 } }] }, /input is 1.5, wanted a decimal text/);
  refuses({ price: [{ ...price, standard: { input: "0.0000001" } }] }, /at most six decimals/);
  refuses({ price: [{ ...price, standard: { input: "0" } }] }, /free = true/);
  refuses({ price: [{ ...price, steps: [{ above: 2 }, { above: 1 }] }] }, /steps do not rise/);
  refuses({ price: [{ ...price, off_peak: { hours: [{ from: "10:00", to: "09:00" }] } }] }, /a later time/);
  refuses({ price: [{ ...price, discount: "1" }] }, /there is no key discount/);
  refuses({ price: [{ ...price, as_of: "9999-01" }] }, /as_of is "9999-01", wanted a date no later than/);
  refuses({ modalities: undefined }, /modalities is undefined, wanted a list/);
  refuses({ window: 0 }, /a whole number above 0/);
  refuses({ modalities: ["image"] }, /"text", then any of/);
  refuses({ aliases: ["M"] }, /"M" of m is also a name of m/);
  const sources = { litellm: { ...root.sources.litellm, date: undefined } };
  assert.throws(
    () => toBook({ ...root, sources, model: [] }),
    /sources: litellm: date is undefined, wanted a date/,
  );
});
