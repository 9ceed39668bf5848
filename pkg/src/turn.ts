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
