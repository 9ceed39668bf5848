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

const FORMATS: ReadonlyMap<Language, Format> = new Map(
  (["zh", "en"] as const).map((each) => [each, new Format(TAGS[each])]),
);

/** Numbers, money and dates in the language of now. */
export const format: ReadonlySignal<Format> = computed(() => formatOf(language.value));

/** Returns a view's words in the language of now, each language made on its first use. */
export function wordsOf<Words>(
  languages: Readonly<Record<Language, (format: Format) => Words>>,
): ReadonlySignal<Words> {
  const made: Map<Language, Words> = new Map();
  return computed(() => {
    const now = language.value;
    const words = made.get(now) ?? languages[now](formatOf(now));
    made.set(now, words);
    return words;
  });
}

function formatOf(language: Language): Format {
  return FORMATS.get(language) ?? new Format(TAGS[language]);
}
