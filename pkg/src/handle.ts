/**
 * Handles into a wasm engine, whose instance may trap: for want of memory or of stack, or by a fault of ours. What trapped stopped in
 * the middle of something, so nothing in that instance is asked again: a fresh one follows, and each handle knows of which it is.
 */

import { type ErrorCode, TokimeterError } from "./errors.js";

/** A wasm file at work. */
export interface Engine {
  /** Starts a fresh instance in the place of the one that trapped. */
  readonly restart: () => void;
  /** The number of the instance. */
  instance: number;
  /** Whether no call may reach it any more: it has trapped, and no other one has been started yet. */
  isBroken: boolean;
  /** Hears of what is made in it. */
  readonly opened?: (handle: Handle<Freed>) => void;
  /** Hears that there may be less in it. */
  readonly freed?: () => void;
}

/** What an engine makes. */
export interface Freed {
  free?(): void;
}

/** The core's errors that JavaScript has an error for. */
const RANGE_ERRORS: readonly string[] = ["out-of-range", "unsorted-edits", "limit-too-small"];

/** What is in an engine, and the only way to ask it. */
export class Handle<T extends Freed> {
  readonly #engine: Engine;
  #object: T | undefined;
  /** The number of the instance that it is in. */
  instance: number;
  /** Makes it in the next instance. What has none ends with this one. */
  steps: (() => Generator<undefined, T>) | undefined;
  /** Made it in the first place, with nothing in it. */
  readonly origin: (() => T) | undefined;
  /** Of a text: the encodings that count along, by their numbers. */
  readonly others: Handle<Freed>[] = [];
  isDisposed = false;

  /** Without an object, `steps` make it when it is asked. */
  constructor(
    engine: Engine,
    object: T | undefined,
    steps?: () => Generator<undefined, T>,
    origin?: () => T,
  ) {
    this.#engine = engine;
    this.#object = object;
    this.instance = object ? engine.instance : -1;
    this.steps = steps;
    this.origin = origin;
    engine.opened?.(this);
  }

  /**
   * Asks for something. `ask` does nothing but call the engine: what comes out of it and is no error of the core's is a trap.
   * @throws {TokimeterError} `trap`, `disposed`, and what the core says; of positions, {@link RangeError}s.
   */
  use<R>(ask: (object: T) => R): R {
    const engine = this.#engine;
    try {
      if (this.instance !== engine.instance || engine.isBroken) for (const _ of this.renew());
      return ask(this.#object as T);
    } catch (error) {
      throw failed(engine, error);
    }
  }

  /** Makes something in the same engine, which ends with this instance. */
  make<R extends Freed>(ask: (object: T) => R): Handle<R> {
    const origin = (): R => this.use(ask);
    return new Handle(this.#engine, origin(), undefined, origin);
  }

  /** Gives its memory back. It cannot be used after that. */
  dispose(): void {
    try {
      this.use((object) => object.free?.());
    } catch {
      // What ended with its instance, or was disposed before, holds nothing.
    }
    this.isDisposed = true;
    this.#object = this.steps = undefined;
    this.instance = -1;
    this.#engine.freed?.();
  }

  /** Makes it again in an instance that does not have it yet. */
  *renew(): Generator<undefined, void> {
    const engine = this.#engine;
    mend(engine);
    if (this.instance === engine.instance) return;
    if (!this.steps) {
      throw this.isDisposed
        ? new TokimeterError("disposed", "this was disposed; make a new one")
        : new TokimeterError("trap", "this was lost when the engine failed; make it again from its text");
    }
    const object = yield* this.steps();
    // Meanwhile somebody may have asked, and not have waited.
    if (this.instance === engine.instance) object.free?.();
    else {
      this.#object = object;
      this.instance = engine.instance;
      // From now on it changes.
      if (this.origin) this.steps = undefined;
    }
  }
}

/** Starts a fresh instance if none is at work. */
export function mend(engine: Engine): void {
  if (!engine.isBroken) return;
  engine.restart();
  engine.instance++;
  engine.isBroken = false;
}

/** Returns what is to be thrown for what came out of an engine. */
function failed(engine: Engine, cause: unknown): unknown {
  if (cause instanceof TokimeterError) return cause;
  if (Array.isArray(cause)) {
    const [code, message] = cause as [ErrorCode, string];
    return RANGE_ERRORS.includes(code) ? new RangeError(message) : new TokimeterError(code, message);
  }
  engine.isBroken = true;
  // Not here: the stack may be full. Whoever asks before has it done, and whoever asks after it has failed.
  Promise.resolve(engine)
    .then(mend)
    .catch(() => {});
  return new TokimeterError(
    "trap",
    `the engine failed on this (${String(cause)}), perhaps for want of memory; texts under edit are lost`,
    { cause },
  );
}
