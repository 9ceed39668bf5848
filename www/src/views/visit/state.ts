/**
 * The call and the visit: what was said, what of it is chatter, what is struck out, and what that takes. Two texts are counted: all that
 * was said, and what is kept of it. Whatever comes back is the difference of two counts of whole texts.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { encodings, type LiveText, resolve, type Tokenizer } from "tokimeter";
import { language, model } from "../../state/settings.ts";
import { currentText, edited, textVersion } from "../../state/text.ts";
import { Counted } from "../../text/counted.ts";
import { revise } from "../../text/difference.ts";
import { reject } from "../../text/vocabulary.ts";
import type { VocabularyName } from "../../text/vocabulary-files.ts";
import { covers, follow, Kept, minus, type Range, united } from "./ranges.ts";
import { call } from "./samples.ts";

/** Code units up to which chatter is looked for, sentences are listed, and the text is painted: to lay it out twice has its price. */
export const MARKED_LIMIT = 20_000;
/** How long writing pauses before the whole text is looked at. */
const PAUSE_MS = 200;

/** A sentence, and what striking it out would give back, or what it gave back. */
export interface Sentence extends Range {
  readonly text: string;
  /** `undefined` until it is counted. */
  readonly minutes: number | undefined;
}

/** Two counts of whole texts. */
export interface Weighing {
  readonly before: number;
  readonly after: number;
}

export class VisitState {
  /** All that was said. */
  readonly text: Signal<string> = signal("");
  readonly struck: Signal<readonly Range[]> = signal([]);
  /** What the reader, or the sample, says is chatter. */
  readonly marked: Signal<readonly Range[]> = signal([]);
  /** What `hints` has found. */
  readonly found: Signal<readonly Range[]> = signal([]);
  /** What `hints` may find, but the reader says is none. */
  readonly #dismissed: Signal<readonly Range[]> = signal([]);
  readonly sentences: Signal<readonly Sentence[]> = signal([]);
  /** The talk with all the chatter that is left, and without it. */
  readonly chatterWeighed: Signal<Weighing | undefined> = signal(undefined);

