/**
 * A reading in words, for a line beside the editor. Loaded where there is one. The number changes with every key and stays silent; one
 * polite live region speaks when a level was crossed and typing pauses.
 */

import type { Metered } from "../feed.js";
import { AMOUNT, join, numbers } from "../format.js";
import type { Reading } from "../meter.js";
import { decimal } from "../price.js";
import type { StatusLanguage } from "./plugin.js";

/** How long typing pauses before a level is spoken of, in milliseconds. */
const PAUSE = 1000;

/** Returns a reading as one line: `"1,234 tokens · 30% of 4,000 · $0.0022 · fits"`. What is not known is left out. */
function formatReading(reading: Reading, language: StatusLanguage): string {
  const { tokens, low, high, basis, remaining, cost } = reading;
  const { locale, tokens: words, about, of } = WORDS[language];
  const { format } = numbers(locale);
  const count = words(tokens, format(tokens));
  // What the text may be, beside what else is sent.
  const room = tokens + (remaining ?? Number.NaN);
  return join([
    basis === "exact" ? count : about(count, `${format(low)}–${format(high)}`),
    room > 0 && of(percent(tokens / room, locale), format(room)),
    cost?.total !== undefined &&
      numbers(locale, { ...AMOUNT, currency: cost.currency }).format(
        decimal(cost.total) as Intl.StringNumericLiteral,
      ),
    formatLevel(reading, language),
  ]);
}

/** Returns whether the text fits, in words; `""` where no window is known. */
function formatLevel({ level, remaining = 0 }: Reading, language: StatusLanguage): string {
  const { locale, ok, near, over, tokens } = WORDS[language];
  if (level !== "over") return { ok, near, none: "" }[level ?? "none"];
  // Shortly below the limit the level is still that of above.
  const excess = Math.max(0, -remaining);
  return over(excess && tokens(excess, numbers(locale).format(excess)));
}

/** Shows readings in an element. */
export class Status {
  readonly #element: HTMLElement;
  readonly #language: StatusLanguage;
  readonly #line: HTMLElement;
  readonly #voice: HTMLElement;
  #spoken: Reading["level"] = "ok";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement, language: StatusLanguage) {
    const make = (): HTMLElement => element.ownerDocument.createElement("span");
    this.#element = element;
    this.#language = language;
    this.#line = make();
    this.#voice = make();
    this.#line.id = `${element.id}-line`;
    this.#voice.role = "status";
    this.#voice.style.cssText =
      "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
    element.lang = WORDS[language].locale;
    element.replaceChildren(this.#line, this.#voice);
  }

  /** Says that there is no count. */
  showNone(): void {
    clearTimeout(this.#timer);
    this.#line.textContent = WORDS[this.#language].none;
    this.#element.removeAttribute("data-tokens");
  }

  /** Shows a reading, and how many tokens are selected. */
  show(reading: Reading, { model, nearest }: Metered, selected: number | undefined): void {
    const { level, cost, tokens } = reading;
    const { locale, unknown, prices, selected: parts } = WORDS[this.#language];
    const text = join([
      formatReading(reading, this.#language),
      selected !== undefined && parts(numbers(locale).format(selected)),
      !model && unknown(nearest.join(", ")),
    ]);
    if (this.#line.textContent !== text) this.#line.textContent = text;
    this.#element.dataset.tokens = String(tokens);
    this.#element.dataset.level = level ?? "";
    this.#element.title = cost ? prices(cost.asOf, cost.source.name) : "";
    clearTimeout(this.#timer);
    if (level === this.#spoken) return;
    this.#timer = setTimeout(() => {
      this.#spoken = level;
      this.#voice.textContent = formatLevel(reading, this.#language);
    }, PAUSE);
  }

  /** Leaves the element as empty as it was. */
  destroy(): void {
    clearTimeout(this.#timer);
    for (const name of ["data-tokens", "data-level", "lang", "title"]) this.#element.removeAttribute(name);
    this.#element.replaceChildren();
  }
}

/** Rounded down: 100 % is not shown before it is reached. */
function percent(share: number, locale: string): string {
  return numbers(locale, { style: "percent" }).format(Math.floor(share * 100) / 100);
}

interface Words {
  readonly locale: string;
  tokens(tokens: number, number: string): string;
  about(count: string, range: string): string;
  of(share: string, room: string): string;
  readonly ok: string;
  readonly near: string;
  over(excess: string | 0): string;
  selected(number: string): string;
  unknown(nearest: string): string;
  prices(date: string, source: string): string;
  readonly none: string;
}

const WORDS: Readonly<Record<StatusLanguage, Words>> = {
  en: {
    locale: "en",
    tokens: (tokens, number) => `${number} token${tokens === 1 ? "" : "s"}`,
    about: (count, range) => `about ${count} (${range})`,
    of: (share, room) => `${share} of ${room}`,
    ok: "fits",
    near: "near the limit",
    over: (excess) => (excess ? `${excess} too many` : "at the limit"),
    selected: (number) => `${number} selected`,
    unknown: (nearest) => `unknown model${nearest && `; near its name: ${nearest}`}`,
    prices: (date, source) => `Prices of ${date} (${source})`,
    none: "no count",
  },
  zh: {
    locale: "zh-CN",
    tokens: (_, number) => `${number} 个 token`,
    about: (count, range) => `约 ${count}（${range}）`,
    of: (share, room) => `${room} 的 ${share}`,
    ok: "放得下",
    near: "快到上限",
    over: (excess) => (excess ? `超出 ${excess}` : "已到上限"),
    selected: (number) => `选中 ${number}`,
    unknown: (nearest) => `未知模型${nearest && `；名称相近的有：${nearest}`}`,
    prices: (date, source) => `价格日期 ${date}（${source}）`,
    none: "没有计数",
  },
};
