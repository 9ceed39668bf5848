/**
 * The bills of an agent, with and without each economy: every amount is from a run of its own, never the difference of two guesses.
 * Plain data in and out, so that it can be done in a worker.
 */
import {
  type Agent,
  type BilledTurn,
  type Biller,
  type Billers,
  type Cache,
  type DayOptions,
  electric,
  type FreshOptions,
  type FreshStart,
  freshStart,
  type OnPlan,
  onPlan,
  type Part,
  type Plan,
  partsOf,
  type Run,
  run,
  schedule,
  type Totals,
  type Turn,
  totals,
} from "tokimeter/agent";
import type { Currency, Model } from "tokimeter/models";
import { type Conversion, price, type Usage } from "tokimeter/price";
import { ECONOMIES, type Economy } from "./setup.ts";

/** Turns that a run has at most: more would take seconds. */
export const MOST_TURNS = 10_000;
/** Turns among which the moment for a new conversation is looked for. */
const MOST_FRESH = 1000;
/** Turns that a chart and its table have at most. */
const MOST_ROWS = 180;
const MINUTE_MS = 60_000;

export const PARTS: readonly Part[] = [
  "configuration",
  "skills",
  "knowledge",
  "history",
  "message",
  "toolResults",
  "retrieved",
  "output",
];

type Prices = Pick<Model, "prices">;

/** A model of its own for the heartbeat: in the cloud, or at home. */
export type HelperQuestion =
  | { readonly kind: "model"; readonly model: Prices; readonly isCached: boolean }
  | { readonly kind: "home"; readonly tokensPerKwh: number; readonly perKwh: bigint };

export interface Question {
  /** With everything but what an economy adds. */
  readonly agent: Agent;
  readonly day: DayOptions & { readonly days: number };
  readonly model: Prices;
  readonly window: number | undefined;
  readonly currency: Currency;
  readonly rate: Conversion;
  /** Midnight of the first day, in milliseconds since 1970: prices can differ by the hour. */
  readonly start: number;
  /** Absent, if the model has none. */
  readonly cache?: Cache;
  readonly retrieved: number;
  readonly helper: HelperQuestion;
  readonly plan: Plan;
  readonly on: Readonly<Record<Economy, boolean>>;
  readonly fresh: FreshOptions;
}

/** A turn, as the chart and the table have it. */
export interface Row {
  /** The place of the turn, from 1. */
  readonly turn: number;
  /** Minutes from midnight of the first day. */
  readonly at: number;
  readonly kind: Turn["kind"];
  readonly conversation: number | undefined;
  readonly tokens: Readonly<Record<Part, number>>;
  readonly sent: number;
  readonly amount: bigint | undefined;
  /** What all turns up to this one cost. */
  readonly soFar: bigint | undefined;
}

/** Turns for a chart. Of each `every` the one that sends most. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly every: number;
  readonly turns: number;
}

export interface Answer {
  readonly currency: Currency;
  /** Days that were run: fewer than asked for, if they have too many turns. */
  readonly days: number;
  readonly total: Totals;
  /** Of the first day and of the last. */
  readonly first: Totals | undefined;
  readonly last: Totals | undefined;
  /** What it costs, on the plan if that is switched on. */
  readonly cost: bigint | undefined;
  readonly firstCost: bigint | undefined;
  readonly kinds: Readonly<Record<Turn["kind"], Totals>>;
  readonly parts: readonly { readonly part: Part; readonly tokens: number; readonly amount: bigint }[];
  readonly firstDay: Rows;
  readonly all: Rows;
  readonly most: number;
  readonly conversations: number;
  /** The first turn that the window does not hold, from 1, when it is, and how many there are. */
  readonly over: { readonly turn: number; readonly at: number; readonly turns: number } | undefined;
  readonly onPlan: OnPlan;
  /** On the plan, if a long turn counted as one. */
  readonly onPlanPlain: OnPlan;
}

