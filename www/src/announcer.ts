/**
 * The only voice of the page for screen readers: one polite live region. The visible count changes with every key
 * and stays silent; this speaks when a threshold was crossed, and only once typing has paused. What was crossed and
 * crossed back in between is not worth a word.
 */
import type { Level } from "./meter.ts";

const PAUSE_MS = 1000;

export class Announcer {
  readonly #region: HTMLElement;
  #spoken: Level = "ok";
  #timer = 0;

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** Speaks `message()` after a pause if `level` is then not the one that was last spoken of. */
  level(level: Level, message: () => string): void {
    window.clearTimeout(this.#timer);
    if (level === this.#spoken) return;
    this.#timer = window.setTimeout(() => {
      this.#spoken = level;
      this.#region.textContent = message();
    }, PAUSE_MS);
  }

  /** Speaks of no level while there is none, not even of one that was crossed before. */
  wait(): void {
    window.clearTimeout(this.#timer);
  }

  /** Speaks at once: the counting has stopped, which is a threshold too. */
  stopped(message: string): void {
    this.#region.textContent = message;
  }
}
