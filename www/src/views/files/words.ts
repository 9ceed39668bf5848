/** Words of the files view. */
import type { ReadonlySignal } from "@preact/signals";
import type { Currency, Source } from "tokimeter/models";
import { wordsOf } from "../../i18n/full.ts";
import { en } from "./en.ts";
import type { Reason } from "./left-out.ts";
import type { FailReason } from "./tree.ts";
import { zh } from "./zh.ts";

export type Tab = "files" | "folders" | "types";

/** Tokens as far as they are known. */
export interface Tokens {
  readonly tokens: number;
  readonly low: number;
  readonly high: number;
}

export interface Words {
  readonly title: string;
  readonly lead: string;

  readonly dropTitle: string;
  readonly dropHere: string;
  readonly dropHint: string;
  readonly chooseFiles: string;
  readonly chooseFolder: string;
  readonly clear: string;
  readonly dropRules: string;

  readonly offer: (name: string) => string;
  readonly offerUse: string;
  readonly offerCount: string;
  readonly offerUsed: (name: string) => string;

  readonly model: string;
  readonly ownFiles: string;
  readonly currency: string;
  readonly currencies: Readonly<Record<Currency, string>>;

  readonly finding: (files: number) => string;
  readonly counting: string;
  readonly progress: (done: number, files: number, bytes: number) => string;
  readonly stop: string;
  readonly stopped: (done: number, files: number) => string;
  readonly goOn: string;
  readonly failed: (encoding: string) => string;
  readonly retry: string;
  readonly done: (tokens: number, files: number) => string;

  readonly total: string;
  readonly soFar: string;
  readonly tokens: (count: number) => string;
  readonly range: (low: number, high: number) => string;
  readonly calibrated: string;
  readonly calibratedNote: string;
  readonly assumed: string;
  readonly assumedNote: (encoding: string) => string;
  readonly fileByFile: string;

  readonly windows: (windows: number, model: string) => string;
  readonly windowPart: (part: number, model: string) => string;
  readonly windowOf: (room: number, window: number | undefined) => string;
  readonly noWindow: string;
  readonly noOneWindow: string;
  readonly more: (count: number) => string;
  readonly oneReading: (cost: string, requests: number) => string;
  readonly cachedReading: (cost: string) => string;
  readonly noPrice: string;
  readonly noOnePrice: string;
  readonly priceSource: (source: Source, asOf: string) => string;
  readonly priceConverted: (rate: string, source: string) => string;
  readonly priceOwnRate: (rate: string) => string;
  readonly priceStep: (above: number) => string;
  readonly priceOffPeak: string;

  readonly factFiles: string;
  readonly factCharacters: string;
  readonly factBytes: string;
  readonly unknown: string;

  readonly tableTitle: string;
  readonly tabs: string;
  readonly tab: Readonly<Record<Tab, string>>;
  readonly filter: string;
  readonly filterPlaceholder: string;
  readonly filtered: (files: number, tokens: number) => string;
  readonly filteredNone: string;
  readonly excludeFiltered: string;
  readonly includeFiltered: string;
  readonly caption: Readonly<Record<Tab, string>>;
  readonly columnIn: string;
  readonly columnName: string;
  readonly columnTokens: string;
  readonly columnShare: string;
  readonly columnAction: string;
  readonly include: (name: string) => string;
  readonly filesIn: (files: number) => string;
  readonly excludedOf: (excluded: number) => string;
  readonly invalid: string;
  readonly noExtension: string;
  readonly open: (name: string) => string;
  readonly toPlayground: (name: string) => string;
  readonly toPlaygroundTitle: string;
  readonly cannotOpen: (name: string) => string;
  readonly showMore: (count: number) => string;
  readonly nothingYet: string;

  readonly take: string;
  readonly saveCsv: string;
  readonly saveJson: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly summary: (lines: SummaryLines) => string;

  readonly leftOutTitle: string;
  readonly leftOutNote: string;
  readonly leftOut: Readonly<Record<Reason, string>>;
  readonly leftOutFiles: (files: number) => string;
  readonly leftOutOff: string;
  readonly skippedTitle: (files: number) => string;
  readonly skippedNote: string;
  readonly failedTitle: (files: number) => string;
  readonly failedWhy: Readonly<Record<FailReason, string>>;
  readonly unreadPath: string;
  readonly retryFiles: string;
  readonly invalidTitle: (files: number) => string;
  readonly invalidNote: string;
}

/** What the copied text says. */
export interface SummaryLines extends Tokens {
  readonly model: string;
  readonly files: number;
  readonly codePoints: number;
  readonly bytes: number;
  readonly windows: number | undefined;
  readonly cost: string | undefined;
  readonly dearest: readonly { readonly path: string; readonly tokens: number }[];
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
