// @ts-check
/**
 * Bills: worked by hand from the vendors' published prices, and what must hold of every bill.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { findModel, models, rate } from "tokimeter/models";
import { convert, decimal, isIn, price } from "tokimeter/price";
import { mulberry32, seed } from "../support/random.mjs";

/** @typedef {import("tokimeter/price").Usage} Usage @typedef {import("tokimeter/price").PriceOptions} PriceOptions */

/** @param {string} id */
function model(id) {
  const found = findModel(id);
  assert.ok(found, `${id} is in the book`);
  return found;
}

/** One with a step. @type {import("tokimeter/models").Price} */
const LIST = {
  currency: "USD",
  standard: { input: 2_000_000, output: 8_000_000, steps: [{ above: 1000, input: 4_000_000 }] },
  asOf: "2026-11-01",
  source: { name: "an example", date: "2026-11-01" },
};

/** In a peak hour of DeepSeek's (01:00–04:00 and 06:00–10:00 UTC on working days), and off it. */
const PEAK = new Date("2026-11-25T02:00:00Z");
const OFF_PEAK = new Date("2026-11-25T12:00:00Z");
const SUNDAY = new Date("2026-11-29T02:00:00Z");

/**
 * Dollars per million tokens, times tokens; `M` is a million tokens.
 *
 * @type {[what: string, id: string, usage: Usage, options: PriceOptions, total: string][]}
 */
