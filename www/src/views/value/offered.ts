/** Models at the prices that can be relied on at any hour: without those of off-peak hours, which would change while one reads. */
import type { Currency, Model } from "tokimeter/models";
import { price } from "tokimeter/price";
import { conversion } from "../../state/rate.ts";

/** Returns the model without its off-peak prices. */
export function offered<M extends Pick<Model, "prices">>(model: M): M {
  return { ...model, prices: model.prices.map(({ offPeak: _, ...price }) => price) };
}

/** Returns of which day the prices are that a bill in this currency goes by. */
export function dayOf(model: Pick<Model, "prices">, currency: Currency): string | undefined {
  return price(model, { input: 1 }, { currency, rate: conversion.value }).asOf;
}
