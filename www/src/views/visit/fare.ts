/** The visit and its bill: 240 minutes at an hourly wage, or the window of a real model at its prices. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { laborBill, returned, VISIT, type Visit, visit } from "tokimeter/labor";
import type { Currency, Source } from "tokimeter/models";
import { currency } from "../../state/settings.ts";

export type Scale = "visit" | "window";

/** What a call takes and costs. What is not known is `undefined`. */
export interface Fare {
  readonly visit: Visit | undefined;
  readonly talk: bigint | undefined;
  readonly work: bigint | undefined;
  readonly total: bigint | undefined;
  readonly currency: Currency;
  /** Whose price it is, of a real model. */
  readonly source?: Source | undefined;
}

/** How a call is measured and billed. */
export interface Tariff {
  readonly fare: (talk: number | undefined) => Fare;
  /** Returns the money that comes back when a talk of `before` minutes is one of `after`. */
  readonly back: (before: number, after: number) => bigint | undefined;
}

/** Of an hour, in the currency: an example, the reader's to change. */
export const wages: Readonly<Record<Currency, Signal<number>>> = { CNY: signal(40), USD: signal(25) };
/** Minutes that are kept for the work. */
export const reserved: Signal<number> = signal(120);
export const scale: Signal<Scale> = signal("visit");
/** That of the model; it is there when the module of real models is, with which the book comes. */
export const modelTariff: Signal<Tariff | undefined> = signal(undefined);

/** What holds: a cleaner's visit and wage, or a model's window and prices. */
export const tariff: ReadonlySignal<Tariff> = computed(
  () => (scale.value === "window" && modelTariff.value) || labor.value,
);

const labor: ReadonlySignal<Tariff> = computed(() => {
  const kept = reserved.value;
  const talk = BigInt(wages[currency.value].value) * 10n ** 12n;
  return {
    fare: (minutes) => {
      const made = visit({ talk: minutes, reserved: kept, window: VISIT });
      return { visit: made, ...laborBill(made?.told, kept, { talk }), currency: currency.value };
    },
    back: (before, after) => returned(before, after, talk)?.amount,
  };
});
