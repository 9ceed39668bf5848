/** What the extension is told, and what it tells the state. */

import { Facet, StateEffect, type StateEffectType, StateField } from "@codemirror/state";
import type { MeterHostOptions } from "../feed.js";
import type { Reading } from "../meter.js";

/**
 * How to count in an editor. `onReading` hears what `readingOf` returns, once a task at most and outside of updates, so it may
 * dispatch.
 */
export interface TokenMeterOptions extends MeterHostOptions {
  /** Where the panel is, if there is one; at the bottom if it is left out. */
  readonly panel?: "top" | "bottom" | false;
  /** Whether the tokens in view are coloured; not if it is left out. */
  readonly colors?: boolean;
  /** Whether what is beyond the limit is marked; it is if it is left out. */
  readonly overflow?: boolean;
  /** Whether a change of the level is told to screen readers; it is if it is left out. */
  readonly announce?: boolean;
}

/** Where none is given there is no plugin that would count for it. */
export const config: Facet<TokenMeterOptions, TokenMeterOptions> = Facet.define({
  combine: ([first = { model: "" }]) => first,
});

export const setReading: StateEffectType<Reading | undefined> = StateEffect.define();

/** What the meter reads, see `readingOf`. Its `overflowAt` is a position of the document, at the beginning of a character. */
export const tokenReading: StateField<Reading | undefined> = StateField.define<Reading | undefined>({
  create: () => undefined,
  update(reading, { effects }) {
    const told = effects.findLast((effect) => effect.is(setReading));
    return told ? told.value : reading;
  },
});
