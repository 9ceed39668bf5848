/**
 * The meter: a text under edit, the model that it is for and what that costs, as one reading.
 *
 * Long because a third of it says what each field of a reading means.
 */

import { resolve } from "./encodings.js";
import { isTrap, TokimeterError } from "./errors.js";
import { estimate } from "./estimate.js";
import type { Fit, FitOptions } from "./fit.js";
import type { Edit, LiveText, SliceOptions, SpansIn } from "./live.js";
import type { Currency, Model, Source } from "./models.js";
import { whole } from "./numbers.js";
import { type Bill, type Conversion, price, type Tier } from "./price.js";
import { type LoadOptions, load, type Tokenizer } from "./tokenizer.js";

/** What may change while one types. */
export interface MeterSettings {
  /** Tokens of all that is sent besides the text: instructions, history, the chat's frame. None if it is left out. */
  readonly context?: number;
  /** How many of these are read from the prompt cache. None if it is left out. */
  readonly cached?: number;
  /** Tokens of the window that are kept free for the reply; they are billed as output. None if it is left out. */
  readonly reserveOutput?: number;
  /** The currency of the cost; what the vendor states first if it is left out. */
  readonly currency?: Currency;
  /** The conversion into that currency; the dated one of the book if it is left out. */
  readonly rate?: Conversion;
  /** Whether the request is made in a batch. */
  readonly batch?: boolean;
  /** The share of the room from which the level is `"near"`; 0.8 if it is left out. */
  readonly near?: number;
}

/** How to make a meter. */
export interface MeterOptions extends MeterSettings, LoadOptions {
  /** The text in the beginning. */
  readonly text?: string;
  /** Whether not to wait for the vocabulary: until it is there the meter estimates. */
  readonly instant?: boolean;
  /** Hears of a new reading that no call has returned: when the vocabulary has arrived. */
  readonly onReading?: (reading: Reading) => void;
}

/** What the text would cost if it were sent now. All amounts are in 10⁻¹² of the currency; see `decimal`. */
export interface Cost {
  /** Of the text and the context that is not read from the cache. */
  readonly input: bigint | undefined;
  /** Of the context that is read from the cache. */
  readonly cached: bigint | undefined;
  /** Of the reply that is reserved. */
  readonly output: bigint | undefined;
  /** `undefined` if a part of it is not known. */
  readonly total: bigint | undefined;
  /** The total if the text has `low` tokens. */
  readonly low: bigint | undefined;
  /** The total if the text has `high` tokens. */
  readonly high: bigint | undefined;
  /** Of all amounts in here. */
  readonly currency: Currency;
  /** The tariff by which it is billed. */
  readonly tier: Tier;
  /** The price step: the request has more input tokens than this. */
  readonly above: number | undefined;
  /** The date of the prices. */
  readonly asOf: string;
  /** Who says what the prices are. */
  readonly source: Source;
  /** How the amounts were converted, if the vendor does not state this currency. */
  readonly converted: Bill["converted"];
}

/** What the meter shows. What is not known is `undefined`. */
export interface Reading {
  /** Tokens of the text. */
  readonly tokens: number;
  /** `"exact"`: the reference's count. `"calibrated"`: rebuilt from recorded counts. `"estimated"`: by kinds of text. */
  readonly basis: "exact" | "calibrated" | "estimated";
  /** The text has hardly less tokens than this; `tokens` itself if it is exact. */
  readonly low: number;
  /** The text has hardly more tokens than this. */
  readonly high: number;
  /** Tokens that input and output of the model share. */
  readonly window: number | undefined;
  /** Tokens that still fit besides context and reply; negative: that are too many. */
  readonly remaining: number | undefined;
  /** `"over"`: it does not fit. `"near"`: it nearly or perhaps does not. It goes back a little later than it came. */
  readonly level: "ok" | "near" | "over" | undefined;
  /** Where in the text, in UTF-16 code units, what fits ends; `undefined` if all of it fits. */
  readonly overflowAt: number | undefined;
  /** `undefined` if no price of the model is known. */
  readonly cost: Cost | undefined;
}

