// @ts-check
/**
 * Checks data/models.toml and writes the model book of the package, `pkg/src/book.ts`: tables without names, which
 * `pkg/src/models.ts` reads.
 */

import { writeFileSync } from "node:fs";
import { RATES, readBook } from "./book/read.mjs";

/** @typedef {import("./book/read.mjs").Price} Price @typedef {import("./book/read.mjs").Tariff} Tariff */

const { rate, sources, models } = readBook();
const json = (/** @type {unknown} */ value) => JSON.stringify(value);
const used = [...sources.values()].filter(({ key }) =>
  models.some(({ prices }) =>
    prices.some(({ source, others }) => [source, ...others.map((other) => other.source)].includes(key)),
  ),
);
const vendors = [...new Set(models.map(({ vendor }) => vendor))];
const urls = [...new Set(models.flatMap(({ prices }) => prices.flatMap(({ url }) => url ?? [])))];
const sourceAt = (/** @type {string} */ key) => used.findIndex((source) => source.key === key);

/** Unknown is null, but at the end, where it is left out. @param {unknown[]} cells */
function row(cells) {
  const filled = cells.map((cell) => cell ?? null);
  return filled.slice(0, filled.findLastIndex((cell) => cell !== null) + 1);
}

/** @param {import("./book/read.mjs").Rates} rates */
const ratesRow = (rates) => row(RATES.map((key) => rates[key]));

/** @param {Tariff | undefined} tariff */
function tariffRow(tariff) {
  return tariff && [ratesRow(tariff), ...tariff.steps.map((step) => [step.above, ratesRow(step)])];
}

/** @param {Price} price */
function priceRow(price) {
  const { asOf, url, offPeak } = price;
  const hours = offPeak?.hours.map(({ days, from, to }) => [from, to, ...days]);
  return row([
    price.currency === "CNY" ? 1 : 0,
    sourceAt(price.source),
    asOf === sources.get(price.source)?.date ? null : asOf,
    url === undefined ? null : urls.indexOf(url),
    tariffRow(price.standard),
    tariffRow(price.batch),
    offPeak && [hours, tariffRow(offPeak)],
    price.webSearch,
    price.others.length > 0
      ? price.others.map(({ source, rates }) => [sourceAt(source), ratesRow(rates)])
      : null,
  ]);
}

const rows = models.map((model) =>
  row([
    model.id,
    model.name,
    vendors.indexOf(model.vendor),
    model.aliases.join(" ") || null,
    model.window,
    model.maxInput,
    model.maxOutput,
    model.modalities.map(([first]) => first).join(""),
    model.released,
    model.retires,
    ...model.prices.map(priceRow),
  ]),
);

writeFileSync(
  "pkg/src/book.ts",
  `/** Written by tools/book.mjs from data/models.toml. Unknown is null, or the end of a row. */

import type { Source } from "./models.js";

/** Millionths of the currency per million tokens: ${RATES.join(", ")}. */
export type RatesRow = readonly (number | null)[];
/** The rates, then the steps: above how many tokens, and the rates there. */
export type TariffRow = readonly [RatesRow, ...(readonly [above: number, RatesRow])[]];
/** From, to, days of the week. */
export type HoursRow = readonly [from: string, to: string, ...days: number[]];
/** Currency, source, date if it is not the source's, page of the vendor, tariffs, calls, and what others say. */
export type PriceRow = readonly [
  currency: number,
  source: number,
  asOf: string | null,
  url: number | null,
  standard: TariffRow,
  batch?: TariffRow | null,
  offPeak?: readonly [hours: readonly HoursRow[], TariffRow] | null,
  webSearch?: number | null,
  others?: readonly (readonly [source: number, RatesRow])[],
];
/** Modalities by their first letters. */
export type ModelRow = readonly [
  id: string,
  name: string,
  vendor: number,
  aliases: string | null,
  window: number | null,
  maxInput: number | null,
  maxOutput: number | null,
  modalities: string,
  released?: string | null,
  retires?: string | null,
  ...prices: PriceRow[],
];

export const RATE: { readonly cnyPerUsd: number; readonly source: Source } = ${json(rate)};

export const SOURCES: readonly Source[] = [
${used.map(({ key: _, ...source }) => `  ${json(source)},`).join("\n")}
];

export const VENDORS: readonly string[] = ${json(vendors)};

export const URLS: readonly string[] = [
${urls.map((url) => `  ${json(url)},`).join("\n")}
];

export const MODELS: readonly ModelRow[] = [
${rows.map((cells) => `  ${json(cells)},`).join("\n")}
];
`,
);
