/**
 * The view plugin that owns the meter's text. It reads at once where the meter is on this thread, and dispatches nothing within an
 * update: what it has to tell the state goes into one transaction behind the update, in a microtask, when no input that the
 * view has not read can be under way.
 */

import type { EditorState, StateEffect } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { Feed } from "../feed.js";
import type { MeterSettings, Reading } from "../meter.js";
import type { boxes } from "./boxes.js";
import { config, setReading, type TokenMeterOptions, tokenReading } from "./config.js";
import { Panel } from "./panel.js";
import { characterAt, editsOf, toDocument, toText } from "./text.js";

class Host {
  colors: DecorationSet = Decoration.none;
  beyond: DecorationSet = Decoration.none;
  readonly panel: Panel;
  readonly #view: EditorView;
  #boxes: typeof boxes | undefined;
  readonly #made: Decoration[] = [];
  #feed: Feed;
  #reading: Reading | undefined;
  #selected: readonly number[] = [];
  #error: unknown;
  #isUpdating = false;
  #isScheduled = false;
  #isDestroyed = false;
  /** Whether the next update has to colour the tokens anew. */
  #mustColor = true;
  /** Whether there are decorations that no update has taken. */
  #mustRedraw = false;
  /** Whether there is a reading that `onReading` has not heard. */
  #mustTell = false;

  constructor(view: EditorView) {
    this.#view = view;
    this.panel = new Panel(view, () => {
      this.#error = undefined;
      this.#feed.retry();
      this.#show();
    });
    this.#feed = this.#start();
    this.#show();
  }