const WORKED = [
  // 10,000 × 1.25/M = 0.0125; 2,000 × 0.125/M = 0.00025; 1,500 × 10/M = 0.015
  ["cached input", "gpt-5", { input: 10_000, cached: 2_000, output: 1_500 }, {}, "0.02775"],
  // 10,000 × 0.625/M = 0.00625; 1,500 × 5/M = 0.0075
  ["batch", "gpt-5", { input: 10_000, output: 1_500 }, { batch: true }, "0.01375"],
  // 1 × 0.0625/M
  ["one cached token of a batch", "gpt-5", { cached: 1 }, { batch: true }, "0.0000000625"],
  // 1,234 × 1.75/M = 0.0021595; 567 × 14/M = 0.007938
  ["odd numbers", "gpt-5.2", { input: 1_234, output: 567 }, {}, "0.0100975"],
  // 777 × 0.875/M = 0.000679875; 333 × 7/M = 0.002331
  ["odd numbers in a batch", "gpt-5.2", { input: 777, output: 333 }, { batch: true }, "0.003010875"],
  // 1,000 × 2.5/M = 0.0025; 3,000 × 1.25/M = 0.00375; 500 × 10/M = 0.005
  ["GPT-4o", "gpt-4o", { input: 1_000, cached: 3_000, output: 500 }, {}, "0.01125"],
  // 1 × 0.15/M
  ["one token", "gpt-4o-mini", { input: 1 }, {}, "0.00000015"],
  // 1M × 2/M
  ["a million tokens", "gpt-4.1", { input: 1_000_000 }, {}, "2"],
  // 10,000 × 2/M = 0.02; 100 × 8/M = 0.0008; 3 searches × 10/1,000 = 0.03
  ["web searches", "o3", { input: 10_000, output: 100, webSearches: 3 }, {}, "0.0508"],
  // 272,000 × 2/M = 0.544; 1,000 × 10/M = 0.01
  ["the last token below a step", "gpt-6-sol", { input: 272_000, output: 1_000 }, {}, "0.554"],
  // 272,001 × 4/M = 1.088004; 1,000 × 15/M = 0.015
  ["the first token beyond a step", "gpt-6-sol", { input: 272_001, output: 1_000 }, {}, "1.103004"],
  // 100,000 × 4/M = 0.4; 180,000 read from the cache × 0.4/M = 0.072: together they pass the step
  ["cached input counts for the step", "gpt-6-sol", { input: 100_000, cached: 180_000 }, {}, "0.472"],
  // 300,000 × 2/M (half of 4) = 0.6; 2,000 × 7.5/M = 0.015
  ["a step in a batch", "gpt-6-sol", { input: 300_000, output: 2_000 }, { batch: true }, "0.615"],
  // 200,000 × 1.25/M = 0.25; 10,000 × 10/M = 0.1
  ["at 200 k", "gemini-2.5-pro", { input: 200_000, output: 10_000 }, {}, "0.35"],
  // 200,001 × 2.5/M = 0.5000025; 10,000 × 15/M = 0.15
  ["beyond 200 k", "gemini-2.5-pro", { input: 200_001, output: 10_000 }, {}, "0.6500025"],
  // 250,000 × 4/M = 1; 50,000 × 0.4/M = 0.02; 3,000 × 18/M = 0.054
  [
    "beyond 200 k, with cache",
    "gemini-3.1-pro-preview",
    { input: 250_000, cached: 50_000, output: 3_000 },
    {},
    "1.074",
  ],
  // 2,000 × 5/M = 0.01; 100,000 written × 6.25/M = 0.625; 800 × 25/M = 0.02
  [
    "written to the cache",
    "claude-opus-4.6",
    { input: 2_000, cacheWrite: 100_000, output: 800 },
    {},
    "0.655",
  ],
  // 2,000 × 5/M = 0.01; 100,000 written for an hour × 10/M = 1
  ["written for an hour", "claude-opus-4.6", { input: 2_000, cacheWriteLong: 100_000 }, {}, "1.01"],
  // 2,000 × 5/M = 0.01; 100,000 read × 0.5/M = 0.05; 800 × 25/M = 0.02
  ["read from the cache", "claude-opus-4.6", { input: 2_000, cached: 100_000, output: 800 }, {}, "0.08"],
  // 50,000 × 1.5/M = 0.075; 4,000 × 7.5/M = 0.03
  ["a batch of Claude's", "claude-sonnet-4-5", { input: 50_000, output: 4_000 }, { batch: true }, "0.105"],
  // 100,000 × 1.32/M = 0.132; 20,000 × 0.044/M = 0.00088; 5,000 × 3.96/M = 0.0198
  ["peak", "deepseek-v4-pro", { input: 100_000, cached: 20_000, output: 5_000 }, { at: PEAK }, "0.15268"],
  // 100,000 × 0.66/M = 0.066; 20,000 × 0.022/M = 0.00044; 5,000 × 1.98/M = 0.0099
  [
    "off-peak",
    "deepseek-v4-pro",
    { input: 100_000, cached: 20_000, output: 5_000 },
    { at: OFF_PEAK },
    "0.07634",
  ],
  [
    "a Sunday",
    "deepseek-v4-pro",
    { input: 100_000, cached: 20_000, output: 5_000 },
    { at: SUNDAY },
    "0.07634",
  ],
  // 32,000 × 1.2/M = 0.0384; 1,000 × 6/M = 0.006
  ["the first of three steps", "qwen3-max", { input: 32_000, output: 1_000 }, { currency: "USD" }, "0.0444"],
  // 100,000 × 2.4/M = 0.24; 1,000 × 12/M = 0.012
  ["the second", "qwen3-max", { input: 100_000, output: 1_000 }, { currency: "USD" }, "0.252"],
  // 200,000 × 3/M = 0.6; 1,000 × 15/M = 0.015
  ["the third", "qwen3-max", { input: 200_000, output: 1_000 }, { currency: "USD" }, "0.615"],
  // 600,000 × 0.6/M = 0.36; 10,000 × 2.4/M = 0.024
  ["beyond 512 k", "MiniMax-M3", { input: 600_000, output: 10_000 }, { currency: "USD" }, "0.384"],
  // 250,000 × 4/M = 1; 1,000 × 12/M = 0.012
  ["Grok beyond 200 k", "grok-4.6", { input: 250_000, output: 1_000 }, {}, "1.012"],
  // 100,000 × ¥9/M = 0.9; 20,000 × ¥0.3/M = 0.006; 5,000 × ¥27/M = 0.135
  [
    "yuan, peak",
    "deepseek-v4-pro",
    { input: 100_000, cached: 20_000, output: 5_000 },
    { at: PEAK, currency: "CNY" },
    "1.041",
  ],
  // 100,000 × ¥4.5/M = 0.45; 20,000 × ¥0.15/M = 0.003; 5,000 × ¥13.5/M = 0.0675
  [
    "yuan, off-peak",
    "deepseek-v4-pro",
    { input: 100_000, cached: 20_000, output: 5_000 },
    { at: SUNDAY, currency: "CNY" },
    "0.5205",
  ],
  // 10,000 × ¥8/M = 0.08; 2,000 × ¥2/M = 0.004; 1,000 × ¥28/M = 0.028
  [
    "yuan, cached input",
    "glm-5.3",
    { input: 10_000, cached: 2_000, output: 1_000 },
    { currency: "CNY" },
    "0.112",
  ],
  // 100,000 × ¥4/M = 0.4; 1,000 × ¥16/M = 0.016
  [
    "yuan, the second of three steps",
    "qwen3-max",
    { input: 100_000, output: 1_000 },
    { currency: "CNY" },
    "0.416",
  ],
  // 50,000 × ¥6/M = 0.3; 10,000 × ¥1.2/M = 0.012; 5,000 × ¥30/M = 0.15
  [
    "yuan, Doubao",
    "doubao-seed-2-1-pro-260628",
    { input: 50_000, cached: 10_000, output: 5_000 },
    { currency: "CNY" },
    "0.462",
  ],
  // 30,000 × ¥20/M = 0.6; 90,000 × ¥2/M = 0.18; 2,000 × ¥100/M = 0.2
  ["yuan, Kimi", "kimi-k3", { input: 30_000, cached: 90_000, output: 2_000 }, { currency: "CNY" }, "0.98"],
  // 40,000 × ¥10/M = 0.4; 1,000 × ¥40/M = 0.04
  [
    "yuan, beyond 32 k",
    "ernie-5.0-thinking-preview",
    { input: 40_000, output: 1_000 },
    { currency: "CNY" },
    "0.44",
  ],
  // 0.02775 dollars × 6.737
  [
    "dollars as yuan",
    "gpt-5",
    { input: 10_000, cached: 2_000, output: 1_500 },
    { currency: "CNY", rate },
    "0.18695175",
  ],
];

