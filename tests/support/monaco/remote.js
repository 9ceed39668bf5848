// @ts-check
/** A meter whose answers come later, in the order in which they were asked for, as those of a worker do. */

import { meter } from "tokimeter";

const later = () => new Promise((resolve) => setTimeout(resolve, 0));

/** @type {import("tokimeter").MakeMeter} */
export async function remote(model, options) {
  // What cannot be sent to a worker is an error here too.
  const { signal, onReading, ...plain } = options ?? {};
  structuredClone(plain);
  /** @type {import("tokimeter").Reading} */
  let shown;
  const local = await meter(model, {
    ...plain,
    ...(signal && { signal }),
    onReading: (reading) => {
      later().then(() => {
        shown = reading;
        onReading?.(reading);
      });
    },
  });
  shown = local.reading;
  /** @type {Promise<unknown>} */
  let turn = Promise.resolve();
  /** @template T @param {() => T | Promise<T>} ask @returns {Promise<T>} */
  const answer = (ask) => {
    const answered = turn.then(later).then(ask);
    turn = answered.catch(() => {});
    return answered;
  };
  /** @param {() => import("tokimeter").Reading | Promise<import("tokimeter").Reading>} ask */
  const read = (ask) =>
    answer(async () => {
      shown = await ask();
      return shown;
    });
  return {
    model: local.model,
    nearest: local.nearest,
    ready: local.ready,
    get length() {
      return local.length;
    },
    get reading() {
      return shown;
    },
    update: (edits) => read(() => local.update(edits)),
    replaceAsync: (from, to, insert, options) => read(() => local.replaceAsync(from, to, insert, options)),
    configure: (settings) => read(() => local.configure(settings)),
    countRange: (from, to) => answer(() => local.countRange(from, to)),
    spansIn: (from, to) => answer(() => local.spansIn(from, to)),
    fit: (options) => answer(() => local.fit(options)),
    dispose: () => local.dispose(),
  };
}
