// @ts-check
/**
 * What feeds a host's text to a meter: whatever is edited, and whenever, what is told last is the reading of the text. One table
 * for a meter on this thread and for one whose answers come later, as a worker's do.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { load, meter } from "tokimeter";
import { Feed } from "../../pkg/dist/feed.js";
import { mulberry32, seed } from "../support/random.mjs";

/** @typedef {import("../../pkg/dist/feed.js").MakeMeter} MakeMeter @typedef {import("tokimeter").Reading} Reading */

const MODEL = "gpt-5.2";
const tok = await load(MODEL);

/** Makes meters that take what they are told, and answer, in order and later. @type {MakeMeter} */
const late = async (model, options = {}) => {
  let last = Promise.resolve();
  /** @template T @param {() => T} call @returns {Promise<Awaited<T>>} */
  const queued = (call) => {
    const answer = last.then(() => sleep(0)).then(call);
    last = answer.then(
      () => {},
      () => {},
    );
    return /** @type {Promise<Awaited<T>>} */ (answer);
  };
  const { onReading } = options;
  const made = await queued(() =>
    meter(model, {
      ...options,
      ...(onReading && { onReading: (reading) => void setTimeout(onReading, 0, reading) }),
    }),
  );
  let shown = made.reading;
  /** @param {() => Reading | Promise<Reading>} call */
  const asked = async (call) => {
    shown = await queued(call);
    return shown;
  };
  return {
    model: made.model,
    nearest: made.nearest,
    ready: made.ready,
    get length() {
      return made.length;
    },
    get reading() {
      return shown;
    },
    update: (edits) => asked(() => made.update(edits)),
    replaceAsync: (from, to, insert, how) => asked(() => made.replaceAsync(from, to, insert, how)),
    configure: (settings) => asked(() => made.configure(settings)),
    countRange: (from, to) => queued(() => made.countRange(from, to)),
    spansIn: (from, to) => queued(() => made.spansIn(from, to)),
    fit: (how) => queued(() => made.fit(how)),
    dispose: () => void queued(() => made.dispose()),
  };
};

/**
 * Feeds a text to a meter, and notes what is told.
 * @param {MakeMeter | undefined} make @param {Partial<import("../../pkg/dist/feed.js").MeterHostOptions>} [options]
 */
function host(make, options = {}, text = "") {
  const told = {
    text,
    /** @type {Reading[]} */
    readings: [],
    /** @type {any[]} */
    errors: [],
  };
  const feed = new Feed(() => told.text, {
    model: MODEL,
    ...(make && { meter: make }),
    onReading: (reading) => told.readings.push(reading),
    onError: (error) => told.errors.push(error),
    ...options,
  });
  /** @param {number} from @param {number} to @param {string} insert */
  const edit = (from, to, insert) => {
    told.text = told.text.slice(0, from) + insert + told.text.slice(to);
    feed.edit([{ from, to, insert }]);
  };
  return { feed, told, edit };
}

/** @param {() => boolean} is @param {string} what */
async function until(is, what) {
  for (let left = 500; !is(); left--) {
    assert.ok(left > 0, what);
    await sleep(10);
  }
}

for (const [name, make] of /** @type {const} */ ([
  ["on this thread", undefined],
  ["answering later", late],
])) {
  test(`${name}: what is told last is the text's`, async () => {
    const random = mulberry32(seed(`feed, ${name}`));
    const upTo = (/** @type {number} */ below) => Math.floor(random() * below);
    const { feed, told, edit } = host(make);
    const pieces = ["a", " the", "中文", "😀", "\ud83d", "\ude00", "\n", "", "word ".repeat(20_000)];
    const cases = Number(process.env.CASES ?? 160);
    for (let i = 0; i < cases; i++) {
      const from = upTo(told.text.length + 1);
      const long = told.text.length > 150_000;
      const to = Math.min(told.text.length, from + (long ? told.text.length : upTo(4)));
      edit(from, to, pieces[upTo(random() < 0.03 ? 9 : 8)] ?? "");
      if (i % 40 === 7) feed.configure({ context: upTo(100) });
      if (i % 60 === 9) feed.retry();
      if (i % 90 === 11) feed.setModel(feed.meter?.model?.id === "gpt-4o" ? MODEL : "gpt-4o");
      if (random() < 0.2) await sleep(0);
      if (i % 25 !== 24) continue;
      const count = tok.count(told.text);
      await until(() => feed.isSettled && told.readings.at(-1)?.tokens === count, `edit ${i} of the seed`);
      assert.equal(feed.reading?.tokens, count);
    }
    assert.deepEqual(told.errors, []);
    feed.dispose();
    const { length } = told.readings;
    edit(0, 0, "after");
    feed.retry();
    feed.setModel("gpt-4");
    await sleep(50);
    assert.equal(told.readings.length, length, "nothing is told after dispose");
  });

  test(`${name}: what was typed before the meter was there is counted once`, async () => {
    const { feed, told, edit } = host(make, {}, "Hello");
    edit(5, 5, ", world");
    await Promise.resolve();
    edit(12, 12, "!");
    await until(() => told.readings.at(-1)?.basis === "exact", "a reading");
    assert.equal(told.readings.at(-1)?.tokens, tok.count("Hello, world!"));
    feed.dispose();
  });

  test(`${name}: settings that are refused change nothing`, async () => {
    const { feed, told, edit } = host(make, { context: 5 }, "a");
    await until(() => told.readings.at(-1)?.basis === "exact", "a reading");
    const remaining = told.readings.at(-1)?.remaining;
    feed.configure({ cached: 9 });
    await until(() => told.errors.length > 0, "an error");
    assert.ok(told.errors[0] instanceof RangeError);
    edit(0, 1, "b");
    await until(() => feed.isSettled && told.readings.length > 1, "a reading of the edit");
    assert.equal(told.readings.at(-1)?.remaining, remaining);
    feed.setModel("gpt-5.1");
    await until(() => feed.isSettled, "a meter for the next model");
    assert.equal(told.errors.length, 1);
    feed.dispose();
  });

  test(`${name}: settings that are refused before there is a meter cost none`, async () => {
    const { feed, told } = host(make, { context: 5 }, "a");
    feed.configure({ near: 9 });
    await until(() => told.readings.at(-1)?.basis === "exact", "a reading");
    assert.ok(told.errors[0] instanceof RangeError);
    const made = feed.meter;
    const remaining = told.readings.at(-1)?.remaining ?? 0;
    feed.configure({ context: 6 });
    await until(() => told.readings.at(-1)?.remaining === remaining - 1, "a reading with other settings");
    assert.equal(feed.meter, made);
    assert.equal(told.errors.length, 1);
    feed.dispose();
  });

  test(`${name}: of several updates at once, only the last one's reading is told`, async () => {
    const { feed, told } = host(make, {}, "abc");
    await until(() => told.readings.at(-1)?.basis === "exact", "a reading");
    const { length } = told.readings;
    told.text = "xyz and more";
    feed.edit([{ from: 0, to: 3 }], [], [{ from: 0, insert: "xyz" }], [{ from: 3, insert: " and more" }]);
    const count = tok.count(told.text);
    await until(() => feed.isSettled && told.readings.at(-1)?.tokens === count, "the right count");
    assert.equal(told.readings.length, length + 1);
    feed.edit([], []);
    assert.equal(told.readings.length, length + 1);
    feed.dispose();
  });

  test(`${name}: an edit that is not of the text begins anew`, async () => {
    const { feed, told } = host(make, {}, "abc");
    await until(() => told.readings.at(-1)?.basis === "exact", "a reading");
    told.text = "abcdef and more";
    feed.edit([{ from: 90, to: 91 }]);
    const count = tok.count(told.text);
    await until(() => feed.isSettled && told.readings.at(-1)?.tokens === count, "the right count");
    assert.deepEqual(told.errors, []);
    feed.dispose();
  });
}

