// @ts-check
/** How the price packages are read: each of their ways to say something, on the smallest file that has it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { decimal, exactly, millionths } from "../../tools/book/money.mjs";
import { assigned } from "../../tools/prices/python.mjs";
import { genaiPrices, litellm, modelPrices } from "../../tools/prices/sources.mjs";

/** @param {Record<string, unknown>} entry */
const fromLitellm = (entry) =>
  litellm(JSON.stringify({ m: { litellm_provider: "xai", mode: "chat", ...entry } }), "2026-11-12").get("m");

test("money is exact, there and back", () => {
  for (const [text, units] of /** @type {const} */ ([
    ["0", 0],
    ["1.25", 1_250_000],
    ["0.000001", 1],
    ["21", 21_000_000],
  ])) {
    assert.equal(millionths(text), units);
    assert.equal(decimal(units), text);
  }
  for (const text of ["", "1.", ".5", "-1", "1e3", "1.0000001", "1,5"])
    assert.equal(millionths(text), undefined);
  assert.equal(exactly(4.4e-8, 1e6), "0.044");
  assert.equal(exactly(1.2e-6, 1e6), "1.2");
  assert.equal(exactly(1.1428571428571428e-6, 1e6), undefined, "a conversion is no price");
});

test("LiteLLM: prices per token, the step and the tier at the end of the key", () => {
  const cost = { input_cost_per_token: 2e-6, output_cost_per_token: 6e-6 };
  assert.deepEqual(
    fromLitellm({
      ...cost,
      max_input_tokens: 500_000,
      max_output_tokens: 8000,
      supports_vision: true,
      deprecation_date: "2027-01-01",
      source: "https://example.com/pricing",
      cache_read_input_token_cost: 5e-7,
      cache_creation_input_token_cost: 0,
      cache_creation_input_token_cost_above_1hr: 4e-6,
      input_cost_per_token_above_200k_tokens: 4e-6,
      output_cost_per_token_above_200k_tokens: 1.2e-5,
      input_cost_per_token_batches: 1e-6,
      output_cost_per_token_batches: 3e-6,
      input_cost_per_token_priority: 9e-6,
      search_context_cost_per_query: { low: 0.01, medium: 0.01, high: 0.01 },
    }),
    {
      window: 500_000,
      max_output: 8000,
      modalities: ["text", "image"],
      retires: "2027-01-01",
      kinds: [],
      price: {
        url: "https://example.com/pricing",
        standard: { input: "2", cached: "0.5", cache_write_long: "4", output: "6" },
        steps: [{ above: 200_000, input: "4", output: "12" }],
        batch: { input: "1", output: "3" },
        batch_steps: [{ above: 200_000 }],
        web_search: "10",
      },
    },
  );
  assert.equal(
    fromLitellm({ ...cost, search_context_cost_per_query: { low: 0.01, high: 0.02 } })?.price?.web_search,
    undefined,
  );
  assert.equal(
    fromLitellm({ input_cost_per_token: 0, output_cost_per_token: 0 })?.price,
    undefined,
    "0 is unknown",
  );
  const apart = fromLitellm({
    ...cost,
    litellm_provider: "openai",
    max_input_tokens: 272_000,
    max_output_tokens: 128_000,
  });
  assert.deepEqual([apart?.window, apart?.max_input], [400_000, 272_000]);
});

test("LiteLLM: ranges, and hours that cost less", () => {
  const ranges = [
    { range: [0, 32_000], input_cost_per_token: 1.2e-6, output_cost_per_token: 6e-6 },
    { range: [32_000, 128_000], input_cost_per_token: 2.4e-6, output_cost_per_token: 1.2e-5 },
  ];
  assert.deepEqual(fromLitellm({ tiered_pricing: ranges })?.price, {
    standard: { input: "1.2", output: "6" },
    steps: [{ above: 32_000, input: "2.4", output: "12" }],
  });
  const windows = [
    { hours_utc: ["00:00-01:00", "10:00-00:00"], weekdays: [1, 5] },
    { hours_utc: "00:00-00:00", weekdays: [6, 7] },
  ];
  const peak = { input_cost_per_token: 1.32e-6, off_peak_pricing: { input_cost_per_token: 6.6e-7, windows } };
  assert.deepEqual(fromLitellm(peak)?.price?.off_peak, {
    hours: [
      { days: [1, 5], from: "00:00", to: "01:00" },
      { days: [1, 5], from: "10:00", to: "24:00" },
      { days: [6, 7], from: "00:00", to: "24:00" },
    ],
    input: "0.66",
  });
});