/** By how many tokens a level is left later than it is reached, at most: one letter more can be a token less. */
const HYSTERESIS = 16;
const MOST = 0xffff_ffff;

/** A text under edit, read as tokens and money. Nothing needs to be freed. */
export class Meter {
  #live: LiveText;
  #tokenizer: Tokenizer<string>;
  #settings: MeterSettings;
  #level: Reading["level"] = "ok";
  /** The updates since the text was handed over, while it is to be counted better. */
  #since: (readonly Edit[])[] | undefined;
  /** Settles when no `replaceAsync` is under way. */
  #written: Promise<unknown> = Promise.resolve();
  #isDisposed = false;
  readonly #rate: Conversion;
  /** What the book knows of the model; `undefined` if it does not know it. */
  readonly model: Model | undefined;
  /** For a model that is not known, the ids nearest to its name. */
  readonly nearest: readonly string[];
  /** Settles when the count is as good as it gets; rejects as `load` does, and the meter goes on estimating. */
  readonly ready: Promise<void>;

  /** @internal Use `meter`. */
  constructor(
    about: About,
    tokenizer: Tokenizer<string>,
    live: LiveText,
    options: MeterOptions,
    better?: Promise<Tokenizer<string>>,
  ) {
    this.model = about.model;
    this.nearest = about.nearest;
    this.#rate = about.rate;
    this.#tokenizer = tokenizer;
    this.#live = live;
    const { text: _text, signal: _signal, onReading: _onReading, ...settings } = options;
    this.#settings = checked(settings);
    this.ready = better ? this.#improve(better, options) : Promise.resolve();
    // Whoever does not ask need not hear of it.
    this.ready.catch(() => {});
  }

  /** What counts: exact, calibrated or estimated. */
  get tokenizer(): Tokenizer<string> {
    return this.#tokenizer;
  }

  /** The text, put together anew each time: linear. */
  get text(): string {
    return this.#live.text;
  }

  /** How many UTF-16 code units the text has. */
  get length(): number {
    return this.#live.length;
  }

  /** What the meter shows now. */
  get reading(): Reading {
    const live = this.#live;
    const { tokens, low, high } = live.range();
    const { context = 0 } = this.#settings;
    const room = this.#room;
    const overflowAt = room === undefined || tokens <= room ? undefined : live.offsetOf(Math.max(0, room));
    return {
      tokens,
      basis: this.#tokenizer.basis,
      low,
      high,
      window: this.model?.window,
      remaining: room === undefined ? undefined : room - tokens,
      level: this.#levelOf(context + tokens, context + high, room === undefined ? undefined : room + context),
      overflowAt,
      cost: this.#costOf(tokens, low, high),
    };
  }

  /**
   * Makes several replacements at once. All positions are those of the text before. It costs what they change.
   * @throws {RangeError} and {@link TokimeterError} as `LiveText.update`; the text is then as it was.
   */
  update(edits: readonly Edit[]): Reading {
    this.#live.update(edits);
    this.#since?.push(edits.map((edit) => ({ ...edit })));
    return this.reading;
  }

  /**
   * Replaces a part of the text.
   * @throws {RangeError} as `LiveText.replace`; the text is then as it was.
   */
  replace(from: number, to: number, insert: string): Reading {
    return this.update([{ from, to, insert }]);
  }

  /** Replaces the whole text. Linear in both. */
  reset(text: string): Reading {
    return this.replace(0, this.length, text);
  }

  /**
   * Replaces a part of the text by a large one in slices, so that the page never stalls. Until the promise settles, an edit
   * throws.
   * @throws {RangeError} and {@link TokimeterError} as `LiveText.replaceAsync`; the text is then as it was.
   */
  async replaceAsync(from: number, to: number, insert: string, options?: SliceOptions): Promise<Reading> {
    const written = this.#live.replaceAsync(from, to, insert, options);
    this.#written = Promise.allSettled([this.#written, written]);
    await written;
    this.#since?.push([{ from, to, insert }]);
    return this.reading;
  }

