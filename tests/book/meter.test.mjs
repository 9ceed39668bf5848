// @ts-check
/** The meter: counts, ranges, windows, levels and costs of real models, and of those that nobody knows. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load, meter, TokimeterError } from "tokimeter";
import { findModel, rate } from "tokimeter/models";
import { decimal, price } from "tokimeter/price";
import { mulberry32, seed } from "../support/random.mjs";

const TEXT = "Clean the living-room windows. 擦客厅的窗户，洗三件衣服。";

/** What must hold of every reading. @param {import("tokimeter").Reading} reading */
function assertSound({ tokens, low, high, basis, window, remaining, level, overflowAt, cost }) {
  assert.ok(low <= tokens && tokens <= high, `${low} ≤ ${tokens} ≤ ${high}`);
  if (basis === "exact") assert.deepEqual([low, high], [tokens, tokens]);
  assert.equal(remaining === undefined, level === undefined);
  if (window === undefined) assert.equal(remaining, undefined);
  assert.equal(overflowAt !== undefined, remaining !== undefined && remaining < 0);
  if (overflowAt !== undefined) assert.equal(level, "over");
  if (cost?.total === undefined) return;
  assert.equal(cost.total, (cost.input ?? 0n) + (cost.cached ?? 0n) + (cost.output ?? 0n));
  assert.ok((cost.low ?? 0n) <= cost.total && cost.total <= (cost.high ?? 0n));
}

test("a model whose vocabulary is public: exact, with its price", async () => {
  const m = await meter("gpt-5.2", { text: TEXT, reserveOutput: 1000 });
  const { reading, model } = m;
  assertSound(reading);
  const tokens = (await load("o200k_base")).count(TEXT);
  assert.deepEqual([reading.tokens, reading.basis], [tokens, "exact"]);
  assert.equal(model?.id, "gpt-5.2");
  // 1.75 and 14 dollars for a million tokens.
  assert.equal(reading.cost?.total, BigInt(tokens) * 1_750_000n + 1000n * 14_000_000n);
  assert.equal(reading.cost?.currency, "USD");
  assert.match(reading.cost?.asOf ?? "", /^2026-\d\d/);
  // The vendor caps the input at 272,000 of the 400,000 tokens.
  assert.deepEqual([reading.window, reading.remaining, reading.level], [400_000, 272_000 - tokens, "ok"]);
  assert.equal(reading.overflowAt, undefined);
  assert.deepEqual(m.nearest, []);
});

test("Claude: calibrated, with a range", async () => {
  for (const id of ["claude-opus-5", "anthropic/claude-sonnet-4.5", "claude-haiku-4-5-20251001"]) {
    const { reading } = await meter(id, { text: TEXT.repeat(100) });
    assertSound(reading);
    assert.equal(reading.basis, "calibrated", id);
    assert.ok(reading.high > reading.low, id);
    assert.ok(reading.cost?.total, id);
  }
});

test("a vendor that states yuan, and one that does not", async () => {
  const text = TEXT.repeat(1000);
  const deepseek = await meter("deepseek-v4-pro", { text, currency: "CNY" });
  assert.deepEqual([deepseek.reading.basis, deepseek.reading.cost?.currency], ["exact", "CNY"]);
  const gpt = await meter("gpt-5", { text, currency: "CNY" });
  const dollars = gpt.configure({ currency: "USD" });
  const yuan = gpt.configure({ currency: "CNY" });
  assert.equal(yuan.cost?.converted?.from, "USD");
  const own = gpt.configure({ rate: { cnyPerUsd: 7_000_000, source: { name: "mine", date: "2026-11-25" } } });
  assert.equal(own.cost?.total, (dollars.cost?.total ?? 0n) * 7n);
  assert.equal(yuan.cost?.total, ((dollars.cost?.total ?? 0n) * BigInt(rate.cnyPerUsd)) / 1_000_000n);
});

test("a vocabulary that nobody has: an estimate, with the model's own price", async () => {
  for (const id of ["grok-4.6", "doubao-seed-2-1-pro-260628"]) {
    const m = await meter(id, { text: TEXT.repeat(50) });
    assertSound(m.reading);
    assert.equal(m.reading.basis, "estimated", id);
    assert.ok(m.reading.low < m.reading.high, id);
    assert.ok(m.model?.notPublic, id);
    assert.ok(m.reading.cost, id);
    assert.throws(() => m.tokenizer.encode("a"), { code: "counts-only" });
  }
});

