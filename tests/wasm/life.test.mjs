// @ts-check
/**
 * The life of the engine's instance: real traps of the shipped file, anywhere in it, for want of memory and of stack. After each one
 * every count is right or there is none, nothing of the old instance is asked, and memory comes back.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { mulberry32, seed } from "../support/random.mjs";
import { engine, trap } from "../support/trapping-engine.mjs";

const { estimate, LiveText, load, Meter, meter, TokimeterError } = await import("tokimeter");

/** @typedef {import("tokimeter").Tokenizer<string>} Tokenizer */

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");
const random = mulberry32(seed("life of the instance"));
const upTo = (/** @type {number} */ below) => Math.floor(random() * below);
/** @template T @param {readonly T[]} list */
const one = (list) => /** @type {T} */ (list[upTo(list.length)]);

/** @param {unknown} error */
const isTrap = (error) => error instanceof TokimeterError && error.code === "trap";

const english = readFileSync("target/corpus/english.txt", "utf8");
const TEXTS = [
  "The cleaner comes at nine. ",
  "清洁工九点来。👩‍👩‍👧 \ud83d and half a pair",
  english.slice(2000, 2600),
  'fn main() {\r\n\tprintln!("{}", 1 << 20);\n}\n'.repeat(20),
  `${"a".repeat(300)} ${" ".repeat(300)}x`,
];

const tokenizers = /** @type {Tokenizer[]} */ ([
  await estimate("o200k_base"),
  await estimate("gpt-9"),
  await load("llama2"),
  await load("claude4_7"),
]);
/** Estimates are made again at once, vocabularies in some 20 ms. */
const USUAL = tokenizers.slice(0, 2);

/** What is asked of a tokenizer and a text. What comes out of it is known from before the first trap. */
const ASKS = {
  count: (/** @type {Tokenizer} */ tok, /** @type {string} */ text) => tok.count(text),
  range: (/** @type {Tokenizer} */ tok, /** @type {string} */ text) => tok.range(text),
  ids: (/** @type {Tokenizer} */ tok, /** @type {string} */ text) =>
    tok.basis === "exact" && tok.decode(tok.encode(text)),
  spans: (/** @type {Tokenizer} */ tok, /** @type {string} */ text) => [...tok.spans(text).ends],
  fit: (/** @type {Tokenizer} */ tok, /** @type {string} */ text) => tok.fit(text, 12, { keep: "end" }),
  split: (/** @type {Tokenizer} */ tok, /** @type {string} */ text) => tok.split(text, 40),
  live: (/** @type {Tokenizer} */ tok, /** @type {string} */ text) => {
    const live = tok.live(text);
    const change = live.replace(2, 7, "x中\n");
    const counter = live.also(/** @type {Tokenizer} */ (tokenizers[0]));
    // Half of them are forgotten: their finalizers run when the engine is another one.
    if (random() < 0.5) live.dispose();
    else return { ...change, text: live.text, also: counter.tokens, part: live.countRange(3, 20) };
    return undefined;
  },
};

/** @param {keyof typeof ASKS} what @param {Tokenizer} tok @param {string} text */
const answer = (what, tok, text) => JSON.stringify(ASKS[what](tok, text));
const NAMES = /** @type {(keyof typeof ASKS)[]} */ (Object.keys(ASKS));
/** @type {Map<string, Set<string | undefined>>} */
const known = new Map();
for (const [number, tok] of tokenizers.entries()) {
  for (const text of TEXTS) {
    for (const what of NAMES) {
      const answers = new Set([answer(what, tok, text)]);
      // Both ways of `live`.
      for (let times = 0; what === "live" && answers.size < 2 && times < 50; times++)
        answers.add(answer(what, tok, text));
      known.set(`${what} ${number} ${text}`, answers);
    }
  }
}

let isWrong = false;

/** @param {keyof typeof ASKS} what @param {Tokenizer} tok @param {string} text */
function check(what, tok, text) {
  const found = answer(what, tok, text);
  if (known.get(`${what} ${tokenizers.indexOf(tok)} ${text}`)?.has(found)) return;
  // There may be no room for an error.
  isWrong = true;
  assert.fail(`${what} of ${tok.name} (${tok.basis}): ${JSON.stringify(text)} is ${found}`);
}

