// @ts-check
/**
 * What is measured, in any runtime. Contenders take turns inside every round, so that a slow minute of the machine
 * falls on all of them; what must be cold gets a fresh process or page each time.
 *
 * @typedef {import("./runtime.mjs").Runtime} Runtime
 * @typedef {import("./runtime.mjs").Host} Host
 * @typedef {import("./agent.mjs").Timed} Timed
 *
 * @typedef {object} Cell what one contender did with one text
 * @property {number[]} samples milliseconds
 * @property {number} [tokens] what it counted; a wrong count, if it ever gave one
 * @property {number} [expected] what the reference counted
 * @property {string} [failure] why there are no more samples
 *
 * @typedef {Record<string, Record<string, Cell>>} Grid contender → text → cell
 * @typedef {{ starts: number, fresh: number, rounds: number, roundMs: number, warmUpMs: number }} Plan
 * @typedef {{ start: number, whole: Record<string, number>, slices: Record<string, number> }} Expected
 */
import { REFERENCE } from "./contenders.mjs";
import { HOSTILE_NAMES } from "./hostile.mjs";
import { TooSlow } from "./runtime.mjs";

/** No contender gets more samples of one cell after it has taken so long. */
const BUDGET_MS = 8000;

/** @type {Plan} */
export const FULL_PLAN = { starts: 7, fresh: 3, rounds: 9, roundMs: 60, warmUpMs: 1000 };
/** @type {Plan} */
export const QUICK_PLAN = { starts: 3, fresh: 1, rounds: 3, roundMs: 30, warmUpMs: 500 };

export const HOSTILE_BYTES = 1_000_000;
export const HOSTILE_BYTES_OF_OTHERS = 100_000;
/** A size that the reference can still count. */
export const HOSTILE_BYTES_CHECKED = 10_000;

/**
 * Counts everything with the reference.
 *
 * @param {Runtime} runtime
 * @param {string[]} texts
 * @returns {Promise<Expected>}
 */
export async function countReference(runtime, texts) {
  return withHost(runtime, async (host) => {
    const start = (await host.call("start", REFERENCE)).tokens;
    /** @type {Expected} */
    const expected = { start, whole: {}, slices: {} };
    for (const text of texts) {
      await host.call("load", [text, `${text}.unseen`]);
      expected.whole[text] = (await host.call("countWhole", text)).tokens;
      expected.slices[text] = (await host.call("countSlices", `${text}.unseen`)).tokens;
    }
    return expected;
  });
}

/**
 * From import to first count, each in a fresh host.
 *
 * @param {Runtime} runtime
 * @param {string[]} names
 * @param {Expected} expected
 * @param {Plan} plan
 * @returns {Promise<Grid>} with the one column `start`
 */
export async function measureStart(runtime, names, expected, plan) {
  const grid = emptyGrid(names, ["start"], () => expected.start);
  for (let round = 0; round < plan.starts; round++) {
    for (const name of names) {
      await sample(grid[name].start, () => withHost(runtime, (host) => host.call("start", name)));
    }
  }
  return grid;
}

/**
 * The first call of a fresh host, on a whole text.
 *
 * @param {Runtime} runtime
 * @param {string[]} names
 * @param {string[]} texts
 * @param {Expected} expected
 * @param {Plan} plan
 */
export async function measureFirstCall(runtime, names, texts, expected, plan) {
  const grid = emptyGrid(names, texts, (text) => expected.whole[text]);
  for (let round = 0; round < plan.fresh; round++) {
    for (const text of texts) {
      for (const name of names) {
        await sample(grid[name][text], () =>
          withHost(runtime, async (host) => {
            await host.call("load", [text]);
            await host.call("prepare", name);
            return host.call("countWhole", text);
          }),
        );
      }
    }
  }
  return grid;
}

/**
 * A text that the contender never saw, slice by slice, in a fresh host whose code is warm from the other texts.
 *
 * @param {Runtime} runtime
 * @param {string[]} names
 * @param {string[]} texts
 * @param {Expected} expected
 * @param {Plan} plan
 * @param {string[]} warmTexts texts to warm up with; the measured one is left out
 */
export async function measureUnseen(runtime, names, texts, expected, plan, warmTexts) {
  const grid = emptyGrid(names, texts, (text) => expected.slices[text]);
  for (let round = 0; round < plan.fresh; round++) {
    for (const text of texts) {
      const others = warmTexts.filter((other) => other !== text);
      for (const name of names) {
        await sample(grid[name][text], () =>
          withHost(runtime, async (host) => {
            await host.call("load", [`${text}.unseen`, ...others]);
            await host.call("prepare", name);
            await host.call("warmUp", others, plan.warmUpMs);
            return host.call("countSlices", `${text}.unseen`);
          }),
        );
      }
    }
  }
  return grid;
}

/**
 * The same text again and again. Every contender has one host, and they take turns.
 *
 * @param {Runtime} runtime
 * @param {string[]} names
 * @param {string[]} texts
 * @param {Pick<Expected, "whole">} expected
 * @param {Pick<Plan, "rounds" | "roundMs">} plan
 * @param {"countRepeatedly" | "recount"} [method]
 */
