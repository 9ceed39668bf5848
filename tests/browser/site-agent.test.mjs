// @ts-check
/** An agent's bill on the site: its numbers are those of the package, run in Node with the same settings. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { electric, freshStart, onPlan, run, schedule } from "tokimeter/agent";
import { findModel, rate } from "tokimeter/models";
import { convert, price } from "tokimeter/price";
import { testLooks } from "../support/looks.mjs";
import { openSite, startSite } from "../support/site.mjs";

/** @import { Agent, Billers, Plan, Run } from "tokimeter/agent" */
/** @import { Currency } from "tokimeter/models" */
/** @import { Usage } from "tokimeter/price" */

const { browser, server } = await startSite();

const HOUR = 3_600_000;
const ZH = { locale: "zh-CN", timezoneId: "Asia/Shanghai" };
const EN = { locale: "en-US", timezoneId: "Asia/Shanghai" };

/** @param {import("playwright-core").BrowserContextOptions} options */
const open = (options) => openSite(browser, server.url, { ...options, hash: "#/agent" });

/** Midnight of today in Shanghai, which has no summer time. */
function midnight() {
  return Math.floor((Date.now() + 8 * HOUR) / (24 * HOUR)) * 24 * HOUR - 8 * HOUR;
}

/** @param {string} id */
function model(id) {
  const found = findModel(id);
  assert.ok(found);
  return found;
}

/** @param {string} id @param {Currency} currency @returns {import("tokimeter/agent").Biller} */
function biller(id, currency) {
  const start = midnight();
  return (usage, { at }) => price(model(id), usage, { currency, rate, at: new Date(start + at * 60_000) });
}

/** What the presets begin with. */
const PERSONAL = {
  agent: {
    configuration: 12_000,
    skills: 6000,
    knowledge: 10_000,
    compaction: { above: 100_000, summary: 2000 },
  },
  day: {
    days: 30,
    work: { turns: 30, message: 80, toolResults: 1500, output: 400, from: 0, to: 1440 },
    heartbeat: { every: 30, message: 300, output: 20, from: 0, to: 1440 },
  },
};
const CODING = {
  agent: {
    configuration: 18_000,
    skills: 3000,
    knowledge: 40_000,
    compaction: { above: 160_000, summary: 4000 },
  },
  day: {
    days: 30,
    work: { turns: 120, message: 60, toolResults: 2500, output: 500, from: 540, to: 1080 },
  },
};
const SUPPORT = {
  agent: { configuration: 3000, skills: 0, knowledge: 40_000, compaction: { turns: 6, summary: 0 } },
  day: {
    days: 30,
    work: { turns: 200, message: 150, toolResults: 300, output: 250, from: 480, to: 1320 },
  },
};

/** @param {{ agent: Agent, day: import("tokimeter/agent").DayOptions }} settings @param {Billers} billers @param {Partial<Agent>} [more] */
function reckon({ agent, day }, billers, more = {}) {
  return run({ ...agent, ...more }, schedule(day), billers);
}

/** @param {Run} made */
const amount = ({ total }) => /** @type {bigint} */ (total.amount);

/** Reads what is saved by a switch. @param {import("playwright-core").Page} page @param {string} economy */
const saved = (page, economy) =>
  page.locator(`[data-economy=${economy}] [data-saved]`).getAttribute("data-saved");

/** @param {import("playwright-core").Page} page @param {string} economy */
const toggle = (page, economy) => page.locator(`[data-economy=${economy}] .agent-switch input`).click();

/** @param {import("playwright-core").Page} page @param {string} name @param {number} value */
const fill = (page, name, value) => page.locator(`[data-field=${name}] input`).first().fill(String(value));