test("a meter that cannot be made is told once, keeps no edits, and may be tried again", async () => {
  let fails = true;
  const { feed, told, edit } = host(async (model, options) => {
    if (fails) throw new Error("no engine");
    return meter(model, options);
  });
  await until(() => told.errors.length > 0, "an error");
  for (let i = 0; i < 10; i++) edit(0, 0, "more ");
  assert.equal(feed.meter, undefined);
  fails = false;
  feed.retry();
  await until(() => feed.isSettled && told.readings.at(-1)?.basis === "exact", "a reading");
  assert.equal(told.readings.at(-1)?.tokens, tok.count(told.text));
  assert.equal(told.errors.length, 1);
  feed.dispose();
});

test("a reading that comes by itself is not told over a later edit's", async () => {
  /** @type {((reading: Reading) => void) | undefined} */
  let announce;
  /** @type {((reading: Reading) => void)[]} */
  const answers = [];
  const real = await meter(MODEL, { text: "" });
  /** @type {MakeMeter} */
  const make = async (_model, options = {}) => {
    announce = options.onReading;
    return {
      ...{ model: real.model, nearest: [], ready: Promise.resolve(), length: 0, reading: real.reading },
      ...{ configure: () => real.reading, countRange: () => 0, fit: () => real.fit(), dispose() {} },
      spansIn: (from, to) => real.spansIn(from, to),
      replaceAsync: async () => real.reading,
      update: () => new Promise((answer) => answers.push(answer)),
    };
  };
  const { feed, told, edit } = host(make);
  await until(() => feed.isSettled, "a meter");
  const before = real.reading;
  edit(0, 0, "ab");
  announce?.(before);
  const after = { ...before, tokens: 1 };
  answers[0]?.(after);
  await sleep(5);
  assert.equal(told.readings.at(-1)?.tokens, 1);
  announce?.({ ...after, basis: "calibrated" });
  assert.equal(told.readings.at(-1)?.basis, "calibrated");
  feed.dispose();
});

test("what the host's own listener throws is the host's, and the meter goes on", async () => {
  let throws = false;
  const { feed, told, edit } = host(undefined, {
    onReading: () => {
      if (throws) throw new RangeError("of the host");
    },
  });
  await until(() => feed.isSettled, "a meter");
  const made = feed.meter;
  throws = true;
  assert.throws(() => edit(0, 0, "abc"), /of the host/);
  assert.equal(feed.meter, made);
  assert.deepEqual(told.errors, []);
  feed.dispose();
});

test("what it throws at the first reading is, too", async (t) => {
  const thrown = new Error("of the host");
  /** @type {unknown[]} */
  const caught = [];
  const own = process.listeners("unhandledRejection");
  const listen = (/** @type {unknown} */ error) => caught.push(error);
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", listen);
  t.after(() => {
    process.removeListener("unhandledRejection", listen);
    for (const each of own) process.on("unhandledRejection", each);
  });
  /** @type {number[]} */
  const heard = [];
  const { feed, told, edit } = host(undefined, {
    onReading: ({ tokens }) => {
      if (heard.push(tokens) === 1) throw thrown;
    },
  });
  await until(() => caught.length > 0, "an exception");
  assert.deepEqual(caught, [thrown]);
  edit(0, 0, "abc");
  assert.equal(heard.at(-1), tok.count("abc"));
  assert.deepEqual(told.errors, []);
  feed.dispose();
});