test("a model that nobody knows: an estimate, no price, no window, and what may have been meant", async () => {
  const m = await meter("no-such-model", { text: TEXT, reserveOutput: 500 });
  const { reading } = m;
  assertSound(reading);
  assert.deepEqual([reading.basis, reading.cost, reading.window], ["estimated", undefined, undefined]);
  assert.deepEqual([reading.remaining, reading.level, reading.overflowAt], [undefined, undefined, undefined]);
  assert.equal(m.model, undefined);
  assert.ok(m.nearest.length > 0);
  assert.equal(m.fit().truncated, false);
  const typo = await meter("gpt-5.2-minni");
  assert.ok(
    typo.nearest.some((id) => id.startsWith("gpt-5")),
    typo.nearest.join(),
  );
});

test("a vocabulary that the package may not ship: an estimate", async () => {
  const { reading } = await meter("command-r-plus-08-2024", { text: TEXT });
  assertSound(reading);
  assert.equal(reading.basis, "estimated");
});

test("context, cache and reply are part of window and cost", async () => {
  const m = await meter("gpt-5", { text: TEXT });
  const alone = m.reading;
  const reading = m.configure({ context: 10_000, cached: 8000, reserveOutput: 2000 });
  assertSound(reading);
  const bill = price(/** @type {import("tokimeter/models").Model} */ (m.model), {
    input: 2000 + alone.tokens,
    cached: 8000,
    output: 2000,
  });
  assert.equal(reading.cost?.total, bill.total);
  assert.equal(decimal(reading.cost?.cached ?? 0n), "0.001"); // 8,000 × 0.125/M
  assert.equal(reading.remaining, (alone.remaining ?? 0) - 10_000);
  assert.equal(m.configure({ batch: true }).cost?.tier, "batch");
});

test("beyond the window: where, and what would be kept", async () => {
  const tok = await load("cl100k_base");
  const text = "The quick brown fox, 快速的棕色狐狸 👩‍💻 jumps.\n".repeat(600);
  const m = await meter("gpt-4", { text, reserveOutput: 1000, context: 100 });
  const { reading } = m;
  assertSound(reading);
  const room = 8192 - 1000 - 100;
  assert.equal(reading.level, "over");
  assert.equal(reading.remaining, room - tok.count(text));
  const at = reading.overflowAt ?? 0;
  assert.equal(at, tok.live(text).offsetOf(room));
  const fit = m.fit();
  assert.ok(fit.truncated && fit.tokens <= room && fit.text === text.slice(0, fit.to));
  assert.equal(m.fit({ keep: "end" }).to, text.length);
  assert.equal(m.configure({ reserveOutput: 9000 }).overflowAt, 0);
});

test("a level goes back later than it came", async () => {
  const m = await meter("gpt-4", { text: "" });
  assert.equal(m.reading.level, "ok");
  const window = 8192;
  const words = (/** @type {number} */ count) => "a".concat(" a".repeat(count - 1));
  const level = (/** @type {number} */ tokens) => {
    const reading = m.reset(words(tokens));
    assert.equal(reading.tokens, tokens);
    return reading.level;
  };
  const near = Math.ceil(window * 0.8);
  assert.deepEqual([near - 1, near, near - 1, near - 16, near - 17].map(level), [
    "ok",
    "near",
    "near",
    "near",
    "ok",
  ]);
  assert.deepEqual([window, window + 1, window, window - 15, window - 16].map(level), [
    "near",
    "over",
    "over",
    "over",
    "near",
  ]);
  // A text that is handed over has come from nowhere.
  const levels = [near - 1, near].map(
    async (tokens) => (await meter("gpt-4", { text: words(tokens) })).reading.level,
  );
  assert.deepEqual(await Promise.all(levels), ["ok", "near"]);
  // To and fro at the border, by less than that, it does not change.
  const random = mulberry32(seed("levels"));
  level(window + 1);
  for (let i = 0; i < 50; i++) assert.equal(level(window - 15 + Math.floor(random() * 40)), "over");
});

