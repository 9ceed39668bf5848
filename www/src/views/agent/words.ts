/** Words of the agent's bill. */
import type { ReadonlySignal } from "@preact/signals";
import type { Part, Turn } from "tokimeter/agent";
import type { Currency } from "tokimeter/models";
import { wordsOf } from "../../i18n/full.ts";
import { en } from "./en.ts";
import type { Compaction, Economy, Helper, Numbers, Preset } from "./setup.ts";
import { zh } from "./zh.ts";

/** An amount with its currency. */
export interface Money {
  readonly amount: bigint;
  readonly currency: Currency;
}

/** When a turn is. */
export interface Moment {
  readonly turn: number;
  /** From 1. */
  readonly day: number;
  /** Minutes of the day. */
  readonly minute: number;
}

export interface Words {
  readonly title: string;
  readonly lead: string;
  readonly start: string;
  readonly presets: Readonly<Record<Preset, { readonly name: string; readonly note: string }>>;
  readonly model: string;
  readonly files: string;
  readonly currency: string;
  readonly currencies: Readonly<Record<Currency, string>>;

  readonly inputs: string;
  readonly assumption: string;
  readonly assumptions: string;
  readonly groups: Readonly<Record<"each" | "day" | "heartbeat" | "long", string>>;
  readonly fields: Readonly<Record<keyof Numbers, string>>;
  readonly wrong: (used: number) => string;
  readonly hasHeartbeat: string;
  readonly heartbeatNote: string;
  readonly compactions: Readonly<Record<Compaction, string>>;
  readonly compactionLabel: string;
  readonly summaryNote: string;
  readonly ownText: (tokens: number, isExact: boolean) => string;
  readonly ownTextWaiting: string;
  readonly ownTextEmpty: string;

  readonly answers: string;
  readonly firstDay: string;
  readonly inDays: (days: number) => string;
  readonly heartbeatShare: string;
  readonly perDay: (days: number, turns: number) => string;
  readonly noHeartbeat: string;
  readonly heartbeats: (count: number, money: Money | undefined) => string;
  readonly unknown: string;
  readonly share: (part: number) => string;
  readonly money: (money: Money) => string;
  readonly sees: {
    readonly resent: (sent: number, days: number, resent: number, written: number) => string;
    readonly grows: (last: Money, days: number) => string;
    readonly restarts: (conversations: number) => string;
    readonly steady: string;
  };
  readonly nothing: string;
  readonly over: (moment: Moment, turns: number, window: number) => string;
  readonly overMend: (above: number) => string;
  readonly limited: (most: number, days: number, asked: number) => string;
  readonly unknownPrice: (model: string) => string;
  readonly onPlanNow: string;
  readonly failed: string;
  readonly retry: string;

  readonly chart: string;
  readonly ranges: (days: number) => Readonly<Record<"firstDay" | "all", string>>;
  readonly rangeLabel: string;
  readonly sentPanel: string;
  readonly costPanel: string;
  readonly soFarPanel: string;
  readonly windowMark: (window: number) => string;
  readonly freshMark: string;
  readonly describe: (turns: number, least: number, most: number, money: Money | undefined) => string;
  readonly sampled: (every: number) => string;
  readonly slider: string;
  readonly moment: (moment: Moment, kind: Turn["kind"]) => string;
  readonly kinds: Readonly<Record<Turn["kind"], string>>;
  readonly parts: Readonly<Record<Part, string>>;
  readonly columns: {
    readonly part: string;
    readonly thisTurn: string;
    readonly tokens: (days: number) => string;
    readonly money: (days: number) => string;
    readonly turn: string;
    readonly time: string;
    readonly kind: string;
    readonly cost: string;
    readonly soFar: string;
  };
  readonly sumRow: string;
  readonly count: (value: number) => string;
  readonly time: (moment: Moment) => string;
  readonly table: string;
  readonly tableOf: string;
  readonly partsOf: string;

  readonly economies: string;
  readonly economiesLead: string;
  readonly economy: Readonly<Record<Economy, { readonly name: string; readonly note: string }>>;
  readonly saves: (money: Money, days: number) => string;
  readonly wouldSave: (money: Money, days: number) => string;
  readonly costsMore: (money: Money, days: number) => string;
  readonly wouldCostMore: (money: Money, days: number) => string;
  readonly noChange: string;
  readonly waiting: string;
  readonly none: (none: Money, days: number) => string;
  readonly together: (now: Money, saved: Money, part: number) => string;
  readonly togetherMore: (now: Money, more: Money) => string;
  readonly allOff: string;
  readonly overlap: string;
  readonly noCachePrice: string;
  readonly noKnowledge: string;
  readonly noHeartbeatHere: string;
  readonly cacheLives: Readonly<Record<"short" | "long", string>>;
  readonly cacheNote: string;
  readonly cacheLong: string;
  readonly cacheWrites: (isBilled: boolean) => string;
  readonly helpers: Readonly<Record<Helper, string>>;
  readonly helperLabel: string;
  readonly helperModel: string;
  readonly helperNote: string;
  readonly kwhTokens: string;
  readonly kwhPrice: (currency: Currency) => string;
  readonly kwhNote: string;
  readonly planPrice: (currency: Currency) => string;
  readonly isLongDearer: string;
  readonly planSource: string;
  /** `plain` is what it would be if a long request counted as one. */
  readonly planNeeds: (needs: number, plain: number, has: number, fits: boolean) => string;

  readonly fresh: string;
  readonly freshLead: string;
  readonly freshPays: (moment: Moment, ahead: number, goingOn: Money, fresh: Money, less: Money) => string;
  readonly freshNever: (turns: number, ahead: number) => string;
  readonly isByHand: string;
  readonly freshUse: (turns: number) => string;
  readonly freshUsed: (turns: number) => string;

  readonly how: string;
  readonly howText: string;
  readonly prices: (
    model: string,
    source: string,
    date: string,
    converted: { readonly rate: number; readonly source: string; readonly date: string } | undefined,
  ) => string;
  readonly hours: string;
  readonly said: (first: Money, all: Money, days: number) => string;
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
