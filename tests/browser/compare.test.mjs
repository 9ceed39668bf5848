// @ts-check
/** All encodings on the page: each can be picked, and the one text is counted in several at once. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { encodingInfo, encodings, load } from "tokimeter";
import { launch } from "../support/chromium.mjs";
import { serve } from "../support/serve.mjs";
import { openSite } from "../support/site.mjs";

/** Texts that the page's tests type. @type {[string, number[]][]} */
const KNOWN = JSON.parse(readFileSync("target/golden/page.json", "utf8"));
const TEXT = KNOWN.map(([text]) => text).join("\n");

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Map<string, import("../support/serve.mjs").Answer>} */
const overrides = new Map();
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  browser = await launch();
  server = await serve("www/dist", overrides);
});
after(async () => {
  await browser.close();
  await server.close();
});

/** @param {import("playwright-core").BrowserContextOptions} options */
async function open(options = {}) {
  const site = await openSite(browser, server.url, options);
  await site.page.waitForFunction(() => document.getElementById("tokens")?.dataset.value !== undefined);
  return site;
}

/** @param {string} name */
const tokensOf = (name) => `tr[data-encoding="${name}"] .compare-tokens`;
/** @param {string} name */
const box = (name) => `#compare-options input[value="${name}"]`;
/** How many vocabularies were asked for. */
const asked = () => server.requests.filter((path) => path.endsWith(".vocab")).length;

test("every encoding can be picked: the same text, its count, and how sure it is", async () => {
  const { context, page, problems, shows } = await open();
  await page.fill("#text", TEXT);
  const options = await page
    .locator("#model option")
    .evaluateAll((options) => options.map((option) => /** @type {HTMLOptionElement} */ (option).value));
  const picked = new Set();
  for (const id of options) {
    const tok = await load(id);
    if (picked.has(`${tok.name} ${tok.assumption}`)) continue;
    picked.add(tok.name).add(`${tok.name} ${tok.assumption}`);
    await page.selectOption("#model", id);
    await shows("#tokens", tok.count(TEXT));
    assert.equal(await page.inputValue("#text"), TEXT);
    const basis = tok.assumption ? "assumed" : tok.basis;
    const said = (await page.textContent("#basis")) ?? "";
    assert.ok(said.startsWith(`${tok.name} · ${basis}`), said);
    for (const mark of ["assumed", "calibrated"]) {
      assert.equal(await page.isVisible(`#${mark}`), mark === basis, `${id}: ${mark}`);
    }
  }
  for (const name of encodings) assert.ok(picked.has(name), `${name} can be picked`);
  assert.deepEqual(problems, []);
  await context.close();
});

test("what is ticked is loaded and counted along with every key, and nothing moves", async () => {
  server.requests.length = 0;
  const { context, page, problems, shows } = await open();
  assert.equal(asked(), 1, "only what is used is fetched");
  await page.click("#compare-choose");
  for (const name of encodings) await page.check(box(name));
  const toks = await Promise.all(encodings.map((name) => load(name)));
  const table = page.locator(".compare tbody tr > *");
  const places = () =>
    table.evaluateAll((cells) => cells.map((cell) => JSON.stringify(cell.getBoundingClientRect())));
  await page.fill("#text", "x");
  for (const tok of toks) await shows(tokensOf(tok.name), tok.count("x"));
  const before = await places();
  assert.equal(await page.locator("#compare-rows tr").count(), encodings.length);
  for (const [text] of KNOWN) {
    await page.fill("#text", "");
    for (const letter of text) {
      await page.keyboard.insertText(letter);
    }
    for (const tok of toks) await shows(tokensOf(tok.name), tok.count(text));
  }
  assert.deepEqual(await places(), before);
  // A long text is counted in turns, and edited when it is there.
  const long = "A line of words, and a second one; 一行字。\n".repeat(3000);
  await page.locator("#text").evaluate((field, text) => {
    /** @type {HTMLTextAreaElement} */ (field).value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  }, long);
  for (const tok of toks) await shows(tokensOf(tok.name), tok.count(long));
  await page.press("#text", "Control+End");
  await page.keyboard.insertText("!?");
  for (const tok of toks) await shows(tokensOf(tok.name), tok.count(`${long}!?`));
  assert.deepEqual(await places(), before);
  const fewest = Math.min(...toks.map((tok) => tok.count(`${long}!?`)));
  for (const tok of toks) {
    const times = await page.textContent(`tr[data-encoding="${tok.name}"] td:last-child`);
    assert.equal(times, `×${(tok.count(`${long}!?`) / fewest).toFixed(2)}`);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test("ticks are remembered, and a tick that is taken away takes its row", async () => {
  const { context, page, shows } = await open();
  const other = encodings.find((name) => name !== "o200k_base") ?? "";
  const tok = await load(other);
  await page.click("#compare-choose");
  await page.check(box(other));
  await page.fill("#text", TEXT);
  await shows(tokensOf(other), tok.count(TEXT));
  await page.reload();
  await page.fill("#text", TEXT);
  await shows(tokensOf(other), tok.count(TEXT));
  await page.selectOption("#model", { index: (await page.locator("#model option").count()) - 1 });
  await shows(tokensOf(other), tok.count(TEXT));
  await page.click("#compare-choose");
  assert.ok(await page.isChecked(box(other)));
  await page.selectOption("#model", "gpt-5.2");
  await page.uncheck(box(other));
  await page.waitForSelector(tokensOf(other), { state: "detached" });
  await page.reload();
  await page.waitForSelector(tokensOf("o200k_base"));
  assert.equal(await page.locator("#compare-rows tr").count(), 1);
  await context.close();
});

test("one that does not load says so, and loads on request; the others count", async () => {
  const other = encodings.find((name) => name !== "o200k_base" && !encodingInfo(name).base) ?? "";
  server.requests.length = 0;
  const first = await open();
  await first.page.click("#compare-choose");
  await first.page.check(box(other));
  await first.shows(tokensOf(other), 0);
  await first.context.close();
  const path = server.requests.findLast((path) => path.endsWith(".vocab")) ?? "";
  overrides.set(path, { status: 404, body: "" });

  const { context, page, shows } = await open();
  await page.fill("#text", TEXT);
  await page.click("#compare-choose");
  await page.check(box(other));
  await page.waitForSelector(`tr[data-encoding="${other}"][data-kind="failed"]`);
  assert.equal(
    await page.locator(tokensOf(other)).getAttribute("data-value"),
    null,
    "no count is shown, not 0",
  );
  await shows(tokensOf("o200k_base"), (await load("o200k_base")).count(TEXT));
  overrides.delete(path);
  await page.click(`tr[data-encoding="${other}"] button`);
  await shows(tokensOf(other), (await load(other)).count(TEXT));
  await context.close();
});

test("on a phone, in both languages, it fits", async () => {
  for (const locale of ["zh-CN", "en-US"]) {
    const { context, page } = await open({ viewport: { width: 360, height: 740 }, locale });
    await page.click("#compare-choose");
    for (const name of encodings) await page.check(box(name));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    await context.close();
  }
});
