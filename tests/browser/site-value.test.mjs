// @ts-check
/** Gifts and current on the site: its numbers are those of the package, worked out in Node. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { gift } from "tokimeter/agent";
import { kwhValue, tokensPerKwh, yields } from "tokimeter/energy";
import { findModel, rate } from "tokimeter/models";
import { convert, price } from "tokimeter/price";
import { testLooks } from "../support/looks.mjs";
import { openSite, startSite } from "../support/site.mjs";

/** @import { Currency, Model } from "tokimeter/models" */
/** @import { Usage } from "tokimeter/price" */

const { browser, server } = await startSite();

const ZH = { locale: "zh-CN" };
const EN = { locale: "en-US" };
const GIFT = 10_000_000;
const USE = { input: 30_000, output: 10_000 };
const HALF_YUAN = 500_000_000_000n;

/** @param {import("playwright-core").BrowserContextOptions} options */
const open = (options) => openSite(browser, server.url, { ...options, hash: "#/value" });

/** A model of the book at the prices of peak hours. @param {string} id @returns {Model} */
function model(id) {
  const found = findModel(id);
  assert.ok(found, id);
  return { ...found, prices: found.prices.map(({ offPeak: _, ...list }) => list) };
}

/** @param {string} id @param {Currency} currency @param {Usage} [use] */
const worth = (id, currency, use = USE, tokens = GIFT) =>
  gift(tokens, model(id), use, { currency, rate }).worth;

/** @param {bigint} amount @param {Currency} currency @param {string} locale */
function money(amount, currency, locale) {
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  });
  return format.format(Number(amount) / 1e12);
}

/** @param {string} id @param {Currency} currency @param {number | undefined} tokens @param {Usage} [use] */
function kwh(id, currency, tokens, use = USE) {
  const bill = price(model(id), use, { currency, rate, requestInput: 0 });
  return kwhValue({ tokensPerKwh: tokens, bill, perKwh: convert(HALF_YUAN, "CNY", currency, rate) });
}

