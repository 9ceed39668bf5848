/**
 * Words of the site. Each view has its own: an interface, and for each language a function from its formats to it, so a message that is
 * missing, or that forgets a parameter, does not compile. Messages are whole sentences, because word order and plurals differ.
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import { type Language, language } from "../state/settings.ts";
import { Format } from "./format.ts";

export type { Format } from "./format.ts";

/** The BCP 47 tag of a language, for `<html lang>` and for `Intl`. */
export const TAGS: Readonly<Record<Language, string>> = { zh: "zh-CN", en: "en" };

/** What there is in each language, by a kind of formats. */
export interface Spoken<F> {
  /** Numbers, money and dates in the language of now. */
  readonly format: ReadonlySignal<F>;
  /** Returns a view's words in the language of now, each language made on its first use. */
  readonly wordsOf: <Words>(
    languages: Readonly<Record<Language, (format: F) => Words>>,
  ) => ReadonlySignal<Words>;
}

/** Makes what there is in each language, with formats of a class. */
export function inLanguages<F>(Formats: new (tag: string) => F): Spoken<F> {
  const formats: Readonly<Record<Language, F>> = { zh: new Formats(TAGS.zh), en: new Formats(TAGS.en) };
  return {
    format: computed(() => formats[language.value]),
    wordsOf<Words>(languages: Readonly<Record<Language, (format: F) => Words>>) {
      const made: Map<Language, Words> = new Map();
      return computed(() => {
        const now = language.value;
        const words = made.get(now) ?? languages[now](formats[now]);
        made.set(now, words);
        return words;
      });
    },
  };
}

const spoken = inLanguages(Format);
export const format: Spoken<Format>["format"] = spoken.format;
export const wordsOf: Spoken<Format>["wordsOf"] = spoken.wordsOf;
