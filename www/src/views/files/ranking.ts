/** The first of a ranking, without sorting the rest: of 20,000 files a table shows a hundred. */
export interface Ranked<T> {
  readonly first: readonly T[];
  readonly count: number;
}

/** Returns the `most` items of the largest size, the largest first; of equal ones the earlier one is first. */
export function ranked<T>(items: Iterable<T>, most: number, sizeOf: (item: T) => number): Ranked<T> {
  const first: { readonly item: T; readonly size: number }[] = [];
  let count = 0;
  for (const item of items) {
    count++;
    const size = sizeOf(item);
    const last = first.at(-1);
    if (first.length === most && last && last.size >= size) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((first[middle]?.size ?? 0) >= size) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, { item, size });
    if (first.length > most) first.pop();
  }
  return { first: first.map(({ item }) => item), count };
}
