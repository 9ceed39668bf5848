// @ts-check
/**
 * What is measured, in any runtime. Contenders take turns inside every round, so that a slow minute of the machine
 * falls on all of them; what must be cold gets a fresh process or page each time.
 *
 * @typedef {import("./agent.mjs").Work} Work
 * @typedef {import("./agent.mjs").Timed} Timed
 * @typedef {import("./agent.mjs").Checked} Checked
 * @typedef {import("./contenders.mjs").Contender} Contender
 * @typedef {import("./runtime.mjs").Runtime} Runtime
 * @typedef {import("./runtime.mjs").Host} Host
 *
 * @typedef {object} Cell what one contender did with one text
 * @property {number[]} samples milliseconds
 * @property {number} [tokens] what it counted; a wrong count, if it ever gave one
 * @property {number} [expected] what the reference counted
 * @property {string} [failure] why there are no more samples
 *
 * @typedef {Record<string, Record<string, Cell>>} Grid row → text → cell
 * @typedef {{ contender: Contender, work: Work }} Row
 * @typedef {{ starts: number, fresh: number, rounds: number, roundMs: number, warmUpMs: number }} Plan
 * @typedef {{ sentence: number, whole: Record<string, Checked>, slices: Record<string, number> }} Expected
 */
import { hasIds } from "./contenders.mjs";
import { documentName } from "./documents.mjs";
import { TooSlow } from "./runtime.mjs";

/** No contender gets more samples of one cell after it has taken so long. */
const BUDGET_MS = 16_000;

/** Of what gets a fresh page each time, single samples differ by a third: nine of them, where the budget has room. @type {Plan} */
export const FULL_PLAN = { starts: 5, fresh: 9, rounds: 9, roundMs: 60, warmUpMs: 1000 };
/** With the vocabularies that are not the main one. @type {Plan} */
export const OTHER_PLAN = { ...FULL_PLAN, fresh: 3, rounds: 5 };
/** @type {Plan} */
export const QUICK_PLAN = { starts: 1, fresh: 1, rounds: 3, roundMs: 30, warmUpMs: 300 };

export const HOSTILE_BYTES = 1_000_000;
export const HOSTILE_BYTES_OF_OTHERS = 100_000;
/** A size that the reference can still count. */
export const HOSTILE_BYTES_CHECKED = 10_000;

/**
 * What each contender does: it counts, if it can without ids, and it encodes.
 *
 * @param {Contender[]} contenders
 * @param {string} encoding
 * @returns {Row[]}
 */
export function rowsOf(contenders, encoding) {
  return contenders.flatMap((contender) => [
    ...(contender.own ? [{ contender, work: /** @type {const} */ ("count") }] : []),
    ...(hasIds(contender, encoding) ? [{ contender, work: /** @type {const} */ ("encode") }] : []),
  ]);
}

/** @param {Row} row */
function rowName({ contender, work }) {
  return `${contender.name}, ${work}`;
}

/**
 * Counts everything with the reference: the whole of texts and documents, and texts in slices.
 *
 * @param {Runtime} runtime
 * @param {Contender} reference
 * @param {string} encoding
 * @param {string[]} texts
 * @param {string[]} documents
 * @returns {Promise<Expected>}
 */
export async function countReference(runtime, reference, encoding, texts, documents) {
  return withHost(runtime, reference, async (host) => {
    const sentence = (await host.call("start", reference.name, encoding)).tokens;
    /** @type {Expected} */
    const expected = { sentence, whole: {}, slices: {} };
    for (const name of [...texts.flatMap((text) => [text, `${text}.unseen`]), ...documents]) {
      await host.call("load", [name]);
      expected.whole[name] = await host.call("check", name);
    }
    for (const text of texts) {
      expected.slices[text] = (await host.call("slices", `${text}.unseen`, "count")).tokens;
    }
    return expected;
  });
}

/**
 * The ids of whole texts against those of the reference, or the counts where there are none; nothing is timed.
 *
 * @param {Runtime} runtime
 * @param {Contender[]} contenders
 * @param {string} encoding
 * @param {string[]} texts
 * @param {Expected} expected
 * @returns {Promise<Record<string, Record<string, string>>>} contender → text → what is wrong, "" if nothing is
 */
