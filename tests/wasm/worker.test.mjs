// @ts-check
/**
 * Random schedules over a worker that fails in every way: each promise settles, what resolves is right for the text as it is
 * then, and what rejects has a reason and changed nothing.
 */

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { load, TokimeterError } from "tokimeter";
import { connect } from "tokimeter/worker";
import { serve } from "../../pkg/dist/serve.js";
import { HostileWorker } from "../support/hostile-worker.mjs";
import { mulberry32, seed } from "../support/random.mjs";

const tok = await load("o200k_base");
const SNIPPETS = ["a", "the ", " meter", "中文", "\n", "👩‍💻", "\ud83d", "ing", "'s", " 12", "x".repeat(40)];

/** Those that have a worker: a test that fails must end. @type {Set<import("tokimeter/worker").Remote>} */
const remotes = new Set();
after(() => {
  for (const remote of remotes) remote.dispose();
});

/** What one call came to. @typedef {{ value?: any, error?: any, began: number, ended: number }} Came */

/**
 * One text in the worker, and all that was asked of it. An edit has the text behind it, a question has what it must answer.
 * @typedef {object} Op
 * @property {string} what
 * @property {(text: string) => string | undefined} [edit] the text after; `undefined` where it must be refused
 * @property {(text: string) => unknown} [answer] `undefined` where it must be refused
 * @property {number} [context]
 * @property {boolean} isPartial whether a text may be seen that is only written in part
 * @property {AbortSignal} [signal]
 * @property {Came} came
 */

