/** The table in two or three sentences: which model is the cheapest that holds the text, and how far the dearest is from it. */
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { format } from "../../../i18n/full.ts";
import { currency, model, reserve } from "../../../state/settings.ts";
import { type Row, type Table, timesOf } from "./rows.ts";
import { words } from "./words.ts";

/** From how many times as much on the advice is worth a line. */
const FAR = 3;

export function ReadingOf({ table }: { readonly table: ReadonlySignal<Table> }): JSX.Element {
  const { rows } = table.value;
  const say = words.value;
  const over = rows.filter(({ fit }) => fit === "over");
  const chosen = over.find((row) => row.model.id === model.value);
  return (
    <div class="sheet compare-reading" data-cheapest={table.value.cheapest?.model.id}>
      {sentences(table.value).map((sentence, at) => (
        <p key={at === 0 ? "first" : sentence}>{sentence}</p>
      ))}
      {over.length > 0 && (
        <p class="compare-warning">
          {chosen ? say.chosenTooSmall(chosen.model.name) : ""} {say.tooSmall(over.length)}
        </p>
      )}
    </div>
  );
}

function sentences({ rows, cheapest, dearest }: Table): readonly string[] {
  const say = words.value;
  const money = cheapest?.money[currency.value];
  if (!cheapest || !money || !dearest) {
    if (rows.some((row) => row.count === undefined)) return [say.counting];
    return [rows.some(({ fit }) => fit === "over") ? say.noneFits : say.noPrices];
  }
  if (money.total === 0n) return [say.nothing];
  const cost = format.value.cost(money.total, currency.value);
  const first = say.cheapest(cheapest.model.name, cost, reserve.value, isVague(cheapest));
  const times = timesOf(dearest, cheapest, currency.value);
  if (cheapest === dearest || times === undefined) return [first];
  const second = say.dearest(dearest.model.name, times, isVague(cheapest) || isVague(dearest));
  return times < FAR ? [first, second] : [first, second, say.advice];
}

function isVague({ count }: Row): boolean {
  return count?.basis !== "exact";
}
