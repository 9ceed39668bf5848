/** Words of the sayings. */
import type { ReadonlySignal } from "@preact/signals";
import { wordsOf } from "../../i18n/full.ts";
import type { Measure, PartName, SayingName, Verdict } from "./claims.ts";
import { en } from "./en.ts";
import type { Result } from "./measurements.ts";
import type { SampleName } from "./samples.ts";
import type { OddityName } from "./surprise-texts.ts";
import { zh } from "./zh.ts";

export interface Words {
  readonly title: string;
  readonly lead: string;
  readonly box: {
    readonly title: string;
    readonly empty: string;
    readonly samples: string;
    readonly sample: Readonly<Record<SampleName, string>>;
    readonly isSample: string;
    readonly model: string;
    readonly files: string;
    readonly counting: string;
    readonly whole: (tokens: number, isEstimate: boolean) => string;
    readonly parts: Readonly<Record<PartName, (units: number, tokens: string) => string>>;
    readonly noPart: Readonly<Record<PartName, string>>;
    readonly how: string;
    readonly howText: readonly string[];
    readonly cut: (units: number) => string;
    readonly failed: (title: string) => string;
    readonly retry: string;
  };
  readonly others: {
    readonly title: string;
    readonly note: string;
    readonly all: (bytes: number) => string;
    readonly load: (title: string, bytes: number) => string;
    readonly loading: (title: string) => string;
    readonly loaded: string;
    readonly failed: (title: string) => string;
    readonly done: string;
  };
  readonly sayings: {
    readonly title: string;
    readonly said: string;
    readonly quotes: Readonly<Record<SayingName, string>>;
    readonly yours: Readonly<Record<Measure, (result: Result) => string>>;
    readonly range: (low: string, high: string) => string;
    readonly verdicts: Readonly<Record<Verdict, string>>;
    readonly short: Readonly<Record<Verdict, string>>;
    readonly deviation: (deviation: number) => string;
    readonly within: string;
    readonly tooLittle: Readonly<Record<PartName, (units: number) => string>>;
    readonly counting: string;
    readonly empty: string;
    readonly turned: (characters: string) => string;
    readonly perWord: (tokens: string) => string;
    readonly noWords: string;
    readonly rows: (verdicts: Readonly<Record<Verdict, number>>, total: number) => string;
    readonly columns: {
      readonly tokenizer: string;
      readonly bar: string;
      readonly verdict: string;
      readonly units: Readonly<Record<Measure, string>>;
    };
    readonly line: (value: string) => string;
    readonly about: (value: string) => string;
    readonly calibrated: string;
    readonly rule: string;
    readonly spoken: (holds: number, total: number) => string;
  };
  readonly why: {
    readonly title: string;
    readonly vocabulary: string;
    readonly vocabularyText: string;
    readonly example: (text: string) => string;
    readonly load: (title: string, bytes: number) => string;
    readonly unknownPieces: (title: string) => string;
    readonly tokens: (tokens: number, isEstimate: boolean) => string;
    readonly columns: {
      readonly tokenizer: string;
      readonly all: string;
      readonly chinese: string;
      readonly words: string;
      readonly share: string;
      readonly yours: string;
    };
    readonly source: string;
    readonly turned: string;
    readonly turnedText: (perToken: string | undefined, perCharacter: string | undefined) => string;
    readonly texts: string;
    readonly textsText: string;
  };
  readonly surprises: {
    readonly title: string;
    readonly lead: (model: string) => string;
    readonly sentence: string;
    readonly oddities: string;
    readonly columns: { readonly language: string; readonly pieces: string; readonly tokens: string };
    readonly tokens: (tokens: number, isEstimate: boolean) => string;
    readonly times: (times: string) => string;
    readonly unknownPieces: string;
    readonly waiting: string;
    readonly names: Readonly<Record<OddityName, string>>;
    readonly notes: Readonly<Record<OddityName, string>>;
  };
  readonly other: {
    readonly title: string;
    readonly lead: string;
    readonly parts: readonly [header: string, claims: string, signature: string];
    readonly text: string;
    readonly put: string;
    readonly already: string;
  };
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
