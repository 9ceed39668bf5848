/** The panel below or above the text: the reading in words and numbers. It is silent; what matters is announced. */

import type { EditorView } from "@codemirror/view";
import type { Metered } from "../feed.js";
import { AMOUNT } from "../format.js";
import type { Cost, Reading } from "../meter.js";

/** What the panel shows. */
export interface Shown {
  readonly reading: Reading | undefined;
  /** Tokens of all that is sent besides the text. */
  readonly context: number | undefined;
  readonly meter: Metered | undefined;
  readonly isSettled: boolean;
  /** Tokens of each part that is selected. */
  readonly selected: readonly number[];
  readonly error: unknown;
}

const PARTS = ["tokens", "basis", "used", "level", "cost", "selected", "note"] as const;

export class Panel {
  readonly dom: HTMLElement = create("div", "");
  readonly #view: EditorView;
  readonly #retry: HTMLButtonElement = create("button", "-retry");
  readonly #parts: readonly HTMLElement[] = [...PARTS.map((name) => create("span", `-${name}`)), this.#retry];
  readonly #counts: Intl.NumberFormat;
  readonly #costs: Partial<Record<string, Intl.NumberFormat>> = {};

  constructor(view: EditorView, retry: () => void) {
    const { dom } = this;
    this.#view = view;
    this.#counts = new Intl.NumberFormat(this.say("en"));
    dom.role = "group";
    dom.ariaLabel = this.say("Token meter");
    this.#retry.type = "button";
    this.#retry.onclick = () => {
      // The button goes, and would take the focus with it.
      view.focus();
      retry();
    };
    dom.append(...this.#parts);
  }

  /** Looks a phrase up: they are in `EditorState.phrases`, and under `"en"` the language of numbers. */
  say(phrase: string, ...inserts: unknown[]): string {
    return this.#view.state.phrase(phrase, ...inserts);
  }

  show({ reading, context = 0, meter, isSettled, selected, error }: Shown): void {
    const used = context + (reading?.tokens ?? 0);
    const room = used + (reading?.remaining ?? Number.NaN);
    // Rounded down, so that no share is shown before it is reached.
    const percent = room > 0 ? Math.floor((100 * used) / room + 1e-9) : undefined;
    const nearest = meter?.nearest.join(", ");
    const texts = [
      reading && this.#tokens(reading.tokens),
      reading &&
        reading.basis !== "exact" &&
        this.say(`${reading.basis}: $1 to $2`, this.#number(reading.low), this.#number(reading.high)),
      percent !== undefined && this.say("$1% of $2", percent, this.#number(room)),
      reading && this.level(reading),
      reading?.cost && this.#cost(reading.cost),
      selected.length > 0 &&
        this.say(
          selected.length === 1 ? "$ selected" : "$1 selected in $2 parts",
          this.#tokens(selected.reduce((sum, tokens) => sum + tokens)),
          selected.length,
        ),
      error !== undefined
        ? this.say("no exact count")
        : isSettled
          ? meter && !meter.model && this.say(nearest ? "unknown model; is it $?" : "unknown model", nearest)
          : this.say("counting…"),
      error !== undefined && this.say("try again"),
    ];
    for (const [index, part] of this.#parts.entries()) {
      const text = texts[index] || "";
      if (part.textContent !== text) part.textContent = text;
    }
    this.#retry.title = String(error);
    this.dom.style.setProperty("--used", `${Math.min(100, percent ?? 0)}%`);
    this.dom.dataset.level = reading?.level ?? "";
  }

  /** Returns the level in words. */
  level({ level, remaining = 0 }: Reading): string {
    if (level === "over") {
      return remaining < 0 ? this.say("over by $", this.#tokens(-remaining)) : this.say("full");
    }
    return level ? this.say(level === "near" ? "nearly full" : "fits") : "";
  }

  #number(value: number): string {
    return this.#counts.format(value);
  }

  #tokens(value: number): string {
    return this.say(value === 1 ? "$ token" : "$ tokens", this.#number(value));
  }

  #cost({ total, low, high, currency, asOf }: Cost): string {
    if (total === undefined) return "";
    this.#costs[currency] ??= new Intl.NumberFormat(this.say("en"), { ...AMOUNT, currency });
    const format = this.#costs[currency];
    // A float has more digits than are shown.
    const ends = [low, high].map((amount) => format.format(Number(amount ?? total) / 1e12));
    return this.say("$1 at prices of $2", [...new Set(ends)].join("–"), asOf);
  }
}

function create<Name extends "div" | "span" | "button">(
  name: Name,
  part: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = `cm-tokenMeter${part}`;
  return element;
}
