// @ts-check
/** The labor-minute and the kilowatt-hour: examples worked by hand, and what must hold for all numbers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "tokimeter";
import { currentCost, kwhOf, kwhValue, tokensPerKwh, yields } from "tokimeter/energy";
import { clock, clockOf, laborBill, returned, tokensOf, VISIT, visit, visits } from "tokimeter/labor";
import { decimal, price } from "tokimeter/price";
import { mulberry32, seed } from "../support/random.mjs";

const random = mulberry32(seed("labor and energy"));
/** @param {number} below */
const upTo = (below) => Math.floor(random() * below);
/** An amount of the currency, in 10⁻¹². @param {number} units */
const money = (units) => BigInt(Math.round(units * 1e6)) * 1_000_000n;

test("a visit of 240 minutes", () => {
  // 90 minutes of talk, 120 kept for the work: 240 - 120 = 120 may be talked, 30 are free, the work may have 150.
  assert.deepEqual(visit({ talk: 90, reserved: 120, window: VISIT }), {
    window: 240,
    told: 90,
    free: 30,
    kept: 120,
    outside: 0,
    work: 150,
  });
  // 150 of talk: 30 of them fall outside; if all is told, 90 are left for the work.
  assert.deepEqual(visit({ talk: 150, reserved: 120, window: VISIT }), {
    window: 240,
    told: 120,
    free: 0,
    kept: 120,
    outside: 30,
    work: 90,
  });
  assert.equal(visit({ talk: 500, window: VISIT })?.work, 0);
  assert.equal(visit({ talk: 500, window: VISIT })?.outside, 260);
  assert.equal(visit({ talk: 500, window: 1_000_000 })?.free, 999_500);
});

test("the bill by the minute", () => {
  // ¥60 an hour is ¥1 a minute: 90 of talk and 120 of work are ¥210.
  assert.deepEqual(laborBill(90, 120, { talk: money(60) }), {
    talk: money(90),
    work: money(120),
    total: money(210),
  });
  // ¥40 an hour: a minute is ¥0.666666666667, an hour ¥40 to the last digit. Work at ¥200: 30 minutes are ¥100.
  assert.equal(decimal(laborBill(1, 0, { talk: money(40) }).total ?? 0n), "0.666666666667");
  assert.equal(laborBill(60, 30, { talk: money(40), work: money(200) }).total, money(140));
});

test("chatter struck out comes back by the count of what is left", async () => {
  const tok = await load("o200k_base");
  const whole = "今天上班气死我了。楼下超市打折。擦客厅窗户，洗三件衣服，做两个人的晚饭。";
  const left = "擦客厅窗户，洗三件衣服，做两个人的晚饭。";
  const [before, after] = [tok.count(whole), tok.count(left)];
  assert.deepEqual(returned(before, after, money(60)), {
    minutes: before - after,
    amount: money(before - after),
  });
  // Fewer words can be more tokens.
  assert.deepEqual(returned(3, 5, money(60)), { minutes: -2, amount: -money(2) });
});

test("tokens, hours and visits", () => {
  assert.equal(clock(240), "4:00");
  assert.equal(clock(61), "1:01");
  assert.equal(clock(1_000_000), "16666:40");
  assert.equal(tokensOf({ hours: 4, minutes: 0 }), VISIT);
  assert.equal(visits(0, VISIT), 0);
  assert.equal(visits(240, VISIT), 1);
  assert.equal(visits(241, VISIT), 2);
  for (let i = 0; i < 1000; i++) {
    const tokens = upTo(2 ** 40);
    assert.equal(tokensOf(clockOf(tokens)), tokens);
  }
});

test("what is unknown stays unknown, and what is no number throws", () => {
  assert.equal(visit({ talk: undefined, window: VISIT }), undefined);
  assert.equal(visit({ talk: 3, window: undefined }), undefined);
  assert.equal(visits(undefined, VISIT), undefined);
  assert.equal(visits(3, undefined), undefined);
  assert.equal(returned(undefined, 3, 1n), undefined);
  assert.equal(returned(3, 2)?.amount, undefined);
  assert.deepEqual(laborBill(3, undefined, { talk: 60n }), { talk: 3n, work: undefined, total: undefined });
  for (const bad of [-1, 0.5, Number.NaN, 2 ** 53]) {
    assert.throws(() => visit({ talk: bad, window: VISIT }), RangeError);
    assert.throws(() => clock(bad), RangeError);
    assert.throws(() => laborBill(bad, 0, { talk: 1n }), RangeError);
    assert.throws(() => kwhOf(bad, 1), RangeError);
  }
  assert.throws(() => visit({ talk: 1, reserved: 241, window: VISIT }), /keep at most 240/);
  assert.throws(() => tokensOf({ hours: 1, minutes: 60 }), /60 minutes/);
  assert.throws(() => visits(1, 0), RangeError);
});

