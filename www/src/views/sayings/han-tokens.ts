/**
 * How many tokens of a vocabulary hold Chinese characters (those of Japanese among them): one each, and two and more. Counted from the
 * vocabulary files by decoding every id, which takes a browser seconds; a test counts them again.
 */
import type { EncodingName } from "tokimeter";

export interface HanTokens {
  readonly encoding: EncodingName;
  /** Tokens with one Chinese character. */
  readonly one: number;
  /** Tokens with two and more. */
  readonly more: number;
}

/** By the number of them. */
export const HAN_TOKENS: readonly HanTokens[] = [
  { encoding: "r50k_base", one: 39, more: 4 },
  { encoding: "llama2", one: 701, more: 0 },
  { encoding: "cl100k_base", one: 602, more: 238 },
  { encoding: "o200k_base", one: 3306, more: 4228 },
  { encoding: "llama4", one: 5057, more: 7648 },
  { encoding: "gemma3", one: 11_543, more: 9067 },
  { encoding: "glm5", one: 4857, more: 23_749 },
  { encoding: "deepseek_v4", one: 5386, more: 29_951 },
  { encoding: "qwen3_5", one: 6857, more: 48_478 },
  { encoding: "kimi", one: 4921, more: 64_530 },
];
