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
  /** Whether it has trapped, and no other one has been started yet. */
  isBroken: boolean;
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
  readonly #steps: (() => Generator<undefined, T>) | undefined;
  #object: T | undefined;
  #instance: number;
  #isDisposed = false;

  /** `steps` makes it, in this instance or the next one. What has none ends with its instance. */
  constructor(engine: Engine, object: T | undefined, steps?: () => Generator<undefined, T>) {
    this.#engine = engine;
    this.#object = object;
    this.#instance = object ? engine.instance : -1;
    this.#steps = steps;
  }

  /**
   * Asks for something. `ask` does nothing but call the engine: what comes out of it and is no error of the core's is a trap.
   * @throws {TokimeterError} `trap`, `disposed`, and what the core says; of positions, {@link RangeError}s.
   */
  use<R>(ask: (object: T) => R): R {
    try {
      return ask(this.#alive());
    } catch (error) {
      throw failed(this.#engine, error);
    }
  }

  /** Makes something in the same engine, which ends with this instance. */
  make<R extends Freed>(ask: (object: T) => R): Handle<R> {
    return new Handle(this.#engine, this.use(ask));
  }

  /** Gives its memory back. It cannot be used after that. */
  dispose(): void {
    try {
      this.use((object) => object.free?.());
    } catch {
      // What ended with its instance, or was disposed before, holds nothing.
    }
    this.#isDisposed = true;
    this.#object = undefined;
  }

  #alive(): T {
    const engine = this.#engine;
    if (this.#isDisposed) throw new TokimeterError("disposed", "this was disposed; make a new one");
    mend(engine);
    if (this.#instance !== engine.instance) {
      if (!this.#steps) {
        throw new TokimeterError(
          "trap",
          "this was lost when the engine failed and was started anew; make it again from its text",
        );
      }
      const steps = this.#steps();
      let step = steps.next();
      while (!step.done) step = steps.next();
      this.#object = step.value;
      this.#instance = engine.instance;
    }
    return this.#object as T;
  }
}

function mend(engine: Engine): void {
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
    `the engine failed on this (${String(cause)}), for want of memory perhaps, and is started anew: ` +
      "tokenizers go on, texts under edit are lost",
    { cause },
  );
}
