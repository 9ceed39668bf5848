/**
 * One text in all encodings of the catalogue. Exact vocabularies that are here count along with one copy of the text; the others are
 * estimated, and those of which only counts are known have ranges too. No vocabulary is loaded that nobody has asked for.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { estimate, type Tokenizer, type TokenRange } from "tokimeter";
import { catalogue } from "../../../state/catalogue.ts";
import { CountedText } from "../../../text/counted-text.ts";
import { revise } from "../../../text/difference.ts";
import { askedVocabulary, reject, type Vocabulary } from "../../../text/vocabulary.ts";
import type { VocabularyName } from "../../../text/vocabulary-files.ts";
import { RangedCounts } from "./ranged-counts.ts";

export interface EncodingCount extends TokenRange {
  readonly basis: Tokenizer["basis"];
  /** Whether it is of the text of now, by what counts now; else of one before. */
  readonly isCurrent: boolean;
}

/** The encodings of the catalogue, each once. */
const comparedEncodings: ReadonlySignal<readonly VocabularyName[]> = computed(() => [
  ...new Set(catalogue.value.map(({ encoding }) => encoding)),
]);

const estimates: Signal<ReadonlyMap<VocabularyName, Tokenizer<string>>> = signal(new Map());

export class Counts {
  /** The counts of now, at most one change a frame. */
  readonly counts: ReadonlySignal<ReadonlyMap<VocabularyName, EncodingCount>>;
  readonly #counts: Signal<ReadonlyMap<VocabularyName, EncodingCount>> = signal(new Map());
  readonly #exact: CountedText;
  readonly #ranged: RangedCounts;
  readonly #stop: () => void;
  #text = "";
  /** The exact vocabularies that are here; the text is the first one's. */
  #vocabularies: readonly Vocabulary[] = [];
  #frame = 0;

  constructor() {
    const changed = (): void => this.#publishSoon();
    this.counts = this.#counts;
    this.#exact = new CountedText({ progressed: changed, settled: changed, failed: reject });
    this.#ranged = new RangedCounts(changed);
    this.#stop = effect(() => {
      const states = comparedEncodings.value.map(
        (encoding): Vocabulary => askedVocabulary(encoding) ?? { encoding, kind: "loading" },
      );
      const made = estimates.value;
      untracked(() => this.#use(states, made));
    });
  }

  /** Counts another text. */
  take(text: string): void {
    if (text === this.#text) return;
    this.#exact.take(revise(this.#text, text));
    this.#ranged.take(text);
    this.#text = text;
    this.#publishSoon();
  }

  dispose(): void {
    this.#stop();
    cancelAnimationFrame(this.#frame);
    this.#exact.dispose();
    this.#ranged.dispose();
  }

  #use(states: readonly Vocabulary[], made: ReadonlyMap<VocabularyName, Tokenizer<string>>): void {
    const isExact = ({ kind, tokenizer }: Vocabulary): boolean =>
      kind === "ready" && tokenizer?.basis === "exact";
    this.#vocabularies = inOrder(states.filter(isExact), this.#vocabularies[0]);
    const [first, ...others] = this.#vocabularies;
    this.#exact.use(
      first ?? { encoding: "o200k_base", kind: "loading" },
      new Map(others.flatMap(({ encoding, tokenizer }) => (tokenizer ? [[encoding, tokenizer]] : []))),
    );
    const ranged = new Map<VocabularyName, Tokenizer<string>>();
    for (const state of states) {
      if (isExact(state)) continue;
      const { encoding } = state;
      const tokenizer = state.kind === "ready" ? state.tokenizer : made.get(encoding);
      if (tokenizer) ranged.set(encoding, tokenizer);
      else void makeEstimate(encoding);
    }
    this.#ranged.use(ranged);
    this.#publishSoon();
  }

  #publishSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#publish();
    });
  }

  #publish(): void {
    const before = this.#counts.peek();
    const exact = new Set(this.#vocabularies.map(({ encoding }) => encoding));
    const counts = new Map<VocabularyName, EncodingCount>();
    for (const encoding of comparedEncodings.peek()) {
      const now = exact.has(encoding) ? this.#exactIn(encoding) : this.#ranged.countIn(encoding);
      // Until there is a count of this text, that of the one before stands, and is known to be it.
      const last = before.get(encoding);
      const count = now ?? (last && { ...last, isCurrent: false });
      if (count) counts.set(encoding, count);
    }
    this.#counts.value = counts;
  }

  #exactIn(encoding: VocabularyName): EncodingCount | undefined {
    const tokens = this.#exact.tokensIn(encoding);
    if (tokens === undefined) return undefined;
    return { tokens, low: tokens, high: tokens, basis: "exact", isCurrent: true };
  }
}

/**
 * Puts the vocabulary first whose text the others count along with: one of another engine, which cannot count along; else the one that
 * has been first, so that nothing is counted anew.
 */
function inOrder(ready: readonly Vocabulary[], first: Vocabulary | undefined): readonly Vocabulary[] {
  const head =
    ready.find(({ tokenizer }) => tokenizer?.engine === "hf") ??
    ready.find(({ tokenizer }) => tokenizer === first?.tokenizer) ??
    ready[0];
  return head === undefined ? [] : [head, ...ready.filter((each) => each !== head)];
}

const asked: Set<VocabularyName> = new Set();

async function makeEstimate(encoding: VocabularyName): Promise<void> {
  if (asked.has(encoding)) return;
  asked.add(encoding);
  try {
    const tokenizer = await estimate(encoding);
    estimates.value = new Map([...estimates.peek(), [encoding, tokenizer]]);
  } catch {
    // The engine failed; the next text that is compared asks again.
    asked.delete(encoding);
  }
}
