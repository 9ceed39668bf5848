/** Real models: the choice of one, its window and its prices. */
import { computed, effect, type ReadonlySignal } from "@preact/signals";
import { visit } from "tokimeter/labor";
import { price } from "tokimeter/price";
import { pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency, reserve } from "../../state/settings.ts";
import { modelTariff, type Tariff } from "./fare.ts";

export { ModelChoice } from "../../ui/model-choice.tsx";

const priced: ReadonlySignal<Tariff> = computed(() => {
  const picked = pickedModel.value;
  const kept = Math.min(reserve.value, picked.maxOutput ?? picked.window ?? reserve.value);
  const options = { currency: currency.value, rate: conversion.value };
  const inputOf = (input: number): bigint | undefined => price(picked, { input }, options).total;
  return {
    fare: (talk) => {
      const made = visit({ talk, reserved: kept, window: picked.window });
      const told = made?.told ?? talk;
      const bill = told === undefined ? undefined : price(picked, { input: told, output: kept }, options);
      const [input, output] = (["input", "output"] as const).map(
        (kind) => bill?.lines.find((line) => line.kind === kind)?.amount,
      );
      const { total, source } = bill ?? {};
      return { visit: made, talk: input, work: output, total, currency: currency.value, source };
    },
    back: (before, after) => {
      const [more, less] = [inputOf(before), inputOf(after)];
      return more === undefined || less === undefined ? undefined : more - less;
    },
  };
});

effect(() => {
  modelTariff.value = priced.value;
});
