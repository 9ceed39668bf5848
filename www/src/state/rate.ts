/** What the yuan is worth, by the reader or by the book. Apart from the settings, because the book comes with it. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { rate as dated } from "tokimeter/models";
import type { Conversion } from "tokimeter/price";
import { ownRate } from "./settings.ts";

/** The book's own, with its source and day. */
export const datedRate: Conversion = dated;

/** The conversion that holds. */
export const conversion: ReadonlySignal<Conversion> = computed(() =>
  ownRate.value === undefined ? dated : { ...dated, cnyPerUsd: ownRate.value },
);
