/** The table itself, which on a narrow page stands as cards. A model is a body of its own: its row, and its details when they are open. */
import "./compare-table.css";
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { model as chosen, currency } from "../../../state/settings.ts";
import { CompareRow } from "./compare-row.tsx";
import { type Row, type SortKey, type Table, timesOf } from "./rows.ts";
import { isWhole, sort, sortBy } from "./state.ts";
import { words } from "./words.ts";

/** Models that are shown at first. */
export const FEW = 12;

const COLUMNS: readonly {
  readonly id: "name" | "tokens" | "cost" | "times" | "share" | "sure";
  readonly key?: SortKey;
}[] = [
  { id: "name", key: "name" },
  { id: "tokens", key: "tokens" },
  { id: "cost", key: "cost" },
  { id: "times" },
  { id: "share", key: "share" },
  { id: "sure" },
];

export function CompareTable({ table }: { readonly table: ReadonlySignal<Table> }): JSX.Element {
  const { rows, cheapest } = table.value;
  const { caption } = words.value;
  return (
    <table class="compare-table">
      <caption class="visually-hidden">{caption}</caption>
      <Head />
      {shown(rows).map((row) => (
        <CompareRow
          key={row.model.id}
          row={row}
          times={timesOf(row, cheapest, currency.value)}
          isCheapest={row === cheapest}
        />
      ))}
    </table>
  );
}

/** The first rows, and that of the model that is chosen, wherever it stands. */
function shown(rows: readonly Row[]): readonly Row[] {
  if (isWhole.value) return rows;
  return rows.filter(({ model }, at) => at < FEW || model.id === chosen.value);
}

function Head(): JSX.Element {
  const { columns } = words.value;
  const { by, isDescending } = sort.value;
  const direction = isDescending ? "descending" : "ascending";
  return (
    <thead>
      <tr>
        {COLUMNS.map(({ id, key }) => (
          <th
            key={id}
            scope="col"
            class={`compare-${id}`}
            aria-sort={key === undefined ? undefined : key === by ? direction : "none"}
          >
            {key === undefined ? (
              columns[id]
            ) : (
              <button type="button" onClick={() => sortBy(key)}>
                {columns[id]}
                <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                  <path d={key === by ? (isDescending ? DOWN : UP) : BOTH} />
                </svg>
              </button>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const UP = "M2 8.5 6 4l4 4.5z";
const DOWN = "M2 3.5 6 8l4-4.5z";
const BOTH = "M3 5 6 1.5 9 5zM3 7l3 3.5L9 7z";
