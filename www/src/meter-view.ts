/** The meter's display: count, costs, context left, the bar, the lamp, and why there is no count when there is none. */
import { byId, element, setAttribute, setNote, setText } from "./elements.ts";
import type { Currency } from "./format.ts";
import type { Locale } from "./i18n/index.ts";
import type { Level, Reading } from "./meter.ts";
import type { Cost, Decimal } from "./money.ts";
import type { TextStats } from "./text-stats.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What stands where a number will be. */
const PENDING = "…";

export interface Display {
  readonly vocabulary: Vocabulary;
  readonly assumed: boolean;
  /** Absent while nothing can be counted. */
  readonly tokens?: number;
  /** Absent while nothing can be counted, and where the price is not known. */
  readonly cost?: Cost;
  /** Absent while nothing can be counted, and where the window is not known. */
  readonly reading?: Reading;
  /** Absent while a long text is being gone through. */
  readonly stats?: TextStats;
}

export class MeterView {
  readonly #tokens: HTMLElement = element("tokens");
  readonly #assumed: HTMLElement = element("assumed");
  readonly #costs: Readonly<Record<Currency, HTMLElement>> = {
    CNY: element("cost-cny"),
    USD: element("cost-usd"),
  };
  readonly #remaining: HTMLElement = element("remaining");
  readonly #lamp: HTMLElement = element("level");
  readonly #bar: HTMLElement = element("bar");
  readonly #used: HTMLMeterElement = byId("used", HTMLMeterElement);
  readonly #detail: HTMLElement = element("detail");
  readonly #budget: HTMLElement = element("budget");
  readonly #characters: HTMLElement = element("characters");
  readonly #words: HTMLElement = element("words");
  readonly #loading: HTMLElement = element("loading");
  readonly #failed: HTMLElement = element("failed");

  show(display: Display, locale: Locale): void {
    this.#showTokens(display, locale);
    this.#showCost("CNY", display, display.cost?.cny, locale);
    this.#showCost("USD", display, display.cost?.usd, locale);
    this.#showContext(display, locale);
    this.#showStats(display.stats, locale);
    this.#showVocabulary(display.vocabulary, locale);
  }

  #showTokens({ tokens, assumed }: Display, { format }: Locale): void {
    setText(this.#tokens, tokens === undefined ? PENDING : format.count(tokens));
    setAttribute(this.#tokens, "data-value", tokens?.toString());
    this.#assumed.hidden = !assumed || tokens === undefined;
  }

  #showCost(currency: Currency, display: Display, amount: Decimal | undefined, locale: Locale): void {
    const target = this.#costs[currency];
    const missing = display.tokens === undefined ? PENDING : locale.messages.unknown;
    setText(target, amount === undefined ? missing : locale.format.cost(amount, currency));
    setAttribute(target, "data-value", amount);
  }

  #showContext({ tokens, reading }: Display, { format, messages }: Locale): void {
    const missing = tokens === undefined ? PENDING : messages.unknown;
    setText(this.#remaining, reading === undefined ? missing : format.count(reading.remaining));
    setAttribute(this.#remaining, "data-value", reading?.remaining.toString());
    this.#bar.hidden = reading === undefined && tokens !== undefined;
    const level = reading?.level ?? "ok";
    setAttribute(this.#lamp, "data-level", level);
    setAttribute(this.#bar, "data-level", level);
    this.#lamp.hidden = reading === undefined;
    setText(this.#lamp, levelName(level, messages));
    if (reading === undefined) {
      this.#used.value = 0;
      setAttribute(this.#used, "aria-valuetext", missing);
      setNote(this.#detail, tokens === undefined ? undefined : messages.noWindow);
      setNote(this.#budget, undefined);
      return;
    }
    const { budget } = reading;
    this.#used.max = Math.max(1, budget.input);
    this.#used.value = reading.tokens;
    setAttribute(this.#used, "aria-valuetext", messages.barText(reading.tokens, budget.input));
    setNote(this.#detail, detail(reading, messages));
    setNote(
      this.#budget,
      budget.cappedAt === undefined
        ? messages.budget(budget.window, budget.reserve, budget.input)
        : messages.budgetCapped(budget.window, budget.cappedAt),
    );
  }

  #showStats(stats: TextStats | undefined, { messages }: Locale): void {
    setText(
      this.#characters,
      stats === undefined ? messages.counting : messages.characters(stats.characters),
    );
    setText(this.#words, stats === undefined ? "" : messages.words(stats.words));
  }

  #showVocabulary(vocabulary: Vocabulary, { messages }: Locale): void {
    const { kind, encoding } = vocabulary;
    setNote(this.#loading, kind === "loading" ? messages.loading(encoding) : undefined);
    this.#failed.hidden = kind !== "failed";
    if (kind !== "failed") return;
    const { kind: failure, message } = vocabulary.failure;
    setText(element("failed-message"), messages.failed(encoding));
    setText(element("failed-help"), messages.failedHelp(failure));
    setText(element("failed-reason"), message);
  }
}

function levelName(level: Level, messages: Locale["messages"]): string {
  switch (level) {
    case "ok":
      return messages.levelOk;
    case "near":
      return messages.levelNear;
    case "over":
      return messages.levelOver;
  }
}

function detail(reading: Reading, messages: Locale["messages"]): string {
  switch (reading.level) {
    case "ok":
      return messages.detailOk(reading.used);
    case "near":
      return messages.detailNear(reading.used, reading.remaining);
    case "over":
      return messages.detailOver(-reading.remaining);
  }
}
