// @ts-check
/** What a feed tells when the meter's answers are promises, and of updates that came together. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed } from "../../pkg/dist/feed.js";

/** A meter whose answers are settled by hand; it "counts" code units. @param {import("tokimeter").MeterOptions} options */
function byHand({ text = "", onReading } = {}) {
  let length = text.length;
  /** @type {(() => void)[]} */
  const answers = [];
  const reading = () => /** @type {import("tokimeter").Reading} */ ({ tokens: length });
  /** @param {readonly import("tokimeter").Edit[]} edits */
  const update = (edits) => {
    for (const { from, to = from, insert = "" } of edits) length += insert.length - (to - from);
    const now = reading();
    return new Promise((resolve) => answers.push(() => resolve(now)));
  };
  const meter = { ready: Promise.resolve(), update, dispose() {} };
  Object.defineProperties(meter, { length: { get: () => length }, reading: { get: reading } });
  /** @param {import("tokimeter").MeterSettings} settings */
  const configure = async ({ context = 0 }) => {
    if (context < 0) throw new RangeError("context is a number of tokens");
    return reading();
  };
  Object.assign(meter, { configure });
  const metered = /** @type {import("tokimeter").Metered} */ (/** @type {unknown} */ (meter));
  return { metered, answers, tellBetter: () => onReading?.(reading()) };
}

/** @param {string} text @param {unknown[]} [errors] */
async function fed(text, errors = []) {
  /** @type {number[]} */
  const told = [];
  /** @type {ReturnType<typeof byHand> | undefined} */
  let hand;
  const feed = new Feed(() => text, {
    model: "any",
    meter: async (_, options) => {
      hand = byHand(options);
      return hand.metered;
    },
    onReading: ({ tokens }) => told.push(tokens),
    onError: (error) => errors.push(error),
  });
  await turn();
  if (!hand) throw new Error("no meter was made");
  return { feed, told, hand };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

test("a reading that nobody asked for does not drop the answer that is under way", async () => {
  const { feed, told, hand } = await fed("abc");
  assert.deepEqual(told, [3]);
  feed.edit([{ from: 3, insert: "d" }]);
  hand.tellBetter();
  hand.answers[0]?.();
  await turn();
  assert.deepEqual(told, [3, 4]);
  hand.tellBetter();
  assert.deepEqual(told, [3, 4, 4]);
});

test("of updates that came together only the last reading is told", async () => {
  const { feed, told, hand } = await fed("abc");
  feed.edit([{ from: 0, to: 1 }], [], [{ from: 0, insert: "xyz" }]);
  assert.equal(hand.answers.length, 2);
  for (const answer of hand.answers.toReversed()) answer();
  await turn();
  assert.deepEqual(told, [3, 5]);
});

test("of updates that came together only the last reading is told, on this thread too", async () => {
  const { meter } = await import("tokimeter");
  /** @type {number[]} */
  const told = [];
  const feed = new Feed(() => "one two", {
    model: "gpt-5.2",
    meter,
    onReading: ({ tokens }) => told.push(tokens),
  });
  while (told.length === 0 || !feed.isSettled) await turn();
  await feed.meter?.ready;
  told.length = 0;
  feed.edit([{ from: 0, to: 7 }], [{ from: 0, insert: "one" }]);
  assert.deepEqual(told, [1]);
  feed.dispose();
});

test("after a meter that could not be made, edits are not kept, and a retry counts the text", async () => {
  let text = "abc";
  let isDown = true;
  /** @type {unknown[]} */
  const told = [];
  const feed = new Feed(() => text, {
    model: "any",
    meter: async (_, options) => {
      if (isDown) throw new Error("down");
      return byHand(options).metered;
    },
    onReading: ({ tokens }) => told.push(tokens),
    onError: (error) => told.push(String(error)),
  });
  await turn();
  feed.edit([{ from: 3, insert: "d" }]);
  text = "abcd";
  assert.equal(feed.meter, undefined);
  isDown = false;
  feed.retry();
  await turn();
  assert.deepEqual(told, ["Error: down", 4]);
});

test("after settings that no meter can be made with, others make one", async () => {
  const { meter } = await import("tokimeter");
  /** @type {unknown[]} */
  const told = [];
  const feed = new Feed(() => "one two", {
    ...{ model: "gpt-5.2", meter, context: 1, cached: 5 },
    onReading: ({ tokens }) => told.push(tokens),
    onError: (error) => told.push(error instanceof RangeError),
  });
  while (told.length === 0) await turn();
  feed.configure({ batch: true });
  while (told.length === 1) await turn();
  feed.configure({ context: 10 });
  while (!feed.isSettled) await turn();
  assert.deepEqual(told.slice(0, 3), [true, true, 2]);
  feed.dispose();
  feed.configure({ context: 20 });
  await turn();
  assert.equal(feed.meter, undefined);
});

test("a setting that is refused costs no meter", async () => {
  /** @type {unknown[]} */
  const errors = [];
  const { feed, told } = await fed("abc", errors);
  const { meter } = feed;
  feed.configure({ context: -1 });
  await turn();
  assert.equal(feed.meter, meter);
  assert.deepEqual(errors.map(String), ["RangeError: context is a number of tokens"]);
  // Nor is it there when the meter is made anew.
  feed.retry();
  await turn();
  feed.configure({ context: 1 });
  await turn();
  // The second one is told when nothing came of the settings.
  assert.deepEqual(told, [3, 3, 3, 3]);
  assert.equal(errors.length, 1);
});

test("a setting that is refused does not drop the reading of the edit before it", async () => {
  const { feed, told, hand } = await fed("abc");
  feed.edit([{ from: 3, insert: "d" }]);
  feed.configure({ context: -1 });
  hand.answers[0]?.();
  await turn();
  assert.deepEqual(told, [3, 4]);
});
