/** When a turn is, and how much it is: what the words are given. */
import type { Currency } from "tokimeter/models";
import type { Moment, Money } from "./words.ts";

const DAY = 24 * 60;

/** Returns the moment of a turn; `turn` from 1, `at` in minutes from midnight of the first day. */
export function momentOf(turn: number, at: number): Moment {
  return { turn, day: 1 + Math.floor(at / DAY), minute: at % DAY };
}

/** Returns an amount with its currency, if it is known. */
export function moneyOf(amount: bigint | undefined, currency: Currency): Money | undefined {
  return amount === undefined ? undefined : { amount, currency };
}

/** Returns a share for reading; 0 of nothing. */
export function shareOf(part: bigint | number, whole: bigint | number): number {
  return Number(whole) === 0 ? 0 : Number(part) / Number(whole);
}
