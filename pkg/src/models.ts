/**
 * The model book: which models the vendors sell, how much they hold, what they cost, and from which source and day that is.
 * What nobody has said is `undefined`, never 0 and never a default.
 *
 * @module
 */

import {
  type HoursRow,
  MODELS,
  type ModelRow,
  type PriceRow,
  RATE,
  type RatesRow,
  SOURCES,
  type TariffRow,
  URLS,
  VENDORS,
} from "./book.js";
import { distance, encodingInfo, LONGEST, resolve, whyUnknown, words } from "./encodings.js";
import type { Conversion } from "./price.js";
import type { EncodingName } from "./registry.js";

/** The currency in which a vendor states a price. */
export type Currency = "USD" | "CNY";

/**
 * Prices in millionths of the currency per million tokens, which is 10⁻¹² of the currency per token: $1.25 per million is
 * 1 250 000. Safe integers; one that is absent is unknown.
 */
export interface Rates {
  /** Tokens that are neither read from the prompt cache nor written to it. */
  readonly input?: number;
  /** Tokens read from the prompt cache. */
  readonly cached?: number;
  /** Tokens written to the prompt cache for the short time (Anthropic: 5 minutes). */
  readonly cacheWrite?: number;
  /** Tokens written to the prompt cache for the long time (Anthropic: 1 hour, OpenAI: 12 hours). */
  readonly cacheWriteLong?: number;
  /** Tokens of the answer, with those of reasoning. */
  readonly output?: number;
}

/** Prices for a request with more than `above` input tokens. They hold for the whole request. */
export interface Step extends Rates {
  /** Tokens. */
  readonly above: number;
}

/** Prices, with steps in rising order of `above`. */
export interface Tariff extends Rates {
  /** None if the price is the same for requests of any size. */
  readonly steps?: readonly Step[];
}

/** A time of the day, in UTC, on some days of the week or on all. */
export interface Hours {
  /** 1 is Monday, 7 Sunday. */
  readonly days?: readonly number[];
  /** `"HH:MM"`. */
  readonly from: string;
  /** `"HH:MM"`, later than `from`; `"24:00"` at most. */
  readonly to: string;
}

/** When requests cost less, and what they cost then. Public holidays are not told. */
export interface OffPeak extends Tariff {
  /** When these prices hold. */
  readonly hours: readonly Hours[];
}

/** Who says so, and of which day it is. */
export interface Source {
  /** For people: a package, a page, a paper. */
  readonly name: string;
  /** Of a package. */
  readonly version?: string;
  /** `"YYYY-MM-DD"`, or `"YYYY-MM"` where no day is known. */
  readonly date: string;
  /** What the date is: the day on which the source was published, or on which somebody read it. */
  readonly dateIs?: "published" | "checked";
  /** Where it can be read. */
  readonly url?: string;
}

/** What another source says. */
export interface Differing {
  /** Who says so. */
  readonly source: Source;
  /** What it says, where that differs. */
  readonly rates: Rates;
}

/** What a model costs in one currency. */
export interface Price {
  /** Of all amounts in here. */
  readonly currency: Currency;
  /** Of synchronous requests; in hours of the peak, where the vendor has such. */
  readonly standard: Tariff;
  /** Of requests that wait for their answer. */
  readonly batch?: Tariff;
  /** Of synchronous requests in quiet hours, where the vendor has such. */
  readonly offPeak?: OffPeak;
  /** Of a web search: millionths of the currency per million calls. */
  readonly webSearch?: number;
  /** Of which day the price is: `"YYYY-MM-DD"` or `"YYYY-MM"`. */
  readonly asOf: string;
  /** Who says so. */
  readonly source: Source;
  /** The vendor's own page. */
  readonly url?: string;
  /** What other sources say of standard requests, where they differ. */
  readonly others?: readonly Differing[];
}

/** What a model takes in. */
export type Modality = "text" | "image" | "audio" | "video" | "pdf";

/** One model of one vendor. */
export interface Model {
  /** The vendor's own id, without the prefix of a provider. */
  readonly id: string;
  /** As the vendor writes it, for people. */
  readonly name: string;
  /** Who sells it, for people. */
  readonly vendor: string;
  /** Other ids of the same model. */
  readonly aliases: readonly string[];
  /** How it counts, if that is public. */
  readonly encoding?: EncodingName;
  /**
   * How sure a count is: `"exact"`, the ids of the reference; `"calibrated"`, rebuilt from recorded counts; `"estimated"`,
   * without an encoding.
   */
  readonly basis: "exact" | "calibrated" | "estimated";
  /** Why the encoding is taken to be this one, where the vendor has not said. */
  readonly assumption?: string;
  /** Why there is no encoding. */
  readonly notPublic?: string;
  /** Tokens that input and output share. */
  readonly window?: number;
  /** Tokens, where the vendor caps the input apart from the window. */
  readonly maxInput?: number;
  /** Tokens. */
  readonly maxOutput?: number;
  /** As far as the source says. Text first. */
  readonly modalities: readonly Modality[];
  /** `"YYYY-MM-DD"` or `"YYYY-MM"`, where the vendor's id has a date. */
  readonly released?: string;
  /** The day on which the vendor stops, or stopped, serving it. */
  readonly retires?: string;
  /** At most one per currency; none if no price is known. */
  readonly prices: readonly Price[];
}

/** What the yuan is taken to be worth: millionths of a yuan for a US dollar. A conversion for reading, not a bank's rate. */
export const rate: Conversion = RATE;

const MODALITIES: readonly Modality[] = ["text", "image", "audio", "video", "pdf"];

let all: readonly Model[] | undefined;
let byName: ReadonlyMap<string, ModelRow> | undefined;
const made: Map<ModelRow, Model> = new Map();

