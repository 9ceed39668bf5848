/** What `<token-meter>` says, in each language. Numbers, money and dates are by `Intl`. */

import { AMOUNT, numbers } from "./format.js";
import type { Cost, Reading } from "./meter.js";

/** Numbers, money and dates of one language. */
export interface Formats {
  /** The language, for `lang`. */
  readonly lang: string;
  /** A number with the separators of the language. */
  number(value: number): string;
  /** One number if the two are the same. */
  range(low: number, high: number): string;
  /** The total of a cost; with a range, if it has one. `undefined` if it is not known. */
  money(cost: Cost): string | undefined;
  /** A day or a month: `"YYYY-MM-DD"` or `"YYYY-MM"`. */
  date(date: string): string;
}

/** The sentences of one language. Numbers come formatted, but where they are needed as such. */
export interface Words {
  /** What stands behind the number of tokens. */
  unit(tokens: number): string;
  /** How sure the count is, in a word. */
  readonly basis: Readonly<Record<Reading["basis"] | "assumed" | "unknown", string>>;
  /** What the amount holds: the reply, if one is reserved, and a tariff that is not the standard one. */
  terms(reply: string | 0, tier: Cost["tier"]): string;
  /** Stands for the amount where no price is known. */
  readonly noPrice: string;
  /** Whether it fits, in a word or two; `full` is shortly below the limit, where the level is still that of above. */
  readonly level: Readonly<Record<NonNullable<Reading["level"]> | "full", string>>;
  /** How many tokens fit yet; negative: are too many. */
  room(remaining: number, formats: Formats): string;
  /** Stands for the room where no window is known. */
  readonly noWindow: string;
  /** The day of the prices, and yuan for a dollar where the amount was converted. */
  price(date: string, rate: string | undefined): string;
  /** For an element without a model. */
  readonly noModel: string;
  /** For a model that the book does not have, and that perhaps cannot be counted either. */
  unknownModel(model: string, near: string, isCounted: boolean): string;
  /** For a vocabulary that could not be loaded. */
  readonly estimateOnly: string;
  /** For a text that could not be counted. */
  readonly noCount: string;
  /** On the button that loads again. */
  readonly retry: string;
  /** The description of the field. */
  description(tokens: string, isExact: boolean, room: string | undefined): string;
}

const made: Map<string, Formats> = new Map();

/** Returns the numbers, money and dates of a language. */
export function formats(lang: string): Formats {
  let formats = made.get(lang);
  if (!formats) {
    try {
      formats = makeFormats(lang);
    } catch {
      // Pages have tags that are none, such as zh_CN.
      formats = makeFormats(languageIn(lang));
    }
    made.set(lang, formats);
  }
  return formats;
}

/** Returns the first part of a language's tag. */
export function languageIn(tag: string): string {
  return tag.toLowerCase().split(/[-_]/, 1)[0] ?? "";
}

function makeFormats(lang: string): Formats {
  const counts = numbers(lang);
  const days = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone: "UTC" });
  const months = new Intl.DateTimeFormat(lang, { year: "numeric", month: "short", timeZone: "UTC" });
  return {
    lang,
    number: (value) => counts.format(value),
    range: (low, high) => range(counts, low, high),
    money: ({ total, low = total, high = total, currency }) => {
      if (low === undefined || high === undefined) return undefined;
      // Amounts are in 10⁻¹², and a format takes a number of any length as a text.
      const [from, to] = [`${low}e-12`, `${high}e-12`] as [`${number}`, `${number}`];
      return range(numbers(lang, { ...AMOUNT, currency }), from, to);
    },
    date: (date) => (date.length > 7 ? days : months).format(new Date(date)),
  };
}

function range<T extends number | `${number}`>(format: Intl.NumberFormat, low: T, high: T): string {
  return low === high ? format.format(low) : format.formatRange(low, high);
}

const tokensIn = (number: string): string => `${number} token${number === "1" ? "" : "s"}`;

/** The language where there is no other. */
export const ENGLISH: Words = {
  unit: (tokens) => `token${tokens === 1 ? "" : "s"}`,
  basis: {
    exact: "exact",
    calibrated: "calibrated, unofficial",
    estimated: "estimate",
    assumed: "assumed",
    unknown: "count unknown, estimate",
  },
  terms: (reply, tier) =>
    [reply && `with a reply of ${reply}`, tier !== "standard" && tier].filter(Boolean).join(", "),
  noPrice: "price unknown",
  level: { ok: "Fits", near: "Nearly full", full: "At the limit", over: "Over the limit" },
  room: (remaining, { number }) =>
    remaining < 0 ? `${tokensIn(number(-remaining))} too many` : `${tokensIn(number(remaining))} left`,
  noWindow: "window unknown",
  price: (date, rate) => `prices of ${date}${rate ? `, at ¥${rate} to the dollar` : ""}`,
  noModel: "No model is named, so this is an estimate.",
  unknownModel: (model, near, isCounted) =>
    `The model “${model}” is unknown${isCounted ? "" : ", and so is its count"}. Near it: ${near}.`,
  estimateOnly: "The vocabulary could not be loaded, so this is an estimate.",
  noCount: "There is no count.",
  retry: "Try again",
  description: (tokens, isExact, room) =>
    `${tokensIn(tokens)}${isExact ? "" : ", estimated"}.${room ? ` At most ${room} fit.` : ""}`,
};

/** The languages, by the first part of their tags. */
export const WORDS: { [language: string]: Words } = {
  en: ENGLISH,
  zh: {
    unit: () => "个 token",
    basis: {
      exact: "准确",
      calibrated: "校准，非官方",
      estimated: "估计",
      assumed: "推定",
      unknown: "数目未知，估计",
    },
    terms: (reply, tier) =>
      [reply && `含 ${reply} 个 token 的回复`, { standard: "", batch: "批量价", "off-peak": "错峰价" }[tier]]
        .filter(Boolean)
        .join("，"),
    noPrice: "价格未知",
    level: { ok: "充裕", near: "接近上限", full: "已到上限", over: "已超出" },
    room: (remaining, { number }) =>
      remaining < 0 ? `超出 ${number(-remaining)} 个 token` : `还可输入 ${number(remaining)} 个 token`,
    noWindow: "窗口大小未知",
    price: (date, rate) => `${date}的价格${rate ? `，按 1 美元 = ${rate} 元折算` : ""}`,
    noModel: "没有指定模型，这里只是估计。",
    unknownModel: (model, near, isCounted) =>
      `没有“${model}”这个模型的资料${isCounted ? "" : "，数目未知"}。相近的有：${near}。`,
    estimateOnly: "词表没有载入成功，这里只是估计。",
    noCount: "暂时无法计数。",
    retry: "重试",
    description: (tokens, isExact, room) =>
      `${isExact ? "" : "估计 "}${tokens} 个 token。${room ? `最多可输入 ${room} 个。` : ""}`,
  },
};
