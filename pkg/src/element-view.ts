/** What `<token-meter>` shows: its shadow tree, and a reading in words. */

import { style } from "./element-style.js";
import type { Formats, Words } from "./element-words.js";
import type { Metered } from "./feed.js";
import type { Reading } from "./meter.js";

/** What there is to show. */
export interface Shown {
  readonly words: Words;
  readonly formats: Formats;
  /** What the element has. */
  readonly of: {
    readonly model: string;
    /** Tokens that are sent besides the text. */
    readonly context: number | undefined;
    /** Tokens that are kept free for the reply. */
    readonly reserve: number | undefined;
    readonly error: unknown;
    readonly reading: Reading | undefined;
    readonly meter: Metered | undefined;
  };
}

/** The parts that are a text. */
const TEXTS = ["tokens", "unit", "basis", "cost", "terms", "level", "room", "price"] as const;

type Texts = { readonly [part in (typeof TEXTS)[number]]?: string | undefined };

/** The tree of one meter. */
export class View {
  readonly #meter: HTMLElement;
  readonly #texts: readonly HTMLElement[] = TEXTS.map((part) => element("span", part));
  readonly #context: HTMLElement = element("div", "context");
  readonly #fill: HTMLElement = element("div", "fill");
  readonly #bar: HTMLElement = element("div", "bar", this.#context, this.#fill);
  readonly #note: HTMLElement = element("div", "note");
  readonly #retry: HTMLElement = element("button", "retry");
  readonly #status: HTMLElement = element("div", "status");

  constructor(root: ShadowRoot, retry: () => void) {
    const head = element("div", "row", ...this.#texts.slice(0, 5));
    const foot = element("div", "row", ...this.#texts.slice(5));
    const shown = element("div", "shown", head, this.#bar, foot);
    // The number that changes with every key is not read out.
    shown.ariaHidden = "true";
    this.#status.role = "status";
    this.#meter = element("div", "meter", shown, this.#note, this.#retry);
    this.#meter.tabIndex = -1;
    this.#retry.addEventListener("click", () => {
      // The button goes, and would take the focus with it.
      this.#meter.focus();
      retry();
    });
    root.adoptedStyleSheets = [style()];
    root.append(this.#meter, this.#status);
  }

  show(shown: Shown): void {
    const { words, formats, of } = shown;
    const { reading, meter, error, context = 0, reserve = 0 } = of;
    const { tokens = 0, level, low, high, remaining, cost } = reading ?? {};
    const isSure = low === high;
    const money = cost && formats.money(cost);
    const converted = cost?.converted && formats.number(cost.converted.cnyPerUsd / 1e6);
    const texts: Texts = reading
      ? {
          tokens: (isSure ? "" : "≈ ") + formats.number(tokens),
          unit: words.unit(tokens),
          basis:
            words.basis[basisOf(reading, meter?.model)] +
            (isSure ? "" : ` · ${formats.range(reading.low, reading.high)}`),
          cost: money,
          terms: money && words.terms(reserve && formats.number(reserve), cost.tier),
          level: levelOf(words, reading),
          room: remaining === undefined ? words.noWindow : words.room(remaining, formats),
          price: money ? words.price(formats.date(cost.asOf), converted) : words.noPrice,
        }
      : { tokens: error === undefined ? "…" : "—" };
    for (const target of this.#texts) set(target, texts[target.className as keyof Texts]);
    this.#meter.lang = formats.lang;
    this.#meter.dataset.level = level ?? "";
    this.#bar.hidden = remaining === undefined;
    const all = Math.max(1, context + tokens + Math.max(0, remaining ?? 0));
    this.#context.style.inlineSize = `${(100 * context) / all}%`;
    this.#fill.style.inlineSize = `${(100 * tokens) / all}%`;
    set(this.#note, noteOf(shown));
    set(this.#retry, error === undefined ? "" : words.retry);
  }

  /** Speaks. */
  say(text: string): void {
    this.#status.lang = this.#meter.lang;
    this.#status.textContent = text;
  }
}

/** Returns the level in words. */
export function levelOf(words: Words, { level, remaining = 0 }: Reading): string | undefined {
  return level && words.level[level === "over" && remaining >= 0 ? "full" : level];
}

/** Returns the whole in a sentence or two. */
export function descriptionOf(shown: Shown): string {
  const { words, formats, of } = shown;
  const { reading } = of;
  if (!reading) return noteOf(shown);
  const { low, high, tokens, remaining } = reading;
  const room = remaining === undefined ? undefined : formats.number(Math.max(0, remaining + tokens));
  return words.description(formats.range(low, high), low === high, room);
}

/** Returns what there is to say besides the figures. */
export function noteOf({ words, of }: Shown): string {
  const { model, error, reading, meter } = of;
  if (error !== undefined) return reading ? words.estimateOnly : `${words.noCount} ${String(error)}`;
  if (!model) return words.noModel;
  if (!reading || !meter || meter.model) return "";
  return words.unknownModel(model, meter.nearest.join(", "), reading.basis !== "estimated");
}

/** A model that the book does not have may be counted by its name: that it is like its namesakes is assumed. */
function basisOf({ basis }: Reading, model: Metered["model"]): keyof Words["basis"] {
  if (basis === "estimated") return model ? basis : "unknown";
  return model && model.assumption === undefined ? basis : "assumed";
}

function element(name: string, part: string, ...children: HTMLElement[]): HTMLElement {
  const made = document.createElement(name);
  made.className = part;
  made.part.add(part);
  made.append(...children);
  return made;
}

/** Shows a text; nothing at all if there is none. */
function set(target: HTMLElement, text = ""): void {
  target.hidden = !text;
  if (target.textContent !== text) target.textContent = text;
}
