/** Work in turns, between which the page paints and takes input. */

/** Milliseconds of work after which the page has its turn. */
const TURN_MS = 5;

/** A turn of work. */
export class Turn {
  readonly #wait: () => Promise<void>;
  #since: number = performance.now();

  /** `wait` ends when the page has had its turn. */
  constructor(wait: () => Promise<void> = nextTurn) {
    this.#wait = wait;
  }

  get isOver(): boolean {
    return performance.now() - this.#since >= TURN_MS;
  }

  /** Lets the page have its turn if this one is over; returns whether it was. */
  async passes(): Promise<boolean> {
    if (!this.isOver) return false;
    await this.#wait();
    this.#since = performance.now();
    return true;
  }
}

/** How much slower than at its best a slice is when the next one is longer. */
const SLOWER = 4;

/**
 * Slices of a text. What is one piece up to its end is counted anew with each slice that comes to it; so slices that take
 * ever longer become twice as long, and all of them together take a few times as long as one.
 */
export class Slices {
  readonly #least: number;
  #length: number;
  /** Milliseconds for a unit, at best. */
  #best = Number.POSITIVE_INFINITY;

  /** `least` is the length of a slice, in units. */
  constructor(least: number) {
    this.#least = least;
    this.#length = least;
  }

  /** Does the work of a slice, given how long it may be. */
  take<T>(work: (length: number) => T): T {
    const begin = performance.now();
    const result = work(this.#length);
    const ms = performance.now() - begin;
    const each = ms / this.#length;
    this.#best = Math.min(this.#best, each);
    const isSlow = ms > TURN_MS && each > SLOWER * this.#best;
    this.#length = isSlow ? 2 * this.#length : Math.max(this.#least, this.#length / 2);
    return result;
  }
}

/** `scheduler.yield` holds painting up, and timers of a hidden page wait for a second. */
function nextTurn(): Promise<void> {
  const { document, scheduler } = globalThis as {
    document?: { readonly hidden: boolean };
    scheduler?: { yield?(): Promise<void> };
  };
  const isHidden = document?.hidden ?? false;
  return (isHidden ? scheduler?.yield?.() : undefined) ?? new Promise((resolve) => setTimeout(resolve));
}

/**
 * Waits for less than a timer, which takes four milliseconds each time: input has its turn, and painting within a tenth
 * of a second. For work that is done by then.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