/** Runs something at every depth of the stack that is left, from none on, until it ends well. @param {() => void} ask */
function withoutStack(ask) {
  let traps = 0;
  let isDone = false;
  const dive = () => {
    try {
      dive();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    if (isDone) return;
    try {
      ask();
      isDone = true;
    } catch (error) {
      if (isTrap(error)) traps++;
      // It did not come as far as the engine, or there was no room for the error.
      else if (!(error instanceof RangeError)) throw error;
    }
  };
  dive();
  return traps;
}

test("1,000 traps: no wrong count, no stale handle, and memory as it was", async () => {
  /** @type {{ live: InstanceType<typeof LiveText>, text: string, tok: Tokenizer }[]} */
  let open = [];
  const renew = () => {
    open = Array.from({ length: 3 }, () => {
      const [tok, text] = [one(USUAL), one(TEXTS)];
      return { live: tok.live(text), text, tok };
    });
  };
  renew();
  gc();
  const { bytes } = engine;
  const rss = process.memoryUsage().rss;
  const traps = { step: 0, memory: 0, stack: 0 };
  /** @type {keyof typeof traps} */
  let kind = "memory";
  let answers = 0;
  for (let all = 0; all < 1000; all = traps.step + traps.memory + traps.stack) {
    const tok = random() < 0.06 ? one(tokenizers) : one(USUAL);
    const text = one(TEXTS);
    // A promise that is rejected where no stack is left is told on the console.
    const what = one(NAMES.filter((name) => kind !== "stack" || name !== "live"));
    const edited = one(open);
    const ask = () => {
      if (random() < 0.7) check(what, tok, text);
      else {
        const [from, insert] = [upTo(edited.text.length + 1), one(TEXTS)];
        edited.live.replace(from, from, insert);
        edited.text = edited.text.slice(0, from) + insert + edited.text.slice(from);
        const isRight = edited.live.tokens === edited.tok.count(edited.text);
        isWrong ||= !isRight;
        assert.ok(isRight);
      }
    };
    // The next instance is made within the trap.
    const next = one(/** @type {const} */ (["step", "step", "step", "memory", "memory", "stack"]));
    const { instances } = engine;
    engine.isStepped = next === "step";
    let trapped = 0;
    try {
      if (kind === "stack") trapped = withoutStack(ask);
      else {
        if (kind === "step") engine.trapAfter(1 + Math.floor(4000 ** random()));
        else engine.fill();
        ask();
        // What was left is enough for this; it is not for that.
        if (kind === "memory") tok.count("x".repeat(4e6));
      }
      answers++;
    } catch (error) {
      if (!isTrap(error)) throw error;
      trapped = 1;
    }
    engine.trapAfter(Number.POSITIVE_INFINITY);
    traps[kind] += Math.min(1, trapped);
    assert.equal(isWrong, false);
    await null;
    await null;
    if (engine.instances === instances) {
      for (const { live, text, tok } of open) assert.equal(live.tokens, tok.count(text));
      continue;
    }
    kind = next;
    for (const { live } of open) {
      assert.throws(() => live.tokens, isTrap);
      assert.throws(() => live.replace(0, 0, "x"), isTrap);
      if (random() < 0.5) live.dispose();
    }
    renew();
    for (const tok of USUAL) check("count", tok, one(TEXTS));
    if (all % 100 === 0) {
      gc();
      await sleep(0);
    }
  }
  // Whoever was not asked all the time is there, too.
  engine.isStepped = false;
  engine.fill();
  assert.throws(() => one(USUAL).count("x".repeat(4e6)), isTrap);
  for (const tok of tokenizers) for (const text of TEXTS) for (const what of NAMES) check(what, tok, text);
  open = [];
  for (let round = 0; round < 5; round++) {
    gc();
    await sleep(1);
  }
  const grown = (process.memoryUsage().rss - rss) / 1e6;
  console.log(
    `${JSON.stringify(traps)} traps, ${answers} answers beside; ${engine.bytes / 1e6} MB in ${engine.memories} memory, ` +
      `${bytes / 1e6} before; the process grew by ${grown.toFixed(0)} MB`,
  );
  assert.ok(traps.step > 200 && traps.memory > 100 && traps.stack > 50);
  assert.equal(engine.memories, 1);
  assert.ok(engine.bytes <= bytes + 1e6, `${engine.bytes} bytes, ${bytes} before`);
  assert.ok(grown < 100, `${grown} MB`);
});

/** Methods that do more than to say what never changes, with arguments that they take. */
const ARGUMENTS = {
  countRange: [0, 0],
  offsetOf: [0],
  spansIn: [0, 0],
  slice: [0, 0],
  fit: [5],
  split: [5],
  update: [[]],
  replace: [0, 0, "x"],
  reset: ["x"],
  replaceAsync: [0, 0, "x"],
  also: [tokenizers[0]],
  configure: [{}],
};

/**
 * Asserts that each method and getter of a handle throws or rejects with a code.
 * @param {object} handle @param {string} code @param {readonly string[]} [passed] names of what is plain data
 */
async function allThrow(handle, code, passed = []) {
  const isOwn = Object.getPrototypeOf(handle) === Object.prototype;
  const names = Object.entries(
    Object.getOwnPropertyDescriptors(isOwn ? handle : Object.getPrototypeOf(handle)),
  )
    .filter(([, { value, get }]) => get || typeof value === "function")
    .map(([name]) => name)
    .filter((name) => !["constructor", "dispose", ...passed].includes(name));
  assert.ok(names.length > 0);
  for (const name of names) {
    const call = async () => {
      const member = Reflect.get(handle, name);
      const args = Object.entries(ARGUMENTS).find(([known]) => known === name)?.[1] ?? [];
      return typeof member === "function" ? Reflect.apply(member, handle, args) : member;
    };
    await assert.rejects(call(), { name: "TokimeterError", code }, name);
  }
}

test("after dispose, and after a trap, every method of every handle says so", async () => {
  const [tok] = /** @type {[Tokenizer]} */ (tokenizers);
  const made = async () => {
    const live = tok.live("some text");
    return { live, counter: live.also(tok), meter: await meter("llama-2-7b", { text: "some text" }) };
  };
  const lost = await made();
  trap(USUAL[0]);
  const disposed = await made();
  for (const each of [lost, disposed]) {
    if (each === disposed) {
      each.meter.dispose();
      each.counter.dispose();
    }
    const code = each === disposed ? "disposed" : "trap";
    await allThrow(each.counter, code);
    if (each === disposed) each.live.dispose();
    await allThrow(each.live, code);
    await allThrow(each.meter, code, ["tokenizer"]);
    for (const handle of [each.live, each.counter, each.meter]) {
      handle.dispose();
      handle.dispose();
    }
    await allThrow(each.live, "disposed");
  }
  assert.ok(disposed.live instanceof LiveText && disposed.meter instanceof Meter);
});

test("a trap in the midst: what is under way rejects, and the next call works", async () => {
  const [tok] = /** @type {[Tokenizer]} */ (tokenizers);
  const large = english.repeat(3);
  const live = tok.live("before");
  let seen = 0;
  const onProgress = () => {
    if (++seen === 2) trap(USUAL[0]);
  };
  const [{ reason }, made] = /** @type {[PromiseRejectedResult, PromiseSettledResult<unknown>]} */ (
    await Promise.allSettled([live.replaceAsync(0, 6, large, { onProgress }), tok.liveAsync(large)])
  );
  assert.ok(isTrap(reason), String(reason));
  assert.ok(made.status === "rejected" && isTrap(made.reason));
  assert.equal((await tok.liveAsync(large)).tokens, tok.count(large));

  // A vocabulary that is being read.
  const loading = load("cl100k_base");
  while (engine.last !== "loader_step") await sleep(0);
  trap(USUAL[0]);
  await assert.rejects(loading, isTrap);
  assert.equal((await load("cl100k_base")).count("some text"), 2);
});

test("nobody is called back while the engine is at work", async () => {
  const [tok] = /** @type {[Tokenizer]} */ (tokenizers);
  let calls = 0;
  const outside = () => {
    calls++;
    assert.equal(engine.depth, 0);
    return 0;
  };
  const large = english.repeat(3);
  const stop = new AbortController();
  stop.signal.addEventListener("abort", outside);
  const live = await tok.liveAsync(large, { onProgress: outside, signal: stop.signal });
  const edit = {
    get from() {
      return outside();
    },
    get insert() {
      outside();
      return large;
    },
  };
  live.update([edit]);
  await assert.rejects(
    live.replaceAsync(0, 0, large, {
      signal: stop.signal,
      onProgress: () => {
        outside();
        // Of all texts, and of this one.
        assert.ok(live.tokens > 0 && tok.count("a") === 1);
        stop.abort();
      },
    }),
    { code: "aborted" },
  );
  (await load("llama2")).decode({
    get length() {
      return 1 + outside();
    },
    get 0() {
      return 500 + outside();
    },
  });
  const { ready } = await meter("llama-2-7b", { instant: true, onReading: outside, text: "some text" });
  await ready;
  assert.ok(calls > 10, `${calls}`);
  // Who disposes a text while its edits are read.
  const gone = tok.live("some text");
  const disposing = {
    get from() {
      gone.dispose();
      return 0;
    },
  };
  assert.throws(() => gone.update([disposing]), { code: "disposed" });
});
