/** A run of an agent's turns, billed. */

import { type Agent, Conversation, checkAgent } from "./conversation.js";
import { whole } from "./numbers.js";
import type { Bill, Usage } from "./price.js";
import { checkTurn, DAY, summaryAt, type Turn } from "./turns.js";

/** What is read of a bill. `price` makes such bills; so does `electric` for a model at home. */
export type TurnBill = Pick<Bill, "currency" | "total" | "known">;

/** Bills a turn, such as `(usage) => price(model, usage)`. */
export type Biller = (usage: Usage, turn: Turn) => TurnBill;

/** Who bills. */
export interface Billers {
  /** Bills all turns, or those of work. */
  readonly work: Biller;
  /** Another model for the heartbeat, with a cache of its own; the same if it is left out. */
  readonly heartbeat?: Biller;
}

/** A turn, what it took and what it costs. */
export interface BilledTurn {
  /** What was asked for, and when. */
  readonly turn: Turn;
  /** The number of the conversation, from 0; a heartbeat apart has none. */
  readonly conversation: number | undefined;
  /** What it used, by what is billed apart. */
  readonly usage: Usage;
  /** All tokens that it sent, cached or not: what a price step and the window are measured by. */
  readonly sent: number;
  /** What that costs. */
  readonly bill: TurnBill;
}

/** Sums over turns. */
export interface Totals {
  /** How many requests. */
  readonly turns: number;
  /** Input tokens that are neither read from the prompt cache nor written to it. */
  readonly input: number;
  /** Input tokens that are read from the prompt cache. */
  readonly cached: number;
  /** Input tokens that are written to the prompt cache. */
  readonly cacheWrite: number;
  /** Input tokens that are written to the prompt cache for the longer time. */
  readonly cacheWriteLong: number;
  /** Output tokens, with those of reasoning. */
  readonly output: number;
  /** The sum of the turns' bills, `undefined` if one of them is not known. */
  readonly amount: bigint | undefined;
  /** The sum of what is known of them. */
  readonly known: bigint;
}

/** A run, billed. */
export interface Run {
  /** In order of time. */
  readonly turns: readonly BilledTurn[];
  /** One a day from the first to the last, days without a turn included. */
  readonly days: readonly Totals[];
  /** The sum of all turns. */
  readonly total: Totals;
  /** The currency of all bills; `undefined` without turns. */
  readonly currency: TurnBill["currency"] | undefined;
}

/**
 * Returns what the turns of an agent take and cost. Bills are exact turn by turn, and a day's is their sum.
 * Linear in the turns.
 * @throws {RangeError} if a number is not whole, turns are not in order of time, or bills are in different currencies.
 */
export function run(agent: Agent, turns: Iterable<Turn>, billers: Billers): Run {
  checkAgent(agent);
  const state = new Conversation(agent, billers.heartbeat !== undefined);
  const billed: BilledTurn[] = [];
  const days: Sums[] = [];
  const total = new Sums();
  let currency: TurnBill["currency"] | undefined;
  let last = 0;
  const take = (turn: Turn): void => {
    const conversation = state.isApart(turn) ? undefined : state.index;
    const made = makeTurn(state, turn, billers, conversation);
    currency ??= made.bill.currency;
    if (made.bill.currency !== currency) {
      throw new RangeError(
        `one turn is billed in ${currency} and another in ${made.bill.currency}: have all billed in one currency`,
      );
    }
    const day = Math.floor(turn.at / DAY);
    while (days.length <= day) days.push(new Sums());
    for (const sums of [days[day], total]) sums?.add(made);
    billed.push(made);
  };
  for (const turn of turns) {
    checkTurn(turn, last);
    last = turn.at;
    if (state.isDue(turn)) {
      const summary = agent.compaction?.summary ?? 0;
      if (summary > 0) take(summaryAt(turn.at, summary));
      state.restart(summary);
    }
    take(turn);
  }
  return { turns: billed, days: days.map((sums) => sums.totals), total: total.totals, currency };
}

/** What a turn is made of, in the order in which it is sent; output last. */
export type Part =
  | "configuration"
  | "skills"
  | "knowledge"
  | "history"
  | "message"
  | "toolResults"
  | "retrieved"
  | "output";

/**
 * Returns what each part of a turn used, of those that have tokens: together they are the turn's usage. What the cache has
 * is a turn's beginning, then comes what is written to it, then plain input. Their bills, with `requestInput` of all that the
 * turn sent, add up to the turn's, but for the rounding of a conversion.
 */
export function partsOf(agent: Agent, { turn, usage, sent }: BilledTurn): ReadonlyMap<Part, Usage> {
  const { configuration, skills = 0, knowledge = 0 } = agent;
  const { message, toolResults = 0 } = turn;
  const retrieved = turn.kind === "summary" ? 0 : (agent.retrieved ?? 0);
  const history = sent - configuration - skills - knowledge - message - toolResults - retrieved;
  const left = IN_ORDER.map((kind) => ({ kind, tokens: usage[kind] ?? 0 }));
  const parts = new Map<Part, Usage>();
  const sizes = { configuration, skills, knowledge, history, message, toolResults, retrieved } as const;
  for (const [part, size] of Object.entries(sizes) as [Part, number][]) {
    const used: { -readonly [kind in keyof Usage]: number } = {};
    let rest = size;
    for (const each of left) {
      const taken = Math.min(rest, each.tokens);
      if (taken === 0) continue;
      used[each.kind] = taken;
      each.tokens -= taken;
      rest -= taken;
    }
    if (size > 0) parts.set(part, used);
  }
  if (usage.output) parts.set("output", { output: usage.output });
  return parts;
}

const IN_ORDER = ["cached", "cacheWrite", "cacheWriteLong", "input"] as const;

/** Returns the sums over some of a run's turns, such as its heartbeats. */
export function totals(turns: Iterable<BilledTurn>): Totals {
  const sums = new Sums();
  for (const turn of turns) sums.add(turn);
  return sums.totals;
}

class Sums {
  readonly #tokens = { input: 0, cached: 0, cacheWrite: 0, cacheWriteLong: 0, output: 0 };
  #turns = 0;
  #amount: bigint | undefined = 0n;
  #known = 0n;

  add({ usage, bill }: BilledTurn): void {
    this.#turns++;
    for (const kind of ["input", "cached", "cacheWrite", "cacheWriteLong", "output"] as const) {
      this.#tokens[kind] = whole(this.#tokens[kind] + (usage[kind] ?? 0), "a sum of tokens");
    }
    this.#amount =
      this.#amount === undefined || bill.total === undefined ? undefined : this.#amount + bill.total;
    this.#known += bill.known;
  }

  get totals(): Totals {
    return { turns: this.#turns, ...this.#tokens, amount: this.#amount, known: this.#known };
  }
}

/** Makes a turn and has it billed. */
export function makeTurn(
  state: Conversation,
  turn: Turn,
  billers: Billers,
  conversation: number | undefined,
): BilledTurn {
  const usage = state.take(turn);
  const { input = 0, cached = 0, cacheWrite = 0, cacheWriteLong = 0 } = usage;
  const biller = turn.kind === "heartbeat" ? (billers.heartbeat ?? billers.work) : billers.work;
  return {
    turn,
    conversation,
    usage,
    sent: input + cached + cacheWrite + cacheWriteLong,
    bill: biller(usage, turn),
  };
}