test("bills worked by hand", () => {
  for (const [what, id, usage, options, total] of WORKED) {
    const bill = price(model(id), usage, options);
    assert.equal(bill.total === undefined ? undefined : decimal(bill.total), total, `${what}: ${id}`);
    assert.deepEqual(bill.unknown, [], what);
    assert.match(bill.asOf ?? "", /^\d{4}-\d\d/, what);
  }
  console.log(`${WORKED.length} bills worked by hand`);
});

test("a bill says which tariff it is by", () => {
  const deepseek = model("deepseek-v4-pro");
  assert.equal(price(deepseek, { input: 1 }, { at: PEAK }).tier, "standard");
  assert.equal(price(deepseek, { input: 1 }, { at: OFF_PEAK }).tier, "off-peak");
  assert.equal(price(model("gpt-5"), { input: 1 }, { batch: true }).tier, "batch");
  const beyond = price(model("gpt-6-sol"), { input: 272_001 });
  assert.equal(beyond.above, 272_000);
  const yuan = price(model("gpt-5"), { input: 1 }, { currency: "CNY", rate });
  assert.deepEqual([yuan.currency, yuan.converted?.from], ["CNY", "USD"]);
});

test("all input counts for the step, and a batch is one at any hour", () => {
  const own = {
    prices: [{ ...LIST, offPeak: { hours: [{ from: "00:00", to: "24:00" }], input: 1_000_000 } }],
  };
  for (const kind of /** @type {const} */ (["input", "cached", "cacheWrite", "cacheWriteLong"])) {
    assert.equal(price(own, { input: 1, [kind]: 1001 }).above, 1000, kind);
    assert.equal(price(own, { input: 1, [kind]: 999 }).above, undefined, kind);
  }
  assert.equal(price(own, { output: 1001 }).above, undefined);
  assert.equal(price(own, { input: 1 }).total, 1_000_000n);
  const batch = price(own, { input: 1 }, { batch: true });
  assert.deepEqual([batch.tier, batch.total], ["batch", undefined], "it has no prices of a batch");
});

