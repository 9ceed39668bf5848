/** How it is worked out, and whose prices these are. */
import type { JSX } from "preact";
import { price } from "tokimeter/price";
import { pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency } from "../../state/settings.ts";
import { words } from "./words.ts";

export function Notes(): JSX.Element {
  const { how, howText, prices } = words.value;
  const model = pickedModel.value;
  const { source, asOf, converted } = price(
    model,
    { input: 1 },
    { currency: currency.value, rate: conversion.value },
  );
  return (
    <section class="agent-notes" aria-labelledby="agent-notes">
      <h2 id="agent-notes">{how}</h2>
      <p class="note">{howText}</p>
      {source && asOf ? (
        <p class="note">
          {prices(
            model.name,
            source.name,
            asOf,
            converted && {
              rate: converted.cnyPerUsd / 1e6,
              source: converted.source.name,
              date: converted.source.date,
            },
          )}
        </p>
      ) : null}
    </section>
  );
}
