/** Words of the first view. */
import type { ReadonlySignal } from "@preact/signals";
import { wordsOf } from "../../i18n/index.ts";
import type { Count } from "../../text/counted-text.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

export interface Words {
  readonly title: string;
  readonly lead: string;
  readonly call: string;
  readonly placeholder: string;
  readonly samples: string;
  readonly sampleShort: string;
  readonly sampleLong: string;
  readonly clear: string;
  readonly strikeSelection: string;
  readonly fare: {
    readonly title: string;
    readonly scale: string;
    readonly scaleVisit: string;
    readonly scaleWindow: string;
    readonly currency: string;
    readonly model: string;
    readonly files: string;
    readonly basis: (count: Count) => string;
    readonly failed: (reason: string) => string;
    readonly retry: string;
    readonly talk: (isReal: boolean) => string;
    readonly work: (isReal: boolean) => string;
    readonly left: string;
    readonly outside: string;
    readonly bill: string;
    /** Minutes, or the tokens of a real window. */
    readonly units: (count: number, isReal: boolean) => string;
    readonly about: (count: number, isReal: boolean) => string;
    readonly range: (low: number, high: number) => string;
    readonly soFar: (count: number, isReal: boolean) => string;
    readonly unknown: string;
    /** What the chatter that is still there would give back. */
    readonly chatter: (minutes: number, amount: string, isReal: boolean) => string;
    readonly strike: string;
    readonly cameBack: (minutes: number, amount: string, isReal: boolean) => string;
    readonly restore: string;
    readonly reserved: string;
    readonly say: (outside: number, isReal: boolean) => string;
  };
  readonly tiles: {
    readonly title: (isReal: boolean, window: number | undefined) => string;
    readonly kinds: Readonly<Record<"talk" | "chatter" | "kept" | "free", string>>;
    readonly worth: (minutes: number) => string;
    readonly hour: (hour: number, isReal: boolean) => string;
    readonly summary: (told: number, chatter: number, kept: number, free: number, outside: number) => string;
    readonly waiting: string;
    readonly outside: (minutes: number, isReal: boolean) => string;
    readonly more: (minutes: number) => string;
    /** What is left for the work if all is told nevertheless. */
    readonly unfinished: (kept: number, work: number, isReal: boolean) => string;
  };
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
