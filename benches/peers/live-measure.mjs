// @ts-check
/**
 * What a keystroke costs: for tokimeter an edit of a text that it keeps counted, for the others a count of the whole.
 *
 * @typedef {import("./runtime.mjs").Runtime} Runtime
 * @typedef {import("./runtime.mjs").Host} Host
 * @typedef {import("./measure.mjs").Expected} Expected
 * @typedef {import("./measure.mjs").Row} Row
 * @typedef {import("./measure.mjs").Grid} Grid
 *
 * @typedef {object} Times milliseconds of one kind of call
 * @property {number} calls
 * @property {number} p50
 * @property {number} p99
 * @property {number} max
 * @property {{ mean: number, median: number }} [batches] of as many calls again, timed by the batch: the mean of all,
 * and that of the median batch, on which nothing falls that happens seldom
 *
 * @typedef {import("./live-agent.mjs").Loading} Loading here the time is the median
 * @typedef {{ rounds: number, batches: number, warmUp: number, pieceRounds: number, pieceBatches: number,
 *             ranges: number, loads: number, counts: { rounds: number, roundMs: number } }} LivePlan
 *
 * @typedef {object} Live by name of document
 * @property {Record<string, Times>} typing
 * @property {Record<string, Times>} pieces
 * @property {Record<string, Times>} ranges
 * @property {Record<string, Loading>} loading
 * @property {Grid} recount
 * @property {string[]} failures
 */
import { contenderNamed, MAIN, OURS } from "./contenders.mjs";
import { documentName } from "./documents.mjs";
import { median, quantile } from "./format.mjs";
import { measureRepeated, withHost } from "./measure.mjs";

export const LIVE_TEXTS = ["english", "code"];
/** UTF-16 code units. */
export const LIVE_SIZES = [1000, 100_000, 1_000_000, 10_000_000];
/** Texts that are one piece from end to end, or a few long ones. */
export const PIECES = ["random base64", "random a-z", "a", "han"];
const LOADED = ["english", "code", "chinese"];
const PIECE_UNITS = 1_000_000;
const LOADED_UNITS = 10_000_000;

/**
 * A round is typed in every document before the next one, and half of its batches are timed key by key: so 100,000
 * keystrokes are timed either way, and checked every 10,000.
 *
 * @type {LivePlan}
 */
export const FULL_LIVE_PLAN = {
  rounds: 20,
  batches: 100,
  warmUp: 50,
  pieceRounds: 4,
  pieceBatches: 10,
  ranges: 5000,
  loads: 3,
  counts: { rounds: 3, roundMs: 30 },
};
/** @type {LivePlan} */
export const QUICK_LIVE_PLAN = {
  ...FULL_LIVE_PLAN,
  rounds: 2,
  pieceRounds: 1,
  ranges: 1000,
  loads: 1,
  counts: { rounds: 1, roundMs: 30 },
};

/**
 * Counts every document after a keystroke with the reference.
 *
 * @param {Runtime} runtime
 * @param {import("./contenders.mjs").Contender} reference
 * @returns {Promise<Pick<Expected, "whole">>}
 */
export async function countLiveReference(runtime, reference) {
  return withHost(runtime, reference, async (host) => {
    await host.call("prepare", reference.name, MAIN);
    /** @type {Expected["whole"]} */
    const whole = {};
    for (const name of documents()) {
      await host.call("load", [name]);
      whole[name] = await host.call("recount", name, "count", 0);
    }
    return { whole };
  });
}

/**
 * @param {Runtime} runtime
 * @param {Row[]} rows what counts the whole
 * @param {Pick<Expected, "whole">} expected
 * @param {LivePlan} plan
 * @param {(line: string) => void} log
 * @returns {Promise<Live>}
 */
export async function measureLive(runtime, rows, expected, plan, log) {
  /** @type {Live} */
  const live = { typing: {}, pieces: {}, ranges: {}, loading: {}, recount: {}, failures: [] };
  /** @type {[string, () => Promise<void>][]} */
  const parts = [
    ["typing", () => measureTyping(runtime, plan, live)],
    ["typing in one piece", () => measurePieces(runtime, plan, live)],
    ["ranges", () => measureRanges(runtime, plan, live)],
    ["loading a text under edit", () => measureLoading(runtime, plan, live)],
  ];
  for (const [title, measure] of parts) {
    log(`${runtime.name}: ${title}`);
    await measure().catch((error) => live.failures.push(`${title}: ${error.message}`));
  }
  log(`${runtime.name}: the whole text again at every key`);
  live.recount = await measureRepeated(runtime, rows, MAIN, documents(), expected, plan.counts, "recount");
  return live;
}