for (const [options, currency, id] of /** @type {const} */ ([
  [ZH, "CNY", "deepseek-v4-pro"],
  [EN, "USD", "gpt-5.2"],
])) {
  test(`a gift: ${options.locale}`, async () => {
    const { page, problems, shows, context } = await open(options);
    await shows("[data-figure=worth]", String(worth(id, currency)), "amount");
    const { days } = gift(GIFT, model(id), USE, { currency, rate });
    assert.match((await page.locator("[data-figure=days]").textContent()) ?? "", new RegExp(`^${days} `));

    // Every model of the picker, sorted, and each as the package has it.
    await page.locator(".value-more button").click();
    const rows = await page.locator(".value-table tbody tr").evaluateAll((all) =>
      all.map((row) => ({
        id: /** @type {HTMLElement} */ (row).dataset.model ?? "",
        text: row.querySelector("td:last-child")?.textContent ?? "",
      })),
    );
    assert.ok(rows.length > 60, `${rows.length} rows`);
    const amounts = rows.map((row) => worth(row.id, currency));
    for (const [i, row] of rows.entries()) {
      const amount = amounts[i];
      if (amount !== undefined) assert.equal(row.text, money(amount, currency, options.locale), row.id);
    }
    const known = amounts.filter((amount) => amount !== undefined);
    assert.deepEqual(
      known,
      known.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
    );
    assert.ok(amounts.slice(known.length).every((amount) => amount === undefined));
    await page.locator(".value-sort").click();
    assert.equal(await page.locator("[aria-sort]").getAttribute("aria-sort"), "ascending");

    // Another gift, another use.
    await page.getByLabel(options === ZH ? "送了多少 token" : "Tokens of the gift").fill("25000000");
    await page.getByLabel(options === ZH ? "我一天的输出（token）" : "My output a day (tokens)").fill("0");
    await shows("[data-figure=worth]", String(worth(id, currency, { input: 30_000 }, 25_000_000)), "amount");
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test("the sayings about a gift, each with its verdict", async () => {
  const { page, problems, context } = await open(ZH);
  await page.locator("[data-claim=gpt-4o]").waitFor();
  const claims = /** @type {const} */ ({ "gpt-4o": [300, 400], kimi: [100, 200], deepseek: [20, 30] });
  for (const [claim, [low, high]] of Object.entries(claims)) {
    const rows = page.locator(`[data-claim="${claim}"] tr`);
    assert.ok((await rows.count()) > 0);
    for (const row of await rows.all()) {
      const id = (await row.getAttribute("data-model")) ?? "";
      const amount = worth(id, "CNY");
      assert.ok(amount !== undefined, id);
      const yuan = Number(amount) / 1e12;
      const verdict = yuan < low * 0.9 ? "less" : yuan > high * 1.1 ? "more" : "right";
      assert.equal(await row.getAttribute("data-verdict"), verdict, `${id}: ${yuan}`);
      const text = (await row.textContent()) ?? "";
      for (const use of [USE, { input: 1 }, { output: 1 }]) {
        assert.ok(text.includes(money(worth(id, "CNY", use) ?? 0n, "CNY", "zh-CN")), `${id}: ${text}`);
      }
    }
  }
  // ¥0.1 a million: ten million for one yuan.
  assert.equal(await page.locator("[data-network]").getAttribute("data-network"), "1000000000000");
  assert.deepEqual(problems, []);
  await context.close();
});

test("a kilowatt-hour: by each source's word, at one's own price, and against the saying", async () => {
  const { page, problems, shows, context } = await open(ZH);
  const id = "deepseek-v4-pro";
  await shows("[data-figure=kwh-value]", String(kwh(id, "CNY", 5_000_000).value), "amount");
  await shows("[data-figure=kwh-cost]", String(HALF_YUAN), "amount");
  for (const { id: source, tokensPerKwh: tokens, mWhPerPrompt } of yields()) {
    await page.locator(`[data-yield="${source}"] input[type=radio]`).check();
    const made = tokens ?? tokensPerKwh(mWhPerPrompt, 500);
    await shows("[data-figure=kwh-value]", String(kwh(id, "CNY", made).value), "amount");
  }
  // The last one counts prompts: their length is the reader's to assume.
  await page.getByLabel("一次提问连回答多少 token").fill("2000");
  const longer = kwh(id, "CNY", tokensPerKwh(340, 2000)).value;
  await shows("[data-figure=kwh-value]", String(longer), "amount");
  await page.getByLabel("我自己的数").check();
  await page.getByLabel("一度电出多少 token", { exact: true }).fill("1234567");
  await shows("[data-figure=kwh-value]", String(kwh(id, "CNY", 1_234_567).value), "amount");
  await page.getByLabel(/一度电的价钱/).fill("0.62");
  await shows("[data-figure=kwh-cost]", "620000000000", "amount");
  // In dollars it stays what it is.
  await page.getByRole("button", { name: "$ 美元" }).click();
  await shows("[data-figure=kwh-cost]", String(convert(620_000_000_000n, "CNY", "USD", rate)), "amount");

  const claims = /** @type {const} */ ({ chinese: 11, openai: 400 });
  for (const [claim, yuan] of Object.entries(claims)) {
    for (const row of await page.locator(`[data-claim="${claim}"] tr`).all()) {
      const model = (await row.getAttribute("data-model")) ?? "";
      const { value = 0n } = kwh(model, "CNY", 5_000_000);
      const ratio = Number(value) / 1e12 / yuan;
      const verdict = ratio < 0.9 ? "less" : ratio > 1.1 ? "more" : "right";
      assert.equal(await row.getAttribute("data-verdict"), verdict, model);
      assert.ok(((await row.textContent()) ?? "").includes(money(value, "CNY", "zh-CN")), model);
    }
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test("the chart has a name and a table; the range of a source is shown", async () => {
  const { page, problems, context } = await open(EN);
  await page
    .getByRole("img", { name: "What the tokens of a kilowatt-hour are worth, and what it costs" })
    .waitFor();
  await page.locator('[data-yield="epoch-gpt-4o"] input[type=radio]').check();
  await page.locator(".value-comparison summary").click();
  const row = page.locator('.value-comparison tr[data-model="gpt-5.2"]');
  const cells = await row.locator("td").allTextContents();
  const at = (/** @type {number} */ tokens) =>
    money(kwh("gpt-5.2", "USD", tokens).value ?? 0n, "USD", "en-US");
  assert.deepEqual(cells, [at(1_661_130), `${at(383_534)} to ${at(8_333_333)}`]);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a day of the agent can be the reader's use", async () => {
  const { page, problems, shows, context } = await openSite(browser, server.url, { ...EN, hash: "#/agent" });
  await page.locator("[data-figure=all][data-amount]").waitFor();
  await page.getByRole("link", { name: "Gifts and power" }).click();
  const button = page.getByRole("button", { name: /Take the first day/ });
  const [input = 0, output = 0] =
    ((await button.textContent()) ?? "")
      .match(/[\d,]{5,}/g)
      ?.map((number) => Number(number.replaceAll(",", ""))) ?? [];
  assert.ok(input > 1_000_000 && output > 1000, `${input} ${output}`);
  await button.press("Enter");
  await shows("[data-figure=worth]", String(worth("gpt-5.2", "USD", { input, output })), "amount");
  assert.deepEqual(problems, []);
  await context.close();
});

test("a day of the agent without a token is no use of a day", async () => {
  const { page, problems, context } = await openSite(browser, server.url, { ...EN, hash: "#/agent" });
  const day = page.locator("[data-figure=all][data-amount]");
  await day.waitFor();
  await page.getByRole("checkbox", { name: "With a heartbeat" }).uncheck();
  for (const name of ["configuration", "skills", "knowledge", "message", "toolResults", "output"])
    await page.locator(`[data-field=${name}] input`).first().fill("0");
  await page.locator("[data-figure=all][data-amount='0']").waitFor();
  await page.getByRole("link", { name: "Gifts and power" }).click();
  await page.locator("[data-figure=worth]").waitFor();
  assert.equal(await page.getByRole("button", { name: /Take the first day/ }).count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

testLooks(open, [ZH, EN], async (page) => {
  await page.locator(".value-comparison svg").waitFor();
  await page.locator(".value-more button").click();
  await page.locator(".value-comparison summary").click();
});