test("for all numbers", () => {
  for (let i = 0; i < 10_000; i++) {
    const window = upTo(1000);
    const reserved = upTo(window + 1);
    const talk = upTo(2000);
    const one = visit({ talk, reserved, window });
    assert.ok(one);
    assert.equal(one.told + one.free + one.kept, window);
    assert.equal(one.told + one.outside, talk);
    const more = visit({ talk: talk + 1, reserved, window });
    assert.ok(more && more.work <= one.work && more.outside >= one.outside);
    const wage = { talk: BigInt(upTo(2 ** 40)), work: BigInt(upTo(2 ** 40)) };
    const bill = laborBill(talk, reserved, wage);
    assert.equal((bill.talk ?? 0n) + (bill.work ?? 0n), bill.total);
    assert.ok((laborBill(talk + 1, reserved, wage).total ?? 0n) >= (bill.total ?? 0n));
  }
});

/** Rates per million, in the currency. @param {number} input @param {number} output */
const model = (input, output) => ({
  prices: [
    {
      currency: /** @type {const} */ ("CNY"),
      standard: { input: input * 1e6, output: output * 1e6 },
      asOf: "2026-11-01",
      source: { name: "test", date: "2026-11-01" },
    },
  ],
});

test("the saying about a kilowatt-hour", () => {
  const [claim] = yields();
  assert.equal(claim?.tokensPerKwh, 5_000_000);
  // ¥2.2 for a million tokens of output: 5 million are ¥11, which is 22 times ¥0.5.
  const bill = price(model(1, 2.2), { output: 1_000_000 });
  assert.deepEqual(kwhValue({ tokensPerKwh: claim?.tokensPerKwh, bill, perKwh: money(0.5) }), {
    tokens: 5_000_000,
    value: money(11),
    cost: money(0.5),
    ratio: 22,
  });
  // 3 parts of input at ¥1 and 1 of output at ¥5 are ¥2 a million: ¥10.
  const mixed = price(model(1, 5), { input: 3, output: 1 });
  assert.equal(kwhValue({ tokensPerKwh: 5_000_000, bill: mixed, perKwh: undefined }).value, money(10));
  assert.equal(kwhOf(2_500_000, 5_000_000), 0.5);
  // A million tokens take 0.2 kWh: ¥0.1.
  assert.equal(currentCost(1_000_000, 5_000_000, money(0.5)), money(0.1));
  // 0.24 Wh for a prompt of 480 tokens: two million a kWh.
  assert.equal(tokensPerKwh(240, 480), 2_000_000);
});

test("energy: what is unknown stays unknown", () => {
  const unpriced = price({ prices: [] }, { output: 1 });
  const known = price(model(1, 2), { output: 1 });
  assert.equal(kwhValue({ tokensPerKwh: 5, bill: unpriced, perKwh: 1n }).value, undefined);
  assert.equal(kwhValue({ tokensPerKwh: undefined, bill: known, perKwh: 1n }).value, undefined);
  assert.equal(kwhValue({ tokensPerKwh: 5, bill: known, perKwh: undefined }).ratio, undefined);
  assert.equal(currentCost(undefined, 5, 1n), undefined);
  assert.equal(currentCost(1, undefined, 1n), undefined);
  assert.throws(() => kwhValue({ tokensPerKwh: 5, bill: price(model(1, 2), {}), perKwh: 1n }), RangeError);
  assert.throws(() => currentCost(1, 0, 1n), RangeError);
});

test("every yield has its source, and low and high around it", () => {
  const ids = new Set();
  for (const { id, source, note, tokensPerKwh = 1, low = tokensPerKwh, high = tokensPerKwh } of yields()) {
    ids.add(id);
    assert.ok(source.name && source.date && note, id);
    assert.ok(low <= tokensPerKwh && tokensPerKwh <= high, id);
  }
  assert.equal(ids.size, yields().length);
  // What the notes say, worked out: 3.6 MJ by 0.12 J; 776e9 tokens by 226.75 × 10.2 kW × 24 h; 500 tokens by 0.301 Wh.
  const by = Object.fromEntries(yields().map((one) => [one.id, one.tokensPerKwh]));
  assert.equal(by["ml-energy-llama-3.1-8b"], 3.6e6 / 0.12);
  assert.equal(by["deepseek-2025-02"], Math.round(776e9 / (226.75 * 10.2 * 24)));
  assert.equal(by["epoch-gpt-4o"], Math.round(500 / 0.000301));
});
