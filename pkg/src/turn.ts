/** Work in turns, between which the page paints and takes input. */

/** Milliseconds of work after which the page has its turn. */
const TURN_MS = 5;

/** A turn of work. */
export class Turn {
  #since: number = performance.now();
  /** When the step under way began. */
  #step: number = this.#since;
  #longestStep = 0;

  get isOver(): boolean {
    return performance.now() - this.#since >= TURN_MS;
  }

  /** Lets the page have its turn if this one is over; returns whether it was. */
  async passes(): Promise<boolean> {
    if (!this.isOver) return false;
    await this.#next();
    return true;
  }

  /** Ends a step of work; lets the page have its turn if one more such step would make this one too long. */
  async stepped(): Promise<void> {
    const now = performance.now();
    this.#longestStep = Math.max(this.#longestStep, now - this.#step);
    if (now - this.#since + this.#longestStep >= TURN_MS) await this.#next();
    this.#step = performance.now();
  }

  async #next(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
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