test("many requests at the step of each", () => {
  const gemini = model("gemini-2.5-pro");
  // 100 requests of 10,000 tokens: each is below the step. 1M × 1.25/M
  assert.equal(decimal(price(gemini, { input: 1_000_000 }, { requestInput: 10_000 }).total ?? 0n), "1.25");
  assert.equal(decimal(price(gemini, { input: 1_000_000 }).total ?? 0n), "2.5");
});

test("what is not known stays unknown, and the bill says which line", () => {
  const own = { prices: [{ ...LIST, batch: { input: 1_000_000 } }] };
  const usage = { input: 10, cached: 5, output: 3 };
  const bill = price(own, usage);
  assert.equal(bill.total, undefined);
  assert.deepEqual(bill.unknown, ["cached"]);
  assert.equal(decimal(bill.known), "0.000044");
  assert.deepEqual(
    price(own, { input: 2000, output: 3 }).unknown,
    ["output"],
    "a step that has no price of output",
  );
  assert.deepEqual(price(own, { input: 10, output: 1 }, { batch: true }).unknown, ["output"]);
  assert.deepEqual(price(own, { input: 2000 }, { batch: true }).unknown, ["input"], "a batch beyond a step");
  assert.deepEqual(price(own, { webSearches: 1 }).unknown, ["webSearches"]);
  assert.equal(price(own, { input: 10, cached: 0 }).total, 20_000_000n, "no tokens cost nothing");
  assert.deepEqual([bill.asOf, bill.source], [LIST.asOf, LIST.source]);
  const none = price({ prices: [] }, { ...usage, webSearches: 1 });
  assert.deepEqual([none.total, none.known, none.asOf, none.source], [undefined, 0n, undefined, undefined]);
  assert.deepEqual(
    [none.currency, none.tier, none.above, none.converted],
    ["USD", "standard", undefined, undefined],
  );
  assert.deepEqual(none.unknown, ["input", "cached", "output", "webSearches"]);
  assert.equal(price({ prices: [] }, usage, { currency: "CNY" }).currency, "CNY");
  assert.deepEqual(price({ prices: [] }, {}).lines, []);
});

test("what is no number of tokens is an error", () => {
  const gpt = model("gpt-5");
  for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    assert.throws(() => price(gpt, { input: wrong }), /input is a whole number from 0 to 9007199254740991/);
  assert.throws(() => price(gpt, {}, { requestInput: -1 }), /requestInput is a whole number/);
  assert.throws(() => price(gpt, { input: 1 }, { currency: "CNY" }), /states its prices in USD.*give a rate/);
  assert.throws(
    () => price(gpt, { input: 1 }, { currency: "CNY", rate: { ...rate, cnyPerUsd: 6.7 } }),
    /cnyPerUsd, in millionths, is a whole number from 1/,
  );
});

test("hours", () => {
  const hours = [
    { days: [1, 2, 3, 4, 5], from: "10:00", to: "24:00" },
    { days: [6, 7], from: "00:00", to: "24:00" },
  ];
  assert.equal(isIn(hours, new Date("2026-11-25T09:59:59Z")), false);
  assert.equal(isIn(hours, new Date("2026-11-25T10:00:00Z")), true);
  assert.equal(isIn(hours, new Date("2026-11-25T23:59:59Z")), true);
  assert.equal(isIn(hours, new Date("2026-11-26T00:00:00Z")), false);
  assert.equal(isIn(hours, new Date("2026-11-29T03:00:00Z")), true);
  const hour = [{ from: "00:00", to: "01:00" }];
  assert.equal(isIn(hour, new Date("2026-11-29T00:59:59Z")), true);
  assert.equal(isIn(hour, new Date("2026-11-29T01:00:00Z")), false);
});

