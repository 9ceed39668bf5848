/**
 * Every text that the page shows, as one type. Each language is a function from its formats to this type: a message
 * that is missing, or that forgets a parameter, does not compile. Messages are whole sentences, because word order
 * and plural differ; nothing outside the language files joins words.
 */
import type { Currency } from "../format.ts";
import type { Decimal } from "../money.ts";
import type { Theme } from "../settings.ts";
import type { FailureKind } from "../vocabulary.ts";

/** How sure a count is. */
export type Basis = "exact" | "calibrated" | "assumed";

/** Figures with a day on which they were published or checked. */
export interface SourceNote {
  readonly name: string;
  readonly date: string;
  readonly dateIs: "published" | "checked";
}

export interface Messages {
  readonly title: string;
  readonly tagline: string;
  readonly privacy: string;

  readonly language: string;
  readonly theme: (theme: Theme) => string;

  readonly meter: string;
  readonly model: string;
  readonly basis: (encoding: string, basis: Basis) => string;
  readonly tokens: string;
  readonly assumed: string;
  readonly calibrated: string;
  readonly assumedNote: (encoding: string) => string;
  readonly costCny: string;
  readonly costUsd: string;
  readonly remaining: string;
  readonly used: string;
  readonly characters: (count: number) => string;
  readonly words: (count: number) => string;
  readonly counting: string;
  readonly countingPart: (part: number) => string;
  readonly soFar: string;
  readonly progress: string;
  readonly cancel: string;
  readonly stopped: string;
  readonly resume: string;
  readonly unknown: string;

  readonly levelOk: string;
  readonly levelNear: string;
  readonly levelOver: string;
  readonly detailOk: (used: number) => string;
  readonly detailNear: (used: number, remaining: number) => string;
  readonly detailOver: (excess: number) => string;
  readonly barText: (tokens: number, budget: number) => string;
  readonly budget: (window: number, reserve: number, budget: number) => string;
  readonly budgetCapped: (window: number, cap: number) => string;
  readonly noWindow: string;
  readonly noOneWindow: string;

  /** What gives a tokenizer file to the page, and where it can be dropped. */
  readonly ownFile: string;
  readonly ownFiles: string;
  readonly loading: (encoding: string) => string;
  readonly failed: (encoding: string) => string;
  readonly failedHelp: (kind: FailureKind) => string;
  readonly retry: string;

  readonly text: string;
  readonly placeholder: string;
  readonly samples: string;
  readonly sampleEnglish: string;
  readonly sampleChinese: string;
  readonly sampleEmoji: string;
  readonly sampleCode: string;
  readonly clear: string;
  readonly colours: string;
  readonly coloursMissing: string;
  readonly coloursTooLong: (limit: number) => string;
  readonly coloursUnknown: string;

  readonly compare: string;
  readonly compareNote: string;
  readonly compareCaption: string;
  readonly compareName: string;
  readonly compareTimes: string;
  readonly compareChoose: string;
  readonly compareBasis: (encoding: string, basis: "exact" | "calibrated") => string;
  /** The size of what is downloaded. */
  readonly compareSize: (bytes: number) => string;
  readonly compareLoading: string;
  readonly compareFailed: string;

  readonly settings: string;
  readonly reserve: string;
  readonly reserveHint: (most: number) => string;
  readonly reserveUnlimited: string;
  readonly reserveWrong: (used: number) => string;
  readonly rate: string;
  readonly rateNote: (source: SourceNote) => string;
  readonly rateOwn: (original: Decimal) => string;
  readonly rateWrong: (used: Decimal) => string;
  readonly rateReset: string;

  readonly prices: string;
  readonly pricesCaption: (model: string) => string;
  readonly priceKind: string;
  readonly priceInput: string;
  readonly priceCached: string;
  readonly priceOutput: string;
  readonly currency: (currency: Currency, isConverted: boolean) => string;
  readonly priceBelow: (limit: number) => string;
  readonly priceAbove: (limit: number) => string;
  readonly priceNow: string;
  readonly priceSource: (source: SourceNote) => string;
  readonly priceOld: (days: number, date: string) => string;
  readonly priceOffPeak: (prices: readonly string[]) => string;
  readonly priceOther: (source: SourceNote, prices: readonly string[]) => string;
  readonly vendorPage: (vendor: string) => string;
  readonly noPrice: string;
  readonly noOnePrice: string;
  readonly retires: (date: string) => string;
  readonly retired: (date: string) => string;

  readonly sayNear: (used: number, remaining: number) => string;
  readonly sayOver: (excess: number) => string;
  readonly sayOk: (remaining: number) => string;
}
