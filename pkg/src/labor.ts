/**
 * The labor-minute: a token is a minute of an hourly cleaner's time. A visit is at most 240 minutes, the context window.
 * Telling what is wanted (input) takes minutes, the work (output) takes minutes, and both are billed.
 *
 * All numbers are whole. What is unknown is `undefined`, and so is what depends on it. No function adds counts of parts
 * of a text: who strikes words out counts the text again and hands in both counts.
 *
 * @module
 */

import { quotient, sum, whole } from "./numbers.js";

/** Minutes of a visit: four hours. */
export const VISIT = 240;
const HOUR = 60;

/** What a visit is made of. */
export interface VisitOptions {
  /** Tokens of the talk, `undefined` if they are not known yet. */
  readonly talk: number | undefined;
  /** Tokens kept for the work; none if it is left out. */
  readonly reserved?: number;
  /** Tokens of the visit: {@link VISIT}, or a model's window, which may be unknown. */
  readonly window: number | undefined;
}

/** A visit, minute by minute: `told` + `free` + `kept` = `window`. */
export interface Visit {
  /** Minutes of the visit. */
  readonly window: number;
  /** Minutes of the talk that are within the visit. */
  readonly told: number;
  /** Minutes that are neither talked away nor kept. */
  readonly free: number;
  /** Minutes kept for the work. */
  readonly kept: number;
  /** Minutes of the talk that fall outside: it passes `window - kept`, which is where `LiveText.offsetOf` finds the place. */
  readonly outside: number;
  /** Minutes that the work can have if all is told: never more than `window - talk`, and 0 if the talk takes all. */
  readonly work: number;
}

/**
 * Returns how a visit is filled, or `undefined` if the talk or the window is unknown.
 * @throws {RangeError} if a number is not whole, or more is kept for the work than the visit has.
 */
export function visit({ talk, reserved = 0, window }: VisitOptions): Visit | undefined {
  if (talk === undefined || window === undefined) return undefined;
  whole(talk, "the talk");
  whole(window, "the window");
  const kept = whole(reserved, "what is kept for the work");
  if (kept > window) {
    throw new RangeError(
      `a visit of ${window} has no room for ${kept} minutes of work; keep at most ${window}`,
    );
  }
  const room = window - kept;
  const told = Math.min(talk, room);
  return {
    window,
    told,
    free: room - told,
    kept,
    outside: talk - told,
    work: Math.max(0, window - talk),
  };
}

/** What an hour costs, in 10⁻¹² of the currency, as all amounts. */
export interface Wage {
  /** An hour of talk. */
  readonly talk: bigint;
  /** An hour of work; as `talk` if it is left out. */
  readonly work?: bigint;
}

/** A bill by the minute. The two lines add up to the total. */
export interface LaborBill {
  /** The minutes of talk, in 10⁻¹² of the currency. */
  readonly talk: bigint | undefined;
  /** The minutes of work, in 10⁻¹² of the currency. */
  readonly work: bigint | undefined;
  /** The sum of the two; `undefined` if one of them is. */
  readonly total: bigint | undefined;
}

/**
 * Returns what minutes of talk and of work cost. A line is rounded once, to 10⁻¹² of the currency, so whole hours are exact.
 * @throws {RangeError} if a number is not whole or the wage is below 0.
 */
export function laborBill(talk: number | undefined, work: number | undefined, wage: Wage): LaborBill {
  const lines = [line(talk, wage.talk), line(work, wage.work ?? wage.talk)] as const;
  return { talk: lines[0], work: lines[1], total: sum(lines) };
}

function line(minutes: number | undefined, wage: bigint): bigint | undefined {
  if (wage < 0n) throw new RangeError(`a wage is at least 0, not ${wage}`);
  return minutes === undefined
    ? undefined
    : quotient(BigInt(whole(minutes, "a number of minutes")) * wage, BigInt(HOUR));
}

/** What came back. Both may be below 0: fewer words can be more tokens. */
export interface Returned {
  /** Minutes, which are tokens. */
  readonly minutes: number;
  /** In 10⁻¹² of the currency; `undefined` without a wage. */
  readonly amount: bigint | undefined;
}

/**
 * Returns the minutes and the money that striking words out gives back: the difference of two counts, of the whole text
 * before and of the whole text after. Adding up the counts of what was struck out would be wrong.
 * @throws {RangeError} if a count is not whole.
 */
export function returned(
  before: number | undefined,
  after: number | undefined,
  wage?: bigint,
): Returned | undefined {
  if (before === undefined || after === undefined) return undefined;
  const minutes = whole(before, "the count before") - whole(after, "the count after");
  if (wage === undefined) return { minutes, amount: undefined };
  const [paid, pays] = [line(before, wage), line(after, wage)];
  return { minutes, amount: paid === undefined || pays === undefined ? undefined : paid - pays };
}

/** Hours and minutes. */
export interface Clock {
  /** Whole hours, any number. */
  readonly hours: number;
  /** 0 to 59. */
  readonly minutes: number;
}

/** Returns tokens as hours and minutes. @throws {RangeError} if they are not whole. */
export function clockOf(tokens: number): Clock {
  const minutes = whole(tokens, "a number of tokens");
  return { hours: Math.floor(minutes / HOUR), minutes: minutes % HOUR };
}

/** Returns hours and minutes as tokens. @throws {RangeError} if one is not whole, or there are 60 minutes or more. */
export function tokensOf({ hours, minutes }: Clock): number {
  if (whole(minutes, "a number of minutes") >= HOUR) {
    throw new RangeError(`${minutes} minutes are an hour or more; write them as hours and 0 to 59 minutes`);
  }
  return whole(whole(hours, "a number of hours") * HOUR + minutes, "the time in minutes");
}

/** Returns tokens as a clock shows them: `"4:00"` for 240. @throws {RangeError} if they are not whole. */
export function clock(tokens: number): string {
  const { hours, minutes } = clockOf(tokens);
  return `${hours}:${String(minutes).padStart(2, "0")}`;
}

/**
 * Returns how many visits so many tokens take, or `undefined` if one of the two is unknown.
 * @throws {RangeError} if a number is not whole, or the window is 0.
 */
export function visits(tokens: number | undefined, window: number | undefined): number | undefined {
  if (tokens === undefined || window === undefined) return undefined;
  whole(tokens, "a number of tokens");
  whole(window, "the window", 1);
  return Math.floor(tokens / window) + (tokens % window > 0 ? 1 : 0);
}