export interface Savings {
  /** What the run costs if each economy were the other way: on, if it is off. */
  readonly other: Readonly<Record<Economy, bigint | undefined>>;
  /** What it costs without any. */
  readonly none: bigint | undefined;
  readonly fresh: (FreshStart & Pick<Turn, "at">) | undefined;
  /** Turns among which it was looked for. */
  readonly freshTurns: number;
}

/** Returns the bill of the agent as it is set. */
export function answer(question: Question): Answer {
  const days = daysOf(question);
  const turns = turnsOf(question, days);
  const agent = agentOf(question, question.on);
  const made = run(agent, turns, billersOf(question, question.on));
  const plan = planOf(question, question.on);
  const one = firstDayOf(made);
  const { window = Number.POSITIVE_INFINITY } = question;
  const tooLong = made.turns.filter(({ sent }) => sent > window);
  const of = (kind: Turn["kind"]): Totals => totals(made.turns.filter(({ turn }) => turn.kind === kind));
  return {
    currency: question.currency,
    days,
    total: made.total,
    first: made.days[0],
    last: made.days.at(-1),
    cost: costOf(made, question, question.on),
    firstCost: costOf(one, question, question.on),
    kinds: { work: of("work"), heartbeat: of("heartbeat"), summary: of("summary") },
    parts: partSums(question, agent, made.turns),
    firstDay: rowsOf(agent, one.turns),
    all: rowsOf(agent, made.turns),
    most: made.turns.reduce((most, { sent }) => Math.max(most, sent), 0),
    conversations: 1 + made.turns.reduce((most, { conversation = 0 }) => Math.max(most, conversation), 0),
    over: tooLong[0] && {
      turn: 1 + made.turns.indexOf(tooLong[0]),
      at: tooLong[0].turn.at,
      turns: tooLong.length,
    },
    onPlan: onPlan(made, plan),
    onPlanPlain: onPlan(made, { ...plan, long: { above: 0, counts: 1 } }),
  };
}

/** Returns what each economy changes, each by a run of its own. */
export function savings(question: Question): Savings {
  const turns = turnsOf(question, daysOf(question));
  const cost = (on: Question["on"]): bigint | undefined =>
    costOf(run(agentOf(question, on), turns, billersOf(question, on)), question, on);
  const other = ECONOMIES.map((each) => [each, cost({ ...question.on, [each]: !question.on[each] })]);
  const none = cost({ cache: false, index: false, apart: false, helper: false, plan: false });
  const first = turns.slice(0, MOST_FRESH);
  const agent = agentOf(question, question.on);
  const fresh = freshStart(agent, first, billersOf(question, question.on), question.fresh);
  const at = fresh && first[fresh.index]?.at;
  return {
    other: Object.fromEntries(other),
    none,
    fresh: fresh && at !== undefined ? { ...fresh, at } : undefined,
    freshTurns: first.length,
  };
}

/** Returns how many days fit into the turns that a run has at most. */
function daysOf({ day }: Question): number {
  const perDay = Math.max(1, schedule({ ...day, days: 1 }).length);
  return Math.max(1, Math.min(day.days, Math.floor(MOST_TURNS / perDay)));
}

function turnsOf({ day }: Question, days: number): Turn[] {
  return schedule({ ...day, days });
}

function agentOf({ agent, cache, retrieved }: Question, on: Question["on"]): Agent {
  const { knowledge = 0 } = agent;
  return {
    ...agent,
    ...(on.index && knowledge > 0 ? { knowledge: 0, retrieved } : {}),
    ...(on.cache && cache ? { cache } : {}),
    ...(on.apart ? { heartbeatsApart: true } : {}),
  };
}

function billersOf(question: Question, on: Question["on"]): Billers {
  const work = billerOf(question, question.model);
  return on.helper ? { work, heartbeat: helperOf(question) } : { work };
}

