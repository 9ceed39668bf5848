/** Where a row's figures are from: rates, price steps, source and day, the vocabulary, and why it is taken to be that. */
import type { JSX } from "preact";
import type { Price, Rates } from "tokimeter/models";
import { format } from "../../../i18n/full.ts";
import { model as chosen, currency } from "../../../state/settings.ts";
import { titleOf } from "../../../text/vocabulary-files.ts";
import { reasonOf } from "../reasons.ts";
import type { Row } from "./rows.ts";
import { words } from "./words.ts";

export function RowDetails({ row: { model, count, money } }: { readonly row: Row }): JSX.Element {
  const say = words.value;
  const price = model.prices.find((each) => each.currency === currency.value) ?? model.prices[0];
  const main = money[currency.value];
  const { maxInput, maxOutput, assumption } = model;
  const reason = assumption === undefined ? undefined : reasonOf(assumption);
  return (
    <div class="row-details">
      <dl>
        {price && <RatesOf price={price} />}
        {main && main.low < main.high && (
          <div>
            <dt>{say.columns.cost}</dt>
            <dd class="figures">
              {say.costRange(
                format.value.cost(main.low, currency.value),
                format.value.cost(main.high, currency.value),
              )}
            </dd>
          </div>
        )}
        {price && (
          <div>
            <dt>{say.source}</dt>
            <dd>
              {say.sourceAt(price.source.name, format.value.date(price.asOf))}
              {price.url !== undefined && (
                <>
                  {" · "}
                  <a href={price.url} rel="noreferrer" target="_blank">
                    {say.vendorPage}
                  </a>
                </>
              )}
            </dd>
          </div>
        )}
        {(maxInput !== undefined || maxOutput !== undefined) && (
          <div>
            <dt>{say.limits}</dt>
            <dd class="figures">{say.limitsOf(maxInput, maxOutput)}</dd>
          </div>
        )}
        <div>
          <dt>{say.encoding}</dt>
          <dd>
            {titleOf(model.encoding)}
            {count && ` · ${say.basis[count.basis]}`}
          </dd>
        </div>
        {reason && (
          <div>
            <dt>{say.assumption}</dt>
            <dd lang={reason?.lang}>{reason?.text}</dd>
          </div>
        )}
      </dl>
      {model.id !== chosen.value && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            chosen.value = model.id;
          }}
        >
          {say.choose}
        </button>
      )}
    </div>
  );
}

function RatesOf({ price }: { readonly price: Price }): JSX.Element {
  const say = words.value;
  const rate = (rates: Rates, kind: "input" | "output"): string => {
    const value = rates[kind];
    return value === undefined ? say.unknown : format.value.price(BigInt(value), price.currency);
  };
  const { standard, offPeak } = price;
  return (
    <div>
      <dt>{say.perMillion}</dt>
      <dd class="figures">
        <p>{say.rates(rate(standard, "input"), rate(standard, "output"))}</p>
        {standard.steps?.map((step) => (
          <p key={step.above}>{say.ratesAbove(step.above, rate(step, "input"), rate(step, "output"))}</p>
        ))}
        {offPeak && <p>{say.ratesOffPeak(rate(offPeak, "input"), rate(offPeak, "output"))}</p>}
      </dd>
    </div>
  );
}
