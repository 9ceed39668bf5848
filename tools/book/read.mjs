// @ts-check
/**
 * Reads data/models.toml strictly: what is not as its head says stops the build, with the place and the value.
 */

import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { millionths } from "./money.mjs";

export const BOOK = "data/models.toml";

export const RATES = /** @type {const} */ (["input", "cached", "cache_write", "cache_write_long", "output"]);
const MODALITIES = ["text", "image", "audio", "video", "pdf"];
const CURRENCIES = /** @type {const} */ (["USD", "CNY"]);
const DATE = /^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** In the order in which the file has them; prices come behind. */
export const MODEL_KEYS = [
  ...[
    "id",
    "name",
    "vendor",
    "aliases",
    "window",
    "max_input",
    "max_output",
    "modalities",
    "released",
    "retires",
  ],
  ...["free", "note", "by_hand", "litellm", "model_prices", "genai_prices", "price"],
];
/** Here too. */
export const PRICE_KEYS = [
  ...["currency", "source", "key", "as_of", "url", "standard", "steps", "batch", "batch_steps"],
  ...["off_peak", "off_peak_steps", "web_search", "others"],
];

/**
 * @typedef {Partial<Record<typeof RATES[number], number>>} Rates millionths per million tokens; absent is unknown
 * @typedef {Rates & { above: number }} Step
 * @typedef {Rates & { steps: Step[] }} Tariff
 * @typedef {{ days: number[], from: string, to: string }} Hours
 * @typedef {{ key: string, name: string, version?: string, date: string, dateIs: string, url?: string }} Source
 * @typedef {object} Price
 * @property {typeof CURRENCIES[number]} currency
 * @property {string} source key of a source
 * @property {string} asOf
 * @property {string} [url]
 * @property {Tariff} standard
 * @property {Tariff} [batch]
 * @property {Tariff & { hours: Hours[] }} [offPeak]
 * @property {number} [webSearch] millionths per million calls
 * @property {{ source: string, rates: Rates }[]} others
 * @typedef {object} Model
 * @property {string} id
 * @property {string} name
 * @property {string} vendor
 * @property {string[]} aliases
 * @property {number} [window]
 * @property {number} [maxInput]
 * @property {number} [maxOutput]
 * @property {string[]} modalities
 * @property {string} [released]
 * @property {string} [retires]
 * @property {Price[]} prices
 * @typedef {{ cnyPerUsd: number, source: Omit<Source, "key"> }} Rate
 * @typedef {{ rate: Rate, sources: Map<string, Source>, models: Model[] }} Book
 */

/**
 * Returns the book as the file has it.
 *
 * @returns {Book}
 * @throws where the file breaks a rule of its head
 */
export function readBook() {
  return toBook(/** @type {Record<string, unknown>} */ (parse(readFileSync(BOOK, "utf8"))));
}

/**
 * Returns the book that a parsed file is.
 *
 * @param {Record<string, unknown>} root
 * @returns {Book}
 * @throws where the file breaks a rule of its head
 */
export function toBook(root) {
  const file = new Fields(root, "the file");
  const sources = new Map(
    Object.keys(table(root.sources, "sources")).map((key) => [
      key,
      toSource(key, file.child("sources").child(key)),
    ]),
  );
  const rate = file.child("rate");
  const models = file.children("model").map((fields) => toModel(fields, sources));
  checkNames(models);
  const { key: _, ...source } = toSource("rate", rate);
  return { rate: { cnyPerUsd: rate.money("cny_per_usd"), source }, sources, models };
}

/** @param {string} key @param {Fields} fields @returns {Source} */
function toSource(key, fields) {
  const dateIs = fields.text("date_is");
  if (!["published", "checked"].includes(dateIs)) throw fields.wrong("date_is", '"published" or "checked"');
  return {
    key,
    name: fields.text("name"),
    ...fields.some("version", fields.optionalText("version")),
    date: fields.date("date"),
    dateIs,
    ...fields.some("url", fields.optionalText("url")),
  };
}

