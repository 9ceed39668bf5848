/** How far the counting is, on a terminal. */

import { type PathLike, statSync } from "node:fs";

const WIDTH = 24;
/** Milliseconds between two pictures; the first one comes after so many. */
const EVERY = 100;

/** A bar on standard error, which is gone when all is done. */
export class Progress {
  readonly #total: number;
  #done = 0;
  #drawn: number = performance.now();
  #isShown = false;

  constructor(paths: readonly (PathLike | undefined)[]) {
    this.#total = paths.reduce((sum, path) => sum + (path === undefined ? 0 : sizeOf(path)), 0);
  }

  /** Hears how many bytes of a file were read. */
  show(bytes: number): void {
    const now = performance.now();
    if (now - this.#drawn < EVERY) return;
    this.#drawn = now;
    this.#isShown = true;
    const done = this.#done + bytes;
    const full = this.#total === 0 ? 0 : Math.round(Math.min(1, done / this.#total) * WIDTH);
    const of = this.#total === 0 ? "" : ` of ${megabytes(this.#total)}`;
    const bar = "#".repeat(full).padEnd(WIDTH, "-");
    process.stderr.write(`\r[${bar}] ${megabytes(done)}${of} MB\u001b[K`);
  }

  /** Hears that a file is done that had so many bytes. */
  pass(bytes: number): void {
    this.show(bytes);
    this.#done += bytes;
  }

  end(): void {
    if (this.#isShown) process.stderr.write("\r\u001b[K");
  }
}

/** What cannot be told now is told when the file is read. */
function sizeOf(path: PathLike): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
