/** What is asked of the reckoning, as the setup, the model, the currency and the reader's text have it. */
import { findModel, type Model } from "tokimeter/models";
import type { PickedModel } from "../../state/catalogue.ts";
import { inCurrency, kwhTokens, perKwh } from "../../state/current.ts";
import { conversion } from "../../state/rate.ts";
import { currency } from "../../state/settings.ts";
import type { HelperQuestion, Question } from "./reckoning.ts";
import type { Setup } from "./setup.ts";

const HOUR = 60;

type Rates = Model["prices"][number]["standard"];

/** Returns the rates that bills in this currency go by. */
export function ratesOf({ prices }: Pick<Model, "prices">): Rates {
  const list = prices.find((price) => price.currency === currency.value) ?? prices[0];
  return list?.standard ?? {};
}

/** Returns the question; `configuration` is that of the reader's text, or of the setup. */
export function questionOf(setup: Setup, model: PickedModel, configuration: number): Question {
  const from = setup.from * HOUR;
  const to = setup.to * HOUR;
  const { skills, knowledge, days, message, toolResults, output, turns, summary } = setup;
  const cache = cacheOf(setup, model);
  return {
    agent: {
      configuration,
      skills,
      knowledge,
      ...(setup.compaction === "above" ? { compaction: { above: setup.compactAbove, summary } } : {}),
      ...(setup.compaction === "turns" ? { compaction: { turns: setup.compactTurns, summary } } : {}),
    },
    day: {
      days,
      work: { turns, message, toolResults, output, from, to },
      ...(setup.hasHeartbeat
        ? {
            heartbeat: {
              every: setup.every,
              message: setup.beatMessage,
              output: setup.beatOutput,
              from,
              to,
            },
          }
        : {}),
    },
    model: { prices: model.prices },
    window: model.window,
    currency: currency.value,
    rate: conversion.value,
    start: new Date().setHours(0, 0, 0, 0),
    ...(cache ? { cache } : {}),
    retrieved: setup.retrieved,
    helper: helperOf(setup),
    plan: {
      amount: inCurrency(setup.plan),
      requests: setup.planRequests,
      ...(setup.isLongDearer ? { long: { above: setup.longAbove, counts: setup.longCounts } } : {}),
    },
    on: setup.on,
    fresh: { summary, ahead: setup.ahead, byHand: setup.isByHand },
  };
}

/** Returns how the model's vendor caches, by the prices that it has for it; `undefined` without one for reading. */
function cacheOf(setup: Setup, model: Pick<Model, "prices" | "vendor">): Question["cache"] | undefined {
  const { cached, cacheWrite, cacheWriteLong } = ratesOf(model);
  if (cached === undefined) return undefined;
  const least = setup.cacheLeast;
  if (setup.isCacheLong && cacheWriteLong !== undefined) {
    return { minutes: minutesOf(setup, model, "long"), write: "cacheWriteLong", least };
  }
  const minutes = minutesOf(setup, model, "short");
  return cacheWrite === undefined ? { minutes, least } : { minutes, write: "cacheWrite", least };
}

/** How long vendors say that a cache lives, in minutes; DeepSeek says a few hours to a few days, and two hours is the least of that. */
const LIVES: Readonly<Record<string, { readonly short: number; readonly long?: number }>> = {
  Anthropic: { short: 5, long: 60 },
  OpenAI: { short: 5, long: 720 },
  DeepSeek: { short: 120 },
};

/** Returns how long the cache lives: as the reader says, or as the vendor. */
export function minutesOf(
  { cacheMinutes, cacheLongMinutes }: Setup,
  { vendor }: Pick<Model, "vendor">,
  which: "short" | "long",
): number {
  const { short = 5, long = 60 } = LIVES[vendor] ?? {};
  return which === "short" ? (cacheMinutes ?? short) : (cacheLongMinutes ?? long);
}

function helperOf({ helper, helperModel }: Setup): HelperQuestion {
  if (helper === "home") return { kind: "home", tokensPerKwh: kwhTokens.value, perKwh: perKwh.value };
  const prices = findModel(helperModel)?.prices ?? [];
  return { kind: "model", model: { prices }, isCached: ratesOf({ prices }).cached !== undefined };
}
