/** The two numbers that a reader may set: tokens kept for the answer, and the rate of the yuan. */
import type { rate } from "tokimeter/models";
import type { Model } from "./catalogue.ts";
import { byId, element, setAttribute, setText } from "./elements.ts";
import type { Locale } from "./i18n/index.ts";
import { clampReserve } from "./meter.ts";
import { type Decimal, exact, parseMicro, rateDecimal } from "./money.ts";

const DEFAULT_RESERVE = 1000;

export class SettingsForm {
  readonly #conversion: typeof rate;
  readonly #original: Decimal;
  readonly #changed: () => void;
  readonly #reserveField: HTMLInputElement = byId("reserve", HTMLInputElement);
  readonly #reserveNote: HTMLElement = element("reserve-note");
  readonly #rateField: HTMLInputElement = byId("rate", HTMLInputElement);
  readonly #rateNote: HTMLElement = element("rate-note");
  readonly #rateReset: HTMLButtonElement = byId("rate-reset", HTMLButtonElement);
  #model: Model | undefined;
  #locale: Locale | undefined;
  #reserve = DEFAULT_RESERVE;
  #rate: string;

  constructor(conversion: typeof rate, changed: () => void) {
    this.#conversion = conversion;
    this.#changed = changed;
    this.#original = rateDecimal(conversion.cnyPerUsd);
    this.#rate = this.#original;
    this.#rateField.value = this.#original;
    this.#reserveField.value = String(DEFAULT_RESERVE);
    this.#reserveField.addEventListener("input", () => this.#readReserve());
    this.#rateField.addEventListener("input", () => this.#readRate());
    this.#rateReset.addEventListener("click", () => {
      this.#rateField.value = this.#original;
      this.#rateField.focus();
      this.#readRate();
    });
  }

  /** Tokens kept for the answer, as the reader set them; the model's own limit is applied by the meter. */
  get reserve(): number {
    return this.#reserve;
  }

  /** Yuan for one US dollar: the last valid rate. */
  get cnyPerUsd(): string {
    return this.#rate;
  }

  setModel(model: Model): void {
    this.#model = model;
    setAttribute(this.#reserveField, "max", model.maxOutput?.toString());
    this.#show();
  }

  setLocale(locale: Locale): void {
    this.#locale = locale;
    this.#show();
  }

  #readReserve(): void {
    const value = this.#reserveField.valueAsNumber;
    if (Number.isFinite(value)) this.#reserve = Math.max(0, Math.trunc(value));
    this.#show();
    this.#changed();
  }

  #readRate(): void {
    const value = this.#rateField.value.trim();
    const micro = parseMicro(value);
    if (micro !== undefined && micro > 0n) this.#rate = value;
    this.#show();
    this.#changed();
  }

  #show(): void {
    if (this.#model === undefined || this.#locale === undefined) return;
    this.#showReserve(this.#model, this.#locale);
    this.#showRate(this.#locale);
  }

  #showReserve(model: Model, { messages }: Locale): void {
    const used = clampReserve(model, this.#reserve);
    const wrong = this.#reserveField.valueAsNumber !== used;
    const { maxOutput } = model;
    const hint = maxOutput === undefined ? messages.reserveUnlimited : messages.reserveHint(maxOutput);
    setAttribute(this.#reserveField, "aria-invalid", wrong ? "true" : undefined);
    setText(this.#reserveNote, wrong ? messages.reserveWrong(used) : hint);
  }

  #showRate({ messages }: Locale): void {
    const value = this.#rateField.value.trim();
    const original = this.#original;
    const isOriginal = exact(value) === original;
    const { name, date, dateIs = "published" } = this.#conversion.source;
    const wrong = value !== this.#rate;
    const note = isOriginal ? messages.rateNote({ name, date, dateIs }) : messages.rateOwn(original);
    setAttribute(this.#rateField, "aria-invalid", wrong ? "true" : undefined);
    setText(this.#rateNote, wrong ? messages.rateWrong(decimal(this.#rate)) : note);
    this.#rateReset.hidden = isOriginal;
  }
}

function decimal(text: string): Decimal {
  return exact(text) ?? "0";
}