export async function measureChecks(runtime, contenders, encoding, texts, expected) {
  /** @type {Record<string, Record<string, string>>} */
  const verdicts = {};
  for (const contender of contenders) {
    /** @type {Record<string, string>} */
    const row = {};
    verdicts[contender.name] = row;
    await withHost(runtime, contender, async (host) => {
      await host.call("prepare", contender.name, encoding);
      for (const text of texts.flatMap((name) => [name, `${name}.unseen`])) {
        await host.call("load", [text]);
        row[text] = verdict(await host.call("check", text), expected.whole[text]);
      }
    }).catch((error) => {
      row.failed = reason(error);
    });
  }
  return verdicts;
}

/**
 * @param {Checked} found
 * @param {Checked} expected
 */
function verdict(found, expected) {
  if (found.tokens !== expected.tokens) return `${found.tokens} tokens, not ${expected.tokens}`;
  const differs = found.hash !== undefined && expected.hash !== undefined && found.hash !== expected.hash;
  return differs ? "other ids" : "";
}

/**
 * From import to first count, each in a fresh host: of a sentence, and of documents.
 *
 * @param {Runtime} runtime
 * @param {Contender[]} contenders
 * @param {string} encoding
 * @param {string[]} documents
 * @param {Expected} expected
 * @param {Plan} plan
 * @returns {Promise<Grid>} with a column `sentence`, and one for each document
 */
