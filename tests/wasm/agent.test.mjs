// @ts-check
/** Runs of an agent: examples worked by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { electric, freshStart, gift, onPlan, partsOf, run, schedule } from "tokimeter/agent";
import { billed, M, model, SONNET } from "../support/agents.mjs";

/** @import { Agent, Turn } from "tokimeter/agent" */

/** @param {number[]} minutes @returns {Turn[]} */
const turnsAt = (...minutes) =>
  minutes.map((at) => ({ at, kind: "work", message: 100, toolResults: 900, output: 500 }));

test("every turn sends everything again", () => {
  const agent = { configuration: 10_000, skills: 5000 };
  const { turns, total, days, currency } = run(agent, turnsAt(0, 4, 9), billed(SONNET));
  // 15,000 + 1,000; then 500 of output and 1,000 new ones more each time.
  assert.deepEqual(
    turns.map(({ usage }) => usage),
    [
      { input: 16_000, output: 500 },
      { input: 17_500, output: 500 },
      { input: 19_000, output: 500 },
    ],
  );
  // 16,000 × $3 = $0.048, 500 × $15 = $0.0075; and so on: 0.0555 + 0.06 + 0.0645 = $0.18.
  assert.deepEqual(
    turns.map(({ bill }) => bill.total),
    [55_500_000_000n, 60_000_000_000n, 64_500_000_000n],
  );
  assert.equal(total.amount, 180_000_000_000n);
  assert.deepEqual(days, [total]);
  assert.equal(currency, "USD");
});

test("what the cache has is cheaper, until it forgets", () => {
  const agent = /** @type {Agent} */ ({
    configuration: 10_000,
    skills: 5000,
    cache: { minutes: 5, write: "cacheWrite" },
  });
  const { turns } = run(agent, turnsAt(0, 4, 9), billed(SONNET));
  assert.deepEqual(
    turns.map(({ usage }) => usage),
    [
      { cacheWrite: 16_000, output: 500 },
      { cached: 16_000, cacheWrite: 1500, output: 500 },
      // Five minutes after the turn before: gone, all is written again.
      { cacheWrite: 19_000, output: 500 },
    ],
  );
  // 16,000 × 3.75 + 7,500; 16,000 × 0.3 + 1,500 × 3.75 + 7,500; 19,000 × 3.75 + 7,500 millionths of a dollar.
  assert.deepEqual(
    turns.map(({ bill }) => bill.total),
    [67_500_000_000n, 17_925_000_000n, 78_750_000_000n],
  );
  // Where writing costs nothing, what is new is input; a beginning that is too short is not cached.
  const automatic = run(
    { configuration: 900, cache: { minutes: 10, least: 2000 } },
    turnsAt(0, 1, 2),
    billed(SONNET),
  );
  assert.deepEqual(
    automatic.turns.map(({ usage }) => usage),
    [
      { input: 1900, output: 500 },
      { input: 3400, output: 500 },
      { input: 1500, cached: 3400, output: 500 },
    ],
  );
});

test("a heartbeat that is slower than the cache misses it", () => {
  const size = { message: 50, output: 10 };
  const agent = /** @type {Agent} */ ({ configuration: 20_000, cache: { minutes: 5, write: "cacheWrite" } });
  const slow = run(agent, schedule({ heartbeat: { every: 30, ...size } }), billed(SONNET)).total;
  const fast = run(agent, schedule({ heartbeat: { every: 4, ...size } }), billed(SONNET)).total;
  const long = run(
    { ...agent, cache: { minutes: 60, write: "cacheWriteLong" } },
    schedule({ heartbeat: { every: 30, ...size } }),
    billed(SONNET),
  ).total;
  assert.deepEqual([slow.turns, slow.cached], [48, 0]);
  assert.equal(fast.turns, 360);
  // All but the first read 20,000 and what was said: 359 × 20,000 + Σ (50 + 60 i) for i = 0 … 358.
  assert.equal(fast.cached, 359 * 20_000 + 359 * 50 + (60 * 358 * 359) / 2);
  assert.ok((long.amount ?? 0n) < (slow.amount ?? 0n));
});

