/**
 * The line that shows a reading, in a corner of the editor or in an element of the host. The number that changes at every key is
 * silent; a screen reader hears one polite sentence when the level has changed and typing pauses.
 */

import type { editor } from "monaco-editor";
import type { Metered } from "../feed.js";
import { join } from "../format.js";
import type { Reading } from "../meter.js";
import { adoptStyles, STYLES } from "./styles.js";
import {
  formatDetails,
  formatLevel,
  formatReading,
  formatTokens,
  formatUnknown,
  SAYS,
  type StatusLanguage,
} from "./words.js";

/** How long typing pauses before a new level is spoken, in milliseconds. */
const PAUSE = 1000;

let made = 0;

export class Status implements editor.IOverlayWidget {
  readonly #node: HTMLElement;
  readonly #shown: HTMLElement;
  readonly #spoken: HTMLElement;
  readonly #language: StatusLanguage;
  readonly #id = `tokimeter.status.${++made}`;
  #meter: Metered | undefined;
  #level: Reading["level"];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Without a host it is an overlay widget, which `editor.addOverlayWidget` takes. */
  constructor(document: Document, host: HTMLElement | undefined, language: StatusLanguage) {
    this.#language = language;
    this.#node = document.createElement("div");
    this.#node.className = host ? "tokimeter-status" : "tokimeter-status overlay";
    this.#node.lang = SAYS[language].locale;
    this.#shown = document.createElement("span");
    this.#shown.textContent = "…";
    this.#spoken = document.createElement("span");
    this.#spoken.className = "tokimeter-spoken";
    this.#spoken.role = "status";
    this.#node.append(this.#shown, this.#spoken);
    host?.append(this.#node);
  }

  getId(): string {
    return this.#id;
  }

  getDomNode(): HTMLElement {
    return this.#node;
  }

  getPosition(): editor.IOverlayWidgetPosition {
    // The bottom right corner.
    return { preference: 1 };
  }

  /** Shows a reading, and the tokens of what is selected. */
  show(reading: Reading, meter: Metered, selected: number | undefined): void {
    const { selected: words } = SAYS[this.#language];
    const selection = selected !== undefined && words(formatTokens(selected, this.#language));
    this.#put(
      join([selection, formatReading(reading, this.#language), formatUnknown(meter, this.#language)]),
      formatDetails(reading, this.#language),
      reading.level,
    );
    // Nobody has crossed anything by opening a text, or by choosing a model.
    if (meter !== this.#meter) this.#level = reading.level;
    this.#meter = meter;
    this.#speak(reading);
  }

  /** Shows that there is no count, and why. */
  fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#put(SAYS[this.#language].none, why, undefined);
  }

  /** Shows that there is no count yet. */
  wait(): void {
    this.#put("…", "", undefined);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#node.remove();
  }

  #put(text: string, details: string, level: Reading["level"]): void {
    adoptStyles(this.#node, STYLES);
    this.#shown.textContent = text;
    this.#node.title = details;
    this.#node.dataset.level = level ?? "";
  }

  #speak(reading: Reading): void {
    const { level } = reading;
    clearTimeout(this.#timer);
    if (level === this.#level) return;
    this.#timer = setTimeout(() => {
      this.#level = level;
      this.#spoken.textContent = formatLevel(reading, this.#language);
    }, PAUSE);
  }
}