  /**
   * Changes settings; those that are left out stay.
   * @throws {RangeError} if a number of tokens is none, `near` is not from 0 to 1, or `rate` is not in whole millionths; the settings are then as they were.
   */
  configure(settings: MeterSettings): Reading {
    this.#settings = checked({ ...this.#settings, ...settings });
    return this.reading;
  }

  /** Returns what of the text would be kept: the part that fits beside context and reply. All of it if no window is known. */
  fit(options: FitOptions = {}): Fit {
    return this.#live.fit(Math.min(MOST, Math.max(0, this.#room ?? MOST)), options);
  }

  /**
   * Returns how many tokens a part of the text is when it stands alone. What is between its two ends is not counted anew.
   * @throws {RangeError} if a position is not in the text.
   */
  countRange(from: number, to: number): number {
    return this.#live.countRange(from, to);
  }

  /**
   * Returns the tokens that have a part in `from` to `to`; none where only counts are known.
   * @throws {RangeError} if a position is not in the text.
   */
  spansIn(from: number, to: number): SpansIn {
    return this.#live.spansIn(from, to);
  }

  /** Gives the memory back. The meter cannot be used after that. */
  dispose(): void {
    this.#isDisposed = true;
    this.#live.dispose();
  }

  /** As {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Tokens that the text may have. */
  get #room(): number | undefined {
    const { window = Infinity, maxInput = Infinity } = this.model ?? {};
    const { context = 0, reserveOutput = 0 } = this.#settings;
    const room = Math.min(maxInput, window - reserveOutput) - context;
    return room === Infinity ? undefined : room;
  }

  #levelOf(tokens: number, high: number, limit: number | undefined): Reading["level"] {
    if (limit === undefined) return undefined;
    const { near = 0.8 } = this.#settings;
    const late = Math.min(HYSTERESIS, Math.ceil(Math.max(0, limit) / 100));
    const over = limit - (this.#level === "over" ? late : 0);
    const nearly = limit * near - (this.#level === "ok" ? 0 : late);
    if (tokens > over) this.#level = "over";
    else this.#level = tokens >= nearly || high > limit ? "near" : "ok";
    return this.#level;
  }

  #costOf(tokens: number, low: number, high: number): Cost | undefined {
    const { model } = this;
    if (model === undefined || model.prices.length === 0) return undefined;
    const { context = 0, cached = 0, reserveOutput: output = 0, batch = false, currency } = this.#settings;
    const { rate = this.#rate } = this.#settings;
    const options = { batch, rate, ...(currency && { currency }) };
    const billOf = (text: number): Bill =>
      price(model, { input: context - cached + text, cached, output }, options);
    const bill = billOf(tokens);
    if (bill.asOf === undefined || bill.source === undefined) return undefined;
    const amount = (kind: string): bigint | undefined =>
      bill.lines.find((line) => line.kind === kind)?.amount;
    return {
      input: amount("input"),
      cached: amount("cached"),
      output: amount("output"),
      total: bill.total,
      low: low === tokens ? bill.total : billOf(low).total,
      high: high === tokens ? bill.total : billOf(high).total,
      currency: bill.currency,
      tier: bill.tier,
      above: bill.above,
      asOf: bill.asOf,
      source: bill.source,
      converted: bill.converted,
    };
  }

  /** Counts with a better tokenizer from when it is there. Edits go on meanwhile, and are made again on its text. */
  async #improve(
    better: Promise<Tokenizer<string>>,
    { signal, onReading, text = "" }: MeterOptions,
  ): Promise<void> {
    const since: (readonly Edit[])[] = [];
    this.#since = since;
    let tokenizer: Tokenizer<string>;
    let live: LiveText;
    try {
      tokenizer = await better;
      if (tokenizer.basis === "estimated" || this.#isDisposed) return;
      live = await tokenizer.liveAsync(text, signal && { signal });
      for (let made = 0; ; made++) {
        await this.#allWritten();
        const edits = since[made];
        if (!edits) break;
        // Their positions are those of the text before: from behind, each still finds its own.
        for (const { from, to = from, insert = "" } of edits.toReversed())
          await live.replaceAsync(from, to, insert);
      }
    } catch (error) {
      // The estimate was in the engine that has failed.
      if (isTrap(error) && !this.#isDisposed) {
        this.#live = this.#tokenizer.live(text);
        for (const edits of since) this.#live.update(edits);
      }
      throw error;
    } finally {
      this.#since = undefined;
    }
    if (this.#isDisposed) {
      live.dispose();
      return;
    }
    this.#live.dispose();
    this.#live = live;
    this.#tokenizer = tokenizer;
    onReading?.(this.reading);
  }

  async #allWritten(): Promise<void> {
    for (let written: unknown; written !== this.#written; ) {
      written = this.#written;
      await written;
    }
  }
}

