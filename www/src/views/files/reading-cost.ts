/**
 * What it takes to have a model read so many tokens once: requests, windows, money. What is more than one request holds is read in several,
 * each as full as it may be, so the price step of each is known.
 */
import type { Currency, Model } from "tokimeter/models";
import { type Bill, type Conversion, price, type Usage } from "tokimeter/price";

export interface ReadingCost {
  /** Tokens of input that one request holds; `undefined` if that is not known. */
  readonly room: number | undefined;
  readonly requests: number;
  /** In 10⁻¹² of the currency; `undefined` if the price is not known. */
  readonly total: bigint | undefined;
  /** The same if all of it is read from the prompt cache. */
  readonly cached: bigint | undefined;
  /** That of the largest request: its price step, source and day. */
  readonly bill: Bill;
}

type Priced = Pick<Model, "prices" | "window" | "maxInput">;

export function readingCost(
  model: Priced,
  tokens: number,
  options: { readonly currency: Currency; readonly rate: Conversion; readonly at: Date },
): ReadingCost {
  const most = Math.min(model.window ?? Number.POSITIVE_INFINITY, model.maxInput ?? Number.POSITIVE_INFINITY);
  const room = Number.isFinite(most) ? most : undefined;
  const full = room === undefined ? 0 : Math.floor(tokens / room);
  const rest = room === undefined ? tokens : tokens % room;
  const bill = (usage: Usage): Bill => price(model, usage, options);
  const totalOf = (kind: "input" | "cached"): bigint | undefined => {
    const each = bill({ [kind]: full > 0 ? room : 0 }).total;
    const last = bill({ [kind]: rest }).total;
    return each === undefined || last === undefined ? undefined : each * BigInt(full) + last;
  };
  return {
    room,
    requests: full + (rest > 0 ? 1 : 0),
    total: totalOf("input"),
    cached: totalOf("cached"),
    bill: bill({ input: full > 0 ? (room ?? 0) : rest }),
  };
}
