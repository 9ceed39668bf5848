/**
 * The meters of the editor: by the vocabulary that the site has loaded, so that a failure is told and mended in one place, and with large
 * insertions that say how far they are and can be stopped.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { estimate, type MakeMeter, type Meter, meterBy, type Progress, type SliceOptions } from "tokimeter";
import type { PickedModel } from "../../state/catalogue.ts";
import { whenReady } from "../../text/vocabulary.ts";

/** Code units from which a text is counted in slices. */
const LARGE = 65_536;
const NOTHING = { done: 0, tokens: 0 };

export class Counting {
  /** How far a large insertion is. */
  readonly progress: Signal<Progress | undefined> = signal(undefined);
  /** Whether the reader stopped it. */
  readonly isStopped: Signal<boolean> = signal(false);
  readonly #picked: ReadonlySignal<PickedModel>;
  #work: AbortController | undefined;

  constructor(picked: ReadonlySignal<PickedModel>) {
    this.#picked = picked;
  }

  /** Returns what makes meters. Each one that it returns is another one, which has the editor begin anew. */
  maker(): MakeMeter {
    return async (model, { text = "", ...options } = {}) => {
      const { encoding } = this.#picked.peek();
      const ready = whenReady(encoding);
      // What the hints are counted by waits for no vocabulary that does not come.
      const tokenizer = options.instant ? ready : ready.catch(() => estimate(encoding));
      if (!options.instant || text.length < LARGE)
        return this.#watched(await meterBy(tokenizer, { ...options, model, text }), options.instant);
      const meter = this.#watched(await meterBy(tokenizer, { ...options, model }), true);
      await meter.replaceAsync(0, 0, text, options.signal ? { signal: options.signal } : {});
      return meter;
    };
  }

  /** Stops a large insertion. */
  stop(): void {
    if (!this.#work) return;
    this.isStopped.value = true;
    this.#work.abort();
  }

  /** Has a meter say how far its large insertions are, if it is the editor's. */
  #watched(meter: Meter, isEditors = false): Meter {
    if (!isEditors) return meter;
    const replace = meter.replaceAsync.bind(meter);
    meter.replaceAsync = async (from, to, insert, { signal }: SliceOptions = {}) => {
      const work = new AbortController();
      this.#work = work;
      this.progress.value = { ...NOTHING, total: insert.length };
      const onProgress = (progress: Progress): void => {
        if (this.#work === work) this.progress.value = progress;
      };
      try {
        const stopped = signal ? AbortSignal.any([signal, work.signal]) : work.signal;
        return await replace(from, to, insert, { signal: stopped, onProgress });
      } finally {
        if (this.#work === work) {
          this.#work = undefined;
          this.progress.value = undefined;
        }
      }
    };
    return meter;
  }
}
