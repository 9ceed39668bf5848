/** Electricity: what a kilowatt-hour makes, by whose word, what that is worth at a model's price, and what the current costs. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type KwhValue, kwhValue, tokensPerKwh, type Yield, yields } from "tokimeter/energy";
import type { Currency, Model } from "tokimeter/models";
import { convert, price } from "tokimeter/price";
import { format } from "../../i18n/full.ts";
import { catalogue, type PickedModel, pickedModel } from "../../state/catalogue.ts";
import { kwhPrice, kwhTokens, perKwh } from "../../state/current.ts";
import { conversion } from "../../state/rate.ts";
import { currency } from "../../state/settings.ts";
import { dailyUse } from "../../state/use.ts";
import { Chart } from "../../ui/chart.tsx";
import { MoneyField } from "../../ui/money-field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { ClaimTable } from "./claim-table.tsx";
import { CLAIMED_KWH, KWH_CLAIMS } from "./claims.ts";
import { kwhChart } from "./kwh-chart.ts";
import { offered } from "./offered.ts";
import { words } from "./words.ts";

const OWN = "own";
const chosen: Signal<string> = signal("claim");
/** Tokens of a prompt with its answer, for sources that count prompts. */
const promptTokens: Signal<number> = signal(500);

/** What the chosen source says; absent, if the reader has a number of their own. */
const source: ReadonlySignal<Yield | undefined> = computed(() =>
  yields().find(({ id }) => id === chosen.value),
);

/** Tokens that a kilowatt-hour makes: by the chosen source, or by the reader. */
const made: ReadonlySignal<number> = computed(() => madeBy(source.value) ?? kwhTokens.value);

function madeBy(from: Yield | undefined): number | undefined {
  return from?.tokensPerKwh ?? tokensPerKwh(from?.mWhPerPrompt, promptTokens.value);
}

/** Returns what a kilowatt-hour is worth with a model, in the proportion of the reader's use. */
function worthOf(model: Pick<Model, "prices">, tokens: number, of: Currency = currency.value): KwhValue {
  const bill = price(offered(model), dailyUse.value, {
    currency: of,
    rate: conversion.value,
    requestInput: 0,
  });
  const cost =
    of === currency.value
      ? perKwh.value
      : convert(kwhPrice.value.amount, kwhPrice.value.currency, of, conversion.value);
  return kwhValue({ tokensPerKwh: tokens, bill, perKwh: cost });
}

export function Current(): JSX.Element {
  const say = words.value;
  const model = pickedModel.value;
  const { tokens, value, cost, ratio } = worthOf(model, made.value);
  const money = (amount: bigint | undefined): string =>
    amount === undefined ? say.unknown : say.money({ amount, currency: currency.value });
  return (
    <section class="value-part" aria-labelledby="value-current">
      <h2 id="value-current">{say.current}</h2>
      <p class="lead">{say.currentLead}</p>
      <div class="sheet value-answer">
        <div class="value-field">
          <MoneyField
            label={say.kwhPrice}
            value={kwhPrice.value}
            set={(stated) => {
              kwhPrice.value = stated;
            }}
            note={say.kwhPriceNote}
            wrong={say.wrong}
          />
        </div>
        <dl class="value-figures">
          <div>
            <dt>{say.kwhMakes}</dt>
            <dd data-figure="kwh-tokens">
              {format.value.compact(tokens ?? 0)}
              <span class="note">{say.bySource(source.value?.kind)}</span>
            </dd>
          </div>
          <div>
            <dt>{say.kwhWorth(model.name)}</dt>
            <dd data-figure="kwh-value" data-amount={value?.toString()}>
              {money(value)}
            </dd>
          </div>
          <div>
            <dt>{say.kwhCost}</dt>
            <dd data-figure="kwh-cost" data-amount={cost?.toString()}>
              {money(cost)}
              {ratio === undefined ? null : <span class="note">{say.ratio(ratio)}</span>}
            </dd>
          </div>
        </dl>
      </div>
      <Sources />
      <Comparison />
      <KwhClaims />
    </section>
  );
}

/** Whose word is taken for what a kilowatt-hour makes. */
function Sources(): JSX.Element {
  const say = words.value;
  return (
    <fieldset class="sheet value-sources">
      <legend>
        {say.sources} <span class="chip">{say.assumption}</span>
      </legend>
      {yields().map((each) => (
        <SourceChoice key={each.id} source={each} />
      ))}
      <div class="value-source" data-yield={OWN}>
        <label class="check">
          <input
            type="radio"
            name="yield"
            checked={chosen.value === OWN}
            onChange={() => {
              chosen.value = OWN;
            }}
          />
          {say.own}
        </label>
        {chosen.value === OWN ? (
          <div class="value-inner">
            <NumberField
              label={say.ownTokens}
              value={kwhTokens.value}
              min={1}
              max={1_000_000_000_000}
              set={(tokens) => {
                kwhTokens.value = tokens;
              }}
              wrong={say.wrong}
            />
          </div>
        ) : null}
      </div>
    </fieldset>
  );
}