  update(update: ViewUpdate): void {
    const { startState, state, docChanged, changes } = update;
    const before = startState.facet(config);
    const options = this.#options;
    this.#isUpdating = true;
    if (docChanged) this.beyond = this.beyond.map(changes);
    if (startState.lineBreak !== state.lineBreak) {
      this.#mustColor = true;
      this.#feed.retry();
    } else if (docChanged) this.#feed.edit(editsOf(update));
    if (before !== options) this.#configure(before, options);
    if (!options.colors) this.colors = Decoration.none;
    else if (docChanged || update.viewportChanged || this.#mustColor) {
      if (!this.#color()) this.colors = this.colors.map(changes);
    }
    if (docChanged || update.selectionSet) this.#select();
    this.#isUpdating = this.#mustRedraw = false;
    this.#show();
    this.schedule();
  }

  /** Tells soon what there is to be told. */
  schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      if (!this.#isDestroyed) this.#tell();
    });
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#feed.dispose();
  }

  get #options(): TokenMeterOptions {
    return this.#view.state.facet(config);
  }

  #start(): Feed {
    return new Feed(() => this.#view.state.sliceDoc(), {
      ...this.#options,
      onReading: (reading) => this.#heard(reading),
      onError: (error) => this.#failed(error),
    });
  }

  #configure(before: TokenMeterOptions, now: TokenMeterOptions): void {
    const settings = settingsOf(now);
    const isNew =
      this.#error !== undefined ||
      before.model !== now.model ||
      before.meter !== now.meter ||
      Object.keys(settingsOf(before)).some((key) => !(key in settings));
    this.#error = undefined;
    this.#mustColor = true;
    if (isNew) {
      this.#reading = undefined;
      this.beyond = this.colors = Decoration.none;
      this.#feed.dispose();
      this.#feed = this.#start();
    } else this.#feed.configure(settings);
    if (now.overflow === false) this.beyond = Decoration.none;
  }

  #heard(reading: Reading): void {
    // Of a text before a large insertion that is still being counted.
    if (!this.#feed.isSettled) return;
    const { state } = this.#view;
    const { basis, overflowAt } = this.#reading ?? {};
    this.#reading = inDocument(state, reading);
    this.#mustTell = true;
    this.#mustColor ||= basis !== reading.basis;
    if (this.#options.overflow !== false) this.beyond = beyond(state, this.#reading.overflowAt);
    if (this.#isUpdating) return;
    this.#mustRedraw ||= overflowAt !== this.#reading.overflowAt;
    this.#select();
    this.#late();
  }

  #failed(error: unknown): void {
    this.#error = error;
    if (!this.#feed.meter) this.#reading = undefined;
    queueMicrotask(() => {
      if (!this.#isDestroyed) this.#options.onError?.(error);
    });
    this.#late();
  }

  /** Shows and tells what came outside of an update. */
  #late(): void {
    this.#show();
    // A composition is not disturbed: the next update tells, or its end.
    if (!this.#view.composing) this.schedule();
  }

  /** Colours the tokens in view; returns whether that is done, and not only asked for. */
  #color(): boolean {
    const { state, visibleRanges } = this.#view;
    const spans = this.#feed.ask((meter) =>
      visibleRanges.map(({ from, to }) => meter.spansIn(toText(state, from), toText(state, to))),
    );
    const draw = this.#boxes;
    this.#mustColor = !this.#feed.isSettled;
    if (!spans) return false;
    if (!draw) {
      import("./boxes.js").then(
        ({ boxes }) => {
          this.#boxes = boxes;
          this.#mustColor = true;
          this.#late();
        },
        (error: unknown) => this.#failed(error),
      );
      return false;
    }
    return whenAll(spans, (parts) => {
      if (state.doc !== this.#view.state.doc) return;
      this.colors = draw(state, parts, this.#made);
      if (this.#isUpdating) return;
      this.#mustRedraw = true;
      this.#late();
    });
  }

  /** Counts what is selected. */
  #select(): void {
    const { state } = this.#view;
    // One whose text another change has replaced may end before it begins.
    const ranges = state.selection.ranges.filter(({ from, to }) => from < to);
    const counts = this.#feed.ask((meter) =>
      ranges.map(({ from, to }) => meter.countRange(toText(state, from), toText(state, to))),
    );
    whenAll(counts ?? [], (counts) => {
      const now = this.#view.state;
      if (state.doc !== now.doc || state.selection !== now.selection) return;
      this.#selected = counts;
      if (!this.#isUpdating) this.#show();
    });
  }

  #show(): void {
    const { meter, isSettled } = this.#feed;
    this.panel.show({
      reading: this.#reading,
      context: this.#options.context,
      meter,
      isSettled,
      selected: this.#selected,
      error: this.#error,
    });
  }

  /** Tells the state, which draws too, and who else wants to hear. */
  #tell(): void {
    const view = this.#view;
    const reading = this.#reading;
    const last = view.state.field(tokenReading, false);
    const effects: StateEffect<unknown>[] = [];
    if (valuesOf(last) !== valuesOf(reading)) {
      effects.push(setReading.of(reading));
      const isHeard = this.#options.announce !== false;
      if (isHeard && last && reading && last.basis === reading.basis && last.level !== reading.level) {
        const { panel } = this;
        effects.push(EditorView.announce.of(panel.say("Token meter: $", panel.level(reading))));
      }
    }
    const mustColor = this.#mustColor && this.#options.colors && this.#feed.isSettled;
    if (effects.length > 0 || this.#mustRedraw || mustColor) view.dispatch({ effects, filter: false });
    const { meter } = this.#feed;
    if (!this.#mustTell || !reading || !meter) return;
    this.#mustTell = false;
    this.#options.onReading?.(reading, meter);
  }
}

/** The plugin; see `tokenMeter`. */
export const host: ViewPlugin<Host> = ViewPlugin.fromClass(Host, {
  provide: (plugin) =>
    (["beyond", "colors"] as const).map((marks) =>
      EditorView.decorations.of((view) => view.plugin(plugin)?.[marks] ?? Decoration.none),
    ),
  eventObservers: {
    compositionend() {
      // What the composition brought is read in a microtask, or was read before.
      setTimeout(() => this.schedule());
    },
  },
});

/** Returns what the meter takes of the options. */
function settingsOf(options: TokenMeterOptions): MeterSettings {
  const { model, meter, onReading, onError, panel, colors, overflow, announce, ...settings } = options;
  return settings;
}

/** Returns a reading whose `overflowAt` is a position of the document, at the beginning of a character. */
function inDocument(state: EditorState, reading: Reading): Reading {
  if (reading.overflowAt === undefined) return reading;
  // The next reading puts right what is of an older document.
  const at = Math.min(state.doc.length, toDocument(state, reading.overflowAt)(reading.overflowAt));
  return { ...reading, overflowAt: characterAt(state.doc.lineAt(at), at) };
}

/** Returns the mark of what is beyond the limit. */
function beyond(state: EditorState, from: number | undefined): DecorationSet {
  const to = state.doc.length;
  if (from === undefined || from >= to) return Decoration.none;
  const attributes = { title: state.phrase("beyond the limit") };
  return Decoration.set(Decoration.mark({ class: "cm-tokenMeter-beyond", attributes }).range(from, to));
}

/** Returns what is in a reading, to compare it with another one. */
function valuesOf(reading: Reading | undefined): string {
  return Object.values({ ...reading?.cost, ...reading }).join();
}

/** Calls at once if all answers are there, else later, or never if one fails; returns whether it was at once. */
function whenAll<T extends object | number>(
  answers: readonly (T | Promise<T>)[],
  call: (all: readonly T[]) => void,
): boolean {
  const isLate = answers.some((answer) => answer instanceof Promise);
  if (isLate) Promise.all(answers).then(call, () => {});
  else call(answers as readonly T[]);
  return !isLate;
}