/** Every document that is typed into. */
function documents() {
  return LIVE_TEXTS.flatMap((text) => LIVE_SIZES.map((units) => documentName(text, units)));
}

/**
 * @param {Runtime} runtime
 * @param {LivePlan} plan
 * @param {Live} live
 */
async function measureTyping(runtime, { rounds, batches, warmUp }, { typing }) {
  await withLiveHost(runtime, async (host) => {
    for (const name of documents()) await host.call("type", name, 0, warmUp);
    const collected = collect(documents());
    for (let round = 0; round < rounds; round++) {
      for (const name of documents()) collected.add(name, await host.call("type", name, round + 1, batches));
    }
    Object.assign(typing, collected.times());
  });
}

/**
 * @param {Runtime} runtime
 * @param {LivePlan} plan
 * @param {Live} live
 */
async function measurePieces(runtime, { pieceRounds, pieceBatches, warmUp }, { pieces }) {
  const names = PIECES.map((piece) => documentName(piece, PIECE_UNITS));
  await withLiveHost(runtime, async (host) => {
    await host.call("type", documentName("english", PIECE_UNITS), 0, warmUp);
    for (const name of names) await host.call("type", name, 0, 2);
    const collected = collect(names);
    for (let round = 0; round < pieceRounds; round++) {
      for (const name of names) collected.add(name, await host.call("type", name, round + 1, pieceBatches));
    }
    Object.assign(pieces, collected.times());
  });
}

/**
 * @param {Runtime} runtime
 * @param {LivePlan} plan
 * @param {Live} live
 */
async function measureRanges(runtime, plan, { ranges }) {
  await withLiveHost(runtime, async (host) => {
    for (const text of LIVE_TEXTS) {
      const name = documentName(text, PIECE_UNITS);
      await host.call("countRanges", name, 1000);
      ranges[name] = timesOf(await host.call("countRanges", name, plan.ranges));
    }
  });
}

/**
 * @param {Runtime} runtime
 * @param {LivePlan} plan
 * @param {Live} live
 */
async function measureLoading(runtime, { loads }, { loading }) {
  /** @type {Map<string, Loading[]>} */
  const samples = new Map(LOADED.map((text) => [documentName(text, LOADED_UNITS), []]));
  for (let load = 0; load < loads; load++) {
    for (const [name, list] of samples) {
      list.push(await withLiveHost(runtime, (host) => host.call("loadLive", name)));
    }
  }
  for (const [name, list] of samples) {
    loading[name] = { ...list[0], ms: median(list.map(({ ms }) => ms)) };
  }
}

/**
 * @template T
 * @param {Runtime} runtime
 * @param {(host: Host) => Promise<T>} work
 */
function withLiveHost(runtime, work) {
  return withHost(runtime, contenderNamed("js", OURS), async (host) => {
    await host.call("prepareLive");
    return work(host);
  });
}

/**
 * Gathers what is typed into several documents by turns.
 *
 * @param {string[]} names
 */
function collect(names) {
  const all = new Map(names.map((name) => [name, timings()]));
  return {
    /**
     * @param {string} name
     * @param {import("./live-agent.mjs").Typing} typing
     */
    add(name, { singles, batches }) {
      all.get(name)?.singles.push(...singles);
      all.get(name)?.batches.push(...batches);
    },
    times: () =>
      Object.fromEntries([...all].map(([name, { singles, batches }]) => [name, timesOf(singles, batches)])),
  };
}

/** @returns {import("./live-agent.mjs").Typing} */
function timings() {
  return { singles: [], batches: [] };
}

/**
 * @param {number[]} singles
 * @param {number[]} [batches] the mean of each
 * @returns {Times}
 */
function timesOf(singles, batches) {
  const [p50, p99, max] = [0.5, 0.99, 1].map((share) => quantile(singles, share));
  const times = { calls: singles.length, p50, p99, max };
  if (!batches) return times;
  const mean = batches.reduce((sum, ms) => sum + ms, 0) / batches.length;
  return { ...times, batches: { mean, median: median(batches) } };
}
