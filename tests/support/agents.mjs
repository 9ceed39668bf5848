// @ts-check
/** What the tests of agents pay: prices as vendors state them, and bills by them. */

import { price } from "tokimeter/price";

/** @import { Tariff } from "tokimeter/models" */
/** @import { Usage } from "tokimeter/price" */

/** Dollars per million tokens. @param {Tariff} standard */
export const model = (standard) => ({
  prices: [
    {
      currency: /** @type {const} */ ("USD"),
      standard,
      asOf: "2026-11-01",
      source: { name: "test", date: "2026-11-01" },
    },
  ],
});
export const M = 1_000_000;
/** $3 in, $0.30 from the cache, $3.75 and $6 into it, $15 out. */
export const SONNET = model({
  input: 3 * M,
  cached: 0.3 * M,
  cacheWrite: 3.75 * M,
  cacheWriteLong: 6 * M,
  output: 15 * M,
});
/** @param {ReturnType<typeof model>} model */
export const billed = (model) => ({ work: (/** @type {Usage} */ usage) => price(model, usage) });
