/** One model: a row of figures, and below it, when it is opened, where they are from. */
import type { JSX } from "preact";
import { format } from "../../../i18n/full.ts";
import { model as chosen, currency } from "../../../state/settings.ts";
import { bytesToLoad } from "../../../text/download.ts";
import { askedVocabulary } from "../../../text/vocabulary.ts";
import { loadOne } from "./exact.ts";
import { RowDetails } from "./row-details.tsx";
import type { Money, Row } from "./rows.ts";
import { opened, toggle } from "./state.ts";
import { words } from "./words.ts";

interface Props {
  readonly row: Row;
  /** How many times as much it costs as the cheapest. */
  readonly times: number | undefined;
  readonly isCheapest: boolean;
}

export function CompareRow({ row, times, isCheapest }: Props): JSX.Element {
  const { model, count } = row;
  const isOpen = opened.value.has(model.id);
  const isCurrent = count?.isCurrent ?? false;
  return (
    <tbody data-model={model.id} data-fit={row.fit} data-current={isCurrent} data-basis={count?.basis}>
      <tr>
        <Name row={row} isOpen={isOpen} isCheapest={isCheapest} />
        <Tokens row={row} />
        <Cost row={row} />
        <td class="compare-times number">
          <span class="cell-label">{words.value.columns.times}</span>
          {times === undefined ? "—" : format.value.times(times)}
        </td>
        <Share row={row} />
        <Sure row={row} />
      </tr>
      {isOpen && (
        <tr class="compare-details">
          <td colSpan={6} id={detailsOf(model.id)}>
            <RowDetails row={row} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function detailsOf(id: string): string {
  return `details-${id.replace(/[^\w-]/g, "_")}`;
}

function Name({
  row: { model },
  isOpen,
  isCheapest,
}: {
  readonly row: Row;
  readonly isOpen: boolean;
  readonly isCheapest: boolean;
}): JSX.Element {
  const { details, chosen: yours, cheapestMark, files } = words.value;
  return (
    <th scope="row" class="compare-name">
      <button
        type="button"
        class="compare-open"
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsOf(model.id) : undefined}
        aria-label={details(model.name)}
        onClick={() => toggle(model.id)}
      >
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="M4 2.5 8 6l-4 3.5" />
        </svg>
        {model.name}
      </button>
      <span class="compare-vendor note">{model.vendor === "" ? files : model.vendor}</span>
      {isCheapest && <span class="chip compare-best">{cheapestMark}</span>}
      {model.id === chosen.value && <span class="chip">{yours}</span>}
    </th>
  );
}

function Tokens({ row: { count } }: { readonly row: Row }): JSX.Element {
  const { columns, counting, about, range } = words.value;
  if (count === undefined) {
    return (
      <td class="compare-tokens number">
        <span class="cell-label">{columns.tokens}</span>
        <span class="note">{counting}</span>
      </td>
    );
  }
  const { tokens, low, high, basis } = count;
  const text = format.value.count(tokens);
  return (
    <td class="compare-tokens number" data-tokens={tokens}>
      <span class="cell-label">{columns.tokens}</span>
      <span class="main">{basis === "exact" ? text : about(text)}</span>
      {low < high && <span class="under">{range(low, high)}</span>}
    </td>
  );
}

function Cost({ row }: { readonly row: Row }): JSX.Element {
  const say = words.value;
  const main = row.money[currency.value];
  const otherCurrency = currency.value === "CNY" ? "USD" : "CNY";
  const other = row.money[otherCurrency];
  const isVague = row.count?.basis !== "exact";
  const cost = (money: Money, amount: bigint, of = currency.value): string => {
    const text = format.value.cost(amount, of);
    return money.isConverted ? say.converted(text) : text;
  };
  if (!main) {
    return (
      <td class="compare-cost number">
        <span class="cell-label">{say.columns.cost}</span>
        {row.count && <span class="main">{say.unknown}</span>}
        {row.count && <span class="under">{say.noPrice}</span>}
      </td>
    );
  }
  const total = format.value.cost(main.total, currency.value);
  return (
    <td class="compare-cost number" data-total={String(main.total)}>
      <span class="cell-label">{say.columns.cost}</span>
      <span class="main">
        {isVague ? say.about(total) : total}
        {other && <span class="other">{cost(other, other.total, otherCurrency)}</span>}
      </span>
      <span class="under">
        {say.parts(
          format.value.cost(main.input, currency.value),
          format.value.cost(main.output, currency.value),
        )}
      </span>
      {main.above !== undefined && <span class="under mark">{say.step(main.above)}</span>}
      {main.isOffPeak && <span class="under mark">{say.offPeak}</span>}
    </td>
  );
}

function Share({ row: { model, share, fit } }: { readonly row: Row }): JSX.Element {
  const { columns, noWindow, percent, ofWindow, fits } = words.value;
  return (
    <td class="compare-share">
      <span class="cell-label">{columns.share}</span>
      {share === undefined || model.window === undefined ? (
        <span class="note">{model.window === undefined ? noWindow : "—"}</span>
      ) : (
        <>
          <svg class="compare-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="6" class="track" />
            <rect width={Math.min(100, share * 100)} height="6" class="fill" />
          </svg>
          <span class="under figures">
            <span data-share>{percent(share)}</span> <span class="note">{ofWindow(model.window)}</span>
          </span>
        </>
      )}
      {fit !== "fits" && fit !== "unknown" && <span class="chip compare-fit">{fits[fit]}</span>}
    </td>
  );
}

function Sure({ row: { model, count, money } }: { readonly row: Row }): JSX.Element {
  const say = words.value;
  const { encoding } = model;
  const kind = askedVocabulary(encoding)?.kind;
  const load = (button: HTMLElement): void => {
    // The button goes when the vocabulary comes; what has the focus stays.
    button.closest("tr")?.querySelector<HTMLElement>(".compare-open")?.focus();
    loadOne(encoding);
  };
  const price = money[currency.value];
  const action = kind === "failed" ? say.retry : say.makeExact(bytesToLoad([encoding]));
  return (
    <td class="compare-sure">
      <span class="cell-label">{say.columns.sure}</span>
      <span class="main">
        {count && <span data-basis>{say.basis[count.basis]}</span>}
        {model.assumption !== undefined && <span class="chip">{say.assumed}</span>}
        {kind === "loading" && <span class="note">{say.loading}</span>}
        {(kind === undefined || kind === "failed") && (
          <button
            type="button"
            class="compare-load"
            aria-label={say.actionFor(action, model.name)}
            onClick={({ currentTarget }) => load(currentTarget)}
          >
            {action}
          </button>
        )}
      </span>
      {kind === "failed" && <span class="under failed">{say.failed}</span>}
      {price && <span class="under">{say.priceOf(format.value.date(price.asOf))}</span>}
    </td>
  );
}
