/** The conversation in tokens and money: how many of what, how sure and why, and what it costs to send it. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Currency } from "tokimeter/models";
import { price } from "tokimeter/price";
import { format } from "../../../i18n/full.ts";
import { conversion } from "../../../state/rate.ts";
import { currency, reserve } from "../../../state/settings.ts";
import { reload } from "../../../text/vocabulary.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import { reasonOf } from "../reasons.ts";
import type { ChatCounter, Counted } from "./chat-count.ts";
import { words } from "./words.ts";

export function BillOf({ counter }: { readonly counter: ChatCounter }): JSX.Element {
  const id = useId();
  const say = words.value;
  const counted = counter.counted.value;
  const { kind, encoding } = counter.vocabulary.value;
  return (
    <aside class="sheet chat-bill" aria-labelledby={id} data-behind={counter.isBehind.value}>
      {counted === undefined ? (
        <p class="note" id={id}>
          {say.counting}
        </p>
      ) : (
        <>
          <h3 id={id}>{say.bill(counted.model.name)}</h3>
          <TokensOf counted={counted} />
          <CostOf counted={counted} />
          <BasisOf counted={counted} />
        </>
      )}
      {kind !== "ready" && (
        <p class="note chat-vocabulary">
          {kind === "failed" ? say.failed : say.loading}{" "}
          {kind === "failed" && (
            <button type="button" class="quiet" onClick={() => reload(encoding)}>
              {say.retry}
            </button>
          )}
        </p>
      )}
    </aside>
  );
}

/** The two figures that matter, where the sheet with all of them is far away. It says nothing that the sheet does not. */
export function Strip({ counter }: { readonly counter: ChatCounter }): JSX.Element | null {
  const say = words.value;
  const counted = counter.counted.value;
  if (counted === undefined) return null;
  const { model, count } = counted;
  const { total } = price(
    model,
    { input: count.tokens },
    { currency: currency.value, rate: conversion.value },
  );
  return (
    <p class="chat-strip figures" aria-hidden="true">
      <span>{count.low < count.high ? say.about(count.tokens) : say.tokens(count.tokens)}</span>
      {total !== undefined && model.prices.length > 0 && (
        <span>{format.value.cost(total, currency.value)}</span>
      )}
    </p>
  );
}

function TokensOf({ counted: { model, count } }: { readonly counted: Counted }): JSX.Element {
  const say = words.value;
  const { low, high } = count;
  const { window, maxInput } = model;
  const room = Math.min(
    maxInput ?? Number.POSITIVE_INFINITY,
    (window ?? Number.POSITIVE_INFINITY) - reserve.value,
  );
  const messages = count.messages.reduce((sum, each) => sum + each, 0);
  const parts = { messages, tools: count.tools, reply: count.reply } as const;
  return (
    <div class="chat-count">
      <p class="chat-total figures" data-tokens={count.tokens} data-low={low} data-high={high}>
        {low < high ? say.about(count.tokens) : say.tokens(count.tokens)}
      </p>
      {low < high && <p class="note figures">{say.range(low, high)}</p>}
      <dl class="chat-parts figures">
        {(["messages", "tools", "reply"] as const).map((part) => (
          <div key={part} data-part={part}>
            <dt>{say.parts[part]}</dt>
            <dd data-tokens={parts[part]}>{format.value.count(parts[part])}</dd>
          </div>
        ))}
      </dl>
      {window !== undefined && <p class="note figures">{say.ofWindow(count.tokens / window, window)}</p>}
      {high > room && <p class="chat-fault">{low > room ? say.over : say.mayBeOver}</p>}
    </div>
  );
}

function CostOf({ counted }: { readonly counted: Counted }): JSX.Element {
  const say = words.value;
  const field = (
    <NumberField
      label={say.reply}
      value={reserve.value}
      set={(value) => {
        reserve.value = value;
      }}
      max={100_000_000}
      wrong={say.wrongReply}
    />
  );
  if (counted.model.prices.length === 0) return <p class="note">{say.noPrice}</p>;
  const other: Currency = currency.value === "CNY" ? "USD" : "CNY";
  const bill = price(
    counted.model,
    { input: counted.count.tokens },
    { currency: currency.value, rate: conversion.value },
  );
  const { above, tier, source, asOf } = bill;
  return (
    <div class="chat-cost">
      <dl>
        <div>
          <dt>{say.send}</dt>
          <Amount counted={counted} output={0} of={currency.value} isMain />
          <Amount counted={counted} output={0} of={other} />
        </div>
        <div>
          <dt>{say.withReply(reserve.value)}</dt>
          <Amount counted={counted} output={reserve.value} of={currency.value} isMain />
          <Amount counted={counted} output={reserve.value} of={other} />
        </div>
      </dl>
      {above !== undefined && <p class="note chat-mark">{say.step(above)}</p>}
      {tier === "off-peak" && <p class="note chat-mark">{say.offPeak}</p>}
      {source && asOf !== undefined && (
        <p class="note">{say.priceOf(source.name, format.value.date(asOf))}</p>
      )}
      {field}
    </div>
  );
}

interface AmountProps {
  readonly counted: Counted;
  readonly output: number;
  readonly of: Currency;
  readonly isMain?: boolean;
}

function Amount({ counted: { model, count }, output, of, isMain = false }: AmountProps): JSX.Element {
  const say = words.value;
  const at = new Date();
  const billOf = (input: number): ReturnType<typeof price> =>
    price(model, { input, output }, { currency: of, rate: conversion.value, at });
  const { total, converted } = billOf(count.tokens);
  const [least, most] = [billOf(count.low).total, billOf(count.high).total];
  const show = (amount: bigint | undefined): string =>
    amount === undefined ? "—" : format.value.cost(amount, of);
  return (
    <dd
      class={isMain ? "figures chat-amount" : "figures note"}
      data-total={total === undefined ? undefined : String(total)}
    >
      {least === most ? show(total) : say.costRange(show(least), show(most))}
      {converted && <span class="note"> {say.converted}</span>}
    </dd>
  );
}

function BasisOf({ counted: { count } }: { readonly counted: Counted }): JSX.Element {
  const say = words.value;
  const { basis, why, format: name, source, unknown } = count;
  const reason = why === undefined ? undefined : reasonOf(why);
  return (
    <dl class="chat-basis">
      <div>
        <dt>
          <span class="chip" data-basis={basis}>
            {say.basis[basis]}
          </span>
        </dt>
        <dd class="note" lang={reason?.lang} data-why>
          {reason?.text ?? say.exactly}
        </dd>
      </div>
      {unknown.map((each) => (
        <div key={each}>
          <dd class="note chat-fault">{say.unknown[each]}</dd>
        </div>
      ))}
      <div>
        <dt>{say.format}</dt>
        <dd class="note" data-format={name}>
          {name ?? say.noFormat}
        </dd>
      </div>
      {source && (
        <div>
          <dt>{say.source}</dt>
          <dd class="note">
            {source.url === undefined ? (
              `${source.name} ${source.version ?? ""}`
            ) : (
              <a href={source.url} rel="noreferrer" target="_blank">
                {`${source.name} ${source.version ?? ""}`}
              </a>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}
