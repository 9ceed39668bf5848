/** The turns of an agent: its requests, in order of time. */

import { whole } from "./numbers.js";

/** Minutes of a day. */
export const DAY: number = 24 * 60;
const LAST = 36_525 * DAY;

/** One request of the agent. */
export interface Turn {
  /** When, in whole minutes from midnight of the first day. */
  readonly at: number;
  /** `"heartbeat"`: the clock woke it. `"summary"` is only found in what `run` returns. */
  readonly kind: "work" | "heartbeat" | "summary";
  /** Tokens of the new message. */
  readonly message: number;
  /** Tokens of what tools returned since the turn before. */
  readonly toolResults?: number;
  /** Tokens that the model writes. */
  readonly output: number;
  /** Those of them that are reasoning, which is billed but not sent again; none if it is left out. */
  readonly reasoning?: number;
}

/** The turns of equal days. */
export interface DayOptions {
  /** How many days; 1 if it is left out. */
  readonly days?: number;
  /** The clock that wakes the agent; none if it is left out. */
  readonly heartbeat?: TurnSize & {
    /** Every so many minutes. */
    readonly every: number;
    /** From this minute of the day, 0 if it is left out. */
    readonly from?: number;
    /** Until before this minute, 1440 (a day of 24 hours) if it is left out. Working hours are 540 to 1080. */
    readonly to?: number;
  };
  /** What people ask for, evenly spread. */
  readonly work?: TurnSize & {
    /** How many a day. */
    readonly turns: number;
    /** From this minute of the day, 0 if it is left out. */
    readonly from?: number;
    /** Until before this minute, 1440 if it is left out. */
    readonly to?: number;
  };
}

/** How large a turn is, in tokens. */
export type TurnSize = Pick<Turn, "message" | "toolResults" | "output" | "reasoning">;

/**
 * Returns the turns of some days, in order; of two at the same minute the work comes first. Linear in the turns.
 * @throws {RangeError} if a number is not whole or a span is empty.
 */
export function schedule({ days = 1, heartbeat, work }: DayOptions): Turn[] {
  const day: Turn[] = [];
  if (work) {
    const { from, to } = span(work);
    const turns = whole(work.turns, "the turns of a day");
    for (let i = 0; i < turns; i++) {
      day.push(turnOf("work", from + Math.floor((i * (to - from)) / turns), work));
    }
  }
  if (heartbeat) {
    const { from, to } = span(heartbeat);
    const every = whole(heartbeat.every, "minutes between heartbeats", 1);
    for (let at = from; at < to; at += every) day.push(turnOf("heartbeat", at, heartbeat));
  }
  day.sort((a, b) => a.at - b.at);
  const turns: Turn[] = [];
  for (let i = 0; i < whole(days, "the number of days"); i++) {
    for (const turn of day) turns.push({ ...turn, at: i * DAY + turn.at });
  }
  return turns;
}

function span({ from = 0, to = DAY }: { from?: number; to?: number }): { from: number; to: number } {
  if (whole(from, "the minute of the day") < whole(to, "the minute of the day") && to <= DAY)
    return { from, to };
  throw new RangeError(
    `a part of the day goes from a minute to a later one, up to ${DAY}, not from ${from} to ${to}`,
  );
}

function turnOf(
  kind: Turn["kind"],
  at: number,
  { message, toolResults = 0, output, reasoning = 0 }: TurnSize,
): Turn {
  return { at, kind, message, toolResults, output, reasoning };
}

/** @throws {RangeError} if a number is not whole, or the turn is before the last one. */
export function checkTurn(turn: Turn, last: number): void {
  if (whole(turn.at, "the minute of a turn") > LAST) {
    throw new RangeError(`a turn is at most at minute ${LAST}, a hundred years, not at ${turn.at}`);
  }
  whole(turn.message, "the message of a turn");
  whole(turn.toolResults ?? 0, "the tool results of a turn");
  whole(turn.output, "the output of a turn");
  if (whole(turn.reasoning ?? 0, "the reasoning of a turn") > turn.output) {
    throw new RangeError(`a turn's reasoning is part of its output of ${turn.output}, not ${turn.reasoning}`);
  }
  if (turn.at < last) {
    throw new RangeError(`a turn at minute ${turn.at} stands behind one at ${last}; sort the turns by time`);
  }
}

export function summaryAt(at: number, output: number): Turn {
  return { at, kind: "summary", message: 0, toolResults: 0, output };
}
