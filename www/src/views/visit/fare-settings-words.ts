/** Words of what the reader sets, and of where prices come from. */
import type { ReadonlySignal } from "@preact/signals";
import type { Currency, Source } from "tokimeter/models";
import { type Format, wordsOf } from "../../i18n/full.ts";

interface Words {
  readonly settings: (isReal: boolean) => string;
  readonly reservedNote: string;
  readonly reserve: string;
  readonly wage: (currency: Currency) => string;
  readonly wageNote: string;
  readonly wrong: (used: number) => string;
  readonly source: (source: Source) => string;
}

function zh(f: Format): Words {
  const n = (count: number): string => f.count(count);
  return {
    settings: (isReal) => (isReal ? "为回答预留" : "时薪和干活的时间"),
    reservedNote: "模型的回答也占这 240 分钟，也收钱。",
    reserve: "为回答预留的 token",
    wage: (currency) => (currency === "CNY" ? "时薪（元）" : "时薪（美元）"),
    wageNote: "只是举例，可以改。",
    wrong: (used) => `请填范围内的整数；先按 ${n(used)} 算。`,
    source: ({ name, date, dateIs }) =>
      dateIs === "checked"
        ? `价格来自 ${name}，${f.date(date)}核对。`
        : `价格来自 ${name}，${f.date(date)}发布。`,
  };
}

function en(f: Format): Words {
  const n = (count: number): string => f.count(count);
  return {
    settings: (isReal) => (isReal ? "Kept for the answer" : "Wage, and time for the work"),
    reservedNote: "A model's answer shares the 240 minutes, and is billed as well.",
    reserve: "Tokens kept for the answer",
    wage: (currency) => (currency === "CNY" ? "Wage per hour, yuan" : "Wage per hour, US dollars"),
    wageNote: "An example, yours to change.",
    wrong: (used) => `Enter a whole number within the range; ${n(used)} is used for now.`,
    source: ({ name, date, dateIs }) =>
      dateIs === "checked"
        ? `Prices from ${name}, checked ${f.date(date)}.`
        : `Prices from ${name}, published ${f.date(date)}.`,
  };
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
