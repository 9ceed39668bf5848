// @ts-check
/** Runs of random agents against an oracle that keeps every request, and long ones. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { partsOf, run, schedule, totals } from "tokimeter/agent";
import { price } from "tokimeter/price";
import { billed, SONNET } from "../support/agents.mjs";
import { mulberry32, seed } from "../support/random.mjs";

/** @import { Agent, Turn } from "tokimeter/agent" */

const random = mulberry32(seed("agents"));
/** @param {number} below */
const upTo = (below) => Math.floor(random() * below);

test("the parts of random turns are the turns, and so are their bills", () => {
  for (let i = 0; i < 50; i++) {
    const agent = /** @type {Agent} */ ({
      configuration: upTo(5000),
      skills: upTo(3) * 500,
      knowledge: upTo(3) * 700,
      retrieved: upTo(3) * 200,
      history: upTo(1000),
      heartbeatsApart: upTo(2) === 1,
      compaction: { above: 6000 + upTo(20_000), summary: upTo(2) * 400 },
      cache: { minutes: 1 + upTo(60), least: upTo(2) * 1024, write: "cacheWrite" },
    });
    const made = schedule({
      heartbeat: { every: 20 + upTo(100), message: upTo(200), output: upTo(50) },
      work: { turns: upTo(40), message: upTo(500), toolResults: upTo(2000), output: 1 + upTo(900) },
    });
    const all = run(agent, made, billed(SONNET));
    for (const turn of all.turns) {
      /** @type {Record<string, number>} */
      const sum = {};
      let cost = 0n;
      for (const usage of partsOf(agent, turn).values()) {
        for (const [kind, tokens] of Object.entries(usage)) sum[kind] = (sum[kind] ?? 0) + tokens;
        cost += price(SONNET, usage, { requestInput: turn.sent }).total ?? 0n;
      }
      assert.deepEqual(sum, { ...turn.usage });
      assert.equal(cost, turn.bill.total);
    }
    assert.deepEqual(totals(all.turns), all.total);
    const beats = totals(all.turns.filter(({ turn }) => turn.kind === "heartbeat"));
    assert.equal(beats.turns, made.filter(({ kind }) => kind === "heartbeat").length);
  }
});

/**
 * The oracle: a request is a list of pieces with names, and the cache keeps the beginning of every request for its time.
 * @param {Agent} agent @param {Turn[]} turns
 */
function oracle(agent, turns) {
  const {
    configuration,
    skills = 0,
    knowledge = 0,
    retrieved = 0,
    history = 0,
    cache,
    heartbeatsApart,
  } = agent;
  const fixed = [["fixed", configuration + skills + knowledge]];
  let said = history > 0 ? [["before", history]] : [];
  /** @type {{ pieces: unknown[][], until: number }[]} */
  let entries = [];
  /** @param {unknown[][]} pieces */
  const tokens = (pieces) => pieces.reduce((sum, [, size]) => sum + Number(size), 0);
  return turns.map((turn, i) => {
    const apart = heartbeatsApart && turn.kind === "heartbeat";
    const fresh = [[`message ${i}`, turn.message + (turn.toolResults ?? 0)]];
    const keeps = apart ? fixed : [...fixed, ...said, ...fresh];
    const sent = tokens(keeps) + (apart ? tokens(fresh) : 0) + retrieved;
    const least = cache?.least ?? 0;
    let cached = 0;
    if (cache && tokens(keeps) >= least) {
      const alive = entries.filter(({ until }) => turn.at < until);
      const begins = alive.filter(
        ({ pieces }) => JSON.stringify(keeps.slice(0, pieces.length)) === JSON.stringify(pieces),
      );
      cached = Math.max(0, ...begins.map(({ pieces }) => tokens(pieces)));
      entries = alive;
      for (const pieces of [fixed, keeps]) {
        if (tokens(pieces) >= least) entries.push({ pieces, until: turn.at + cache.minutes });
      }
    }
    if (!apart) said = [...said, ...fresh, [`output ${i}`, turn.output - (turn.reasoning ?? 0)]];
    return { sent, cached };
  });
}

test("random agents, against the oracle", () => {
  const cases = Number(process.env.CASES ?? 500_000) / 500;
  for (let i = 0; i < cases; i++) {
    const agent = /** @type {Agent} */ ({
      configuration: upTo(3000),
      skills: upTo(2) * 500,
      knowledge: upTo(2) * 600,
      retrieved: upTo(2) * 700,
      history: upTo(2) * 900,
      heartbeatsApart: upTo(2) === 1,
      cache: {
        minutes: 1 + upTo(10),
        least: upTo(2) * upTo(4000),
        ...(upTo(2) ? { write: "cacheWrite" } : {}),
      },
    });
    let at = 0;
    const turns = Array.from({ length: 1 + upTo(30) }, () => {
      at += upTo(8);
      const output = upTo(500);
      return /** @type {Turn} */ ({
        at,
        kind: upTo(3) ? "work" : "heartbeat",
        message: upTo(500),
        toolResults: upTo(900),
        output,
        reasoning: upTo(output + 1),
      });
    });
    const made = run(agent, turns, billed(SONNET));
    const why = JSON.stringify({ agent, turns });
    assert.deepEqual(
      made.turns.map(({ sent, usage }) => ({ sent, cached: usage.cached ?? 0 })),
      oracle(agent, turns),
      why,
    );
    const { total } = made;
    assert.equal(
      total.amount,
      made.turns.reduce((sum, { bill }) => sum + (bill.total ?? 0n), 0n),
      why,
    );
    assert.equal(
      total.amount,
      made.days.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n),
      why,
    );
    assert.equal(
      total.input + total.cached + total.cacheWrite,
      made.turns.reduce((sum, { sent }) => sum + sent, 0),
      why,
    );
    // A message that is longer costs no less.
    const where = upTo(turns.length);
    const longer = turns.map((turn, i) => (i === where ? { ...turn, message: turn.message + 1 } : turn));
    const { cache: _, ...plain } = agent;
    const [less, more] = [turns, longer].map((list) => run(plain, list, billed(SONNET)).total.amount ?? 0n);
    assert.ok((more ?? 0n) > (less ?? 0n), why);
  }
});

test("a hundred thousand turns", () => {
  const turns = schedule({ days: 70, heartbeat: { every: 1, message: 50, output: 10 } });
  assert.equal(turns.length, 100_800);
  const start = performance.now();
  const agent = /** @type {Agent} */ ({
    configuration: 20_000,
    cache: { minutes: 5, write: "cacheWrite" },
    compaction: { turns: 500, summary: 1000 },
  });
  const { total, days } = run(agent, turns, billed(SONNET));
  console.log(`${total.turns} turns: ${Math.round(performance.now() - start)} ms`);
  assert.equal(days.length, 70);
  assert.ok(performance.now() - start < 60_000);
});
