/**
 * Feeds the text of a host, a text field or an editor, to a meter. The meter comes later than the first keys, may be one in
 * a worker, and is another one when the model changes; the host only says what it holds and what was edited.
 */

import type { TokimeterError } from "./errors.js";
import type { Fit, FitOptions } from "./fit.js";
import type { Edit, SliceOptions, SpansIn } from "./live.js";
import type { MeterOptions, MeterSettings, Reading } from "./meter.js";
import type { Model } from "./models.js";

/** What a text is fed to: a `Meter`, or one in a worker, whose answers are promises. */
export interface Metered {
  /** What the book knows of the model; `undefined` if it does not know it. */
  readonly model: Model | undefined;
  /** For a model that is not known, the ids nearest to its name. */
  readonly nearest: readonly string[];
  /** Settles when the count is as good as it gets. */
  readonly ready: Promise<void>;
  /** How many UTF-16 code units the text has. */
  readonly length: number;
  /** What the meter shows; of one in a worker, what it showed last. */
  readonly reading: Reading;
  /** As `Meter.update`. */
  update(edits: readonly Edit[]): Reading | Promise<Reading>;
  /** As `Meter.replaceAsync`. */
  replaceAsync(from: number, to: number, insert: string, options?: SliceOptions): Promise<Reading>;
  /** As `Meter.configure`. */
  configure(settings: MeterSettings): Reading | Promise<Reading>;
  /** As `Meter.countRange`. */
  countRange(from: number, to: number): number | Promise<number>;
  /** As `Meter.spansIn`. */
  spansIn(from: number, to: number): SpansIn | Promise<SpansIn>;
  /** As `Meter.fit`. */
  fit(options?: FitOptions): Fit | Promise<Fit>;
  /** As `Meter.dispose`. */
  dispose(): void;
}

/** Makes a meter: `meter` of this package, or of a worker. */
export type MakeMeter = (model: string, options?: MeterOptions) => Promise<Metered>;

/** What all adapters take. */
export interface MeterHostOptions extends MeterSettings {
  /** The id of the model, as people write it. */
  readonly model: string;
  /** Makes the meter; that of the package, on this thread, if it is left out. */
  readonly meter?: MakeMeter;
  /** Hears of each reading: after an edit, and when the vocabulary has arrived. */
  readonly onReading?: (reading: Reading, meter: Metered) => void;
  /** Hears why there is no reading, or only an estimated one, though a better one was wanted. */
  readonly onError?: (error: unknown) => void;
}

/** An insertion of more code units is counted in slices. */
const LARGE = 65_536;

/** Feeds one text to a meter. */
export class Feed {
  readonly #text: () => string;
  readonly #options: MeterHostOptions;
  #model: string;
  #settings: MeterSettings;
  #meter: Metered | undefined;
  #making = new AbortController();
  /** The updates that the meter has not had yet. */
  #waiting: (readonly Edit[])[] = [];
  #isBusy = false;
  #isDisposed = false;
  /** How many answers were asked for: only the last one is told. */
  #asked = 0;
  /** The last of them that came. */
  #answered = 0;

  /** `text` returns what the host holds now. */
  constructor(text: () => string, options: MeterHostOptions) {
    const { model, meter: _meter, onReading: _onReading, onError: _onError, ...settings } = options;
    this.#text = text;
    this.#options = options;
    this.#model = model;
    this.#settings = settings;
    this.retry();
  }

  /** The meter, when it is there. */
  get meter(): Metered | undefined {
    return this.#meter;
  }

  /** The last reading, when there is one. */
  get reading(): Reading | undefined {
    return this.#ask(({ reading }) => reading);
  }

  /** Whether the meter has had all edits. */
  get isSettled(): boolean {
    return this.#meter !== undefined && this.#waiting.length === 0 && !this.#isBusy;
  }