test("LiteLLM: what it sells first hand, and what it does not", () => {
  const entry = (/** @type {string} */ litellm_provider, more = {}) => ({
    litellm_provider,
    mode: "chat",
    ...more,
  });
  const reader = litellm(
    JSON.stringify({
      "xai/grok-9": entry("xai"),
      "xai/grok-8": entry("xai", { deprecation_date: "2026-01-01" }),
      "xai/grok-imagine-image": entry("xai"),
      "xai/grok-9-embed": { litellm_provider: "xai", mode: "embedding" },
      "dashscope/qwen9": entry("dashscope"),
      "dashscope/glm-9": entry("dashscope"),
      "groq/llama-9": entry("groq"),
    }),
    "2026-11-12",
  );
  assert.deepEqual(
    reader.listed().map(({ id }) => id),
    ["qwen9", "grok-9"],
  );
});

test("model-prices: the price that has begun, and yuan turned back", () => {
  /** @param {object} rates @param {string | null} start */
  const time = (rates, start = null) => ({ rates, start });
  const reader = modelPrices(
    JSON.stringify({
      updated_at: "2026-10-26T00:00:00Z",
      status: { xai: { old: "removed" } },
      prices: {
        xai: {
          m: {
            standard: [
              time({ input: 9, output: 9 }),
              time(
                { input: 2, output: 6, cache_read: 0.5, tiers: [{ above: 200_000, input: 4, output: 12 }] },
                "2026-01-01",
              ),
              time({ input: 1, output: 1 }, "2027-01-01"),
            ],
            batch: [time({ input: 1, output: 3 })],
          },
          old: { standard: [time({ input: 1, output: 1 })] },
        },
        volcengine: { seed: { standard: [time({ input: 0.47499, output: 2.37494, cache_read: 0.095 })] } },
      },
    }),
    { volcengine: "6.737012" },
  );
  assert.deepEqual(reader.get("xai/m")?.price, {
    standard: { input: "2", cached: "0.5", output: "6" },
    steps: [{ above: 200_000, input: "4", cached: "0.5", output: "12" }],
    batch: { input: "1", output: "3" },
  });
  assert.deepEqual(reader.inYuan("volcengine/seed")?.standard, {
    input: "3.2",
    cached: "0.64",
    output: "16",
  });
  assert.throws(() => reader.inYuan("xai/m"), /no rate for xai\/m/);
  assert.equal(reader.get("xai/none"), undefined);
  assert.deepEqual(
    reader.listed().map(({ id }) => id),
    ["seed", "m"],
  );
});

test("genai-prices: Python, read and not run", () => {
  const source = `import os
os.remove('/')
providers: list[Provider] = [
    Provider(id='x', models=[ModelInfo(id='m', name="It's " 'M\\'s', context_window=1_000, # a comment
        prices=[ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('1'))),
                ConditionalPrice(constraint=StartDateConstraint(start_date=datetime.date(2026, 9, 10)),
                    prices=ModelPrice(input_mtok=TieredPrices(base=Decimal('2'), tiers=[Tier(start=200, price=Decimal('4'))]), output_mtok=Decimal('0'))),
                ConditionalPrice(constraint=StartDateConstraint(start_date=datetime.date(2027, 1, 1)),
                    prices=ModelPrice(input_mtok=Decimal('3')))])]),
]
`;
  const reader = genaiPrices(source, "2026-11-10");
  assert.deepEqual(reader.get("x/m"), { window: 1000, price: { standard: { input: "2" } } });
  const [provider] = /** @type {any[]} */ (assigned(source, "providers"));
  assert.equal(provider.models[0].name, "It's M's");
  assert.throws(() => assigned("a = 1 +", "b"), /assigns nothing to b/);
  assert.throws(() => assigned("a = [lambda: 1]", "a"), /not plain data/);
});