test("a personal agent: the bill and each economy are those of the package", async () => {
  const { page, problems, shows, context } = await open(ZH);
  const billers = { work: biller("deepseek-v4-pro", "CNY") };
  const cache = { minutes: 120, least: 1024 };
  const now = reckon(PERSONAL, billers, { cache });
  await shows("[data-figure=all]", String(amount(now)), "amount");
  await shows("[data-figure=first]", String(now.days[0]?.amount), "amount");
  const beats = now.turns.filter(({ turn }) => turn.kind === "heartbeat");
  const beatCost = beats.reduce((sum, { bill }) => sum + (bill.total ?? 0n), 0n);
  const share = Math.floor((100 * Number(beatCost)) / Number(amount(now)));
  assert.match(
    (await page.locator("[data-figure=heartbeat]").textContent()) ?? "",
    new RegExp(`^${share}%1,440 次`),
  );

  await page.locator("[data-economy=plan] [data-saved]").waitFor();
  const none = reckon(PERSONAL, billers);
  assert.equal(await saved(page, "cache"), String(amount(none) - amount(now)));
  const index = reckon(PERSONAL, billers, { cache, knowledge: 0, retrieved: 1500 });
  assert.equal(await saved(page, "index"), String(amount(now) - amount(index)));
  const apart = reckon(PERSONAL, billers, { cache, heartbeatsApart: true });
  assert.equal(await saved(page, "apart"), String(amount(now) - amount(apart)));
  const helped = { ...billers, heartbeat: biller("deepseek-flash", "CNY") };
  const helper = reckon(PERSONAL, helped, { cache });
  assert.equal(await saved(page, "helper"), String(amount(now) - amount(helper)));
  /** @type {Plan} */
  const plan = { amount: 40_000_000_000_000n, requests: 18_000, long: { above: 32_000, counts: 2 } };
  const on = onPlan(now, plan);
  assert.equal(await saved(page, "plan"), String(on.saves));
  assert.equal(await page.locator("[data-needs]").getAttribute("data-needs"), String(on.requestsInAll));
  const fresh = freshStart({ ...PERSONAL.agent, cache }, schedule(PERSONAL.day).slice(0, 1000), billers, {
    summary: 2000,
    ahead: 10,
  });
  assert.equal(await page.locator("[data-fresh]").getAttribute("data-fresh"), String(fresh?.index));

  // All together: on a plan, with the heartbeat at home beside it.
  for (const each of ["index", "apart", "helper", "plan"]) await toggle(page, each);
  await page.getByLabel("自己电脑上的").check();
  const together = reckon(
    PERSONAL,
    { ...billers, heartbeat: electric("CNY", 5_000_000, 500_000_000_000n) },
    { cache, knowledge: 0, retrieved: 1500, heartbeatsApart: true },
  );
  const cost = onPlan(together, { ...plan, covers: ["work", "summary"] }).amount ?? 0n;
  await shows("[data-figure=all]", String(cost), "amount");
  await page.locator(".agent-together[data-none]").waitFor();
  assert.equal(await page.locator("[data-none]").getAttribute("data-none"), String(amount(none)));
  await shows("[data-none]", String(amount(none) - cost), "saved");
  assert.deepEqual(problems, []);
  await context.close();
});

test("a coding assistant on Claude, in dollars: what is written to the long cache is billed", async () => {
  const { page, problems, shows, context } = await open(EN);
  await page.getByRole("button", { name: /coding assistant/ }).click();
  await page.getByLabel("Model", { exact: true }).selectOption("claude-sonnet-5-5");
  const billers = { work: biller("claude-sonnet-5-5", "USD") };
  const short = { minutes: 5, write: /** @type {const} */ ("cacheWrite"), least: 1024 };
  await shows("[data-figure=all]", String(amount(reckon(CODING, billers, { cache: short }))), "amount");
  await page.getByLabel(/long cache/).check();
  const long = { minutes: 60, write: /** @type {const} */ ("cacheWriteLong"), least: 1024 };
  const now = reckon(CODING, billers, { cache: long });
  await shows("[data-figure=all]", String(amount(now)), "amount");
  // In dollars the plan of ¥40 is converted; a long request counts as three.
  await page.locator("[data-economy=plan] [data-field=longCounts] input").fill("3");
  await page.waitForTimeout(300);
  const on = onPlan(now, {
    amount: convert(40_000_000_000_000n, "CNY", "USD", rate),
    requests: 18_000,
    long: { above: 32_000, counts: 3 },
  });
  await shows("[data-needs]", on.requestsInAll, "needs");
  await page.locator("[data-economy=plan] [data-saved]").waitFor();
  assert.equal(await saved(page, "plan"), String(on.saves));
  assert.deepEqual(problems, []);
  await context.close();
});

