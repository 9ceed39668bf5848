/** A counted text as a signal: it follows a vocabulary, from its estimate to the exact count, and the edits of a field. */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Count, CountedText } from "./counted-text.ts";
import { revise } from "./difference.ts";
import { reject, type Vocabulary, vocabulary } from "./vocabulary.ts";
import type { VocabularyName } from "./vocabulary-files.ts";

export class Counted {
  /** The count of now. */
  readonly count: ReadonlySignal<Count>;
  /** The state of the vocabulary. */
  readonly vocabulary: ReadonlySignal<Vocabulary>;
  readonly text: CountedText;
  readonly #count: Signal<Count> = signal<Count>({ kind: "waiting" });
  readonly #stop: () => void;
  #held = "";

  /** Counts by the vocabulary that `encoding` names. */
  constructor(encoding: ReadonlySignal<VocabularyName>) {
    const state = signal<Vocabulary>(vocabulary(encoding.peek()).peek());
    const changed = (): void => {
      this.#count.value = this.text.count;
    };
    this.text = new CountedText({ progressed: changed, settled: changed, failed: reject });
    this.count = this.#count;
    this.vocabulary = state;
    this.#stop = effect(() => {
      state.value = vocabulary(encoding.value).value;
      this.text.use(state.value);
      changed();
    });
  }

  /** Counts another text, which differs from the last one by what was edited. */
  take(text: string): void {
    if (text === this.#held) return;
    this.text.take(revise(this.#held, text));
    this.#held = text;
    this.#count.value = this.text.count;
  }

  /** Gives all back. */
  dispose(): void {
    this.#stop();
    this.text.dispose();
  }
}
