/**
 * Electricity: how many tokens a kilowatt-hour makes, what they are worth at a model's price, and what the current
 * itself costs. How many tokens a kilowatt-hour makes is an assumption and always a parameter; {@link yields} has the
 * claims and the published figures, each with its source.
 *
 * @module
 */

import type { Source } from "./models.js";
import { quotient, whole } from "./numbers.js";
import type { Bill } from "./price.js";
import { worth } from "./worth.js";

/** How many tokens a kilowatt-hour makes, as somebody states it. What a source does not state is absent. */
export interface Yield {
  /** For programs; it stays the same. */
  readonly id: string;
  /** What was measured or said, for people. */
  readonly name: string;
  /** `"claim"`: nobody shows how it was measured. `"measured"`: by instruments. `"estimated"`: worked out from figures. */
  readonly kind: "claim" | "measured" | "estimated";
  /** Which tokens are divided by the energy. */
  readonly counts: "output" | "input and output" | "not said";
  /** Tokens per kWh. */
  readonly tokensPerKwh?: number;
  /** The least that the source's figures allow. */
  readonly low?: number;
  /** The most. */
  readonly high?: number;
  /** Milliwatt-hours per prompt, where the source counts prompts. Without the prompts' length these are no tokens. */
  readonly mWhPerPrompt?: number;
  /** How the figures follow from what the source says, and what they leave out. */
  readonly note: string;
  /** Who says so. */
  readonly source: Source;
}

/** Returns the claim that is passed around, then published figures, the most direct first. */
export function yields(): readonly Yield[] {
  return YIELDS;
}

const YIELDS: readonly Yield[] = [
  {
    id: "claim",
    name: "1 kWh ≈ 5 million tokens",
    kind: "claim",
    counts: "not said",
    tokensPerKwh: 5_000_000,
    note: "A saying of 2026, with ¥0.5 for the current. It does not say which model, which tokens or what is measured.",
    source: { name: "passed around, without a source", date: "2026" },
  },
  {
    id: "ml-energy-llama-3.1-8b",
    name: "Llama 3.1 8B on one H100, 64 requests at a time",
    kind: "measured",
    counts: "output",
    tokensPerKwh: 30_000_000,
    low: 18_000_000,
    high: 30_000_000,
    note: "0.12 J per output token with vLLM 0.11.1, 0.20 J with vLLM 0.5.4; 3.6 MJ by each. The GPU alone, and a small model.",
    source: {
      name: "ML.ENERGY Leaderboard 3.0, LLM Inference Energy: A Longitudinal Analysis",
      date: "2025-12",
      url: "https://ml.energy/blog/measurement/energy/llm-inference-energy-a-longitudinal-analysis",
    },
  },
  {
    id: "deepseek-2025-02",
    name: "DeepSeek V3 and R1, a day of the whole service",
    kind: "estimated",
    counts: "input and output",
    tokensPerKwh: 13_979_866,
    low: 10_753_743,
    high: 25_463_327,
    note:
      "Published: 608 billion input tokens (342 billion of them cached) and 168 billion output tokens in 24 hours on 226.75 nodes of " +
      "8 H800 on average. The energy is not: 10.2 kW a node, the most a DGX H100 draws, makes 55,508 kWh; " +
      "low: 1.3 times that for the data centre; high: 700 W a GPU and nothing else. Output alone is 168 of the 776 billion.",
    source: {
      name: "DeepSeek-V3/R1 Inference System Overview",
      date: "2025-03-01",
      url: "https://github.com/deepseek-ai/open-infra-index/blob/main/202502OpenSourceWeek/day_6_one_more_thing_deepseekV3R1_inference_system_overview.md",
    },
  },
  {
    id: "epoch-gpt-4o",
    name: "GPT-4o, a typical question",
    kind: "estimated",
    counts: "output",
    tokensPerKwh: 1_661_130,
    low: 383_534,
    high: 8_333_333,
    mWhPerPrompt: 301,
    note:
      "0.301 Wh for 500 output tokens; low: 3.911 Wh for 1,500 of a larger model on less busy GPUs; high: 0.060 Wh for 500 " +
      "of a smaller one. Worked out from parameters and hardware. Long input costs more: 2.5 Wh at 10,000 tokens, 40 Wh at 100,000.",
    source: {
      name: "Epoch AI, How much energy does ChatGPT use?",
      date: "2025-02-07",
      url: "https://epoch.ai/gradient-updates/how-much-energy-does-chatgpt-use",
    },
  },
  {
    id: "google-gemini-apps",
    name: "Gemini Apps, the median text prompt",
    kind: "measured",
    counts: "not said",
    mWhPerPrompt: 240,
    note: "0.24 Wh with hosts, idle machines and cooling; 0.10 Wh for the busy accelerators alone. The prompts' length is not published.",
    source: {
      name: "Measuring the environmental impact of delivering AI at Google Scale, arXiv 2508.15734",
      date: "2025-08-21",
      url: "https://arxiv.org/abs/2508.15734",
    },
  },
  {
    id: "openai-chatgpt",
    name: "ChatGPT, the average query",
    kind: "claim",
    counts: "not said",
    mWhPerPrompt: 340,
    note: "0.34 Wh, stated by OpenAI's chief executive, without a method and without the queries' length.",
    source: {
      name: "Sam Altman, The Gentle Singularity",
      date: "2025-06-10",
      url: "https://blog.samaltman.com/the-gentle-singularity",
    },
  },
];

