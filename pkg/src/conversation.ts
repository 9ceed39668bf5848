/** What an agent sends with each turn, and what of it the prompt cache has: the state of a run between two turns. */

import { whole } from "./numbers.js";
import type { Usage } from "./price.js";
import type { Turn } from "./turns.js";

/** What every turn sends, and what becomes of it. Tokens. */
export interface Agent {
  /** System prompt and definitions of tools. */
  readonly configuration: number;
  /** Skills that are sent along. */
  readonly skills?: number;
  /** A knowledge base that is sent along whole. See `retrieved` for an index in its place. */
  readonly knowledge?: number;
  /** Passages that an index finds for each turn, instead of the whole knowledge base. */
  readonly retrieved?: number;
  /** What has been said before the first turn. */
  readonly history?: number;
  /** When a new conversation begins; never, if it is left out. */
  readonly compaction?: Compaction;
  /** Without it nothing is cached. */
  readonly cache?: Cache;
  /**
   * Heartbeats are a conversation of their own: each sends configuration, skills and knowledge, whole or as passages, but no history,
   * and adds nothing to it.
   */
  readonly heartbeatsApart?: boolean;
}

/** A new conversation, which begins with a summary of the one before. */
export interface Compaction {
  /** After so many turns of a conversation. */
  readonly turns?: number;
  /** Before a turn that would send more than so many tokens. */
  readonly above?: number;
  /**
   * Tokens of the summary. The model writes it in a turn of its own, which sends the history once more; with 0 nothing is
   * summarized and there is no such turn.
   */
  readonly summary: number;
}

/**
 * Prompt caching: a turn's beginning that an earlier turn has sent, too, is read from the cache if that was less than
 * `minutes` ago. Each reading starts the time anew. Output is new input to the next turn: it is not in the cache.
 */
export interface Cache {
  /** How long what was sent lives: 5 or 60 for Anthropic, about 5 to 10 for OpenAI. */
  readonly minutes: number;
  /** What the vendor charges for writing: `cacheWrite`, `cacheWriteLong`; left out, what is new is plain input. */
  readonly write?: "cacheWrite" | "cacheWriteLong";
  /** A beginning of fewer tokens is not cached. */
  readonly least?: number;
}

/** What a model's cache holds of the agent: its beginning, and the conversation as the last turn sent it. */
interface Held {
  fixed: number;
  fixedUntil: number;
  talk: number;
  talkUntil: number;
}

const empty = (): Held => ({ fixed: 0, fixedUntil: 0, talk: 0, talkUntil: 0 });

/** The state of a run between two turns. */
export class Conversation {
  readonly #agent: Agent;
  readonly #fixed: number;
  readonly #work: Held;
  readonly #heartbeat: Held;
  /** Tokens that have been said. */
  history: number;
  /** The number of this conversation, from 0. */
  index: number;
  /** Turns of this conversation. */
  turns: number;

  /** With `apart`, heartbeats go to a model of their own, with a cache of its own. With `from`, goes on as that does. */
  constructor(agent: Agent, apart: boolean, from?: Conversation) {
    this.#agent = agent;
    this.#fixed = fixedOf(agent);
    this.#work = from ? { ...from.#work } : empty();
    this.#heartbeat = !apart ? this.#work : from ? { ...from.#heartbeat } : empty();
    this.history = from?.history ?? agent.history ?? 0;
    this.index = from?.index ?? 0;
    this.turns = from?.turns ?? 0;
  }

  /** Whether a turn is outside the conversation. */
  isApart(turn: Turn): boolean {
    return turn.kind === "heartbeat" && this.#agent.heartbeatsApart === true;
  }

  /** Tokens that a turn of the conversation would send. */
  sends(turn: Turn): number {
    return this.#fixed + this.history + newIn(turn) + this.#passages(turn);
  }

  /** Whether a new conversation is due before this turn. */
  isDue(turn: Turn): boolean {
    const { turns = Number.POSITIVE_INFINITY, above = Number.POSITIVE_INFINITY } =
      this.#agent.compaction ?? {};
    return this.turns > 0 && !this.isApart(turn) && (this.turns >= turns || this.sends(turn) > above);
  }

  /** Begins a new conversation with a summary. */
  restart(summary: number): void {
    this.history = summary;
    this.index++;
    this.turns = 0;
    for (const held of [this.#work, this.#heartbeat]) held.talk = 0;
  }

  /** Makes a turn: what it uses, and what it leaves. */
  take(turn: Turn): Usage {
    const apart = this.isApart(turn);
    const held = turn.kind === "heartbeat" ? this.#heartbeat : this.#work;
    const fixed = this.#fixed;
    const fresh = newIn(turn);
    const passages = this.#passages(turn);
    // What a mark in the request says to keep: apart, the beginning; else all but the passages.
    const keeps = apart ? fixed : fixed + this.history + fresh;
    const rest = apart ? fresh + passages : passages;
    const usage = this.#cached(held, turn.at, keeps, rest, apart);
    if (!apart && turn.kind !== "summary") {
      this.history += fresh + turn.output - (turn.reasoning ?? 0);
      this.turns++;
    }
    return turn.output > 0 ? { ...usage, output: turn.output } : usage;
  }

  #passages(turn: Turn): number {
    return turn.kind === "summary" ? 0 : (this.#agent.retrieved ?? 0);
  }

  #cached(held: Held, at: number, keeps: number, rest: number, apart: boolean): Usage {
    const { cache } = this.#agent;
    if (!cache || keeps < (cache.least ?? 0)) return only({ input: keeps + rest });
    const talk = !apart && at < held.talkUntil ? held.talk : 0;
    const cached = Math.min(keeps, Math.max(talk, at < held.fixedUntil ? held.fixed : 0));
    const until = at + cache.minutes;
    if (this.#fixed >= (cache.least ?? 0)) Object.assign(held, { fixed: this.#fixed, fixedUntil: until });
    if (!apart) Object.assign(held, { talk: keeps, talkUntil: until });
    const { write = "input" } = cache;
    return write === "input"
      ? only({ input: keeps - cached + rest, cached })
      : only({ input: rest, cached, [write]: keeps - cached });
  }
}

/** Returns a usage without what is 0: an unknown rate does not matter for it. */
function only(usage: Usage): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, tokens]) => tokens > 0));
}

function fixedOf({ configuration, skills = 0, knowledge = 0 }: Agent): number {
  return configuration + skills + knowledge;
}

function newIn({ message, toolResults = 0 }: Turn): number {
  return message + toolResults;
}

/** @throws {RangeError} if a number is not whole. */
export function checkAgent(agent: Agent): void {
  const { configuration, skills = 0, knowledge = 0, retrieved = 0, history = 0, compaction, cache } = agent;
  for (const [what, tokens] of Object.entries({ configuration, skills, knowledge, retrieved, history })) {
    whole(tokens, `the agent's ${what}`);
  }
  if (compaction) {
    whole(compaction.summary, "the summary");
    whole(compaction.turns ?? 1, "the turns of a conversation", 1);
    whole(compaction.above ?? 0, "the tokens above which a conversation ends");
  }
  if (cache) {
    whole(cache.minutes, "the minutes that a cache lives");
    whole(cache.least ?? 0, "the least that is cached");
  }
}