test("a day, or working hours", () => {
  const size = { message: 1, output: 1 };
  assert.equal(schedule({ heartbeat: { every: 30, ...size } }).length, 48);
  assert.equal(schedule({ heartbeat: { every: 30, from: 540, to: 1080, ...size } }).length, 18);
  const turns = schedule({
    days: 2,
    heartbeat: { every: 720, ...size },
    work: { turns: 3, from: 540, to: 1080, ...size },
  });
  assert.deepEqual(
    turns.map(({ at, kind }) => `${kind} ${at}`),
    [0, 1440].flatMap((day) => [
      `heartbeat ${day}`,
      ...[540, 720].map((at) => `work ${day + at}`),
      `heartbeat ${day + 720}`,
      `work ${day + 900}`,
    ]),
  );
  const { days, total } = run({ configuration: 100 }, turns, billed(SONNET));
  assert.equal(days.length, 2);
  assert.equal((days[0]?.amount ?? 0n) + (days[1]?.amount ?? 0n), total.amount);
});

test("a turn beyond 200,000 pays the step", () => {
  const steps = model({
    input: 2 * M,
    output: 12 * M,
    steps: [{ above: 200_000, input: 4 * M, output: 18 * M }],
  });
  const { turns } = run({ configuration: 199_000 }, turnsAt(0, 1), billed(steps));
  // 200,000 is not above: × $2, 500 × $12. Then 201,500 × $4 and 500 × $18.
  assert.deepEqual(
    turns.map(({ sent, bill }) => [sent, bill.total]),
    [
      [200_000, 406_000_000_000n],
      [201_500, 815_000_000_000n],
    ],
  );
});

test("a new conversation after so many turns, or tokens", () => {
  const agent = { configuration: 1000, compaction: { turns: 2, summary: 300 } };
  const { turns } = run(agent, turnsAt(0, 1, 2), billed(SONNET));
  assert.deepEqual(
    turns.map(({ turn, conversation, sent, usage }) => [turn.kind, conversation, sent, usage.output]),
    [
      ["work", 0, 2000, 500],
      ["work", 0, 3500, 500],
      // The summary reads it all: 1,000 and twice 1,500. Then 1,000 + 300 + 1,000.
      ["summary", 0, 4000, 300],
      ["work", 1, 2300, 500],
    ],
  );
  const above = run(
    { configuration: 1000, compaction: { above: 3400, summary: 0 } },
    turnsAt(0, 1, 2),
    billed(SONNET),
  );
  assert.deepEqual(
    above.turns.map(({ conversation, sent }) => [conversation, sent]),
    [
      [0, 2000],
      [1, 2000],
      [2, 2000],
    ],
  );
});

test("reasoning is billed once and not sent again", () => {
  const turns = /** @type {Turn[]} */ ([
    { at: 0, kind: "work", message: 100, output: 1000, reasoning: 800 },
    { at: 1, kind: "work", message: 100, output: 10 },
  ]);
  assert.deepEqual(
    run({ configuration: 0 }, turns, billed(SONNET)).turns.map(({ usage }) => usage),
    [
      { input: 100, output: 1000 },
      { input: 400, output: 10 },
    ],
  );
});

test("a heartbeat apart sends all but the history", () => {
  const agent = { configuration: 1000, skills: 200, knowledge: 3000, retrieved: 400, heartbeatsApart: true };
  const turns = /** @type {Turn[]} */ ([
    { at: 0, kind: "work", message: 50, output: 10 },
    { at: 1, kind: "heartbeat", message: 60, output: 10 },
  ]);
  assert.equal(run(agent, turns, billed(SONNET)).turns[1]?.sent, 4660);
});