/** @param {Fields} fields @param {Map<string, Source>} sources @returns {Model} */
function toModel(fields, sources) {
  fields.only(MODEL_KEYS);
  const modalities = fields.texts("modalities");
  const strange = modalities.find((one) => !MODALITIES.includes(one));
  if (strange !== undefined || modalities[0] !== "text") {
    throw fields.wrong("modalities", `"text", then any of ${MODALITIES.slice(1).join(", ")}`);
  }
  const isFree = fields.has("free");
  const prices = fields.has("price")
    ? fields.children("price").map((price) => toPrice(price, sources, isFree))
    : [];
  if (new Set(prices.map(({ currency }) => currency)).size < prices.length) {
    throw new Error(`models.toml: ${fields.at} has two prices in one currency`);
  }
  return {
    id: fields.text("id"),
    name: fields.text("name"),
    vendor: fields.text("vendor"),
    aliases: fields.has("aliases") ? fields.texts("aliases") : [],
    ...fields.some("window", fields.optionalCount("window")),
    ...fields.some("maxInput", fields.optionalCount("max_input")),
    ...fields.some("maxOutput", fields.optionalCount("max_output")),
    modalities,
    ...fields.some("released", fields.has("released") ? fields.date("released") : undefined),
    ...fields.some("retires", fields.has("retires") ? fields.date("retires") : undefined),
    prices,
  };
}

/** @param {Fields} fields @param {Map<string, Source>} sources @param {boolean} isFree @returns {Price} */
function toPrice(fields, sources, isFree) {
  fields.only(PRICE_KEYS);
  const currency = CURRENCIES.find((one) => one === fields.text("currency"));
  if (!currency) throw fields.wrong("currency", CURRENCIES.join(" or "));
  const source = sourceOf(fields, sources);
  const asOf = fields.has("as_of") ? fields.date("as_of") : source.date;
  if (asOf > source.date && !asOf.startsWith(source.date))
    throw fields.wrong("as_of", `a date no later than that of its source, ${source.date}`);
  const tariff = (/** @type {string} */ key, /** @type {string} */ steps) =>
    toTariff(fields.child(key), fields.has(steps) ? fields.children(steps) : [], isFree);
  return {
    currency,
    source: source.key,
    asOf,
    ...fields.some("url", fields.optionalText("url")),
    standard: tariff("standard", "steps"),
    ...(fields.has("batch") ? { batch: tariff("batch", "batch_steps") } : {}),
    ...(fields.has("off_peak")
      ? { offPeak: { ...tariff("off_peak", "off_peak_steps"), hours: toHours(fields.child("off_peak")) } }
      : {}),
    // Per thousand calls in the file.
    ...(fields.has("web_search") ? { webSearch: 1000 * fields.money("web_search") } : {}),
    others: fields.has("others")
      ? fields.children("others").map((other) => ({
          source: sourceOf(other, sources).key,
          rates: toRates(other, true),
        }))
      : [],
  };
}

/** No price without a source and its date. @param {Fields} fields @param {Map<string, Source>} sources */
function sourceOf(fields, sources) {
  const source = sources.get(fields.text("source"));
  if (source) return source;
  throw fields.wrong(
    "source",
    `a key of [sources], which says where the price is from and of which day it is`,
  );
}

/** @param {Fields} fields @param {Fields[]} steps @param {boolean} isFree @returns {Tariff} */
function toTariff(fields, steps, isFree) {
  const read = steps.map((step) => ({ above: step.count("above"), ...toRates(step, isFree) }));
  if (read.some(({ above }, at) => above <= (read[at - 1]?.above ?? 0))) {
    throw new Error(`models.toml: ${fields.at}: the steps do not rise`);
  }
  return { ...toRates(fields, isFree), steps: read };
}

/** @param {Fields} fields @param {boolean} isFree @returns {Rates} */
function toRates(fields, isFree) {
  return Object.fromEntries(
    RATES.filter((rate) => fields.has(rate)).map((rate) => {
      const money = fields.money(rate);
      if (money === 0 && !isFree)
        throw fields.wrong(rate, 'a price above "0", or `free = true` in the model');
      return [rate, money];
    }),
  );
}