/**
 * Bills heartbeats that have a model of their own. The run has one way to cache, that of the agent's vendor; what another vendor would
 * charge for writing is not in it, so what is written is plain input there.
 */
function helperOf(question: Question, requestInput?: number): Biller {
  const { helper, currency } = question;
  if (helper.kind === "home") return electric(currency, helper.tokensPerKwh, helper.perKwh);
  const bill = billerOf(question, helper.model, requestInput);
  return ({ cached = 0, output = 0, ...usage }, turn) =>
    bill(
      helper.isCached
        ? { input: tokensIn(usage), cached, output }
        : { input: tokensIn(usage) + cached, output },
      turn,
    );
}

/** Bills by the prices of the turn's hour; of a part of a turn, by the step of the whole. */
function billerOf({ currency, rate, start }: Question, model: Prices, requestInput?: number): Biller {
  return (usage, turn) =>
    price(model, usage, {
      currency,
      rate,
      at: new Date(start + turn.at * MINUTE_MS),
      ...(requestInput === undefined ? {} : { requestInput }),
    });
}

/** A heartbeat with a model of its own is no request of the plan's. */
function planOf({ plan }: Question, on: Question["on"]): Plan {
  return on.helper ? { ...plan, covers: ["work", "summary"] } : plan;
}

function costOf(made: Run, question: Question, on: Question["on"]): bigint | undefined {
  return on.plan ? onPlan(made, planOf(question, on)).amount : made.total.amount;
}

/** Returns the first day of a run as a run. */
function firstDayOf({ turns, days, total, currency }: Run): Run {
  const [day] = days;
  return day
    ? { turns: turns.slice(0, day.turns), days: [day], total: day, currency }
    : { turns, days, total, currency };
}

/** Returns the tokens of each part over all turns and, by the token, what of it is known to cost. */
function partSums(question: Question, agent: Agent, turns: readonly BilledTurn[]): Answer["parts"] {
  const tokens = none();
  const amounts = new Map<Part, bigint>();
  for (const billed of turns) {
    const { turn, sent } = billed;
    const isHelped = question.on.helper && turn.kind === "heartbeat";
    const bill = isHelped ? helperOf(question, sent) : billerOf(question, question.model, sent);
    for (const [part, usage] of partsOf(agent, billed)) {
      tokens[part] += tokensIn(usage);
      amounts.set(part, (amounts.get(part) ?? 0n) + bill(usage, turn).known);
    }
  }
  return PARTS.map((part) => ({ part, tokens: tokens[part], amount: amounts.get(part) ?? 0n }));
}

function rowsOf(agent: Agent, turns: readonly BilledTurn[]): Rows {
  const every = Math.max(1, Math.ceil(turns.length / MOST_ROWS));
  const rows: Row[] = [];
  let soFar: bigint | undefined = 0n;
  let largest: Row | undefined;
  for (const [index, billed] of turns.entries()) {
    const { turn, conversation, sent, bill } = billed;
    soFar = soFar === undefined || bill.total === undefined ? undefined : soFar + bill.total;
    if (largest === undefined || sent > largest.sent) {
      const tokens = none();
      for (const [part, usage] of partsOf(agent, billed)) tokens[part] = tokensIn(usage);
      const { at, kind } = turn;
      largest = { turn: index + 1, at, kind, conversation, tokens, sent, amount: bill.total, soFar };
    }
    if ((index + 1) % every === 0 || index + 1 === turns.length) {
      rows.push(largest);
      largest = undefined;
    }
  }
  return { rows, every, turns: turns.length };
}

function none(): Record<Part, number> {
  return {
    configuration: 0,
    skills: 0,
    knowledge: 0,
    history: 0,
    message: 0,
    toolResults: 0,
    retrieved: 0,
    output: 0,
  };
}

function tokensIn({ input = 0, cached = 0, cacheWrite = 0, cacheWriteLong = 0, output = 0 }: Usage): number {
  return input + cached + cacheWrite + cacheWriteLong + output;
}
