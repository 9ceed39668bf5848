/** What a model's window leaves for the text, and what the text costs as input. */
import type { Reading } from "tokimeter";
import type { Currency } from "tokimeter/models";
import { type Conversion, price } from "tokimeter/price";
import type { PickedModel } from "../../state/catalogue.ts";

/** What one request may hold, in tokens. */
export interface Room {
  readonly window: number;
  /** What the text may have: the window less the reserve, or the vendor's cap on input if that is lower. */
  readonly input: number;
  readonly reserve: number;
  /** Whether it is the vendor's cap that holds. */
  readonly isCapped: boolean;
}

/** Returns the reserve as far as the model can put out that much. */
export function keptReserve({ maxOutput, window }: PickedModel, reserve: number): number {
  return Math.min(reserve, maxOutput ?? window ?? reserve);
}

/** Returns the room that a reading speaks of; `undefined` if no window is known. */
export function roomOf(
  model: PickedModel,
  reserve: number,
  { tokens, remaining }: Reading,
): Room | undefined {
  const { window, maxInput } = model;
  if (window === undefined || remaining === undefined) return undefined;
  const input = tokens + remaining;
  return { window, input, reserve: keptReserve(model, reserve), isCapped: input === maxInput };
}

/** Returns what so many input tokens cost; `undefined` if that is not known. */
export function inputCost(
  { prices }: PickedModel,
  tokens: number,
  currency: Currency,
  rate: Conversion,
): bigint | undefined {
  if (prices.length === 0) return undefined;
  return price({ prices }, { input: tokens }, { currency, rate }).total;
}
