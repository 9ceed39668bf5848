/** What the reader chose in the comparison. It is kept while the page is open. */
import { type Signal, signal } from "@preact/signals";
import type { Sort, SortKey } from "./rows.ts";

export const sort: Signal<Sort> = signal({ by: "cost", isDescending: false });
/** The vendor whose models are shown; all, if it is empty. */
export const vendor: Signal<string> = signal("");
export const isWhole: Signal<boolean> = signal(false);
/** The models whose details are open. */
export const opened: Signal<ReadonlySet<string>> = signal(new Set());

/** Sorts by a column; by the one that is sorted by already, the other way round. */
export function sortBy(by: SortKey): void {
  const now = sort.peek();
  sort.value = { by, isDescending: now.by === by && !now.isDescending };
}

export function toggle(id: string): void {
  const next = new Set(opened.peek());
  if (!next.delete(id)) next.add(id);
  opened.value = next;
}
