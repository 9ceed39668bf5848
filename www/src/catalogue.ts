/** What the picker offers: the models of the book that are asked for most, and the encodings that none of them uses. */
import { type EncodingName, encodingInfo, encodings } from "tokimeter";
import { findModel, type Model as Listed } from "tokimeter/models";
import type { VocabularyName } from "./files.ts";

/** A model that the page can count for. */
export interface Model extends Omit<Listed, "encoding"> {
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

/** Returns what the picker offers. */
export function catalogue(): readonly Model[] {
  const offered = OFFERED.trim().split(/\s+/).map(countable);
  const used: ReadonlySet<VocabularyName> = new Set(offered.map(({ encoding }) => encoding));
  return [...offered, ...encodings.filter((name) => !used.has(name)).map(family)];
}

function countable(id: string): Model {
  const model = findModel(id);
  const { encoding } = model ?? {};
  if (model && encoding) return { ...model, encoding };
  throw new Error(`the model book has no ${id} with a public encoding`);
}

function family(encoding: EncodingName): Model {
  const { title, vendor, basis } = encodingInfo(encoding);
  return { ...UNKNOWN, id: encoding, name: title, vendor, basis, encoding };
}

/** Returns what the picker offers for a file: nothing is known of its model. */
export function fileModel(encoding: VocabularyName, name: string): Model {
  return { ...UNKNOWN, id: encoding, name, vendor: "", basis: "exact", encoding };
}

const UNKNOWN = { aliases: [], modalities: ["text"], prices: [], isFamily: true } as const;