interface About {
  readonly model: Model | undefined;
  readonly nearest: readonly string[];
  readonly rate: Conversion;
}

/**
 * Makes a meter for a model, by its id as people write it. The engine, the model's vocabulary and the book of models are loaded.
 *
 * No model is an error: where the vocabulary is not public, is not shipped because of its licence, or where the model is not known, the
 * count is an estimate with a range. What is not known of a model is `undefined` in the reading.
 *
 * @throws {TokimeterError} as `load`, but for `unknown-encoding` and `not-shipped`.
 * @throws {RangeError} as `configure`.
 */
export async function meter(id: string, options: MeterOptions = {}): Promise<Meter> {
  checked(options);
  const book = import("./models.js");
  return made(id, bestOf(id, book, options), options, book);
}

/**
 * Makes a meter that counts with a tokenizer of one's own: one of a file, by `loadJson`. Where `model` is given, the meter has what the
 * book knows of that model. With `instant` and a promise of a tokenizer it estimates until that is there.
 *
 * @throws {RangeError} as `configure`; and what the promise rejects with.
 */
export async function meterBy(
  tokenizer: Tokenizer<string> | Promise<Tokenizer<string>>,
  options: MeterOptions & { readonly model?: string } = {},
): Promise<Meter> {
  checked(options);
  return made(options.model, Promise.resolve(tokenizer), options);
}

async function made(
  id: string | undefined,
  better: Promise<Tokenizer<string>>,
  options: MeterOptions,
  book: Promise<typeof import("./models.js")> = import("./models.js"),
): Promise<Meter> {
  const instant = async (): Promise<Tokenizer<string>> => estimate(id ?? "");
  // The first of the two that is there; a vocabulary that was loaded before is there at once.
  const tokenizer = await (options.instant ? Promise.race([better.catch(instant), instant()]) : better);
  const { findModel, nearestModels, rate } = await book;
  const model = id === undefined ? undefined : findModel(id);
  const about = { model, nearest: id === undefined || model ? [] : nearestModels(id), rate };
  const { text = "", signal } = options;
  const live = await tokenizer.liveAsync(text, signal && { signal });
  return new Meter(about, tokenizer, live, options, tokenizer.basis === "estimated" ? better : undefined);
}

async function bestOf(
  id: string,
  book: Promise<typeof import("./models.js")>,
  options: LoadOptions,
): Promise<Tokenizer<string>> {
  const name = resolve(id) ? id : (await book).findModel(id)?.encoding;
  if (name === undefined) return estimate(id);
  try {
    return await load(name, options);
  } catch (error) {
    if (error instanceof TokimeterError && error.code === "not-shipped") return estimate(id);
    throw error;
  }
}

function checked(settings: MeterSettings): MeterSettings {
  const { context = 0, cached = 0, reserveOutput = 0, near = 0.8 } = settings;
  for (const [name, value] of Object.entries({ context, cached, reserveOutput })) {
    if (!(Number.isSafeInteger(value) && value >= 0 && value <= MOST))
      throw new RangeError(
        `${name} is a number of tokens, an integer from 0 to ${MOST}, not ${String(value)}`,
      );
  }
  if (cached > context) throw new RangeError(`cached, ${cached}, is a part of context, which is ${context}`);
  if (!(near >= 0 && near <= 1)) throw new RangeError(`near is a share from 0 to 1, not ${String(near)}`);
  if (settings.rate) whole(settings.rate.cnyPerUsd, "cnyPerUsd, in millionths,", 1);
  return settings;
}
