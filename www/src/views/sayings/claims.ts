/** The sayings, and whether one holds. */
import type { TokenRange } from "tokimeter";

export type PartName = "english" | "chinese";
/** What is divided by what. */
export type Measure =
  | "words-per-token"
  | "characters-per-token"
  | "tokens-per-character"
  | "tokens-per-thousand-characters";

export type SayingName = "words" | "one" | "range" | "1.6" | "1.35" | "article";

export interface Saying {
  readonly name: SayingName;
  readonly part: PartName;
  readonly measure: Measure;
  /** What it says, from `low` to `high`. */
  readonly low: number;
  readonly high: number;
}

export const SAYINGS: readonly Saying[] = [
  { name: "words", part: "english", measure: "words-per-token", low: 0.75, high: 0.75 },
  { name: "one", part: "chinese", measure: "characters-per-token", low: 1, high: 1 },
  { name: "range", part: "chinese", measure: "tokens-per-character", low: 1, high: 2 },
  { name: "1.6", part: "chinese", measure: "tokens-per-character", low: 1.6, high: 1.6 },
  { name: "1.35", part: "chinese", measure: "tokens-per-character", low: 1.35, high: 1.35 },
  { name: "article", part: "chinese", measure: "tokens-per-thousand-characters", low: 2000, high: 2000 },
];

/** Words or characters from which on a part is enough to tell. */
export const ENOUGH = 20;

/** Deviations up to which a saying holds, and holds roughly. */
export const HOLDS = 0.05;
export const ROUGHLY = 0.2;

/** `open`: the count is an estimate, and the saying holds at one end of its range and not at the other. */
export type Verdict = "holds" | "roughly" | "fails" | "open";

/** What a text says. */
export interface Measured {
  readonly value: number;
  /** From here to `high` where the count is an estimate. */
  readonly low: number;
  readonly high: number;
  /** How far the value is from the saying, as a part of what it says: 0 if it is within. */
  readonly deviation: number;
  readonly verdict: Verdict;
}

/** Measures a saying by a text of `units` words or characters. */
export function measure(saying: Saying, units: number, count: TokenRange): Measured {
  const ratio = (tokens: number): number => ratioOf(saying.measure, units, tokens);
  const [low = 0, high = 0] = [ratio(count.low), ratio(count.high)].sort((a, b) => a - b);
  const value = ratio(count.tokens);
  const sides = [low, high].map((each) => deviationOf(saying, each));
  const verdicts = new Set([low, value, high].map((each) => verdictOf(deviationOf(saying, each))));
  const isOneSided = sides.every((each) => each >= 0) || sides.every((each) => each <= 0);
  const deviation = deviationOf(saying, value);
  return {
    value,
    low,
    high,
    deviation,
    verdict: verdicts.size === 1 && isOneSided ? verdictOf(deviation) : "open",
  };
}

function ratioOf(measure: Measure, units: number, tokens: number): number {
  switch (measure) {
    case "words-per-token":
    case "characters-per-token":
      return units / tokens;
    case "tokens-per-character":
      return tokens / units;
    case "tokens-per-thousand-characters":
      return (1000 * tokens) / units;
  }
}

function deviationOf({ low, high }: Saying, value: number): number {
  if (value < low) return value / low - 1;
  return value > high ? value / high - 1 : 0;
}

function verdictOf(deviation: number): Verdict {
  const size = Math.abs(deviation);
  if (size <= HOLDS) return "holds";
  return size <= ROUGHLY ? "roughly" : "fails";
}