test("updates, whatever the model", async () => {
  const random = mulberry32(seed("meters"));
  for (const id of ["gpt-4", "claude-opus-4.6", "grok-4.6", "no-such-model"]) {
    const m = await meter(id);
    let text = "";
    for (let i = 0; i < 300; i++) {
      const from = Math.floor(random() * (text.length + 1));
      const to = Math.min(text.length, from + Math.floor(random() * 20));
      const insert =
        ["", " word", "中文字", "😀", "\n\n", "x".repeat(40), "12345"][Math.floor(random() * 7)] ?? "";
      text = text.slice(0, from) + insert + text.slice(to);
      const reading = m.replace(from, to, insert);
      assertSound(reading);
      assert.equal(m.text, text);
      if (i % 20 > 0) continue;
      const whole = (await meter(id, { text })).reading;
      assert.deepEqual(
        [reading.tokens, reading.low, reading.high],
        [whole.tokens, whole.low, whole.high],
        id,
      );
    }
    const before = m.reading;
    assert.throws(() => m.replace(0, text.length + 1, ""), RangeError);
    assert.deepEqual(m.reading, before);
  }
});

test("at once: an estimate until the vocabulary is there, then exact, with all edits made meanwhile", async () => {
  /** @type {import("tokimeter").Reading[]} */
  const heard = [];
  const m = await meter("kimi-k2.5", {
    text: TEXT.repeat(300),
    instant: true,
    onReading: (reading) => heard.push(reading),
  });
  const first = m.reading;
  assertSound(first);
  assert.equal(first.basis, "estimated");
  let text = m.text;
  let settled = false;
  m.ready.then(() => {
    settled = true;
  });
  for (let i = 0; !settled; i++) {
    const edit = { from: (i * 37) % text.length, insert: `${i} 字 ` };
    text = text.slice(0, edit.from) + edit.insert + text.slice(edit.from);
    m.update([edit]);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const exact = m.reading;
  assertSound(exact);
  assert.equal(m.text, text);
  assert.deepEqual([exact.basis, exact.tokens], ["exact", (await load("kimi")).count(text)]);
  assert.equal(heard.length, 1);
  assert.equal(heard[0]?.basis, "exact");
  // A vocabulary that is there already: exact at once.
  assert.equal((await meter("kimi-k2.5", { text, instant: true })).reading.basis, "exact");
  // One that nobody has: an estimate for good.
  const grok = await meter("grok-4.6", { text, instant: true });
  await grok.ready;
  assert.equal(grok.reading.basis, "estimated");
});

test("a large text in slices, while the vocabulary arrives", async () => {
  const m = await meter("glm-5", { text: "begin ", instant: true });
  const large = TEXT.repeat(20_000);
  const pasted = m.replaceAsync(6, 6, large);
  await assert.rejects(m.replaceAsync(0, 0, "x"), { code: "busy" });
  assertSound(await pasted);
  await m.ready;
  assert.equal(m.length, 6 + large.length);
  assert.deepEqual(
    [m.reading.basis, m.reading.tokens],
    ["exact", (await load("glm5")).count(`begin ${large}`)],
  );
});

test("what is no setting is an error that changes nothing", async () => {
  await assert.rejects(meter("gpt-5", { reserveOutput: -1 }), /reserveOutput is a number of tokens/);
  const m = await meter("gpt-5", { text: TEXT });
  const before = m.reading;
  assert.throws(
    () => m.configure({ context: 10, cached: 11 }),
    /cached, 11, is a part of context, which is 10/,
  );
  assert.throws(() => m.configure({ near: 2 }), /near is a share from 0 to 1/);
  assert.throws(() => m.configure({ context: 0.5 }), RangeError);
  const wrong = { currency: /** @type {const} */ ("CNY"), rate: { ...rate, cnyPerUsd: 7.2 } };
  assert.throws(() => m.configure(wrong), /cnyPerUsd, in millionths, is a whole number/);
  await assert.rejects(meter("gpt-5", wrong), /cnyPerUsd/);
  assert.deepEqual(m.reading, before);
  m.dispose();
  assert.throws(
    () => m.reading,
    (error) => error instanceof TokimeterError && error.code === "disposed",
  );
  assert.ok(findModel("gpt-5"));
});
