/**
 * What the reader chose: language, theme, currency, model and so on, each a signal. It is remembered between visits; the text never is.
 * Storage can be refused (private windows, policies), and then the page simply forgets.
 */
import { effect, type Signal, signal } from "@preact/signals";
import type { Currency } from "tokimeter/models";

export type Language = "zh" | "en";
export type Theme = "auto" | "light" | "dark";

const LANGUAGES: readonly Language[] = ["zh", "en"];
const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const CURRENCIES: readonly Currency[] = ["CNY", "USD"];

const KEY = "tokimeter";

const saved: Readonly<Record<string, unknown>> = read();

export const language: Signal<Language> = signal(
  oneOf(LANGUAGES, saved.language) ?? preferredLanguage(navigator.languages),
);
export const theme: Signal<Theme> = signal(oneOf(THEMES, saved.theme) ?? "auto");
export const currency: Signal<Currency> = signal(
  oneOf(CURRENCIES, saved.currency) ?? (language.peek() === "zh" ? "CNY" : "USD"),
);
/** The id of a model of the book, or of one that the reader gave. */
export const model: Signal<string> = signal(
  typeof saved.model === "string" ? saved.model : language.peek() === "zh" ? "deepseek-v4-pro" : "gpt-5.2",
);
/** Yuan for a US dollar as the reader has it, in millionths; `undefined`: as the book has it. */
export const ownRate: Signal<number | undefined> = signal(
  Number.isSafeInteger(saved.rate) && Number(saved.rate) > 0 ? Number(saved.rate) : undefined,
);
/** Tokens that are kept for the reply. */
export const reserve: Signal<number> = signal(
  Number.isSafeInteger(saved.reserve) && Number(saved.reserve) >= 0 ? Number(saved.reserve) : 1000,
);
/** Whether single keys are shortcuts. */
export const shortcuts: Signal<boolean> = signal(saved.shortcuts !== false);

/** What was set by {@link lend}, and what the reader had chosen. */
const loans: Map<unknown, { readonly lent: unknown; readonly own: unknown }> = new Map();

/** Sets a setting for this visit only: what the reader had chosen is remembered, until they choose anew. */
export function lend<T>(setting: Signal<T>, value: T): void {
  loans.set(setting, { lent: value, own: own(setting) });
  setting.value = value;
}

function own<T>(setting: Signal<T>): T {
  const loan = loans.get(setting);
  return loan?.lent === setting.value ? (loan?.own as T) : setting.value;
}

/** Goes on to the next theme. */
export function nextTheme(): void {
  theme.value = THEMES[(THEMES.indexOf(theme.peek()) + 1) % THEMES.length] ?? "auto";
}

effect(() => {
  const settings = {
    language: language.value,
    theme: theme.value,
    currency: own(currency),
    model: own(model),
    rate: ownRate.value,
    reserve: reserve.value,
    shortcuts: shortcuts.value,
  };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Nothing is lost but the memory of a choice.
  }
});

/** Returns the first of the reader's languages that the page speaks; Chinese where there is none. */
function preferredLanguage(tags: readonly string[]): Language {
  const primary = tags.map((tag) => tag.toLowerCase().split("-")[0]);
  return primary.map((tag) => oneOf(LANGUAGES, tag)).find((each) => each !== undefined) ?? "zh";
}

function read(): Readonly<Record<string, unknown>> {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof saved === "object" && saved !== null ? { ...saved } : {};
  } catch {
    return {};
  }
}

function oneOf<T>(all: readonly T[], value: unknown): T | undefined {
  return all.find((each) => each === value);
}
