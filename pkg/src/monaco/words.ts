/** A reading in words: count, whether it fits, share of the room, cost. What is not known is left out, never 0. */

import type { Metered } from "../feed.js";
import { AMOUNT, join, numbers } from "../format.js";
import type { Reading } from "../meter.js";
import { decimal } from "../price.js";

/** The languages that the status speaks. */
export type StatusLanguage = "en" | "zh";

/** Returns a reading as one line: `"1,234 tokens · fits · 31% · $0.0022"`. */
export function formatReading(reading: Reading, language: StatusLanguage = "en"): string {
  const { tokens, low, high, basis, remaining, cost } = reading;
  const says = SAYS[language];
  const { format } = numbers(says.locale);
  const count = formatTokens(tokens, language);
  const room = tokens + (remaining ?? 0);
  return join([
    basis === "exact" ? count : says.about(count, format(low), format(high)),
    formatLevel(reading, language),
    remaining !== undefined && room > 0 && percent(tokens / room, says.locale),
    cost?.total !== undefined &&
      numbers(says.locale, { ...AMOUNT, currency: cost.currency }).format(
        decimal(cost.total) as Intl.StringNumericLiteral,
      ),
  ]);
}

/** Returns whether the text fits, in words; nothing where no window is known. */
export function formatLevel({ level, remaining = 0 }: Reading, language: StatusLanguage): string {
  const { ok, near, full, over } = SAYS[language];
  if (level !== "over") return level === undefined ? "" : level === "ok" ? ok : near;
  return remaining < 0 ? over(formatTokens(-remaining, language)) : full;
}

/** Returns what stands behind a reading: why it is not exact, and of which day the price is. */
export function formatDetails({ basis, cost }: Reading, language: StatusLanguage): string {
  const says = SAYS[language];
  return join([basis !== "exact" && says[basis], cost && says.prices(cost.asOf, cost.source.name)], "\n");
}

/** Returns what a model that is not known may be; nothing of one that is. */
export function formatUnknown({ model, nearest }: Metered, language: StatusLanguage): string {
  return model ? "" : SAYS[language].unknown(nearest.join(", "));
}

/** Returns how many tokens a part of the text is, in words. */
export function formatTokens(tokens: number, language: StatusLanguage): string {
  const { locale, count } = SAYS[language];
  return count(numbers(locale).format(tokens), tokens);
}

/** Rounded down: 100 % is not shown before it is reached. */
function percent(share: number, locale: string): string {
  return numbers(locale, { style: "percent", maximumFractionDigits: 1, roundingMode: "floor" }).format(share);
}

interface Words {
  readonly locale: string;
  count(number: string, tokens: number): string;
  about(count: string, low: string, high: string): string;
  readonly ok: string;
  readonly near: string;
  readonly full: string;
  over(count: string): string;
  readonly calibrated: string;
  readonly estimated: string;
  unknown(nearest: string): string;
  prices(date: string, source: string): string;
  selected(count: string): string;
  readonly beyond: string;
  readonly none: string;
}

export const SAYS: Readonly<Record<StatusLanguage, Words>> = {
  en: {
    locale: "en",
    count: (number, tokens) => `${number} token${tokens === 1 ? "" : "s"}`,
    about: (count, low, high) => `about ${count} (${low}–${high})`,
    ok: "fits",
    near: "near the limit",
    full: "at the limit",
    over: (count) => `${count} too many`,
    calibrated: "The count is calibrated by recorded counts.",
    estimated: "The count is an estimate.",
    unknown: (nearest) => `model not known${nearest && `; near its name: ${nearest}`}`,
    prices: (date, source) => `Prices of ${date} (${source}).`,
    selected: (count) => `${count} selected`,
    beyond: "does not fit from here on",
    none: "no count",
  },
  zh: {
    locale: "zh-CN",
    count: (number) => `${number} 个 token`,
    about: (count, low, high) => `约 ${count}（${low}–${high}）`,
    ok: "放得下",
    near: "快到上限",
    full: "已到上限",
    over: (count) => `超出 ${count}`,
    calibrated: "计数按已记录的结果校准。",
    estimated: "计数是估计值。",
    unknown: (nearest) => `不认识这个模型${nearest && `；名称相近的有：${nearest}`}`,
    prices: (date, source) => `价格日期 ${date}（${source}）。`,
    selected: (count) => `选中 ${count}`,
    beyond: "从这里起放不下",
    none: "没有计数",
  },
};
