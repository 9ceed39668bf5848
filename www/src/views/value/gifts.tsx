/** A gift of tokens: what it is worth with the chosen model and with each, how long it lasts, and whether the sayings hold. */
import { type Signal, signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { gift } from "tokimeter/agent";
import type { Model } from "tokimeter/models";
import { catalogue, pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency } from "../../state/settings.ts";
import { dailyUse } from "../../state/use.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { type Checked, ClaimTable } from "./claim-table.tsx";
import { CLAIMED_GIFT, GIFT_CLAIMS, NETWORK } from "./claims.ts";
import { dayOf, offered } from "./offered.ts";
import { words } from "./words.ts";

const tokens: Signal<number> = signal(CLAIMED_GIFT);

/** Models that stand in the table before the others are asked for. */
const FEW = 12;

interface Worth {
  readonly model: Pick<Model, "id" | "name" | "vendor">;
  readonly amount: bigint | undefined;
}

export function Gifts(): JSX.Element {
  const say = words.value;
  const own = offered(pickedModel.value);
  const options = { currency: currency.value, rate: conversion.value };
  const given = gift(tokens.value, own, dailyUse.value, options);
  const asOf = dayOf(own, currency.value);
  return (
    <section class="value-part" aria-labelledby="value-gifts">
      <h2 id="value-gifts">{say.gift}</h2>
      <div class="sheet value-answer">
        <div class="value-field">
          <NumberField
            label={say.giftTokens}
            value={tokens.value}
            min={1}
            max={1_000_000_000_000}
            set={(value) => {
              tokens.value = value;
            }}
            wrong={say.wrong}
          />
        </div>
        <dl class="value-figures">
          <div>
            <dt>{say.worthAt(own.name)}</dt>
            <dd data-figure="worth" data-amount={given.worth?.toString()}>
              {given.worth === undefined
                ? say.unknown
                : say.money({ amount: given.worth, currency: given.currency })}
              {asOf ? <span class="note">{say.asOf(asOf)}</span> : null}
            </dd>
          </div>
          <div>
            <dt>{say.lasts}</dt>
            <dd data-figure="days">
              {say.days(given.days)}
              <span class="note">{say.left(given.left)}</span>
            </dd>
          </div>
        </dl>
      </div>
      <Table />
      <GiftClaims />
    </section>
  );
}

/** What the gift is worth with each model, sorted. */
function Table(): JSX.Element {
  const say = words.value;
  const isRising = useSignal(false);
  const areAll = useSignal(false);
  const options = { currency: currency.value, rate: conversion.value };
  const worths: Worth[] = catalogue.value
    .filter(({ isFamily }) => !isFamily)
    .map((model) => ({
      model,
      amount: gift(tokens.value, offered(model), dailyUse.value, options).worth,
    }));
  const sorted = worths.toSorted((a, b) => order(a.amount, b.amount, isRising.value));
  const shown = areAll.value ? sorted : few(sorted);
  const most = worths.reduce((most, { amount = 0n }) => (amount > most ? amount : most), 1n);
  return (
    <div class="sheet">
      <h3>{say.everyModel(tokens.value)}</h3>
      <table class="value-table">
        <thead>
          <tr>
            <th scope="col">{say.columns.model}</th>
            <th
              scope="col"
              class="number"
              aria-sort={isRising.value ? "ascending" : "descending"}
              colSpan={2}
            >
              <button
                type="button"
                class="value-sort"
                onClick={() => {
                  isRising.value = !isRising.value;
                }}
              >
                {say.columns.worth} <span aria-hidden="true">{isRising.value ? "↑" : "↓"}</span>
              </button>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ model, amount }) => (
            <tr
              key={model.id}
              data-model={model.id}
              data-own={model.id === pickedModel.value.id || undefined}
            >
              <th scope="row">
                {model.name} <span class="note">{model.vendor}</span>
                {model.id === pickedModel.value.id ? <span class="chip">{say.chosen}</span> : null}
              </th>
              <td class="value-bar">
                <div style={{ inlineSize: `${(100 * Number(amount ?? 0n)) / Number(most)}%` }} />
              </td>
              <td class="number">
                {amount === undefined ? say.unknown : say.money({ amount, currency: currency.value })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="value-more">
        <button
          type="button"
          class="quiet"
          aria-expanded={areAll.value}
          onClick={() => {
            areAll.value = !areAll.value;
          }}
        >
          {areAll.value ? say.fewer : say.all(sorted.length)}
        </button>
        <p class="note">{say.peak}</p>
      </div>
    </div>
  );
}

/** What is not known comes last, whichever way round. */
function order(a: bigint | undefined, b: bigint | undefined, isRising: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return (a < b ? -1 : a > b ? 1 : 0) * (isRising ? 1 : -1);
}

/** Returns some of the rows, from the first to the last that is known, and the chosen model wherever it stands. */
function few(rows: readonly Worth[]): readonly Worth[] {
  const known = rows.filter(({ amount }) => amount !== undefined);
  const step = Math.max(1, (known.length - 1) / (FEW - 1));
  const kept = new Set(Array.from({ length: FEW }, (_, i) => known[Math.round(i * step)]));
  return rows.filter((row) => kept.has(row) || row.model.id === pickedModel.value.id);
}

/** The sayings speak of ten million tokens and of yuan; so they are checked. */
function GiftClaims(): JSX.Element {
  const say = words.value;
  const inYuan = { currency: "CNY", rate: conversion.value } as const;
  const rows = GIFT_CLAIMS.map(({ id, low, high, models }) => ({
    id,
    low,
    high,
    checked: models.map((model): Checked => {
      const worth = (use: { input?: number; output?: number }): bigint | undefined =>
        gift(CLAIMED_GIFT, model, use, inYuan).worth;
      return {
        model,
        amount: worth(dailyUse.value),
        allInput: worth({ input: 1 }),
        allOutput: worth({ output: 1 }),
      };
    }),
  }));
  const cheap = cheapest();
  const network = gift(CLAIMED_GIFT, NETWORK, { input: 1 }, inYuan).worth ?? 0n;
  return (
    <div class="sheet value-claims">
      <h3>{say.giftClaims}</h3>
      <p class="note">{say.giftClaimsNote}</p>
      <ClaimTable rows={rows} />
      {cheap ? (
        <p data-network={network.toString()}>
          {say.network({ amount: network, currency: "CNY" }, cheap.model.name, {
            amount: cheap.amount,
            currency: "CNY",
          })}
        </p>
      ) : null}
    </div>
  );
}

/** Returns the model of the catalogue with which the claimed gift is worth least. */
function cheapest(): { readonly model: Worth["model"]; readonly amount: bigint } | undefined {
  let least: { readonly model: Worth["model"]; readonly amount: bigint } | undefined;
  for (const model of catalogue.value) {
    const { worth } = gift(CLAIMED_GIFT, offered(model), dailyUse.value, {
      currency: "CNY",
      rate: conversion.value,
    });
    if (worth !== undefined && (least === undefined || worth < least.amount))
      least = { model, amount: worth };
  }
  return least;
}
