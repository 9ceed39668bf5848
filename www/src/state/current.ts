/** What electricity costs and what a kilowatt-hour is taken to make: assumptions that two views share, and the reader's to change. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Currency } from "tokimeter/models";
import { convert } from "tokimeter/price";
import { conversion } from "./rate.ts";
import { currency } from "./settings.ts";

/** An amount of 10⁻¹² of the currency in which it was stated. */
export interface Stated {
  readonly amount: bigint;
  readonly currency: Currency;
}

/** What a kilowatt-hour costs: ¥0.5, as the saying has it. */
export const kwhPrice: Signal<Stated> = signal({ amount: 500_000_000_000n, currency: "CNY" });

/** Tokens that a kilowatt-hour makes: five million, as the saying has it. */
export const kwhTokens: Signal<number> = signal(5_000_000);

/** What a kilowatt-hour costs in the currency that is chosen. */
export const perKwh: ReadonlySignal<bigint> = computed(() => inCurrency(kwhPrice.value));

/** Returns a stated amount in the currency that is chosen. */
export function inCurrency({ amount, currency: from }: Stated): bigint {
  return convert(amount, from, currency.value, conversion.value);
}
