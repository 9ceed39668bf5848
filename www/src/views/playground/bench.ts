/**
 * What the playground knows of its text, as signals: the reading, what is selected, what the last edit did, the hints. It owns the editor
 * for as long as the view is shown.
 */

import type { EditorView, ViewUpdate } from "@codemirror/view";
import {
  batch,
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";
import { type Metered, type Progress, type Reading, type Tokenizer, TokimeterError } from "tokimeter";
import type { TokenMeterOptions } from "tokimeter/codemirror";
import { pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency, language, reserve, theme } from "../../state/settings.ts";
import { currentText, edited, release, textVersion } from "../../state/text.ts";
import { revise } from "../../text/difference.ts";
import { TextCounter, type TextStats } from "../../text/text-stats.ts";
import { type Vocabulary, vocabulary } from "../../text/vocabulary.ts";
import { Counting } from "./counting.ts";
import { Editor } from "./editor.ts";
import { HINTS_LIMIT, hintsOf, type PlacedHint, relint, savingsOf, textWith } from "./hint-list.ts";
import { type Edit, LastEdit } from "./last-edit.ts";
import { keptReserve } from "./room.ts";
import { type BoxOptions, recolour } from "./token-boxes.ts";
import { type TokenList, tokensIn } from "./token-facts.ts";
import { tokenTips } from "./token-tips.ts";

/** Code units beyond which characters and words wait for a pause. */
const LONG = 200_000;
const PAUSE_MS = 400;

export type Count =
  | { readonly kind: "waiting" | "stopped" }
  | { readonly kind: "counting"; readonly progress: Progress }
  | { readonly kind: "counted"; readonly reading: Reading };

export interface Selected {
  /** How many tokens the selection is when it stands alone. */
  readonly tokens: number;
  readonly isEmpty: boolean;
  readonly list: TokenList | undefined;
}

/** What was found. */
export type Hints =
  | { readonly kind: "pending" | "empty" | "too-long" }
  | { readonly kind: "found"; readonly hints: readonly PlacedHint[] };

export class Bench {
  readonly vocabulary: ReadonlySignal<Vocabulary> = computed(
    () => vocabulary(pickedModel.value.encoding).value,
  );
  readonly count: ReadonlySignal<Count> = computed(() => {
    if (this.#counting.isStopped.value) return { kind: "stopped" };
    const progress = this.#counting.progress.value;
    if (progress) return { kind: "counting", progress };
    const reading = this.#reading.value;
    return reading ? { kind: "counted", reading } : { kind: "waiting" };
  });
  readonly edit: Signal<Edit | undefined> = signal(undefined);
  readonly stats: Signal<TextStats | undefined> = signal({ characters: 0, words: 0 });
  readonly selected: Signal<Selected | undefined> = signal(undefined);
  readonly hints: Signal<Hints> = signal({ kind: "pending" });
  /** What all savings together save. */
  readonly together: Signal<number | undefined> = signal(undefined);
  readonly isColoured: Signal<boolean> = signal(true);
  readonly hasIds: Signal<boolean> = signal(false);
  readonly #reading: Signal<Reading | undefined> = signal(undefined);
  readonly #counting: Counting = new Counting(pickedModel);
  readonly #lastEdit: LastEdit = new LastEdit();
  readonly #counter: TextCounter = new TextCounter(() => this.#showStats());
  #make: TokenMeterOptions["meter"] = this.#counting.maker();
  #meter: Metered | undefined;
  #editor: Editor | undefined;
  #stops: (() => void)[] = [];
  #text = "";
  #frame = 0;
  #timer = 0;
  #saving = new AbortController();
  #model = "";
  #encoding = "";
  #kind: Vocabulary["kind"] = "loading";
  /** Whether the vocabulary was there, or failed, before. */
  #hasSettled = false;
  #hasSearched = false;
  /** Whether what all savings save together is not being counted yet. */
  #isSumDue = false;
  #version = textVersion.peek();
  /** Whether a new version of the text is the editor's own. */
  #isEditing = false;

  /** The editor, while the view is shown. */
  get view(): EditorView | undefined {
    return this.#editor?.view;
  }

  /** Makes the editor; returns what gives it back. */
  mount(parent: HTMLElement): () => void {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const isDark = (): boolean => theme.value === "dark" || (theme.value === "auto" && dark.matches);
    const editor = new Editor({
      parent,
      text: currentText(),
      meter: this.#options(),
      boxes: this.#boxes(),
      tips: tokenTips(
        () => this.#exact,
        () => this.#tokenizer,
      ),
      isDark: isDark(),
      updated: (update) => this.#updated(update),
      searched: () => this.#searched(),
    });
    this.#editor = editor;
    const themed = (): void => editor.setDark(isDark());
    dark.addEventListener("change", themed);
    this.#stops = [
      effect(() => this.#pick()),
      effect(() => editor.setBoxes(this.#boxes())),
      effect(themed),
      effect(() => {
        language.value;
        editor.setLanguage();
        editor.view.dispatch({ effects: [relint.of(null), recolour.of(null)] });
      }),
      effect(() => this.#follow()),
      effect(() => {
        const version = textVersion.value;
        if (version !== this.#version) untracked(() => this.#takeOver(editor));
        this.#version = version;
      }),
      () => dark.removeEventListener("change", themed),
    ];
    this.#schedule();
    return () => this.#unmount();
  }

  /** Stops a large count. */
  stop(): void {
    this.#counting.stop();
    this.#reading.value = undefined;
  }

  /** Counts anew. */
  resume(): void {
    batch(() => {
      this.#counting.isStopped.value = false;
      this.#make = this.#counting.maker();
      this.#reading.value = this.#meter = undefined;
    });
    this.#editor?.setMeter(this.#options());
  }

  replaceText(text: string): void {
    this.#editor?.replace(text);
    this.view?.focus();
  }

  #unmount(): void {
    release();
    for (const stop of this.#stops) stop();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#saving.abort();
    this.#counting.stop();
    this.#editor?.view.destroy();
    this.#editor = this.#meter = undefined;
  }

  /** What counts, if it knows where tokens end. */
  get #exact(): Metered | undefined {
    return this.#reading.peek()?.basis === "exact" ? this.#meter : undefined;
  }

  get #tokenizer(): Tokenizer<string> | undefined {
    const { kind, tokenizer } = this.vocabulary.peek();
    return kind === "ready" ? tokenizer : undefined;
  }

  #options(): TokenMeterOptions {
    const { id, encoding, isFamily = false } = pickedModel.value;
    return {
      model: isFamily ? encoding : id,
      ...(this.#make && { meter: this.#make }),
      reserveOutput: keptReserve(pickedModel.value, reserve.value),
      currency: currency.value,
      rate: conversion.value,
      panel: false,
      announce: false,
      onReading: (reading, meter) => this.#heard(reading, meter),
      onError: (error) => this.#failed(error),
    };
  }

  #boxes(): BoxOptions | undefined {
    if (!this.isColoured.value) return undefined;
    return {
      meter: () => this.#exact,
      ids: this.hasIds.value,
      specials: () => this.#tokenizer?.specials ?? {},
    };
  }

  /** Counts for the model and with the settings of now. */
  #pick(): void {
    const options = this.#options();
    const isOther = this.#model !== "" && this.#model !== options.model;
    this.#model = options.model;
    if (isOther) {
      this.#reading.value = this.#meter = this.edit.value = undefined;
      this.#lastEdit.forget();
      this.#counting.isStopped.value = false;
    }
    this.#editor?.setMeter(options);
    if (isOther) this.#relint();
  }

  /** A vocabulary that failed and is there now, or another file of its name, counts the text anew. */
  #follow(): void {
    const { kind, encoding } = this.vocabulary.value;
    const isSame = encoding === this.#encoding;
    if (isSame && kind === "ready" && this.#hasSettled) this.resume();
    this.#hasSettled = (isSame && this.#hasSettled) || kind !== "loading";
    if (isSame && this.#kind !== kind && kind !== "loading") this.#relint();
    this.#kind = kind;
    this.#encoding = encoding;
  }

  /** Takes a text that somebody else has put in the place of this one. */
  #takeOver(editor: Editor): void {
    if (this.#isEditing) return;
    const text = currentText();
    if (text !== editor.view.state.sliceDoc()) editor.replace(text);
  }

  #updated(update: ViewUpdate): void {
    const { docChanged, selectionSet, state } = update;
    if (docChanged) {
      this.#lastEdit.take(update, this.#reading.peek());
      this.#isEditing = true;
      edited(() => update.view.state.sliceDoc());
      this.#isEditing = false;
      // An edit starts a count that was stopped; a short text does not wait for the long one that it replaced.
      const isShort = state.doc.length < LONG / 10;
      if (this.#counting.isStopped.peek() || (isShort && this.#counting.progress.peek())) {
        queueMicrotask(() => this.resume());
      }
    }
    if (docChanged || selectionSet) this.#schedule();
  }

  #heard(reading: Reading, meter: Metered): void {
    const isOther = meter !== this.#meter || reading.basis !== this.#reading.peek()?.basis;
    this.#meter = meter;
    batch(() => {
      this.#reading.value = reading;
      this.edit.value = this.#lastEdit.to(reading);
    });
    if (isOther) this.#editor?.view.dispatch({ effects: recolour.of(null) });
    if (this.view) void this.#sum(this.view);
    this.#schedule();
  }

  #failed(error: unknown): void {
    // What the vocabulary says is shown by its own state.
    if (error instanceof TokimeterError && error.code === "aborted") this.#reading.value = undefined;
    this.#schedule();
  }

  /** Looks at the text in the next frame: what is seen of it there need not hold up a key. */
  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#look();
    });
  }

  #look(): void {
    const view = this.view;
    if (!view) return;
    this.#select(view);
    this.#list(view);
    clearTimeout(this.#timer);
    if (view.state.doc.length <= LONG) this.#takeText(view);
    else this.#timer = window.setTimeout(() => this.#takeText(view), PAUSE_MS);
  }

  #takeText(view: EditorView): void {
    const text = view.state.sliceDoc();
    if (text === this.#text) return;
    this.#counter.take(revise(this.#text, text));
    this.#text = text;
    this.#showStats();
  }

  #showStats(): void {
    this.stats.value = this.#counter.stats;
  }

  #select({ state }: EditorView): void {
    const meter = this.#meter;
    const { from, to, empty, head } = state.selection.main;
    const { length } = state.doc;
    if (!meter) return;
    try {
      if (meter.length !== length) return;
      const tokens = meter.countRange(from, to);
      if (typeof tokens !== "number") return;
      const [begin, end] = empty ? [Math.max(0, head - 1), Math.max(head, Math.min(1, length))] : [from, to];
      const tokenizer = this.#exact ? this.#tokenizer : undefined;
      const list = tokenizer && length > 0 ? tokensIn(meter, tokenizer, begin, end) : undefined;
      this.selected.value = { tokens, isEmpty: empty, list };
    } catch {
      // In the middle of an insertion, or given back: the next reading tells.
    }
  }

  /** Has the hints looked for anew: they were counted in another way. */
  #relint(): void {
    this.#hasSearched = false;
    this.#forgetSum();
    this.#schedule();
    this.view?.dispatch({ effects: relint.of(null) });
  }

  #searched(): void {
    const view = this.view;
    if (!view) return;
    this.#hasSearched = true;
    this.#list(view);
    this.#forgetSum();
    this.#isSumDue = true;
    void this.#sum(view);
  }

  #forgetSum(): void {
    this.#isSumDue = false;
    this.#saving.abort();
    this.together.value = undefined;
  }

  #list(view: EditorView): void {
    const { state } = view;
    const { length } = state.doc;
    if (length === 0) this.hints.value = { kind: "empty" };
    else if (length > HINTS_LIMIT) this.hints.value = { kind: "too-long" };
    else if (!this.#hasSearched) this.hints.value = { kind: "pending" };
    else {
      const hints = hintsOf(state);
      const before = this.hints.peek();
      const known = before.kind === "found" ? before.hints : [];
      // An edit moves them, or takes some away; what they save together is counted when they are looked for again.
      if (hints.length !== known.length) this.together.value = undefined;
      const isSame = hints.length === known.length && hints.every((hint, at) => isAt(hint, known[at]));
      if (before.kind !== "found" || !isSame) this.hints.value = { kind: "found", hints };
    }
  }

  /** Counts the text with all savings, once it is counted itself: what each one saves does not add up. */
  async #sum({ state }: EditorView): Promise<void> {
    if (!this.#isSumDue) return;
    const { tokenizer } = this.vocabulary.peek();
    try {
      const meter = this.#meter;
      if (!tokenizer || meter?.length !== state.doc.length) return;
      const { tokens, basis } = meter.reading;
      if (basis !== tokenizer.basis) return;
      this.#isSumDue = false;
      const savings = savingsOf(hintsOf(state));
      if (savings.length === 0) return;
      const work = new AbortController();
      this.#saving = work;
      const live = await tokenizer.liveAsync(textWith(state, savings), { signal: work.signal });
      if (!work.signal.aborted) this.together.value = tokens - live.tokens;
      live.dispose();
    } catch {
      // The text is another one by now; or it is in the middle of an insertion, and the next reading tells.
    }
  }
}

function isAt({ from, text, kind, saves, tokens }: PlacedHint, other: PlacedHint | undefined): boolean {
  return (
    from === other?.from &&
    text === other.text &&
    kind === other.kind &&
    saves === other.saves &&
    tokens === other.tokens
  );
}