/** @param {Fields} fields @returns {Hours[]} */
function toHours(fields) {
  return fields.children("hours").map((hours) => {
    const [from, to] = [hours.text("from"), hours.text("to")];
    if (!TIME.test(from)) throw hours.wrong("from", 'a time such as "08:30"');
    if ((!TIME.test(to) && to !== "24:00") || to <= from)
      throw hours.wrong("to", `a later time, "24:00" at most`);
    const days = hours.has("days") ? hours.counts("days") : [];
    if (days.some((day) => day > 7)) throw hours.wrong("days", "days of the week, 1 (Monday) to 7");
    return { days, from, to };
  });
}

/** One name is one model. @param {Model[]} models */
function checkNames(models) {
  /** @type {Map<string, string>} */
  const seen = new Map();
  for (const { id, aliases } of models) {
    for (const name of [id, ...aliases]) {
      const key = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
      const other = seen.get(key);
      if (other !== undefined) throw new Error(`models.toml: "${name}" of ${id} is also a name of ${other}`);
      seen.set(key, id);
    }
  }
}

/** One table with typed reads that say where they failed. */
class Fields {
  /** @param {Record<string, unknown>} source @param {string} at */
  constructor(source, at) {
    this.source = source;
    this.at = typeof source.id === "string" ? `model ${source.id}` : at;
  }

  /** @param {string} key */
  has(key) {
    return key in this.source;
  }

  /** @param {string[]} keys */
  only(keys) {
    const strange = Object.keys(this.source).find((key) => !keys.includes(key));
    if (strange !== undefined) throw new Error(`models.toml: ${this.at}: there is no key ${strange}`);
  }

  /** @param {string} key */
  text(key) {
    const value = this.source[key];
    if (typeof value !== "string" || value === "") throw this.wrong(key, "a text");
    return value;
  }

  /** @param {string} key */
  optionalText(key) {
    return this.has(key) ? this.text(key) : undefined;
  }

  /** @param {string} key */
  texts(key) {
    return list(this.source[key], `${this.at}: ${key}`).map((value) => {
      if (typeof value !== "string" || value === "") throw this.wrong(key, "texts");
      return value;
    });
  }

  /** Returns millionths. @param {string} key */
  money(key) {
    const value = this.source[key];
    const money = typeof value === "string" ? millionths(value) : undefined;
    if (money === undefined) throw this.wrong(key, 'a decimal text such as "1.25", at most six decimals');
    return money;
  }

  /** @param {string} key */
  date(key) {
    const value = this.source[key];
    if (typeof value !== "string" || !DATE.test(value))
      throw this.wrong(key, 'a date such as "2026-11-12" or "2026-11"');
    return value;
  }

  /** @param {string} key */
  count(key) {
    return this.#count(key, this.source[key]);
  }

  /** @param {string} key */
  optionalCount(key) {
    return this.has(key) ? this.count(key) : undefined;
  }

  /** @param {string} key */
  counts(key) {
    return list(this.source[key], `${this.at}: ${key}`).map((value) => this.#count(key, value));
  }

  /** @param {string} key */
  child(key) {
    const at = `${this.at}: ${key}`;
    return new Fields(table(this.source[key], at), at);
  }

  /** @param {string} key */
  children(key) {
    const at = `${this.at}: ${key}`;
    return list(this.source[key], at).map(
      (value, index) => new Fields(table(value, at), `${at} ${index + 1}`),
    );
  }

  /** @template {string} K @template T @param {K} key @param {T | undefined} value */
  some(key, value) {
    return /** @type {{ [key in K]?: T }} */ (value === undefined ? {} : { [key]: value });
  }

  /** @param {string} key @param {string} wanted */
  wrong(key, wanted) {
    return new Error(
      `models.toml: ${this.at}: ${key} is ${JSON.stringify(this.source[key])}, wanted ${wanted}`,
    );
  }

  /** @param {string} key @param {unknown} value */
  #count(key, value) {
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    throw this.wrong(key, "a whole number above 0 (unknown means that the key is absent)");
  }
}

/** @param {unknown} value @param {string} at @returns {Record<string, unknown>} */
function table(value, at) {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Date) {
    throw new Error(`models.toml: ${at} is not a table`);
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/** @param {unknown} value @param {string} at @returns {unknown[]} */
function list(value, at) {
  if (!Array.isArray(value)) throw new Error(`models.toml: ${at} is ${JSON.stringify(value)}, wanted a list`);
  return value;
}