  readonly encoding: ReadonlySignal<VocabularyName> = computed(() => encodingOf(model.value));
  readonly kept: ReadonlySignal<Kept> = computed(() => new Kept(this.text.value, this.struck.value));
  /** The chatter that is not struck out. */
  readonly chatter: ReadonlySignal<readonly Range[]> = computed(() =>
    minus(this.unneeded.value, this.struck.value),
  );
  /** All the chatter. */
  readonly unneeded: ReadonlySignal<readonly Range[]> = computed(() =>
    minus(united([...this.marked.value, ...this.found.value]), this.#dismissed.value),
  );
  /** What is kept, counted. */
  readonly counted: Counted = new Counted(this.encoding);
  /** All that was said, counted. */
  readonly said: Counted = new Counted(this.encoding);
  /** Minutes of the talk. */
  readonly talk: ReadonlySignal<number | undefined> = computed(() => tokensOf(this.counted));
  /** All that was said, and what is kept of it, if that is less. */
  readonly struckWeighed: ReadonlySignal<Weighing | undefined> = computed(() => {
    const [before, after] = [tokensOf(this.said), this.talk.value];
    const isStruck = this.struck.value.length > 0;
    return isStruck && before !== undefined && after !== undefined ? { before, after } : undefined;
  });

  readonly #stop: () => void;
  /** Which sample it is, until something is written or struck out. */
  #sample: "short" | "long" | undefined;
  #version = textVersion.peek();
  #timer = 0;
  #pass = 0;

  constructor() {
    const text = currentText();
    if (text === "") this.#begin("short", []);
    else this.text.value = text;
    const stops = [
      effect(() => {
        // Another text, which a link brought.
        if (textVersion.value === this.#version) return;
        this.#version = textVersion.peek();
        this.#sample = undefined;
        batch(() => {
          for (const ranges of [this.struck, this.marked, this.found, this.#dismissed]) ranges.value = [];
          this.text.value = currentText();
        });
      }),
      language.subscribe(() => {
        if (this.#sample) void this.begin(this.#sample);
      }),
      effect(() => {
        this.counted.take(this.kept.value.text);
        this.said.take(this.struck.value.length === 0 ? "" : this.text.value);
      }),
      effect(() => {
        void [this.text.value, this.struck.value, this.marked.value, this.found.value];
        void this.counted.vocabulary.value;
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => void this.#look(), PAUSE_MS);
      }),
    ];
    this.#stop = () => {
      for (const stop of stops) stop();
    };
  }

  /** Takes what the field holds. */
  write(text: string): void {
    const revision = revise(this.text.peek(), text);
    batch(() => {
      for (const ranges of [this.struck, this.marked, this.found, this.#dismissed])
        ranges.value = follow(ranges.peek(), revision);
      this.text.value = text;
    });
    this.#changed();
  }

  /** Begins with a sample, in the language of the page. */
  async begin(sample: "short" | "long"): Promise<void> {
    const more = sample === "long" ? (await import("./rambling.ts")).RAMBLING[language.peek()] : [];
    this.#begin(sample, more);
  }

  #begin(sample: "short" | "long", more: readonly string[]): void {
    const { text, chatter } = call(language.peek(), more);
    this.#sample = sample;
    batch(() => {
      this.text.value = text;
      this.struck.value = [];
      this.found.value = [];
      this.marked.value = chatter;
    });
  }

  clear(): void {
    batch(() => {
      this.write("");
      this.struck.value = [];
    });
  }

  /** Strikes out, or says again what was struck out. */
  strike(range: Range, isStruck: boolean): void {
    const { struck } = this;
    struck.value = isStruck ? united([...struck.peek(), range]) : minus(struck.peek(), [range]);
    this.#changed();
  }

  /** Says that a part is chatter, or that it is not. */
  mark(range: Range, isChatter: boolean): void {
    batch(() => {
      const [from, to] = isChatter ? [this.#dismissed, this.marked] : [this.marked, this.#dismissed];
      from.value = minus(from.peek(), [range]);
      to.value = united([...to.peek(), range]);
    });
  }

  strikeChatter(): void {
    this.struck.value = united([...this.struck.peek(), ...this.chatter.peek()]);
    this.#changed();
  }

  restore(): void {
    this.struck.value = [];
    this.#changed();
  }

  #changed(): void {
    this.#sample = undefined;
    batch(() => {
      edited(() => this.kept.peek().text);
      this.#version = textVersion.peek();
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#pass++;
    this.#stop();
    this.counted.dispose();
    this.said.dispose();
  }

  /** Looks for chatter, and weighs the sentences. */
  async #look(): Promise<void> {
    const pass = ++this.#pass;
    const text = this.text.peek();
    const { encoding, tokenizer, kind } = this.counted.vocabulary.peek();
    if (text.length > MARKED_LIMIT) {
      batch(() => {
        this.sentences.value = [];
        this.chatterWeighed.value = undefined;
      });
      return;
    }
    // What looks for chatter is not needed for the first count.
    if (kind === "ready") {
      const { findings } = await import("tokimeter/hints");
      // Of another text it is looked for again, when the reader pauses.
      if (pass !== this.#pass || text !== this.text.peek()) return;
      const list = findings(text).filter(({ kind }) => kind !== "credential");
      const ranges = united(list.map(({ from, to }) => ({ from, to })));
      if (JSON.stringify(ranges) !== JSON.stringify(this.found.peek())) {
        this.found.value = ranges;
        return;
      }
    }
    try {
      this.#weigh(text, kind === "loading" ? undefined : tokenizer);
    } catch (error) {
      reject(encoding, error);
    }
  }

  /** Counts what each sentence gives back; nothing, without a tokenizer. */
  #weigh(text: string, tokenizer: Tokenizer<string> | undefined): void {
    const struck = this.struck.peek();
    const weighed = tokenizer && new Weighed(tokenizer, this.kept.peek());
    const sentences = sentencesOf(text).map((range): Sentence => {
      const said = text.slice(range.from, range.to);
      const isStruck = covers(struck, range);
      return {
        ...range,
        text: said.trim(),
        minutes: differenceOf(isStruck ? weighed?.withPart(range, said) : weighed?.without([range])),
      };
    });
    const chatter = this.chatter.peek();
    const chatterWeighed = chatter.length === 0 ? undefined : weighed?.without(chatter);
    weighed?.dispose();
    batch(() => {
      this.sentences.value = sentences;
      this.chatterWeighed.value = chatterWeighed;
    });
  }
}

/** What a part of the kept text makes out: the difference of two counts of the whole, with it and without. */
class Weighed {
  readonly #live: LiveText;
  readonly #kept: Kept;

  constructor(tokenizer: Tokenizer<string>, kept: Kept) {
    this.#live = tokenizer.live(kept.text);
    this.#kept = kept;
  }

  without(ranges: readonly Range[]): Weighing {
    const before = this.#live.tokens;
    const places = ranges.map(({ from, to }) => ({
      from: this.#kept.inKept(from),
      to: this.#kept.inKept(to),
    }));
    const edits = places.filter(({ from, to }) => from < to);
    const { tokens } = this.#live.update(edits);
    let removed = 0;
    const back = edits.map(({ from, to }) => {
      const at = from - removed;
      removed += to - from;
      return { from: at, insert: this.#kept.text.slice(from, to) };
    });
    this.#live.update(back);
    return { before, after: tokens };
  }

  withPart({ from }: Range, said: string): Weighing {
    const after = this.#live.tokens;
    const at = this.#kept.inKept(from);
    const { tokens } = this.#live.replace(at, at, said);
    this.#live.replace(at, at + said.length, "");
    return { before: tokens, after };
  }

  dispose(): void {
    this.#live.dispose();
  }
}

/** Returns the sentences of a text that say anything, with the spaces behind them. */
function sentencesOf(text: string): readonly Range[] {
  return [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)]
    .map(({ index, segment }) => ({ from: index, to: index + segment.length }))
    .filter(({ from, to }) => text.slice(from, to).trim() !== "");
}

function differenceOf(weighing: Weighing | undefined): number | undefined {
  return weighing && weighing.before - weighing.after;
}

function tokensOf({ count }: Counted): number | undefined {
  return count.value.kind === "counted" ? count.value.tokens : undefined;
}

/** Returns the encoding that a model is counted by, without the book of models; the newest common one, if it has none. */
function encodingOf(id: string): VocabularyName {
  if (id.startsWith("file:")) return id as VocabularyName;
  const own = encodings.find((name) => name === id);
  return own ?? resolve(id)?.encoding ?? "o200k_base";
}