test("the three economies", () => {
  const turns = schedule({
    heartbeat: { every: 30, message: 100, output: 20 },
    work: { turns: 20, message: 500, toolResults: 2000, output: 800 },
  });
  // An index: 2,000 tokens of passages instead of a knowledge base of 80,000.
  const whole = run({ configuration: 10_000, knowledge: 80_000 }, turns, billed(SONNET)).total;
  const index = run({ configuration: 10_000, retrieved: 2000 }, turns, billed(SONNET)).total;
  assert.equal(whole.input - index.input, 68 * 78_000);
  // A model at home for the heartbeat: 48 turns cost nothing but current, and stay out of the history.
  const agent = { configuration: 10_000, heartbeatsApart: true };
  const home = run(agent, turns, {
    ...billed(SONNET),
    heartbeat: electric("USD", 5_000_000, 80_000_000_000n),
  });
  const beats = home.turns.filter(({ turn }) => turn.kind === "heartbeat");
  // (10,100 + 20) / 5,000,000 kWh × $0.08 = $0.00016192.
  assert.ok(beats.every(({ bill, sent }) => sent === 10_100 && bill.total === 161_920_000n));
  const work = home.turns.filter(({ turn }) => turn.kind === "work");
  assert.deepEqual(
    work.slice(0, 2).map(({ sent }) => sent),
    [12_500, 15_800],
  );
  // A plan of $20 for 30 days and 1,500 requests, where one beyond 50,000 tokens counts twice.
  const plan = { amount: 20_000_000_000_000n, requests: 1500, long: { above: 50_000, counts: 2 } };
  const on = onPlan(home, plan);
  const long = home.turns.filter(({ sent }) => sent > 50_000).length;
  assert.ok(long > 0);
  assert.deepEqual(on, {
    requests: 68 + long,
    requestsInAll: 30 * (68 + long),
    fits: false,
    amount: 666_666_666_667n,
    saves: (home.total.amount ?? 0n) - 666_666_666_667n,
  });
  // With the heartbeats at home beside it: their current comes on top, and 20 turns a day are in it.
  const beside = onPlan(home, { ...plan, covers: ["work"] });
  assert.equal(beside.amount, 666_666_666_667n + 48n * 161_920_000n);
  assert.equal(beside.fits, true);
});

test("when a new conversation pays", () => {
  const rates = model({ input: 1 * M, output: 2 * M });
  const turns = Array.from(
    { length: 40 },
    (_, at) => /** @type {Turn} */ ({ at, kind: "work", message: 100, output: 100 }),
  );
  const agent = { configuration: 1000 };
  // Going on sends 1,100 + 200 k, anew with a summary by hand 1,000 + 500 + 100: from k = 3 on it is less.
  assert.deepEqual(freshStart(agent, turns, billed(rates), { summary: 500, byHand: true }), {
    index: 3,
    goingOn: 1_900_000_000n,
    fresh: 1_800_000_000n,
  });
  // If the model writes it, the very next turn never makes up for that.
  assert.equal(freshStart(agent, turns, billed(rates), { summary: 500 }), undefined);
  // Ten turns do. Going on: 10 (1,100 + 200 k) + 9,000, anew: 1,000 + 200 k + 2 × 500 + 16,000 + 9,000, from 1,800 k > 7,000 on.
  assert.equal(freshStart(agent, turns, billed(rates), { summary: 500, ahead: 10 })?.index, 4);
  // What is read from a cache at a tenth pays later.
  const cached = model({ input: 1 * M, cached: 0.1 * M, output: 2 * M });
  const later = freshStart({ ...agent, cache: { minutes: 5 } }, turns, billed(cached), {
    summary: 500,
    byHand: true,
  });
  // Going on: (1,100 + 200 (k - 1)) / 10 + 200, anew: 100 + 600. So 20 (k - 1) > 390: from k = 21 on.
  assert.equal(later?.index, 21);
});

