/**
 * What makes an agent cheaper: a new conversation at the right moment, a model at home for the heartbeat, a plan instead
 * of a price per token. An index in the place of a knowledge base is `retrieved` of the agent. And how far a gift goes.
 */

import { type Agent, Conversation, checkAgent } from "./conversation.js";
import { currentCost } from "./energy.js";
import type { Currency, Model } from "./models.js";
import { quotient, whole } from "./numbers.js";
import { type PriceOptions, price, type Usage } from "./price.js";
import { type Biller, type Billers, makeTurn, type Run } from "./run.js";
import { checkTurn, summaryAt, type Turn } from "./turns.js";
import { tokensOf, worth } from "./worth.js";

/** A moment at which a new conversation costs less than going on. */
export interface FreshStart {
  /** The place of the turn in the list. */
  readonly index: number;
  /** What it and the turns looked ahead cost if the conversation goes on. */
  readonly goingOn: bigint;
  /** What they cost in a new conversation, the summary's own turn included. */
  readonly fresh: bigint;
}

/** How to look for it. */
export interface FreshOptions {
  /** Tokens of the summary with which the new conversation would begin; the model writes it, in a turn that is billed. */
  readonly summary: number;
  /** How many turns have to pay together; 1 if it is left out, so that the very next turn pays. */
  readonly ahead?: number;
  /** Whether the summary is written by hand, so that no turn is billed for it. */
  readonly byHand?: boolean;
}

/**
 * Returns the first turn before which a new conversation costs less than going on, over that turn and the ones looked
 * ahead; both are run and billed. `undefined` if there is none, or a bill is not known. The agent's own compaction is left
 * aside. Costs the number of turns times the turns looked ahead.
 * @throws {RangeError} as {@link run}.
 */
export function freshStart(
  agent: Agent,
  turns: readonly Turn[],
  billers: Billers,
  { summary, ahead = 1, byHand = false }: FreshOptions,
): FreshStart | undefined {
  const { compaction: _, ...endless } = agent;
  checkAgent(endless);
  whole(summary, "the summary");
  whole(ahead, "the turns looked ahead", 1);
  const apart = billers.heartbeat !== undefined;
  const state = new Conversation(endless, apart);
  let last = 0;
  for (const [index, turn] of turns.entries()) {
    checkTurn(turn, last);
    last = turn.at;
    const next = turns.slice(index, index + ahead);
    if (state.history > 0 && next.length === ahead && !state.isApart(turn)) {
      const goingOn = costOf(new Conversation(endless, apart, state), next, billers);
      const other = new Conversation(endless, apart, state);
      const written = summary > 0 && !byHand ? [summaryAt(turn.at, summary)] : [];
      const before = costOf(other, written, billers);
      other.restart(summary);
      const after = costOf(other, next, billers);
      if (goingOn === undefined || before === undefined || after === undefined) return undefined;
      if (before + after < goingOn) return { index, goingOn, fresh: before + after };
    }
    state.take(turn);
  }
  return undefined;
}

function costOf(state: Conversation, turns: readonly Turn[], billers: Billers): bigint | undefined {
  let cost = 0n;
  for (const turn of turns) {
    const { total } = makeTurn(state, turn, billers, undefined).bill;
    if (total === undefined) return undefined;
    cost += total;
  }
  return cost;
}

/**
 * Returns who bills a model at home, where a token costs its current; what is cached takes no work again. Unknown if one
 * of the two numbers is.
 */
export function electric(
  currency: Currency,
  tokensPerKwh: number | undefined,
  perKwh: bigint | undefined,
): Biller {
  return (usage) => {
    const { input = 0, cacheWrite = 0, cacheWriteLong = 0, output = 0 } = usage;
    const total = currentCost(input + cacheWrite + cacheWriteLong + output, tokensPerKwh, perKwh);
    return { currency, total, known: total ?? 0n };
  };
}

/** A plan that costs a flat amount instead of a price per token. */
export interface Plan {
  /** For `days` days, in 10⁻¹² of the currency of the run. */
  readonly amount: bigint;
  /** 30 if it is left out. */
  readonly days?: number;
  /** Requests that are in it; without it, their number is not limited. */
  readonly requests?: number;
  /** A turn that sends more than `above` tokens counts as so many requests. */
  readonly long?: {
    /** Tokens. */
    readonly above: number;
    /** Requests. */
    readonly counts: number;
  };
  /** Which turns it covers, all if it is left out; the others are billed as they are. */
  readonly covers?: readonly Turn["kind"][];
}

/** A run on a plan. */
export interface OnPlan {
  /** What the covered turns count as. */
  readonly requests: number;
  /** What that makes in the plan's days, if the run goes on as it does; rounded up. */
  readonly requestsInAll: number;
  /** Whether the plan has so many; `undefined` without a limit. */
  readonly fits: boolean | undefined;
  /** The plan's share for the days of the run, and the bills of the turns that it does not cover. */
  readonly amount: bigint | undefined;
  /** How much less that is than the run's bill; below 0 if it is more. */
  readonly saves: bigint | undefined;
}

/**
 * Returns what a run costs on a plan, instead of by the token. Linear in the turns.
 * @throws {RangeError} if a number is not whole, or the plan's amount is below 0.
 */
export function onPlan({ turns, days, total }: Run, plan: Plan): OnPlan {
  const { covers, long } = plan;
  const planDays = whole(plan.days ?? 30, "the days of a plan", 1);
  const counts = whole(long?.counts ?? 1, "what a long turn counts as", 1);
  if (plan.amount < 0n) throw new RangeError(`a plan costs at least 0, not ${plan.amount}`);
  let requests = 0;
  let besides: bigint | undefined = 0n;
  for (const { turn, sent, bill } of turns) {
    if (!covers || covers.includes(turn.kind)) requests += long && sent > long.above ? counts : 1;
    else besides = bill.total === undefined || besides === undefined ? undefined : besides + bill.total;
  }
  const share = quotient(plan.amount * BigInt(days.length), BigInt(planDays));
  const amount = besides === undefined ? undefined : share + besides;
  const requestsInAll = days.length === 0 ? 0 : Math.ceil((requests * planDays) / days.length);
  return {
    requests,
    requestsInAll,
    fits: plan.requests === undefined ? undefined : requestsInAll <= plan.requests,
    amount,
    saves: amount === undefined || total.amount === undefined ? undefined : total.amount - amount,
  };
}

/** A gift of tokens. */
export interface Gift {
  /** Of all amounts in here. */
  readonly currency: Currency;
  /** What it is worth at the model's prices, in 10⁻¹² of the currency; `undefined` if a price is not known. */
  readonly worth: bigint | undefined;
  /** Whole days that it lasts. */
  readonly days: number;
  /** Tokens that are left on the day after. */
  readonly left: number;
}

/**
 * Returns what a gift of tokens is worth at a model's prices, and how long it lasts. What is used on a day is also the
 * proportion in which the gift is taken to be input and output. Price steps are those of `requestInput`, the first if it is left out.
 * @throws {RangeError} as `price`, or if nothing is used on a day.
 */
export function gift(
  tokens: number,
  model: Pick<Model, "prices">,
  usagePerDay: Usage,
  options: PriceOptions = {},
): Gift {
  const bill = price(model, usagePerDay, { requestInput: 0, ...options });
  const given = BigInt(whole(tokens, "the gift"));
  const value = worth(tokens, bill);
  const perDay = tokensOf(bill.lines);
  return {
    currency: bill.currency,
    worth: value,
    days: Number(given / perDay),
    left: Number(given % perDay),
  };
}
