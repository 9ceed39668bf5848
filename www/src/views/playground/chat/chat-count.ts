/** The conversation of now, counted for the chosen model at most once a frame. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { TokenRange } from "tokimeter";
import { type ChatCount, type Counter, countChat } from "tokimeter/chat";
import { type PickedModel, pickedModel } from "../../../state/catalogue.ts";
import { reject, type Vocabulary, vocabulary } from "../../../text/vocabulary.ts";
import { conversation } from "./conversation.ts";
import type { Conversation } from "./json.ts";
import { RememberedCounts } from "./remembered.ts";

export interface Counted {
  readonly model: PickedModel;
  readonly conversation: Conversation;
  readonly count: ChatCount;
}

export class ChatCounter {
  /** The last count; `undefined` until there is one. */
  readonly counted: ReadonlySignal<Counted | undefined>;
  /** Whether that is another conversation's, or another model's, than that of now. */
  readonly isBehind: ReadonlySignal<boolean>;
  readonly vocabulary: ReadonlySignal<Vocabulary>;
  readonly #counted: Signal<Counted | undefined> = signal(undefined);
  readonly #isBehind: Signal<boolean> = signal(false);
  readonly #stop: () => void;
  #texts: RememberedCounts | undefined;
  #frame = 0;
  #isWorking = false;

  constructor() {
    this.counted = this.#counted;
    this.isBehind = this.#isBehind;
    this.vocabulary = computed(() => vocabulary(pickedModel.value.encoding).value);
    this.#stop = effect(() => {
      void conversation.value;
      void pickedModel.value;
      void this.vocabulary.value;
      this.#isBehind.value = true;
      this.#countSoon();
    });
  }

  dispose(): void {
    this.#stop();
    cancelAnimationFrame(this.#frame);
    this.#texts?.dispose();
  }

  #countSoon(): void {
    if (this.#frame !== 0 || this.#isWorking) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      void this.#count();
    });
  }

  /** Counts; what changed meanwhile is counted after that. */
  async #count(): Promise<void> {
    const [now, model] = [conversation.peek(), pickedModel.peek()];
    const { tokenizer } = this.vocabulary.peek();
    if (tokenizer === undefined) return;
    if (this.#texts?.tokenizer !== tokenizer) {
      this.#texts?.dispose();
      this.#texts = new RememberedCounts(tokenizer);
    }
    const texts = this.#texts;
    this.#isWorking = true;
    try {
      const first = count(now, model, texts);
      if (first.counted === undefined) await texts.learn(first.texts);
      const { counted } = first.counted ? first : count(now, model, texts);
      if (counted) this.#counted.value = counted;
    } catch (error) {
      // With the engine its long texts are lost.
      this.#texts?.dispose();
      this.#texts = undefined;
      reject(model.encoding, error);
    }
    this.#isWorking = false;
    const isOfNow =
      now === conversation.peek() &&
      model === pickedModel.peek() &&
      tokenizer === this.vocabulary.peek().tokenizer;
    if (isOfNow) this.#isBehind.value = false;
    else this.#countSoon();
  }
}

/** Counts a conversation by what is known of its texts; if one of them is not known, there is no count yet. */
function count(
  now: Conversation,
  model: PickedModel,
  known: RememberedCounts,
): { readonly texts: ReadonlySet<string>; readonly counted?: Counted } {
  const texts = new Set<string>();
  let isKnown = true;
  const range = (text: string): TokenRange => {
    texts.add(text);
    const found = known.rangeOf(text);
    isKnown &&= found !== undefined;
    return found ?? { tokens: 0, low: 0, high: 0 };
  };
  const counter: Counter = {
    count: (text) => range(text).tokens,
    range,
    basis: known.tokenizer.basis,
    name: known.tokenizer.name,
    ...(model.assumption !== undefined && { assumption: model.assumption }),
  };
  const count = countChat(counter, now.messages, { model: model.id, tools: now.tools });
  return isKnown ? { texts, counted: { model, conversation: now, count } } : { texts };
}
