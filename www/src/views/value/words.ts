/** Words of gifts and current. */
import type { ReadonlySignal } from "@preact/signals";
import type { Yield } from "tokimeter/energy";
import type { Currency } from "tokimeter/models";
import { wordsOf } from "../../i18n/full.ts";
import type { Verdict } from "./claim-table.tsx";
import type { Claim } from "./claims.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** An amount with its currency. */
export interface Money {
  readonly amount: bigint;
  readonly currency: Currency;
}

export interface Words {
  readonly title: string;
  readonly lead: string;
  readonly choices: string;
  readonly model: string;
  readonly files: string;
  readonly currency: string;
  readonly currencies: Readonly<Record<Currency, string>>;
  readonly useInput: string;
  readonly useOutput: string;
  readonly useNote: string;
  readonly useAgent: (input: number, output: number) => string;
  readonly assumption: string;
  readonly wrong: (used: number) => string;
  readonly money: (money: Money) => string;
  readonly unknown: string;
  readonly asOf: (date: string) => string;
  readonly dated: (date: string) => string;

  readonly gift: string;
  readonly giftTokens: string;
  readonly worthAt: (model: string) => string;
  readonly lasts: string;
  readonly days: (days: number) => string;
  readonly left: (tokens: number) => string;
  readonly everyModel: (tokens: number) => string;
  readonly chosen: string;
  readonly all: (count: number) => string;
  readonly fewer: string;
  readonly peak: string;
  readonly columns: Readonly<Record<"model" | "worth" | "range" | "saying" | "book" | "verdict", string>>;
  readonly giftClaims: string;
  readonly giftClaimsNote: string;
  readonly claims: Readonly<Record<Claim["id"], string>>;
  readonly span: (allInput: Money, allOutput: Money) => string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly network: (network: Money, model: string, cheapest: Money) => string;

  readonly current: string;
  readonly currentLead: string;
  readonly kwhPrice: (currency: Currency) => string;
  readonly kwhPriceNote: string;
  readonly kwhMakes: string;
  readonly kwhWorth: (model: string) => string;
  readonly kwhCost: string;
  readonly bySource: (kind: Yield["kind"] | undefined) => string;
  readonly ratio: (ratio: number) => string;
  readonly sources: string;
  readonly own: string;
  readonly ownTokens: string;
  /** Names and notes of the sources; what is absent is as the package has it. */
  readonly yields: Readonly<Record<string, { readonly name: string; readonly note: string }>>;
  readonly yieldKinds: Readonly<Record<Yield["kind"], string>>;
  readonly tokensPerKwh: (tokens: number, low: number | undefined, high: number | undefined) => string;
  readonly mWh: (mWhPerPrompt: number) => string;
  readonly promptTokens: string;
  readonly promptNote: string;
  readonly noSource: string;
  readonly comparison: string;
  readonly comparisonNote: (hasRange: boolean) => string;
  readonly table: string;
  readonly range: (low: Money, high: Money) => string;
  readonly kwhClaims: string;
  readonly kwhClaimsNote: string;
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
