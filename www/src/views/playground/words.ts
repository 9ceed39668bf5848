/** Words of the playground. */
import type { ReadonlySignal } from "@preact/signals";
import type { HintKind } from "tokimeter/hints";
import type { Currency } from "tokimeter/models";
import type { Tier } from "tokimeter/price";
import { wordsOf } from "../../i18n/full.ts";
import { en } from "./en.ts";
import type { Invisible } from "./invisible.ts";
import type { SampleName } from "./samples.ts";
import { zh } from "./zh.ts";

/** How sure a count is. */
export type Basis = "exact" | "calibrated" | "assumed" | "estimated";

/** Marks a number that is not sure, or leaves it as it is. */
export type Mark = (number: string) => string;

/** Figures with a day on which they were published or checked. */
export interface SourceNote {
  readonly name: string;
  readonly date: string;
  readonly dateIs: "published" | "checked";
}

/** Prices of a tariff by what they are for, each with its amount in digits. */
export interface Told {
  readonly input?: string;
  readonly cached?: string;
  readonly output?: string;
}

export interface Words {
  readonly title: string;
  readonly lead: string;

  readonly meter: string;
  readonly model: string;
  readonly files: string;
  readonly basis: (encoding: string, basis: Basis) => string;
  readonly tokens: string;
  readonly marks: Readonly<Record<Exclude<Basis, "exact">, string>>;
  readonly about: Mark;
  readonly range: (range: string) => string;
  readonly soFar: string;
  readonly cost: Readonly<Record<Currency, string>>;
  readonly remaining: string;
  readonly unknown: string;
  readonly used: string;
  readonly levelOk: string;
  readonly levelNear: string;
  /** It fits, but was over the limit a moment ago. */
  readonly levelFull: string;
  readonly levelOver: string;
  readonly detailOk: (used: number) => string;
  readonly detailNear: (used: number, remaining: number) => string;
  readonly detailFull: (remaining: number) => string;
  readonly detailOver: (excess: number) => string;
  readonly barText: (tokens: number, room: number) => string;
  readonly room: (window: number, reserve: number, room: number) => string;
  readonly roomCapped: (window: number, cap: number) => string;
  readonly noWindow: string;
  readonly noOneWindow: string;
  readonly sayOk: (remaining: number) => string;
  readonly sayNear: (used: number, remaining: number) => string;
  readonly sayFull: (remaining: number) => string;
  readonly sayOver: (excess: number) => string;

  readonly counting: (part: number) => string;
  readonly progress: string;
  readonly cancel: string;
  readonly stopped: string;
  readonly resume: string;
  readonly loading: (encoding: string) => string;
  readonly reading: (file: string, part: number) => string;
  readonly failed: (encoding: string, isEstimated: boolean) => string;
  readonly failedFile: (file: string) => string;
  readonly retry: string;
  readonly pattern: string;
  readonly usePattern: string;

  readonly text: string;
  readonly placeholder: string;
  readonly ownFile: string;
  readonly dropHere: string;
  readonly samples: string;
  readonly sample: Readonly<Record<SampleName, string>>;
  readonly clear: string;
  readonly colours: string;
  readonly ids: string;
  readonly noBoxes: Readonly<Record<"calibrated" | "estimated", string>>;
  readonly characters: (count: number) => string;
  readonly words: (count: number) => string;
  readonly statsPending: string;
  readonly selected: (tokens: number, all: number, mark: Mark) => string;
  readonly edit: (change: number, cost: string | undefined, mark: Mark) => string;

  readonly tokenCount: (count: number) => string;
  readonly idsAre: (ids: readonly number[]) => string;
  readonly bytesAre: (bytes: string) => string;
  readonly special: (name: string, id: number) => string;
  readonly invisible: Readonly<Record<Invisible, string>>;

  readonly hints: string;
  readonly hintsLead: string;
  readonly hintsNone: string;
  readonly hintsEmpty: string;
  readonly hintsPending: string;
  readonly hintsTooLong: (limit: number) => string;
  readonly hintKind: Readonly<Record<HintKind, string>>;
  readonly hintSaves: (tokens: number, isEstimated: boolean) => string;
  readonly hintCosts: (tokens: number, isEstimated: boolean) => string;
  readonly hintsTogether: (tokens: number, cost: string | undefined, isEstimated: boolean) => string;
  readonly apply: Readonly<Record<"shorten" | "remove", string>>;
  /** `action` is what the button says. */
  readonly applyLabel: (action: string, kind: string, excerpt: string) => string;
  readonly applyAll: (count: number) => string;
  readonly jump: (excerpt: string) => string;
  readonly more: (count: number) => string;
  readonly applied: (tokens: number) => string;

  readonly tokenList: string;
  readonly tokenListOf: (count: number) => string;
  readonly tokenAtCaret: string;
  readonly tokenNumber: string;
  readonly tokenText: string;
  readonly tokenId: string;
  readonly tokenBytes: string;
  readonly tokenPart: string;
  readonly tokensMore: (count: number) => string;

  readonly settings: string;
  readonly currency: string;
  readonly currencies: Readonly<Record<Currency, string>>;
  readonly reserve: string;
  readonly reserveHint: (most: number) => string;
  readonly reserveUnlimited: string;
  readonly reserveWrong: (used: number) => string;
  readonly rate: string;
  readonly rateNote: (source: SourceNote) => string;
  readonly rateOwn: (original: string) => string;
  readonly rateWrong: (used: string) => string;
  readonly rateReset: string;

  readonly prices: string;
  readonly pricesCaption: (model: string) => string;
  readonly priceKind: string;
  readonly priceInput: string;
  readonly priceCached: string;
  readonly priceOutput: string;
  readonly priceIn: (currency: Currency, isConverted: boolean) => string;
  readonly priceBelow: (limit: number) => string;
  readonly priceAbove: (limit: number) => string;
  readonly priceTier: Readonly<Record<Tier, string>>;
  readonly priceNow: string;
  readonly priceSource: (source: SourceNote) => string;
  readonly priceOld: (days: number, date: string) => string;
  readonly priceOther: (source: SourceNote, prices: Told) => string;
  readonly vendorPage: (vendor: string) => string;
  readonly noPrice: string;
  readonly noOnePrice: string;
  readonly assumedNote: (encoding: string) => string;
  readonly retires: (date: string) => string;
  readonly retired: (date: string) => string;

  /** CodeMirror's own phrases. */
  readonly phrases: Readonly<Record<string, string>>;
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