/**
 * Returns tokens per kWh from the energy of a prompt and its length, which whoever asks has to assume: rounded down.
 * @throws {RangeError} if a number is not whole, or the energy is 0.
 */
export function tokensPerKwh(
  mWhPerPrompt: number | undefined,
  tokens: number | undefined,
): number | undefined {
  if (mWhPerPrompt === undefined || tokens === undefined) return undefined;
  const energy = BigInt(whole(mWhPerPrompt, "milliwatt-hours per prompt", 1));
  return Number((BigInt(whole(tokens, "tokens per prompt")) * 1_000_000n) / energy);
}

/**
 * Returns the energy that so many tokens take, in kWh. This is a measure and no money, so it is a double.
 * @throws {RangeError} if a number is not whole, or a kilowatt-hour makes no token.
 */
export function kwhOf(tokens: number | undefined, tokensPerKwh: number | undefined): number | undefined {
  if (tokens === undefined || tokensPerKwh === undefined) return undefined;
  return whole(tokens, "a number of tokens") / whole(tokensPerKwh, "tokens per kWh", 1);
}

/**
 * Returns what the current for so many tokens costs, in 10⁻¹² of the currency, where `perKwh` is the amount for a
 * kilowatt-hour. Rounded once.
 * @throws {RangeError} if a number is not whole, a kilowatt-hour makes no token, or the price is below 0.
 */
export function currentCost(
  tokens: number | undefined,
  tokensPerKwh: number | undefined,
  perKwh: bigint | undefined,
): bigint | undefined {
  if (tokens === undefined || tokensPerKwh === undefined || perKwh === undefined) return undefined;
  if (perKwh < 0n) throw new RangeError(`the price of a kilowatt-hour is at least 0, not ${perKwh}`);
  return quotient(
    BigInt(whole(tokens, "a number of tokens")) * perKwh,
    BigInt(whole(tokensPerKwh, "tokens per kWh", 1)),
  );
}

/** What to work out a kilowatt-hour with. */
export interface KwhOptions {
  /** Tokens that it makes: the assumption. */
  readonly tokensPerKwh: number | undefined;
  /**
   * What tokens sell for: the bill of some, in the proportion of input and output that is meant, such as
   * `price(model, { output: 1_000_000 }, { requestInput: 0 })`.
   */
  readonly bill: Pick<Bill, "lines" | "total">;
  /** What the current costs, in 10⁻¹² of the bill's currency. */
  readonly perKwh: bigint | undefined;
}

/** A kilowatt-hour, in tokens and in money of one currency. */
export interface KwhValue {
  /** How many a kilowatt-hour makes; `undefined` if that is not known. */
  readonly tokens: number | undefined;
  /** What the tokens are worth. */
  readonly value: bigint | undefined;
  /** What the current costs. */
  readonly cost: bigint | undefined;
  /** How many times the current's cost the tokens are worth: a double, for reading. */
  readonly ratio: number | undefined;
}

/**
 * Returns what a kilowatt-hour is worth in tokens, against what it costs. What is unknown makes what depends on it unknown.
 * @throws {RangeError} if the bill has no tokens, or a number is not whole.
 */
export function kwhValue({ tokensPerKwh, bill, perKwh }: KwhOptions): KwhValue {
  const value = worth(tokensPerKwh, bill);
  const ratio = value === undefined || !perKwh ? undefined : Number(value) / Number(perKwh);
  return { tokens: tokensPerKwh, value, cost: perKwh, ratio };
}