/** Returns the models in the order of a picker: by vendor, the newest family first. */
export function models(): readonly Model[] {
  all ??= MODELS.map(madeOf);
  return all;
}

/**
 * Returns the model of that id, as people write it: in capitals, with dots or dashes, with the prefix of a provider
 * (`openai/…`, `us.anthropic.…-v1:0`, `models/…`), a date (`@20250929`), `-latest` or `:free`. A fine-tuned model
 * (`ft:…`) is itself, not the one that it was made from. `undefined` if the book does not have it: another version is
 * never taken for it.
 *
 * # Complexity
 * O(length of the id); the first call goes through all names of the book.
 */
export function findModel(id: string): Model | undefined {
  byName ??= new Map(MODELS.flatMap((row) => namesOf(row).map((name) => [keyOf(name), row])));
  for (let name = bare(id); name !== "" && name.length <= LONGEST; name = withoutEnd(name)) {
    const row = byName.get(squeezed(name));
    if (row) return madeOf(row);
  }
  return undefined;
}

/** Returns the ids of the models whose names take the fewest changes, the nearest first. */
export function nearestModels(id: string, most = 3): string[] {
  const key = keyOf(id);
  const far = MODELS.map((row): [string, number] => [
    row[0],
    Math.min(...namesOf(row).map((name) => distance(keyOf(name), key))),
  ]);
  return far
    .sort(([, a], [, b]) => a - b)
    .slice(0, most)
    .map(([id]) => id);
}

function namesOf([id, , , aliases]: ModelRow): string[] {
  return aliases === null ? [id] : [id, ...aliases.split(" ")];
}

function keyOf(id: string): string {
  return squeezed(bare(id));
}

/** Returns an id as words, without what a provider or a tool puts around it. */
function bare(id: string): string {
  const name = id
    .trim()
    .replace(/\[[^\][]*\]$/, "")
    .replace(/:(?:free|beta|nitro|floor|exacto|extended|online|thinking)$/i, "")
    .replace(/-v\d+:\d+(?::\w+)?$/, "")
    .replace(/^(ft:[^:]+):.*$/i, "$1");
  return /^ft:/i.test(name) ? `ft-${words(name)}` : words(name);
}

/** Returns the name without a date or `-latest` at its end; empty if there is none. */
function withoutEnd(name: string): string {
  const shorter = name.replace(/-(?:latest|default|20\d\d-?[01]\d-?[0-3]\d|00\d)$/, "");
  return shorter === name ? "" : shorter;
}

/** A dash tells two numbers apart, and nothing else: gpt5.2 is gpt-5.2, but no gpt-52. */
function squeezed(name: string): string {
  return name.replace(/(?<!\d)-|-(?!\d)/g, "");
}

/** The same object for the same row. */
function madeOf(row: ModelRow): Model {
  const model = made.get(row) ?? modelOf(row);
  made.set(row, model);
  return model;
}

function modelOf(row: ModelRow): Model {
  const [id, name, vendor, , window, maxInput, maxOutput, letters, released, retires, ...prices] = row;
  const { encoding, assumption } = resolve(id) ?? {};
  return {
    id,
    name,
    vendor: VENDORS[vendor] ?? "",
    aliases: namesOf(row).slice(1),
    ...some("encoding", encoding),
    basis: encoding === undefined ? "estimated" : encodingInfo(encoding).basis,
    ...some("assumption", assumption),
    ...some("notPublic", encoding === undefined ? whyUnknown(id) : undefined),
    ...some("window", window),
    ...some("maxInput", maxInput),
    ...some("maxOutput", maxOutput),
    modalities: MODALITIES.filter(([letter = ""]) => letters.includes(letter)),
    ...some("released", released),
    ...some("retires", retires),
    prices: prices.map(priceOf),
  };
}

function priceOf(row: PriceRow): Price {
  const [currency, sourceAt, asOf, url, standard, batch, offPeak, webSearch, others] = row;
  const source = sourceOf(sourceAt);
  return {
    currency: currency === 1 ? "CNY" : "USD",
    standard: tariffOf(standard),
    ...some("batch", batch ? tariffOf(batch) : undefined),
    ...some("offPeak", offPeak ? offPeakOf(...offPeak) : undefined),
    ...some("webSearch", webSearch),
    asOf: asOf ?? source.date,
    source,
    ...some("url", (url === null ? undefined : URLS[url]) ?? source.url),
    ...some(
      "others",
      others?.map(([at, rates]) => ({ source: sourceOf(at), rates: ratesOf(rates) })),
    ),
  };
}

function sourceOf(at: number): Source {
  const source = SOURCES[at];
  if (source) return source;
  throw new RangeError(`the model book has no source ${at} of ${SOURCES.length}`);
}

function tariffOf([rates, ...steps]: TariffRow): Tariff {
  return {
    ...ratesOf(rates),
    ...(steps.length > 0 ? { steps: steps.map(([above, rates]) => ({ above, ...ratesOf(rates) })) } : {}),
  };
}

function offPeakOf(hours: readonly HoursRow[], tariff: TariffRow): OffPeak {
  return {
    ...tariffOf(tariff),
    hours: hours.map(([from, to, ...days]) => ({ ...(days.length > 0 ? { days } : {}), from, to })),
  };
}

function ratesOf([input, cached, cacheWrite, cacheWriteLong, output]: RatesRow): Rates {
  return {
    ...some("input", input),
    ...some("cached", cached),
    ...some("cacheWrite", cacheWrite),
    ...some("cacheWriteLong", cacheWriteLong),
    ...some("output", output),
  };
}

/** The property, if it is known. */
function some<K extends string, T>(key: K, value: T | null | undefined): { readonly [key in K]?: T } {
  return (value === null || value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: T };
}