  /**
   * Hands on updates that the host's text has had, one after the other; only the last one's reading is told. All positions
   * of an update are those of the text before it, sorted, and disjoint.
   */
  edit(...updates: readonly (readonly Edit[])[]): void {
    if (this.#making.signal.aborted) return;
    this.#waiting.push(...updates.filter(({ length }) => length > 0));
    this.#pump();
  }

  /** Asks the meter about a part of the text; `undefined` if it has not had all edits, or fails: one that is lost is made anew. */
  ask<T>(question: (meter: Metered) => T): T | undefined {
    return this.isSettled ? this.#ask(question) : undefined;
  }

  /** Counts for another model from now on. */
  setModel(model: string): void {
    if (model === this.#model) return;
    this.#model = model;
    this.retry();
  }

  /** Changes settings; those that are left out stay. */
  configure(settings: MeterSettings): void {
    const before = this.#settings;
    const after = { ...before, ...settings };
    this.#settings = after;
    // One that was lost is made again with these, and so is one that could not be made.
    if (!this.reading) {
      if (this.#making.signal.aborted) this.retry();
      return;
    }
    // What a meter refuses is not kept for the next one.
    const refused = (error: unknown): void => {
      if (this.#settings === after) this.#settings = before;
      this.#options.onError?.(error);
    };
    this.#tell((meter) => meter.configure(settings), refused);
  }

  /** Makes the meter anew from the host's text: after an error, or when edits are not known. */
  retry(): void {
    if (this.#isDisposed) return;
    this.#forget();
    this.#making = new AbortController();
    const { signal } = this.#making;
    this.#make(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#fail(error);
    });
  }

  /** Gives everything back. Nothing is told after that. */
  dispose(): void {
    this.#isDisposed = true;
    this.#forget();
  }

  #ask<T>(question: (meter: Metered) => T): T | undefined {
    try {
      return this.#meter && question(this.#meter);
    } catch (error) {
      // The engine has failed, on another text perhaps: this one is counted anew.
      if (mayRetry(error)) this.retry();
      return undefined;
    }
  }

  #forget(): void {
    this.#making.abort();
    this.#meter?.dispose();
    this.#meter = undefined;
    this.#waiting = [];
    this.#isBusy = false;
    this.#asked++;
  }

  async #make(signal: AbortSignal): Promise<void> {
    const settings = this.#settings;
    const make: MakeMeter = this.#options.meter ?? (await import("./meter.js")).meter;
    if (signal.aborted) return;
    // What was edited before now is in the text.
    this.#waiting = [];
    const meter = await make(this.#model, {
      ...settings,
      text: this.#text(),
      instant: true,
      signal,
      onReading: (reading) => {
        // An answer that is under way has what this one has, and the last edits too.
        if (!signal.aborted && this.isSettled && this.#answered === this.#asked) this.#tell(() => reading);
      },
    });
    if (signal.aborted) {
      meter.dispose();
      return;
    }
    this.#meter = meter;
    meter.ready.catch((error: unknown) => {
      if (!signal.aborted) this.#options.onError?.(error);
    });
    // Not awaited: what the host throws when it hears of the first reading is not why there is no meter.
    void this.#begin(meter.reading, settings);
  }

  /** Tells the first reading of a meter that was made with these settings, or what it reads with those that were asked for since. */
  async #begin(reading: Reading, settings: MeterSettings): Promise<void> {
    const asked = this.#settings;
    this.#settings = settings;
    if (asked === settings) this.#tell(() => reading);
    else this.configure(asked);
    this.#pump();
  }

  #pump(): void {
    while (this.#meter && !this.#isBusy) {
      const edits = this.#waiting.shift();
      if (!edits) return;
      const [{ from, to = from, insert = "" }] = edits as [Edit];
      if (insert.length > LARGE && edits.length === 1) {
        this.#slice(this.#meter, from, to, insert);
        return;
      }
      this.#tell((meter) => meter.update(edits));
    }
  }

  #slice(meter: Metered, from: number, to: number, insert: string): void {
    this.#isBusy = true;
    const { signal } = this.#making;
    const settled = (reading: Reading): void => {
      if (signal.aborted) return;
      this.#isBusy = false;
      this.#tell(() => reading);
      this.#pump();
    };
    meter.replaceAsync(from, to, insert, { signal }).then(settled, (error: unknown) => {
      if (!signal.aborted) this.#lost(error);
    });
  }

  /** Asks for a reading, and tells it if nothing was asked after it. */
  #tell(
    ask: (meter: Metered) => Reading | Promise<Reading>,
    failed: (error: unknown) => void = (error) => this.#lost(error),
  ): void {
    const asked = ++this.#asked;
    const meter = this.#meter;
    if (!meter) return;
    const answered = (reading: Reading): void => {
      if (asked !== this.#asked) return;
      this.#answered = asked;
      if (this.#waiting.length === 0) this.#options.onReading?.(reading, meter);
    };
    const refused = (error: unknown): void => {
      if (meter !== this.#meter) return;
      failed(error);
      // What was answered in the meantime was not told.
      if (asked === this.#asked) answered(meter.reading);
    };
    let reading: Reading | Promise<Reading>;
    try {
      reading = ask(meter);
    } catch (error) {
      refused(error);
      return;
    }
    if (reading instanceof Promise) reading.then(answered, refused);
    else answered(reading);
  }

  /** The meter's text is not the host's any more, or there is none. */
  #lost(error: unknown): void {
    if (mayRetry(error)) this.retry();
    else this.#fail(error);
  }

  #fail(error: unknown): void {
    this.#forget();
    this.#options.onError?.(error);
  }
}

/** Whether the meter has another text than the host, or none any more. */
function mayRetry(error: unknown): boolean {
  return error instanceof RangeError || (error as TokimeterError).code === "trap";
}