test("decimals", () => {
  assert.deepEqual(
    [0n, 1n, -1n, 10n ** 12n, 1_250_000n, 27_750_000_000n, -(15n * 10n ** 11n), 10n ** 30n].map(decimal),
    ["0", "0.000000000001", "-0.000000000001", "1", "0.00000125", "0.02775", "-1.5", "1000000000000000000"],
  );
});

test("what holds of every bill", () => {
  const random = mulberry32(seed("bills"));
  const priced = models().filter(({ prices }) => prices.length > 0);
  assert.ok(priced.length > 100, `${priced.length} models have prices`);
  const kinds = /** @type {const} */ ([
    "input",
    "cached",
    "cacheWrite",
    "cacheWriteLong",
    "output",
    "webSearches",
  ]);
  const cases = Number(process.env.CASES ?? 500_000) / 25;
  for (let made = 0; made < cases; made++) {
    const { id, prices } = /** @type {typeof priced[number]} */ (
      priced[Math.floor(random() * priced.length)]
    );
    /** @type {Record<string, number>} */
    const usage = {};
    for (const kind of kinds) if (random() < 0.5) usage[kind] = Math.floor(10 ** (random() * 12));
    const options = {
      batch: random() < 0.3,
      at: random() < 0.5 ? PEAK : OFF_PEAK,
      requestInput: Math.floor(10 ** (random() * 7)),
    };
    const bill = price({ prices }, usage, options);
    const why = `${id} ${JSON.stringify({ usage, options })}`;
    // Lines sum to the total.
    assert.equal(
      bill.known,
      bill.lines.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n),
      why,
    );
    assert.equal(
      bill.total === undefined,
      bill.lines.some(({ amount }) => amount === undefined),
      why,
    );
    for (const line of bill.lines) {
      // No drift: a line is a product of integers.
      if (line.rate !== undefined) assert.equal(line.amount, BigInt(line.quantity) * BigInt(line.rate), why);
      // Monotone within a step.
      const more = price(
        { prices },
        { ...usage, [line.kind]: line.quantity + 1 + Math.floor(random() * 1e6) },
        options,
      );
      if (line.rate !== undefined) assert.ok(more.known >= bill.known, why);
    }
    // A thousand requests cost a thousand times as much.
    const times = Object.fromEntries(
      Object.entries(usage).map(([kind, quantity]) => [kind, quantity * 1000]),
    );
    assert.equal(price({ prices }, times, options).known, bill.known * 1000n, why);
    // Converted there, every line is off by less than its last digit.
    if (bill.currency === "USD") {
      const yuan = price({ prices: prices.slice(0, 1) }, usage, { ...options, currency: "CNY", rate });
      const off = yuan.known * 1_000_000n - bill.known * BigInt(rate.cnyPerUsd);
      const lines = BigInt(bill.lines.length);
      assert.ok(2n * (off < 0n ? -off : off) <= 1_000_000n * lines, why);
    }
  }
});

test("an amount in the other currency", () => {
  const seven = { cnyPerUsd: 7_000_000, source: { name: "test", date: "2026-11-01" } };
  assert.equal(convert(5n, "CNY", "CNY", seven), 5n);
  assert.equal(convert(3n, "USD", "CNY", seven), 21n);
  // 11 ÷ 7 = 1.57, to the nearest.
  assert.equal(convert(11n, "CNY", "USD", seven), 2n);
  assert.throws(() => convert(1n, "CNY", "USD", { ...seven, cnyPerUsd: 0 }), {
    name: "RangeError",
    message: /cnyPerUsd, in millionths,/,
  });
});
