/** The encodings that the text is counted in besides the chosen model's: each is loaded when the reader ticks it. */
import { encodings, type Tokenizer } from "tokimeter";
import { loadVocabulary, type VocabularyName } from "./files.ts";
import { failureOf, type Vocabulary } from "./vocabulary.ts";

export class Comparison {
  readonly #changed: (vocabulary: Vocabulary) => void;
  readonly #ticked: Map<VocabularyName, Vocabulary> = new Map();

  /** `changed` hears of each that begins to load, is ready or failed. */
  constructor(changed: (vocabulary: Vocabulary) => void) {
    this.#changed = changed;
  }

  /** The encodings that are ticked, in the order of the picker. */
  get ticked(): readonly Vocabulary[] {
    return encodings.flatMap((name) => this.#ticked.get(name) ?? []);
  }

  /** Those that can count. */
  get tokenizers(): ReadonlyMap<VocabularyName, Tokenizer<string>> {
    const ready = this.ticked.filter((each) => each.kind === "ready");
    return new Map(ready.map(({ encoding, tokenizer }) => [encoding, tokenizer]));
  }

  /** Loads an encoding, at the earliest when `after` has settled. */
  tick(encoding: VocabularyName, after?: Promise<unknown>): void {
    void this.#load(encoding, after);
  }

  untick(encoding: VocabularyName): void {
    this.#ticked.delete(encoding);
  }

  async #load(encoding: VocabularyName, after?: Promise<unknown>): Promise<void> {
    const loading: Vocabulary = { kind: "loading", encoding };
    this.#set(loading);
    await after;
    let vocabulary: Vocabulary;
    try {
      vocabulary = { kind: "ready", encoding, tokenizer: await loadVocabulary(encoding) };
    } catch (error) {
      vocabulary = { kind: "failed", encoding, failure: failureOf(error) };
    }
    // It may have been unticked meanwhile, and ticked again.
    if (this.#ticked.get(encoding) === loading) this.#set(vocabulary);
  }

  #set(vocabulary: Vocabulary): void {
    this.#ticked.set(vocabulary.encoding, vocabulary);
    this.#changed(vocabulary);
  }
}
