/**
 * The tokenizers that sayings are checked by: that of the chosen model, and a row of others, old and new. Of the others the engine
 * estimates until the reader asks for their vocabularies, which are some megabytes together.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type EncodingName, estimate, type Tokenizer } from "tokimeter";
import { pickedModel } from "../../state/catalogue.ts";
import { bytesToLoad } from "../../text/download.ts";
import { askedVocabulary, reload, type Vocabulary, vocabulary } from "../../text/vocabulary.ts";
import { basisOf, titleOf, type VocabularyName } from "../../text/vocabulary-files.ts";

export interface Row {
  readonly encoding: VocabularyName;
  readonly title: string;
  /** How sure its counts are once it is loaded. */
  readonly basis: "exact" | "calibrated";
  readonly kind: Vocabulary["kind"] | "estimate";
  /** What counts; an estimate until the vocabulary is here. */
  readonly tokenizer: Tokenizer<string> | undefined;
  /** Bytes that are still to be loaded. */
  readonly bytes: number;
}

/** Old to new, in America and then in China. */
const OTHERS: readonly EncodingName[] = [
  "r50k_base",
  "llama2",
  "cl100k_base",
  "o200k_base",
  "claude5",
  "gemma3",
  "llama4",
  "deepseek_v4",
  "qwen3_5",
  "kimi",
  "glm5",
];

/** The encoding of the chosen model. */
export const chosenEncoding: ReadonlySignal<VocabularyName> = computed(() => pickedModel.value.encoding);

/** The row of the chosen model. */
export const chosenRow: ReadonlySignal<Row> = computed(() => {
  const { encoding, name } = pickedModel.value;
  return { ...rowOf(encoding, vocabulary(encoding).value), title: name };
});

/** The others. */
export const otherRows: ReadonlySignal<readonly Row[]> = computed(() =>
  OTHERS.filter((encoding) => encoding !== chosenEncoding.value).map((encoding) =>
    rowOf(encoding, askedVocabulary(encoding) ?? estimated(encoding)),
  ),
);

/** Loads vocabularies, and those that failed again. */
export function loadRows(encodings: readonly VocabularyName[]): void {
  for (const encoding of encodings) {
    if (askedVocabulary(encoding)?.kind === "failed") reload(encoding);
    else vocabulary(encoding);
  }
}

type State = Pick<Row, "kind" | "tokenizer">;

function rowOf(encoding: VocabularyName, { kind, tokenizer }: State | Vocabulary): Row {
  return {
    encoding,
    title: titleOf(encoding),
    basis: basisOf(encoding),
    kind,
    tokenizer,
    bytes: kind === "ready" ? 0 : bytesToLoad([encoding]),
  };
}

const estimates: Map<EncodingName, Signal<Tokenizer<string> | undefined>> = new Map();

function estimated(encoding: EncodingName): State {
  let found = estimates.get(encoding);
  if (found === undefined) {
    const made = signal<Tokenizer<string> | undefined>(undefined);
    found = made;
    estimates.set(encoding, made);
    estimate(encoding).then(
      (tokenizer) => {
        made.value = tokenizer;
      },
      // The engine failed, which the chosen vocabulary says; it is tried again by the next visit.
      () => estimates.delete(encoding),
    );
  }
  return { kind: "estimate", tokenizer: found.value };
}
