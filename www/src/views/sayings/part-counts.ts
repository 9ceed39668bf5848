/**
 * A part of the text, counted by all tokenizers. Exact counts follow the edits in one live text; estimates have no live text of their own:
 * they are cheap, and made anew when the typing pauses where the part is long.
 */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Tokenizer, TokenRange } from "tokimeter";
import { CountedText } from "../../text/counted-text.ts";
import { revise } from "../../text/difference.ts";
import { reject, type Vocabulary } from "../../text/vocabulary.ts";
import type { VocabularyName } from "../../text/vocabulary-files.ts";
import type { Row } from "./tokenizers.ts";

/** A count, and what it is of. */
export interface PartCount extends TokenRange {
  readonly basis: Tokenizer["basis"];
}

interface Estimate extends TokenRange {
  readonly tokenizer: Tokenizer<string>;
  readonly text: string;
}

/** Code units that are estimated at once. */
const AT_ONCE = 8192;
const PAUSE_MS = 250;

export class PartCounts {
  readonly #counted: CountedText;
  readonly #changed: Signal<number> = signal(0);
  readonly #estimates: Map<VocabularyName, Estimate> = new Map();
  readonly #stop: () => void;
  #chosen: VocabularyName | undefined;
  #rows: readonly Row[] = [];
  #text = "";
  #timer = 0;

  constructor(
    chosen: ReadonlySignal<Pick<Row, "encoding" | "kind" | "tokenizer">>,
    others: ReadonlySignal<readonly Row[]>,
  ) {
    const changed = (): void => {
      this.#changed.value++;
    };
    this.#counted = new CountedText({ progressed: changed, settled: changed, failed: reject });
    this.#stop = effect(() => {
      const { encoding, tokenizer } = chosen.value;
      const state: Vocabulary = { encoding, kind: "ready", ...(tokenizer && { tokenizer }) };
      this.#chosen = encoding;
      this.#rows = others.value;
      this.#counted.use(state, exactOf(this.#rows));
      this.#estimate();
      this.#changed.value = this.#changed.peek() + 1;
    });
  }

  /** Counts another text. */
  take(text: string): void {
    if (text === this.#text) return;
    this.#counted.take(revise(this.#text, text));
    this.#text = text;
    this.#estimate();
    this.#changed.value++;
  }

  /** Returns the count by one of the tokenizers, `undefined` while it is not known. */
  of(encoding: VocabularyName): PartCount | undefined {
    void this.#changed.value;
    if (encoding === this.#chosen) {
      const { count } = this.#counted;
      return count.kind === "counted" ? count : undefined;
    }
    const row = this.#rows.find((each) => each.encoding === encoding);
    if (row?.tokenizer === undefined) return undefined;
    const { basis } = row.tokenizer;
    if (basis === "estimated") {
      const found = this.#estimates.get(encoding);
      return found?.tokenizer === row.tokenizer && found.text === this.#text
        ? { ...found, basis }
        : undefined;
    }
    const tokens = this.#counted.tokensIn(encoding);
    return tokens === undefined ? undefined : { tokens, low: tokens, high: tokens, basis };
  }

  /** Gives all back. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop();
    this.#counted.dispose();
  }

  #estimate(): void {
    clearTimeout(this.#timer);
    if (this.#text.length > AT_ONCE) this.#timer = window.setTimeout(() => this.#estimateNext(), PAUSE_MS);
    else while (this.#estimateOne());
  }

  #estimateNext(): void {
    if (!this.#estimateOne()) return;
    this.#changed.value++;
    this.#timer = window.setTimeout(() => this.#estimateNext());
  }

  /** Makes one estimate that is missing; returns whether there was one. */
  #estimateOne(): boolean {
    const text = this.#text;
    for (const { encoding, tokenizer } of this.#rows) {
      if (tokenizer?.basis !== "estimated") continue;
      const known = this.#estimates.get(encoding);
      if (known?.tokenizer === tokenizer && known.text === text) continue;
      this.#estimates.set(encoding, { ...tokenizer.range(text), tokenizer, text });
      return true;
    }
    return false;
  }
}

function exactOf(rows: readonly Row[]): ReadonlyMap<VocabularyName, Tokenizer<string>> {
  return new Map(
    rows.flatMap(({ encoding, tokenizer }) =>
      tokenizer && tokenizer.basis !== "estimated" ? [[encoding, tokenizer] as const] : [],
    ),
  );
}
