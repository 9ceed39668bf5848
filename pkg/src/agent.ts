/**
 * An agent is a run of turns, and every turn sends everything again: configuration, skills, knowledge, the history with
 * the tools' results, and what is new. From that follow the tokens and the bill of each turn, of each day, and of the whole.
 *
 * A turn is one request. What it sends stands in this order, which is what prompt caching goes by:
 *
 *     configuration, skills, knowledge | history | message, tool results | retrieved passages
 *
 * The next turn's history is this turn's, its message, its tool results and its output. Passages that an index found are
 * sent once and are no part of the history.
 *
 * @module
 */

export type { Agent, Cache, Compaction } from "./conversation.js";
export {
  electric,
  type FreshOptions,
  type FreshStart,
  freshStart,
  type Gift,
  gift,
  type OnPlan,
  onPlan,
  type Plan,
} from "./economies.js";
export {
  type BilledTurn,
  type Biller,
  type Billers,
  type Part,
  partsOf,
  type Run,
  run,
  type Totals,
  type TurnBill,
  totals,
} from "./run.js";
export { type DayOptions, schedule, type Turn, type TurnSize } from "./turns.js";