test("a gift of ten million tokens", () => {
  // ¥2 in and ¥8 out at 9 to 1: ¥2.6 a million, ¥26. 30,000 a day last 333 days.
  const deepseek = model({
    input: 2 * M,
    output: 8 * M,
    steps: [{ above: 1000, input: 9 * M, output: 9 * M }],
  });
  assert.deepEqual(gift(10_000_000, deepseek, { input: 27_000, output: 3000 }), {
    currency: "USD",
    worth: 26_000_000_000_000n,
    days: 333,
    left: 10_000,
  });
  assert.equal(gift(10, { prices: [] }, { input: 1 }).worth, undefined);
  assert.throws(() => gift(10, deepseek, {}), RangeError);
});

test("what each part of a turn uses", () => {
  const agent = /** @type {Agent} */ ({
    configuration: 2000,
    skills: 0,
    knowledge: 1000,
    retrieved: 300,
    cache: { minutes: 5, write: "cacheWrite" },
  });
  const { turns } = run(agent, turnsAt(0, 1), billed(SONNET));
  const [first, second] = turns.map((turn) => Object.fromEntries(partsOf(agent, turn)));
  assert.deepEqual(first, {
    configuration: { cacheWrite: 2000 },
    knowledge: { cacheWrite: 1000 },
    message: { cacheWrite: 100 },
    toolResults: { cacheWrite: 900 },
    retrieved: { input: 300 },
    output: { output: 500 },
  });
  // The cache has 4,000: what is fixed, and 1,000 of the history of 1,500; the output of before is new.
  assert.deepEqual(second, {
    configuration: { cached: 2000 },
    knowledge: { cached: 1000 },
    history: { cached: 1000, cacheWrite: 500 },
    message: { cacheWrite: 100 },
    toolResults: { cacheWrite: 900 },
    retrieved: { input: 300 },
    output: { output: 500 },
  });
});

test("what is unknown stays unknown", () => {
  const { total, turns } = run({ configuration: 1000 }, turnsAt(0, 1), billed(model({ input: 1 * M })));
  assert.equal(total.amount, undefined);
  assert.equal(turns[0]?.bill.total, undefined);
  assert.equal(total.known, 2_000_000_000n + 3_500_000_000n);
  assert.equal(onPlan({ turns, days: [total], total, currency: "USD" }, { amount: 1n }).saves, undefined);
  assert.equal(
    electric("CNY", undefined, 1n)({ input: 1 }, /** @type {Turn} */ (turnsAt(0)[0])).total,
    undefined,
  );
  const cache = /** @type {const} */ ({ minutes: 5, write: "cacheWrite" });
  const free = billed(model({ input: 1 * M, output: 1 * M }));
  // A rate that is not needed need not be known.
  assert.equal(run({ configuration: 1000 }, turnsAt(0), free).total.amount, 2_500_000_000n);
  assert.equal(run({ configuration: 1000, cache }, turnsAt(0), free).total.amount, undefined);
});

test("what is wrong throws", () => {
  const bad = [
    () => run({ configuration: -1 }, [], billed(SONNET)),
    () => run({ configuration: 1, cache: { minutes: 0.5 } }, [], billed(SONNET)),
    () => run({ configuration: 1 }, turnsAt(3, 2), billed(SONNET)),
    () => run({ configuration: 1 }, turnsAt(1e12), billed(SONNET)),
    () => schedule({ heartbeat: { every: 0, message: 1, output: 1 } }),
    () => schedule({ heartbeat: { every: 1, from: 9, to: 9, message: 1, output: 1 } }),
    () =>
      run(
        { configuration: 1 },
        schedule({
          heartbeat: { every: 30, message: 1, output: 1 },
          work: { turns: 1, message: 1, output: 1 },
        }),
        {
          ...billed(SONNET),
          heartbeat: electric("CNY", 1, 1n),
        },
      ),
  ];
  for (const call of bad) assert.throws(call, RangeError, String(call));
});
