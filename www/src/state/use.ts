/** What the reader uses on a day, which two views speak of: start values are assumptions; a day of the agent can take their place. */
import { type Signal, signal } from "@preact/signals";

export interface DailyUse {
  readonly input: number;
  readonly output: number;
}

/** What is used on a day. */
export const dailyUse: Signal<DailyUse> = signal({ input: 30_000, output: 10_000 });

/** The first day of the agent, once it has been run, if it uses anything. */
export const agentDay: Signal<DailyUse | undefined> = signal(undefined);
