/** The meter's display: count, costs, context left, the bar, the lamp, and why there is no count when there is none. */
import type { Count } from "./counted-text.ts";
import { byId, element, setAttribute, setNote, setText } from "./elements.ts";
import { shortNameOf } from "./files.ts";
import type { Currency } from "./format.ts";
import type { Basis, Locale } from "./i18n/index.ts";
import type { Budget, Level, Reading } from "./meter.ts";
import type { Cost, Decimal } from "./money.ts";
import type { TextStats } from "./text-stats.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What stands where a number will be. */
const PENDING = "…";
/** What stands where there is no number to wait for. */
const NONE = "—";

export interface Display {
  readonly vocabulary: Vocabulary;
  readonly basis: Basis;
  /** Whether several models are meant, with windows of their own. */
  readonly isFamily: boolean;
  readonly count: Count;
  /** Absent while the count is not exact. */
  readonly cost?: Cost;
  /** Absent where the window is not known. */
  readonly budget?: Budget;
  /** Absent while the count is not exact, and where the window is not known. */
  readonly reading?: Reading;
  /** Absent while a long text is being gone through. */
  readonly stats?: TextStats;
}

export class MeterView {
  readonly #tokens: HTMLElement = element("tokens");
  readonly #soFar: HTMLElement = element("so-far");
  readonly #assumed: HTMLElement = element("assumed");
  readonly #calibrated: HTMLElement = element("calibrated");
  readonly #basis: HTMLElement = element("basis");
  readonly #costs: Readonly<Record<Currency, HTMLElement>> = {
    CNY: element("cost-cny"),
    USD: element("cost-usd"),
  };
  readonly #remaining: HTMLElement = element("remaining");
  readonly #lamp: HTMLElement = element("level");
  readonly #bar: HTMLElement = element("bar");
  readonly #used: HTMLMeterElement = byId("used", HTMLMeterElement);
  readonly #progress: HTMLProgressElement = byId("progress", HTMLProgressElement);
  readonly #cancel: HTMLElement = element("cancel");
  readonly #stopped: HTMLElement = element("stopped");
  readonly #resume: HTMLElement = element("resume");
  readonly #detail: HTMLElement = element("detail");
  readonly #budget: HTMLElement = element("budget");
  readonly #characters: HTMLElement = element("characters");
  readonly #words: HTMLElement = element("words");
  readonly #loading: HTMLElement = element("loading");
  readonly #failed: HTMLElement = element("failed");

  show(display: Display, locale: Locale): void {
    this.#showTokens(display, locale);
    this.#showCost("CNY", display, display.cost?.CNY, locale);
    this.#showCost("USD", display, display.cost?.USD, locale);
    this.#showContext(display, locale);
    this.#showBudget(display.budget, locale);
    this.#showProgress(display.count, locale);
    this.#showStats(display.stats, locale);
    this.#showVocabulary(display.vocabulary, locale);
  }

  #showTokens({ count, basis, vocabulary }: Display, { format, messages }: Locale): void {
    const isKnown = count.kind === "exact";
    const isPart = count.kind === "counting";
    setText(this.#tokens, isKnown || isPart ? format.count(count.tokens) : (missing(count) ?? PENDING));
    setAttribute(this.#tokens, "data-value", isKnown ? count.tokens.toString() : undefined);
    this.#soFar.hidden = !isPart;
    this.#assumed.hidden = basis !== "assumed" || !isKnown;
    this.#calibrated.hidden = basis !== "calibrated" || !isKnown;
    setText(this.#basis, messages.basis(shortNameOf(vocabulary.encoding), basis));
  }

  #showCost(
    currency: Currency,
    { count, isFamily }: Display,
    amount: Decimal | undefined,
    locale: Locale,
  ): void {
    const target = this.#costs[currency];
    const text = missing(count) ?? (isFamily ? NONE : locale.messages.unknown);
    setText(target, amount === undefined ? text : locale.format.cost(amount, currency));
    setAttribute(target, "data-value", amount);
  }

  #showContext({ count, reading, isFamily }: Display, { format, messages }: Locale): void {
    const text = missing(count) ?? (isFamily ? NONE : messages.unknown);
    const isCounting = count.kind === "counting";
    setText(this.#remaining, reading === undefined ? text : format.count(reading.remaining));
    setAttribute(this.#remaining, "data-value", reading?.remaining.toString());
    this.#bar.hidden = isCounting || (reading === undefined && count.kind === "exact");
    const level = reading?.level ?? "ok";
    setAttribute(this.#lamp, "data-level", level);
    setAttribute(this.#bar, "data-level", level);
    this.#lamp.hidden = reading === undefined;
    setText(this.#lamp, levelName(level, messages));
    this.#used.max = Math.max(1, reading?.budget.input ?? 1);
    this.#used.value = reading?.tokens ?? 0;
    const barText = reading && messages.barText(reading.tokens, reading.budget.input);
    setAttribute(this.#used, "aria-valuetext", barText ?? text);
    const missingWindow = isFamily ? messages.noOneWindow : messages.noWindow;
    const noWindow = count.kind === "exact" ? missingWindow : undefined;
    setNote(this.#detail, reading === undefined ? noWindow : detail(reading, messages));
  }

  #showBudget(budget: Budget | undefined, { messages }: Locale): void {
    const text =
      budget?.cappedAt === undefined
        ? budget && messages.budget(budget.window, budget.reserve, budget.input)
        : messages.budgetCapped(budget.window, budget.cappedAt);
    setNote(this.#budget, text);
  }

  /** Shows how far a long count is, in the place of the bar. The focus stays where there is something to do. */
  #showProgress(count: Count, { messages }: Locale): void {
    const focused = document.activeElement;
    const isCounting = count.kind === "counting";
    this.#progress.hidden = !isCounting;
    this.#cancel.hidden = !isCounting;
    this.#stopped.hidden = count.kind !== "stopped";
    if (isCounting) {
      const part = count.done / count.total;
      this.#progress.value = part;
      setNote(this.#detail, messages.countingPart(part));
    }
    if (focused !== this.#cancel && focused !== this.#resume) return;
    const next = { counting: this.#cancel, stopped: this.#resume, exact: undefined, waiting: undefined };
    (next[count.kind] ?? element("text")).focus({ preventScroll: true });
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
    setNote(this.#loading, kind === "loading" ? messages.loading(shortNameOf(encoding)) : undefined);
    this.#failed.hidden = kind !== "failed";
    if (kind !== "failed") return;
    const { kind: failure, message } = vocabulary.failure;
    setText(element("failed-message"), messages.failed(shortNameOf(encoding)));
    setText(element("failed-help"), messages.failedHelp(failure));
    setText(element("failed-reason"), message);
  }
}

/** Returns what stands in the place of a figure that follows from the count, while there is no count. */
function missing(count: Count): string | undefined {
  if (count.kind === "exact") return undefined;
  return count.kind === "stopped" ? NONE : PENDING;
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