/** @param {number} number @param {number} state */
async function schedule(number, state) {
  const random = mulberry32(state);
  const upTo = (/** @type {number} */ below) => Math.floor(random() * below);
  const one = (/** @type {any[]} */ list) => list[upTo(list.length)];
  const some = () => Array.from({ length: upTo(6) }, () => one(SNIPPETS)).join("");
  const often = () => (random() < 0.5 ? 0 : random() * 0.15);
  const mood = { dies: often(), fails: often(), forgets: often(), delays: random(), deaths: 0, injected: 0 };
  // All three at once, no answer could be told right from wrong: one that overtook that of an edit, which died with the worker,
  // may have seen the edit made, or refused by chance; made again, it fares otherwise. No port lets messages overtake.
  Object.assign(mood, one([{ dies: 0 }, { fails: 0, forgets: 0 }, { delays: 0 }]));
  const remote = connect({ worker: () => /** @type {any} */ (new HostileWorker(random, mood)) });
  remotes.add(remote);
  let clock = 0;
  const script = [`schedule ${number}, state ${state}: ${JSON.stringify(mood)}`];
  const why = () => script.join("\n");
  /** @type {Promise<unknown>[]} */
  const all = [];
  let isDisposed = false;

  /** Notes what a call comes to, which it must within five seconds. @param {() => Promise<any>} call @returns {Came} */
  const come = (call) => {
    /** @type {Came} */
    const came = { began: ++clock, ended: Number.POSITIVE_INFINITY };
    const called = call();
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("it did not settle")), 5000);
    });
    const settled = Promise.race([called, late]).then(
      (value) => {
        came.value = value;
      },
      (error) => {
        if (error.message === "it did not settle") assert.fail(`${error.message}\n${why()}`);
        came.error = error;
      },
    );
    all.push(
      settled.finally(() => {
        clearTimeout(timer);
        came.ended = ++clock;
      }),
    );
    return came;
  };

  /** Whether there is a reason for an error. @param {any} error @param {{ signal?: AbortSignal, isGone?: boolean }} about */
  const hasReason = (error, { signal, isGone }) =>
    error instanceof TokimeterError
      ? (error.code === "aborted" && signal?.aborted) ||
        (error.code === "disposed" && (isGone || isDisposed)) ||
        (["worker-failed", "trap"].includes(error.code) && mood.deaths >= 4)
      : error instanceof TypeError &&
        mood.injected > 0 &&
        /injected|there is no forgotten here/.test(error.message);

  /** @type {{ thing: any, isMeter: boolean, start: string, ops: Op[], isGone: boolean }[]} */
  const texts = [];
  for (let n = 1 + upTo(2); n > 0; n--) {
    const start = some();
    const isMeter = random() < 0.5;
    const signal = random() < 0.1 ? AbortSignal.timeout(upTo(4)) : undefined;
    const instant = random() < 0.5;
    script.push(`${isMeter ? "meter" : "live"} ${JSON.stringify(start)}`);
    const came = come(async () => {
      if (isMeter) return remote.meter("gpt-5.2", { text: start, instant, ...(signal && { signal }) });
      return (await remote.load("o200k_base")).live(start, signal && { signal });
    });
    await all.at(-1);
    if (came.error)
      assert.ok(hasReason(came.error, { ...(signal && { signal }) }), `${came.error.stack}\n${why()}`);
    else texts.push({ thing: came.value, isMeter, start, ops: [], isGone: false });
  }

  for (let n = 2 + upTo(12); n > 0 && texts.length > 0; n--) {
    const text = one(texts);
    const { thing, ops } = text;
    const isWriting = ops.some(
      (/** @type {Op} */ op) => op.what === "replaceAsync" && op.came.ended === Infinity,
    );
    const from = upTo(12);
    const to = from + upTo(4);
    const insert = some();
    const dice = random();
    /** @type {Omit<Op, "came" | "isPartial">} */
    let op;
    /** @type {() => Promise<any>} */
    let call;
    const edit = (/** @type {string} */ old) =>
      from <= to && to <= old.length ? old.slice(0, from) + insert + old.slice(to) : undefined;
    if (dice < 0.3) {
      op = { what: "replace", edit };
      call = () => thing.replace(from, to, insert);
    } else if (dice < 0.4) {
      op = { what: "update", edit: (old) => edit(old) && insert + edit(old) };
      if (from === 0) op.edit = (old) => (edit(old) === undefined ? undefined : insert + edit(old));
      call = () =>
        thing.update([
          { from: 0, insert },
          { from, to, insert },
        ]);
    } else if (dice < 0.45) {
      op = { what: "reset", edit: () => insert };
      call = () => thing.reset(insert);
    } else if (dice < 0.6) {
      const controller = new AbortController();
      const long = random() < 0.02 ? "long text 长文 ".repeat(30_000) : insert;
      op = {
        what: "replaceAsync",
        edit: (old) => (to <= old.length ? old.slice(0, from) + long + old.slice(to) : undefined),
        signal: controller.signal,
      };
      if (random() < 0.5) setTimeout(() => controller.abort(), 3 * random());
      call = () => thing.replaceAsync(from, to, long, { signal: controller.signal });
    } else if (dice < 0.7 && text.isMeter) {
      const context = upTo(1000);
      op = { what: "configure", context };
      call = () => thing.configure({ context });
    } else if (dice < 0.9) {
      op = {
        what: "countRange",
        answer: (now) => (to <= now.length ? tok.count(now.slice(from, to)) : undefined),
      };
      call = () => thing.countRange(from, to);
    } else if (dice < 0.93) {
      script.push("wait");
      await Promise.all(all);
      continue;
    } else if (dice < 0.97) {
      script.push("pause");
      await new Promise((resolve) => setTimeout(resolve, 4 * random()));
      continue;
    } else if (dice < 0.99) {
      script.push("dispose");
      text.isGone = true;
      thing.dispose();
      continue;
    } else {
      script.push("dispose all");
      isDisposed = true;
      remote.dispose();
      continue;
    }
    script.push(`${texts.indexOf(text)} ${op.what} ${from} ${to} ${JSON.stringify(insert)}`);
    ops.push({ ...op, isPartial: isWriting, came: come(call) });
  }
  await Promise.all(all);

  for (const { thing, isMeter, start, ops, isGone } of texts) {
    /** The texts that there were, and when each one began to be possible. */
    const states = [start];
    let context = 0;
    /** @type {[Op, number][]} */
    const questions = [];
    for (const op of ops) {
      const now = /** @type {string} */ (states.at(-1));
      const { value, error } = op.came;
      const what = `${op.what}: ${error?.stack ?? JSON.stringify(value, (_, v) => (typeof v === "bigint" ? `${v}n` : v))}\n${why()}`;
      if (op.answer) questions.push([op, states.length - 1]);
      else if (error === undefined) {
        context = op.context ?? context;
        const next = op.edit ? op.edit(now) : now;
        assert.ok(next !== undefined, `it was no edit of ${JSON.stringify(now)}; ${what}`);
        states.push(next);
        if (op.isPartial) continue;
        const tokens = tok.count(next);
        if (!isMeter || value.basis === "exact") assert.equal(value.tokens, tokens, what);
        // Of a long edit, it is read with the settings that there are by its end.
        const isLong = op.what === "replaceAsync" && ops.some(({ context }) => context !== undefined);
        if (isMeter && !isLong) assert.equal(value.remaining, 272_000 - context - value.tokens, what);
      } else if (error instanceof RangeError) assert.equal(op.edit?.(now), undefined, what);
      else if (error.code === "busy") assert.ok(op.isPartial, what);
      else assert.ok(hasReason(error, { ...op, isGone }), what);
    }
    // An edit that was made, and whose answer was given up with the worker or the text; or was overtaken by that of the
    // question, and then by an abort, after which the text was made anew and the edit, asked again, was refused by chance.
    const errors = ops.flatMap(({ edit, came }) => (edit && came.error ? [came.error] : []));
    const has = (/** @type {string[]} */ ...codes) => errors.some(({ code }) => codes.includes(code));
    const isRefused = errors.some((error) => error instanceof TypeError);
    const isGivenUp =
      has("worker-failed", "trap", "disposed") || (has("aborted") && isRefused && mood.delays > 0);
    for (const [{ answer, isPartial, came }, asked] of questions) {
      const { value, error } = came;
      const what = `countRange: ${error?.stack ?? value}\n${why()}`;
      // It is answered for the text as it was asked, or one that came before the answer.
      const right = states.slice(asked).map((text) => answer?.(text));
      if (error === undefined) assert.ok(isPartial || isGivenUp || isMeter || right.includes(value), what);
      else if (error instanceof RangeError)
        assert.ok(isPartial || isGivenUp || right.includes(undefined), what);
      else assert.ok(hasReason(error, { isGone }), what);
    }
    if (isGone || isDisposed) continue;
    // In peace, the worker and the page have the text that the edits made.
    Object.assign(mood, { dies: 0, fails: 0, forgets: 0 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    const last = /** @type {string} */ (states.at(-1));
    assert.equal(thing.text, last, why());
    const peace = [come(() => thing.countRange(0, last.length)), come(() => thing.replace(0, 0, ""))];
    await Promise.all(all);
    if (isMeter) {
      const isReady = await thing.ready.then(
        () => true,
        (/** @type {unknown} */ error) => assert.ok(hasReason(error, {}), String(error)),
      );
      if (!isReady && thing.reading.basis !== "exact") continue;
      assert.equal(thing.reading.basis, "exact", why());
      assert.equal(thing.reading.remaining, 272_000 - context - tok.count(last), why());
    }
    assert.equal(peace[1]?.error, undefined, why());
    assert.equal(await thing.countRange(0, last.length), tok.count(last), why());
    assert.equal(isMeter ? thing.reading.tokens : thing.tokens, tok.count(last), why());
    if (!isMeter) assert.equal(peace[0]?.value, tok.count(last), why());
  }
  remote.dispose();
  remotes.delete(remote);
  return mood.deaths;
}

test("random schedules settle, and none is wrong", async () => {
  const state = seed("worker schedules");
  const cases = Number(process.env.CASES ?? 4000);
  let deaths = 0;
  let next = 0;
  const lane = async () => {
    while (next < cases) {
      const number = next++;
      try {
        const died = await schedule(number, state + number);
        deaths += died;
      } catch (error) {
        next = cases;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: 50 }, lane));
  console.log(`${cases} schedules, ${deaths} deaths`);
});

test("where there are no workers, the error says what to do", async () => {
  const { load, meter } = connect();
  await assert.rejects(load("o200k_base"), { code: "worker-failed", message: /connect\(\{ worker \}\)/ });
  await assert.rejects(meter("gpt-5.2"), { code: "worker-failed" });
});

test("a trap is the end of a worker, another error is an answer", async () => {
  const { port1, port2 } = new MessageChannel();
  const root = {
    trap: () => {
      throw new TokimeterError("trap", "unreachable");
    },
    error: () => {
      throw new RangeError("no");
    },
  };
  serve(/** @type {any} */ (port2), { root, about: () => ({}), stateOf: () => undefined });
  for (const [method, expected] of /** @type {const} */ ([
    ["trap", { kind: "died", id: 1, why: "TokimeterError: unreachable" }],
    ["error", { kind: "failed", id: 1, error: { name: "RangeError", message: "no" } }],
    ["none", { kind: "failed", id: 1, error: { name: "TypeError", message: "there is no none here" } }],
  ])) {
    const told = new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
    });
    port1.postMessage({ kind: "call", id: 1, target: 0, method, args: [], isWatched: false, changes: false });
    assert.deepEqual(await told, expected);
  }
  port1.close();
});

test("a worker that is silent is given up, and so are those after it", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  let started = 0;
  const remote = connect({
    worker: () => {
      started++;
      return /** @type {any} */ (Object.assign(new EventTarget(), { postMessage() {}, terminate() {} }));
    },
  });
  const refused = assert.rejects(remote.load("o200k_base"), {
    code: "worker-failed",
    message: /it does not answer/,
  });
  for (let looks = 0; looks < 7 * 5; looks++) t.mock.timers.tick(5000);
  await refused;
  // The one call was there for four deaths.
  assert.equal(started, 4);
});