function SourceChoice({ source: each }: { readonly source: Yield }): JSX.Element {
  const say = words.value;
  const isChosen = chosen.value === each.id;
  const { name, note } = say.yields[each.id] ?? each;
  const { url, name: from, date } = each.source;
  return (
    <div class="value-source" data-yield={each.id}>
      <label class="check">
        <input
          type="radio"
          name="yield"
          checked={isChosen}
          onChange={() => {
            chosen.value = each.id;
          }}
        />
        <span class="value-name">
          {name} <span class="chip">{say.yieldKinds[each.kind]}</span>
        </span>
        <span class="value-made figures">
          {each.tokensPerKwh === undefined
            ? say.mWh(each.mWhPerPrompt ?? 0)
            : say.tokensPerKwh(each.tokensPerKwh, each.low, each.high)}
        </span>
      </label>
      {isChosen ? (
        <div class="value-inner">
          <p class="note">{note}</p>
          {each.mWhPerPrompt === undefined ? null : (
            <NumberField
              label={say.promptTokens}
              value={promptTokens.value}
              min={1}
              max={10_000_000}
              set={(tokens) => {
                promptTokens.value = tokens;
              }}
              note={say.promptNote}
              wrong={say.wrong}
            />
          )}
          <p class="note">
            {url ? (
              <a href={url} rel="noreferrer">
                {from}
              </a>
            ) : (
              say.noSource
            )}
            {url ? say.dated(date) : null}
          </p>
        </div>
      ) : null}
    </div>
  );
}

/** Returns the chosen model and the first of each vendor's that has a price. */
function compared(): readonly PickedModel[] {
  const priced = catalogue.value.filter(({ prices, isFamily }) => prices.length > 0 && !isFamily);
  const firsts = [...Map.groupBy(priced, ({ vendor }) => vendor).values()].flatMap(([first]) => first ?? []);
  const own = pickedModel.value;
  const isIn = own.prices.length === 0 || firsts.some(({ id }) => id === own.id);
  return isIn ? firsts : [own, ...firsts];
}

function Comparison(): JSX.Element {
  const say = words.value;
  const now = format.value;
  const money = currency.value;
  const { low = made.value, high = made.value } = source.value ?? {};
  const rows = compared()
    .flatMap((model) => {
      const { value } = worthOf(model, made.value);
      const least = worthOf(model, low).value;
      const most = worthOf(model, high).value;
      if (value === undefined || least === undefined || most === undefined) return [];
      return [{ id: model.id, name: model.name, value, low: least, high: most }];
    })
    .toSorted((a, b) => (a.value < b.value ? 1 : -1));
  const cost = perKwh.value;
  // Drawn anew when a number in it is another one.
  const key = JSON.stringify([
    rows.map(({ id, value, low, high }) => `${id} ${value} ${low} ${high}`),
    `${cost}`,
  ]);
  const draw = useMemo(
    () => (width: number) =>
      kwhChart({ rows, cost, currency: money, format: now, words: say, own: pickedModel.peek().id }, width),
    [key, money, now, say],
  );
  const has = low !== high;
  return (
    <figure class="sheet value-comparison">
      <figcaption>
        <h3>{say.comparison}</h3>
        <p class="note">{say.comparisonNote(has)}</p>
      </figcaption>
      <Chart label={say.comparison} description={say.comparisonNote(has)} draw={draw} />
      <details>
        <summary>{say.table}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{say.columns.model}</th>
              <th scope="col" class="number">
                {say.columns.worth}
              </th>
              {has ? (
                <th scope="col" class="number">
                  {say.columns.range}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, value, low, high }) => (
              <tr key={id} data-model={id}>
                <th scope="row">{name}</th>
                <td class="number">{say.money({ amount: value, currency: money })}</td>
                {has ? (
                  <td class="number">
                    {say.range({ amount: low, currency: money }, { amount: high, currency: money })}
                  </td>
                ) : null}
              </tr>
            ))}
            <tr>
              <th scope="row">{say.kwhCost}</th>
              <td class="number">{say.money({ amount: cost, currency: money })}</td>
              {has ? <td /> : null}
            </tr>
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** The saying is about five million tokens and yuan; so it is checked. */
function KwhClaims(): JSX.Element {
  const say = words.value;
  const inYuan = (model: Model, use: { input?: number; output?: number }): bigint | undefined => {
    const bill = price(model, use, { currency: "CNY", rate: conversion.value, requestInput: 0 });
    return kwhValue({ tokensPerKwh: CLAIMED_KWH, bill, perKwh: undefined }).value;
  };
  const rows = KWH_CLAIMS.map(({ id, low, high, models }) => ({
    id,
    low,
    high,
    checked: models.map((model) => ({
      model,
      amount: inYuan(model, dailyUse.value),
      allInput: inYuan(model, { input: 1_000_000 }),
      allOutput: inYuan(model, { output: 1_000_000 }),
    })),
  }));
  return (
    <div class="sheet value-claims">
      <h3>{say.kwhClaims}</h3>
      <p class="note">{say.kwhClaimsNote}</p>
      <ClaimTable rows={rows} />
    </div>
  );
}
