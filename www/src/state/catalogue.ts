/** What the picker offers: the models of the book that are asked for most, and the encodings that none of them uses. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type EncodingName, encodingInfo, encodings } from "tokimeter";
import { findModel, type Model as Listed } from "tokimeter/models";
import { reload } from "../text/vocabulary.ts";
import { giveFile, type VocabularyName } from "../text/vocabulary-files.ts";
import { model } from "./settings.ts";

/** A model that the site can count for. */
export interface PickedModel extends Omit<Listed, "encoding"> {
  readonly encoding: VocabularyName;
  /** Whether it stands for all models that share the encoding, which have neither one window nor one price. */
  readonly isFamily?: boolean;
}

/** Models of the book with a public encoding, in the order of the picker. */
const OFFERED = `
  gpt-6.1-sol gpt-6.1-terra gpt-6-astra gpt-6-sol gpt-6-luna gpt-5.6-sol gpt-5.6-terra gpt-5.6-luna gpt-5.5 gpt-5.4 gpt-5.4-mini
  gpt-5.4-nano gpt-5.2 gpt-5.1 gpt-5 gpt-5-mini gpt-5-nano gpt-4.1 gpt-4.1-mini gpt-4.1-nano gpt-4o gpt-4o-mini o3 o4-mini o3-mini
  gpt-4-turbo gpt-3.5-turbo
  claude-opus-5-5 claude-sonnet-5-5 claude-haiku-5-5 claude-fable-5-1 claude-opus-5 claude-sonnet-5 claude-fable-5 claude-opus-4-8
  claude-opus-4-7 claude-opus-4-6 claude-sonnet-4-6 claude-haiku-4-5
  gemini-4-argon gemini-3.8-flash gemini-3.5-flash gemini-3.5-flash-lite gemini-3.1-pro-preview gemini-2.5-pro gemini-2.5-flash
  deepseek-v4-pro deepseek-flash
  qwen3.8-max qwen3.8-flash qwen3.7-max qwen3.7-plus qwen3.6-plus qwen3.5-plus qwen3-max qwen3-coder-plus
  kimi-k3.1-pro kimi-k3 kimi-k2.6
  glm-5.3 glm-5.3-flash glm-5.2 glm-4.7 glm-4.6
  MiniMax-M3.1-Flash MiniMax-M3 MiniMax-M2.7
  mistral-large-4 mistral-large-2512 mistral-medium-2604 mistral-small-2603 codestral-2508
  Llama-4-Maverick-17B-128E-Instruct-FP8 Llama-4-Scout-17B-16E-Instruct-FP8 Llama-3.3-70B-Instruct
`;

const given: Signal<readonly PickedModel[]> = signal([]);

/** What the picker offers: the models, and the files that the reader gave. */
export const catalogue: ReadonlySignal<readonly PickedModel[]> = computed(() => [
  ...offered(),
  ...given.value,
]);

/** The model that is chosen; the first of the catalogue, if that is none that it has. */
export const pickedModel: ReadonlySignal<PickedModel> = computed(() => {
  const found = catalogue.value.find(({ id }) => id === model.value) ?? catalogue.value[0];
  if (found) return found;
  throw new Error("the catalogue has no model");
});

/**
 * Takes a tokenizer file of the reader's, which becomes a choice of the picker and is chosen. `pattern` says how texts are cut, for a rank
 * file, which does not.
 */
export function giveModel(file: File, pattern?: string): void {
  const encoding = giveFile(file, pattern);
  given.value = [...given.peek().filter(({ id }) => id !== encoding), fileModel(encoding, file.name)];
  reload(encoding);
  model.value = encoding;
}

let listed: readonly PickedModel[] | undefined;

function offered(): readonly PickedModel[] {
  if (listed) return listed;
  const models = OFFERED.trim().split(/\s+/).map(countable);
  const used: ReadonlySet<VocabularyName> = new Set(models.map(({ encoding }) => encoding));
  listed = [...models, ...encodings.filter((name) => !used.has(name)).map(family)];
  return listed;
}

function countable(id: string): PickedModel {
  const model = findModel(id);
  const { encoding } = model ?? {};
  if (model && encoding) return { ...model, encoding };
  throw new Error(`the model book has no ${id} with a public encoding`);
}

function family(encoding: EncodingName): PickedModel {
  const { title, vendor, basis } = encodingInfo(encoding);
  return { ...UNKNOWN, id: encoding, name: title, vendor, basis, encoding };
}

/** Returns what the picker offers for a file: nothing is known of its model. */
function fileModel(encoding: VocabularyName, name: string): PickedModel {
  return { ...UNKNOWN, id: encoding, name, vendor: "", basis: "exact", encoding };
}

const UNKNOWN = { aliases: [], modalities: ["text"], prices: [], isFamily: true } as const;
