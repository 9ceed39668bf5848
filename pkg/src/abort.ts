/** Promises that a signal ends. */

import { TokimeterError } from "./errors.js";

/** Returns what a promise returns, or rejects as soon as the signal is aborted. */
export function untilAborted<T>(
  signal: AbortSignal,
  name: string,
  value: Promise<T> | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(new TokimeterError("aborted", `loading ${name} was aborted`, { cause: signal.reason }));
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    value?.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
