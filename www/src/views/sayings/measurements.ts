/** The reader's text, the parts that sayings speak of, and what each saying comes to in each tokenizer. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { currentText, edited, release } from "../../state/text.ts";
import { withoutCredentials } from "../../text/credentials.ts";
import { revise } from "../../text/difference.ts";
import { TextCounter } from "../../text/text-stats.ts";
import type { VocabularyName } from "../../text/vocabulary-files.ts";
import { ENOUGH, type Measured, measure, type PartName, type Saying } from "./claims.ts";
import { type PartCount, PartCounts } from "./part-counts.ts";
import { charactersOf, chinesePart, englishPart, MOST_MEASURED } from "./parts.ts";
import { chosenRow, otherRows } from "./tokenizers.ts";

/** A part of the text. */
export interface Part {
  readonly text: string;
  /** Its words or characters; `undefined` while they are being counted. */
  readonly units: number | undefined;
  readonly isEnough: boolean;
}

/** What a saying comes to, and of how many tokens. */
export interface Result extends Measured {
  readonly units: number;
  readonly tokens: number;
  readonly basis: PartCount["basis"];
}

export class Measurements {
  readonly text: Signal<string> = signal(currentText());
  /** Whether only the beginning of the text is measured. */
  readonly isCut: ReadonlySignal<boolean> = computed(() => this.text.value.length > MOST_MEASURED);
  readonly parts: Readonly<Record<PartName, ReadonlySignal<Part>>>;
  readonly #english: Signal<string> = signal("");
  readonly #chinese: Signal<string> = signal("");
  readonly #words: TextCounter;
  readonly #whole: PartCounts = new PartCounts(chosenRow, signal([]));
  readonly #counts: Readonly<Record<PartName, PartCounts>> = {
    english: new PartCounts(chosenRow, otherRows),
    chinese: new PartCounts(chosenRow, otherRows),
  };

  constructor() {
    const recounted = signal(0);
    this.#words = new TextCounter(() => {
      recounted.value++;
    });
    this.parts = {
      english: computed(() => {
        void recounted.value;
        return partOf(this.#english.value, this.#words.stats?.words);
      }),
      chinese: computed(() => partOf(this.#chinese.value, charactersOf(this.#chinese.value))),
    };
    this.#take(this.text.peek());
  }

  /** Takes what the reader wrote. */
  edit(text: string): void {
    edited(() => text);
    batch(() => {
      this.text.value = text;
      this.#take(text);
    });
  }

  /** Returns the count of the whole text by the chosen tokenizer. */
  whole(): PartCount | undefined {
    return this.#whole.of(chosenRow.value.encoding);
  }

  /** Returns the count of a part, `undefined` while it is not known. */
  count(part: PartName, encoding: VocabularyName): PartCount | undefined {
    return this.#counts[part].of(encoding);
  }

  /** Returns what a saying comes to, `undefined` while that is not known, or where the part is too short to tell. */
  measure(saying: Saying, encoding: VocabularyName): Result | undefined {
    const { units, isEnough } = this.parts[saying.part].value;
    const count = this.count(saying.part, encoding);
    if (units === undefined || !isEnough || count === undefined || count.low === 0) return undefined;
    return { ...measure(saying, units, count), units, tokens: count.tokens, basis: count.basis };
  }

  /** Gives the text back, and what counts it. */
  dispose(): void {
    release();
    this.#whole.dispose();
    this.#counts.english.dispose();
    this.#counts.chinese.dispose();
  }

  #take(text: string): void {
    this.#whole.take(text);
    // In their place stands a sign of no script: they are no language.
    const measured = withoutCredentials(text.slice(0, MOST_MEASURED), "\ue000");
    const english = englishPart(measured);
    const chinese = chinesePart(measured);
    if (english !== this.#english.peek()) this.#words.take(revise(this.#english.peek(), english));
    this.#english.value = english;
    this.#chinese.value = chinese;
    this.#counts.english.take(english);
    this.#counts.chinese.take(chinese);
  }
}

function partOf(text: string, units: number | undefined): Part {
  // While the words of a long text are being counted, it is long enough.
  return { text, units, isEnough: units === undefined || units >= ENOUGH };
}