test("a support bot; then no new conversation, until the window is full", async () => {
  const { page, problems, shows, context } = await open(EN);
  await page.getByRole("button", { name: /support bot/ }).click();
  await page.getByLabel("Model", { exact: true }).selectOption("gpt-4o");
  const billers = { work: biller("gpt-4o", "USD") };
  const cache = { minutes: 5, least: 1024 };
  await shows("[data-figure=all]", String(amount(reckon(SUPPORT, billers, { cache }))), "amount");
  assert.equal(await page.locator("[data-over]").count(), 0);
  await page.getByLabel("A new conversation", { exact: true }).selectOption("never");
  await fill(page, "days", 2);
  const { compaction: _, ...agent } = SUPPORT.agent;
  const endless = run({ ...agent, cache }, schedule({ ...SUPPORT.day, days: 2 }), billers);
  await shows("[data-figure=all]", String(amount(endless)), "amount");
  const over = endless.turns.findIndex(({ sent }) => sent > 128_000) + 1;
  assert.ok(over > 0);
  await shows("[data-over]", over, "over");
  // One click puts it right.
  await page.getByRole("button", { name: "Begin anew above 102,400 tokens" }).click();
  await page.locator("[data-over]").waitFor({ state: "detached" });
  // Ten thousand requests at most.
  await fill(page, "turns", 3000);
  await fill(page, "days", 30);
  await shows("[data-limited]", 3, "limited");
  assert.deepEqual(problems, []);
  await context.close();
});

test("a price that is not known is said to be unknown", async () => {
  const { page, problems, context } = await open(EN);
  const picker = page.getByLabel("Model", { exact: true });
  await picker.waitFor();
  const values = await page
    .locator("option")
    .evaluateAll((options) => options.map((each) => /** @type {HTMLOptionElement} */ (each).value));
  const unpriced = values.find((id) => findModel(id) && !findModel(id)?.prices?.length);
  assert.ok(unpriced);
  await picker.selectOption(unpriced);
  await page.locator("[data-figure=all]", { hasText: "unknown" }).waitFor();
  assert.match((await page.locator(".agent-answers").textContent()) ?? "", /no complete price/);
  assert.match((await page.locator("[data-economy=cache]").textContent()) ?? "", /no price for cached input/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("the parts, the slider and the table say the same; the plot is loaded here only", async () => {
  const { page, problems, context } = await openSite(browser, server.url, EN);
  const before = server.requests.length;
  await page.evaluate(() => {
    location.hash = "#/agent";
  });
  await page.locator(".agent-figure svg").first().waitFor();
  assert.ok(server.requests.slice(before).some((path) => /agent-.*\.js/.test(path)));
  const made = reckon(PERSONAL, { work: biller("gpt-5.2", "USD") }, { cache: { minutes: 5, least: 1024 } });
  const first = made.turns.slice(0, made.days[0]?.turns);
  await page.getByLabel("Which request").focus();
  await page.keyboard.press("Home");
  await page.locator(".agent-moment", { hasText: "Request 1 ·" }).waitFor();
  const sum = await page.locator(".agent-parts tfoot td").first().textContent();
  const one = first[0];
  assert.ok(one);
  assert.equal(sum, ((one.sent ?? 0) + one.turn.output).toLocaleString("en"));
  await page.getByText("The same numbers as a table").click();
  const rows = page.locator(".agent-table tbody tr");
  await rows.first().waitFor();
  assert.equal(await rows.count(), first.length);
  const cells = await rows.nth(5).locator("td, th").allTextContents();
  assert.equal(cells[0], "6");
  const tokens = cells.slice(3, -2).reduce((all, cell) => all + Number(cell.replaceAll(",", "")), 0);
  assert.equal(tokens, (first[5]?.sent ?? 0) + (first[5]?.turn.output ?? 0));
  // All thirty days are more rows than can be drawn, and that is said.
  await page.getByRole("button", { name: "30 days" }).click();
  await page.getByText("of every 14 requests").waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test("by the keyboard alone; and a wrong number is said to be wrong", async () => {
  const { page, problems, shows, context } = await open(EN);
  await page.locator("[data-figure=all][data-amount]").waitFor();
  const field = page.getByLabel("Requests a day");
  await field.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("5");
  const few = { ...PERSONAL, day: { ...PERSONAL.day, work: { ...PERSONAL.day.work, turns: 5 } } };
  const billers = { work: biller("gpt-5.2", "USD") };
  const cost = amount(reckon(few, billers, { cache: { minutes: 5, least: 1024 } }));
  await shows("[data-figure=all]", String(cost), "amount");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("99999");
  await page.getByText("still holds").waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await page.locator("[data-economy=apart] .agent-switch input").focus();
  await page.keyboard.press("Space");
  await page.locator('[data-economy=apart][data-on="true"]').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

testLooks(open, [ZH, EN], async (page) => {
  await page.locator("[data-economy=plan] [data-saved]").waitFor();
  await page.locator(".agent-table summary").click();
});
