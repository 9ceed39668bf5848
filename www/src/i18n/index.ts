/** The languages of the page, and the choice of the first one. */
import { Format, type Language, LOCALES } from "../format.ts";
import { en } from "./en.ts";
import type { Messages } from "./messages.ts";
import { zh } from "./zh.ts";

export type { Basis, Messages, SourceNote } from "./messages.ts";

/** A language made ready: its tag, its formats and its messages. */
export interface Locale {
  readonly language: Language;
  readonly tag: string;
  readonly format: Format;
  readonly messages: Messages;
}

const MESSAGES: Readonly<Record<Language, (format: Format) => Messages>> = { zh, en };
const ready: Map<Language, Locale> = new Map();

/** Returns the language's locale; made on first use. */
export function localeOf(language: Language): Locale {
  const known = ready.get(language);
  if (known !== undefined) return known;
  const tag = LOCALES[language];
  const format = new Format(tag);
  const locale = { language, tag, format, messages: MESSAGES[language](format) };
  ready.set(language, locale);
  return locale;
}

/** Returns the first of the reader's languages that the page speaks; Chinese where there is none. */
export function preferredLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const [primary] = tag.toLowerCase().split("-");
    if (primary === "zh" || primary === "en") return primary;
  }
  return "zh";
}
