/**
 * How much of a model's context is used, and how near the limit is. Counts are not monotonic (one more letter can
 * lower a count), so a text at the edge of a warning would make it flicker: a warning starts at 80 % and ends
 * below 78 %. "Over" has no such slack, because it states a fact.
 */
import type { Model } from "./catalogue.ts";

export type Level = "ok" | "near" | "over";

const NEAR_FROM = 0.8;
const NEAR_UNTIL = 0.78;

/** What one request may hold, in tokens. */
export interface Budget {
  /** What the input may use: the window less the reserve, or the vendor's cap on input if that is lower. */
  readonly input: number;
  readonly window: number;
  /** Kept for the answer; never more than the model can put out. */
  readonly reserve: number;
  /** The vendor's cap on input, where it is the lower limit. */
  readonly cappedAt?: number;
}

export interface Reading {
  readonly tokens: number;
  readonly budget: Budget;
  /** Tokens that may still be written; negative when the text is too long. */
  readonly remaining: number;
  /** Used part of the input budget; above 1 when the text is too long. */
  readonly used: number;
  readonly level: Level;
}

/** Returns what the input may use when `reserve` tokens stay free for the answer; `undefined` if no window is known. */
export function budgetOf(model: Model, reserve: number): Budget | undefined {
  if (model.window === undefined) return undefined;
  const kept = clampReserve(model, reserve);
  const shared = Math.max(0, model.window - kept);
  const capped = model.maxInput !== undefined && model.maxInput < shared;
  return {
    input: capped ? model.maxInput : shared,
    window: model.window,
    reserve: kept,
    ...(capped ? { cappedAt: model.maxInput } : {}),
  };
}

/** Returns `reserve` brought into what the model can put out. */
export function clampReserve(model: Model, reserve: number): number {
  const most = model.maxOutput ?? model.window ?? reserve;
  return Math.min(Math.max(0, Math.trunc(reserve)), most);
}

/** Returns the reading for `tokens` under `budget`; `before` is the level that the reader sees now. */
export function read(tokens: number, budget: Budget, before: Level): Reading {
  const used = budget.input === 0 ? Number.POSITIVE_INFINITY : tokens / budget.input;
  return { tokens, budget, remaining: budget.input - tokens, used, level: levelOf(used, before) };
}

function levelOf(used: number, before: Level): Level {
  if (used > 1) return "over";
  return used >= (before === "ok" ? NEAR_FROM : NEAR_UNTIL) ? "near" : "ok";
}