export async function measureRepeated(runtime, names, texts, expected, plan, method = "countRepeatedly") {
  const grid = emptyGrid(names, texts, (text) => expected.whole[text]);
  /** @type {Map<string, Host>} */
  const hosts = new Map();
  for (const text of texts) {
    for (const name of names) {
      await reopen(runtime, hosts, name, text).catch((error) => fail(grid[name][text], error));
      await sample(grid[name][text], async () => hostIn(hosts, name).call(method, text, 300));
      if (grid[name][text].samples[0] < BUDGET_MS / 2) grid[name][text].samples = [];
    }
    for (let round = 0; round < plan.rounds; round++) {
      for (const name of names) {
        const call = async () => hostIn(hosts, name).call(method, text, plan.roundMs);
        await sample(grid[name][text], call);
      }
    }
    for (const name of names) if (grid[name][text].failure !== undefined) await closeIn(hosts, name);
  }
  for (const name of names) await closeIn(hosts, name);
  return grid;
}

/**
 * Opens the host of a contender, if it has none, and brings the text there.
 *
 * @param {Runtime} runtime
 * @param {Map<string, Host>} hosts
 * @param {string} name
 * @param {string} text
 */
async function reopen(runtime, hosts, name, text) {
  if (!hosts.has(name)) {
    const host = await runtime.open();
    hosts.set(name, host);
    await host.call("prepare", name);
  }
  await hostIn(hosts, name).call("load", [text]);
}

/**
 * @param {Map<string, Host>} hosts
 * @param {string} name
 */
function hostIn(hosts, name) {
  const host = hosts.get(name);
  if (!host) throw new Error(`${name} has no host`);
  return host;
}

/**
 * @param {Map<string, Host>} hosts
 * @param {string} name
 */
async function closeIn(hosts, name) {
  await hosts.get(name)?.close();
  hosts.delete(name);
}

/**
 * Hostile texts, once each, in a fresh host whose code is warm from ordinary text; then, untimed, a shorter one
 * that the reference can count too.
 *
 * @param {Runtime} runtime
 * @param {string[]} names
 * @param {(name: string) => number} bytesFor how much a contender gets
 * @returns {Promise<{ timed: Grid, checked: Grid }>}
 */
export async function measureHostile(runtime, names, bytesFor) {
  const expected = await countHostileReference(runtime);
  const timed = emptyGrid(names, HOSTILE_NAMES, () => undefined);
  const checked = emptyGrid(names, HOSTILE_NAMES, (text) => expected[text]);
  for (const text of HOSTILE_NAMES) {
    for (const name of names) {
      const measure = async (/** @type {Host} */ host) => {
        await host.call("load", ["english"]);
        await host.call("prepare", name);
        await host.call("warmUp", ["english"], 200);
        await host.call("loadHostile", text, bytesFor(name));
        await sample(timed[name][text], () => host.call("countWhole", text));
        if (timed[name][text].failure !== undefined) return;
        await host.call("loadHostile", text, HOSTILE_BYTES_CHECKED);
        await sample(checked[name][text], () => host.call("countWhole", text));
      };
      await withHost(runtime, measure).catch((error) => fail(timed[name][text], error));
    }
  }
  return { timed, checked };
}

/** @param {Runtime} runtime */
async function countHostileReference(runtime) {
  return withHost(runtime, async (host) => {
    await host.call("prepare", REFERENCE);
    /** @type {Record<string, number>} */
    const expected = {};
    for (const text of HOSTILE_NAMES) {
      await host.call("loadHostile", text, HOSTILE_BYTES_CHECKED);
      expected[text] = (await host.call("countWhole", text)).tokens;
    }
    return expected;
  });
}

/**
 * @param {string[]} names
 * @param {string[]} texts
 * @param {(text: string) => number | undefined} expected
 * @returns {Grid}
 */
function emptyGrid(names, texts, expected) {
  const row = () =>
    Object.fromEntries(texts.map((text) => [text, { samples: [], expected: expected(text) }]));
  return Object.fromEntries(names.map((name) => [name, row()]));
}

/**
 * Adds a sample to a cell, unless the cell failed or has used up its time; a failure is noted, not thrown.
 *
 * @param {Cell & { spent?: number }} cell
 * @param {() => Promise<Timed>} measure
 */
async function sample(cell, measure) {
  if (cell.failure !== undefined || (cell.spent ?? 0) > BUDGET_MS) return;
  const begin = performance.now();
  try {
    const { ms, tokens } = await measure();
    cell.samples.push(ms);
    if (cell.tokens === undefined || tokens !== cell.expected) cell.tokens = tokens;
  } catch (error) {
    fail(cell, error);
  }
  cell.spent = (cell.spent ?? 0) + performance.now() - begin;
}

/**
 * @param {Cell} cell
 * @param {unknown} error
 */
function fail(cell, error) {
  cell.failure = error instanceof TooSlow ? error.message : `failed: ${/** @type {Error} */ (error).message}`;
}

/**
 * @template T
 * @param {Runtime} runtime
 * @param {(host: Host) => Promise<T>} work
 */
export async function withHost(runtime, work) {
  const host = await runtime.open();
  try {
    return await work(host);
  } finally {
    await host.close();
  }
}