export async function measureStart(runtime, contenders, encoding, documents, expected, plan) {
  const columns = ["sentence", ...documents];
  const tokens = (/** @type {string} */ name) =>
    name === "sentence" ? expected.sentence : expected.whole[name].tokens;
  const grid = emptyGrid(
    contenders.map(({ name }) => name),
    columns,
    tokens,
  );
  for (let round = 0; round < plan.starts; round++) {
    for (const column of columns) {
      for (const contender of contenders) {
        await sample(grid[contender.name][column], () =>
          withHost(runtime, contender, async (host) => {
            const text = column === "sentence" ? [] : [column];
            await host.call("load", text);
            return host.call("start", contender.name, encoding, ...text);
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
 * @param {Row[]} rows
 * @param {string} encoding
 * @param {string[]} texts
 * @param {Expected} expected
 * @param {Plan} plan
 * @param {string[]} warmTexts texts to warm up with; the measured one is left out
 */
export async function measureUnseen(runtime, rows, encoding, texts, expected, plan, warmTexts) {
  const grid = emptyGrid(rows.map(rowName), texts, (text) => expected.slices[text]);
  for (let round = 0; round < plan.fresh; round++) {
    for (const text of texts) {
      const others = warmTexts.filter((other) => other !== text);
      for (const row of rows) {
        await sample(grid[rowName(row)][text], () =>
          withHost(runtime, row.contender, async (host) => {
            await host.call("load", [`${text}.unseen`, ...others]);
            await host.call("prepare", row.contender.name, encoding);
            await host.call("warmUp", others, plan.warmUpMs, row.work);
            return host.call("slices", `${text}.unseen`, row.work);
          }),
        );
      }
    }
  }
  return grid;
}

/**
 * The same text again and again. Every row has one host, and they take turns.
 *
 * @param {Runtime} runtime
 * @param {Row[]} rows
 * @param {string} encoding
 * @param {string[]} texts
 * @param {Pick<Expected, "whole">} expected
 * @param {Pick<Plan, "rounds" | "roundMs">} plan
 * @param {"repeatedly" | "recount"} [method]
 */
export async function measureRepeated(runtime, rows, encoding, texts, expected, plan, method = "repeatedly") {
  const grid = emptyGrid(rows.map(rowName), texts, (text) => expected.whole[text].tokens);
  const hosts = hostsOf(runtime, encoding);
  for (const text of texts) {
    for (const row of rows) {
      const cell = grid[rowName(row)][text];
      await hosts.ready(row, text).catch((error) => fail(cell, error));
      await sample(cell, () => hosts.of(row).call(method, text, row.work, 300));
      if (cell.samples[0] < BUDGET_MS / 2) cell.samples = [];
    }
    for (let round = 0; round < plan.rounds; round++) {
      for (const row of rows) {
        await sample(grid[rowName(row)][text], () =>
          hosts.of(row).call(method, text, row.work, plan.roundMs),
        );
      }
    }
    for (const row of rows) if (grid[rowName(row)][text].failure !== undefined) await hosts.close(row);
  }
  for (const row of rows) await hosts.close(row);
  return grid;
}

/**
 * One host for each row, opened when it is needed.
 *
 * @param {Runtime} runtime
 * @param {string} encoding
 */
function hostsOf(runtime, encoding) {
  /** @type {Map<string, Host>} */
  const hosts = new Map();
  const of = (/** @type {Row} */ row) => {
    const host = hosts.get(rowName(row));
    if (!host) throw new Error(`${rowName(row)} has no host`);
    return host;
  };
  return {
    of: (/** @type {Row} */ row) => of(row),
    async ready(/** @type {Row} */ row, /** @type {string} */ text) {
      if (!hosts.has(rowName(row))) {
        const host = await runtime.open(row.contender);
        hosts.set(rowName(row), host);
        await host.call("prepare", row.contender.name, encoding);
      }
      await of(row).call("load", [text]);
    },
    async close(/** @type {Row} */ row) {
      await hosts.get(rowName(row))?.close();
      hosts.delete(rowName(row));
    },
  };
}

/**
 * Hostile texts, once each, in a fresh host whose code is warm from ordinary text; then, untimed, a shorter one
 * that the reference can count too.
 *
 * @param {Runtime} runtime
 * @param {Contender[]} contenders
 * @param {string} encoding
 * @param {string[]} texts
 * @param {Expected} expected
 * @param {(contender: Contender) => number} bytesFor how much a contender gets
 * @returns {Promise<{ timed: Grid, checked: Grid }>}
 */
export async function measureHostile(runtime, contenders, encoding, texts, expected, bytesFor) {
  const names = contenders.map(({ name }) => name);
  const checkedName = (/** @type {string} */ text) => documentName(text, HOSTILE_BYTES_CHECKED);
  const timed = emptyGrid(names, texts, () => undefined);
  const checked = emptyGrid(names, texts, (text) => expected.whole[checkedName(text)].tokens);
  for (const text of texts) {
    for (const contender of contenders) {
      const cell = timed[contender.name][text];
      const long = documentName(text, bytesFor(contender));
      const measure = async (/** @type {Host} */ host) => {
        await host.call("load", ["english", long, checkedName(text)]);
        await host.call("prepare", contender.name, encoding);
        await host.call("warmUp", ["english"], 200, "count");
        await sample(cell, () => host.call("whole", long, "count"));
        if (cell.failure !== undefined) return;
        await sample(checked[contender.name][text], () => host.call("whole", checkedName(text), "count"));
      };
      await withHost(runtime, contender, measure).catch((error) => fail(cell, error));
    }
  }
  return { timed, checked };
}

/**
 * @param {string[]} rows
 * @param {string[]} texts
 * @param {(text: string) => number | undefined} expected
 * @returns {Grid}
 */
function emptyGrid(rows, texts, expected) {
  const row = () =>
    Object.fromEntries(
      texts.map((text) => [text, /** @type {Cell} */ ({ samples: [], expected: expected(text) })]),
    );
  return Object.fromEntries(rows.map((name) => [name, row()]));
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
  cell.failure = reason(error);
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof TooSlow ? error.message : `failed: ${/** @type {Error} */ (error).message}`;
}

/**
 * @template T
 * @param {Runtime} runtime
 * @param {Contender} contender
 * @param {(host: Host) => Promise<T>} work
 */
export async function withHost(runtime, contender, work) {
  const host = await runtime.open(contender);
  try {
    return await work(host);
  } finally {
    await host.close();
  }
}
