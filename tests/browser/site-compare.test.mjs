// @ts-check
/** Which model? One text with all models of the catalogue: every figure against the package's own. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { encodings, estimate, load } from "tokimeter";
import { findModel, rate } from "tokimeter/models";
import { price } from "tokimeter/price";
import { violations } from "../support/axe.mjs";
import { LOOKS } from "../support/looks.mjs";
import { putText } from "../support/playground.mjs";
import { openSite, startSite } from "../support/site.mjs";

const TEXT = "请写一份日报：今天改完了登录页。Please write a daily report; then fix 3 bugs. 👩‍👩‍👧\n".repeat(
  12,
);

/** @type {Map<string, import("../support/serve.mjs").Answer>} */
const overrides = new Map();
const { browser, server } = await startSite(overrides);

/** @param {import("playwright-core").BrowserContextOptions} [options] */
async function open(options = {}) {
  const site = await openSite(browser, server.url, { ...options, hash: "#/playground" });
  await site.page.waitForSelector(".compare-table tbody");
  const { page } = site;
  return {
    ...site,
    /** Puts a text into the field as a paste does. @param {string} text */
    put: async (text) => {
      await putText(page, text);
      await page.locator(".compare-reading").scrollIntoViewIfNeeded();
    },
    rows: () => page.locator(".compare-table tbody").evaluateAll(rowsOf),
    /** Waits until all rows have counted the text of now. @param {string} [id] @param {number} [tokens] */
    settled: async (id, tokens) => {
      await page.waitForFunction(
        ([id, tokens]) => {
          const rows = [...document.querySelectorAll(".compare-table tbody")];
          const row = rows.find((each) => /** @type {HTMLElement} */ (each).dataset.model === id);
          const shown = /** @type {HTMLElement | null} */ (row?.querySelector("[data-tokens]") ?? null);
          const isCurrent = rows.every(
            (each) => /** @type {HTMLElement} */ (each).dataset.current === "true",
          );
          return isCurrent && (id === undefined || shown?.dataset.tokens === String(tokens));
        },
        [id, tokens],
      );
    },
  };
}

/** The model of a row; an encoding stands for models that have no one price. @param {string} id */
const modelOf = (id) => (encodings.some((each) => each === id) ? undefined : findModel(id));
/** @param {string} id */
const encodingOf = (id) => modelOf(id)?.encoding ?? id;

/** What rows show. It runs in the page. @param {Element[]} rows */
function rowsOf(rows) {
  return rows.map((row) => {
    const { model = "", fit, basis } = /** @type {HTMLElement} */ (row).dataset;
    /** @param {string} selector */
    const find = (selector) => /** @type {HTMLElement | null} */ (row.querySelector(selector));
    return {
      model,
      fit,
      basis,
      tokens: Number(find("[data-tokens]")?.dataset.tokens),
      total: find("[data-total]")?.dataset.total,
      text: /** @type {HTMLElement} */ (row).innerText,
    };
  });
}

/** @param {{ model: string, tokens: number, total: string | undefined }} row @param {"CNY" | "USD"} currency @param {number} reply */
function checkCost({ model: id, tokens, total }, currency, reply) {
  const model = modelOf(id);
  if (!model?.prices.length) return assert.equal(total, undefined, `${id} has no price`);
  const bill = price(model, { input: tokens, output: reply }, { currency, rate });
  return assert.equal(total, String(bill.total), `${id} in ${currency}`);
}

test("estimates first, with ranges; costs by price(); the cheapest in words; nothing fetched that nobody asked for", async () => {
  server.requests.length = 0;
  const { context, page, problems, put, rows, settled } = await open();
  const gpt = await load("gpt-5.2");
  await put(TEXT);
  await settled("gpt-5.2", gpt.count(TEXT));
  assert.equal(server.requests.filter((path) => path.endsWith(".vocab")).length, 1);
  const found = await rows();
  assert.equal(found.length, 13, "the first twelve, and the chosen one");
  for (const row of found) {
    const encoding = encodingOf(row.model);
    const isHere = encoding === gpt.name;
    const range = isHere ? undefined : (await estimate(encoding)).range(TEXT);
    assert.equal(row.tokens, range?.tokens ?? gpt.count(TEXT), row.model);
    assert.equal(row.basis, isHere ? "exact" : "estimated");
    if (range) {
      const shown = new Intl.NumberFormat("en").formatRange(range.low, range.high);
      assert.ok(row.text.includes(shown) && row.text.includes("≈"), `${row.model}: ${shown} in ${row.text}`);
    }
    checkCost(row, "USD", 1000);
  }
  const totals = found.map(({ total }) => BigInt(total ?? -1));
  assert.deepEqual(
    totals,
    totals.toSorted((a, b) => (a < b ? -1 : 1)),
    "cheapest first",
  );
  const cheapest = findModel(found[0]?.model ?? "");
  assert.ok((await page.textContent(".compare-reading"))?.includes(`is ${cheapest?.name}, at`));
  await page.getByRole("button", { name: "Yuan" }).click();
  await page.waitForFunction(() => document.querySelector("[data-total]")?.textContent?.includes("¥"));
  for (const row of await rows()) checkCost(row, "CNY", 1000);
  await page.fill(".compare-controls input", "0");
  await settled();
  for (const row of await rows()) checkCost(row, "CNY", 0);
  await put("");
  await settled("gpt-5.2", 0);
  assert.match((await page.textContent(".compare-reading")) ?? "", /nothing to pay/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("one made exact, all made exact; each count is the package's, through edits; unknown prices last", async () => {
  const { context, page, problems, put, rows, settled } = await open();
  await put(TEXT);
  await page.selectOption(".compare-controls select >> nth=0", "DeepSeek");
  const deepseek = await load("deepseek_v4");
  await settled();
  await page.locator(".compare-load").first().click();
  await settled("deepseek-v4-pro", deepseek.count(TEXT));
  await page.waitForSelector("tbody[data-model='deepseek-v4-pro'][data-basis=exact]");
  assert.equal(
    await page.evaluate(() => document.activeElement?.className),
    "compare-open",
    "the focus stays in the row",
  );
  await page.selectOption(".compare-controls select >> nth=0", "");
  await page.click(".compare-more");
  await page.click("[data-load-all]");
  await page.waitForFunction(() => !document.querySelector("tbody[data-basis=estimated]"), null, {
    timeout: 30_000,
  });
  for (const text of [TEXT, `${TEXT}!?`, `x${TEXT.slice(0, 100)}`, TEXT.repeat(40)]) {
    await put(text);
    await settled("gpt-5.2", (await load("o200k_base")).count(text));
    const found = await rows();
    assert.ok(found.length > 75, `${found.length} models`);
    const ranges = new Map();
    for (const row of found) {
      const encoding = encodingOf(row.model);
      const tok = await load(encoding);
      if (!ranges.has(encoding)) ranges.set(encoding, tok.range(text));
      const { tokens, low, high } = ranges.get(encoding);
      assert.equal(row.tokens, tokens, row.model);
      assert.equal(row.basis, tok.basis);
      if (low < high)
        assert.ok(row.text.includes(new Intl.NumberFormat("en").formatRange(low, high)), row.text);
      checkCost(row, "USD", 1000);
    }
    const known = found.map(({ total }) => total !== undefined);
    assert.equal(known.lastIndexOf(true) < known.indexOf(false), true, "unknown prices stand last");
  }
  // Headers sort, one way and then the other, and say so.
  const header = page.locator("th.compare-tokens");
  for (const way of ["ascending", "descending"]) {
    await header.getByRole("button").click();
    assert.equal(await header.getAttribute("aria-sort"), way);
    const tokens = (await rows()).map((row) => row.tokens);
    assert.deepEqual(
      tokens,
      tokens.toSorted((a, b) => (way === "ascending" ? a - b : b - a)),
    );
  }
  assert.equal(await page.locator("th.compare-cost").getAttribute("aria-sort"), "none");
  await page.selectOption(".compare-controls select >> nth=1", "cost-down");
  const totals = (await rows()).flatMap(({ total }) => (total === undefined ? [] : [BigInt(total)]));
  assert.deepEqual(
    totals,
    totals.toSorted((a, b) => (a < b ? 1 : -1)),
  );
  assert.deepEqual(problems, []);
  await context.close();
});

test("a long text: what does not fit says so, price steps apply, and details have sources", async () => {
  const { context, page, problems, put, rows, settled } = await open();
  const text = "hello ".repeat(300_000);
  const tokens = (await load("o200k_base")).count(text);
  await put(text);
  await page.click(".compare-more");
  await settled("gpt-5.2", tokens);
  const found = new Map((await rows()).map((row) => [row.model, row]));
  assert.equal(found.get("gpt-4o")?.fit, "over");
  assert.equal(found.get("gpt-5.2")?.fit, "over", "the vendor's cap on input is below its window");
  assert.equal(found.get("gpt-5.4")?.fit, "fits");
  assert.match(found.get("gpt-4o")?.text ?? "", /does not fit/);
  assert.match(found.get("gpt-5.4")?.text ?? "", /over 272,000/);
  for (const id of ["gpt-5.4", "gpt-4o", "gpt-5.2"]) {
    const row = found.get(id);
    if (row) checkCost(row, "USD", 1000);
  }
  assert.match((await page.textContent(".compare-reading")) ?? "", /GPT-5.2, which you chose, cannot hold/);
  await page.getByRole("button", { name: "GPT-5.4: rates and sources" }).click();
  const details = (await page.locator("tbody[data-model='gpt-5.4'] .compare-details").innerText()) ?? "";
  for (const part of [
    "input $2.50, output $15.00",
    "over 272,000 in: input $5.00, output $22.50",
    "LiteLLM",
  ]) {
    assert.ok(details.includes(part), `${part} in ${details}`);
  }
  await page.getByRole("button", { name: "Use this model" }).click();
  await page.waitForSelector("tbody[data-model='gpt-5.4'] .compare-name .chip");
  assert.doesNotMatch((await page.textContent(".compare-reading")) ?? "", /which you chose/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("out of sight it does not count; a vocabulary that does not come says so, and comes on request", async () => {
  const first = await open({ viewport: { width: 1280, height: 300 } });
  await first.page.evaluate(() => scrollTo(0, 0));
  const { page } = first;
  await putText(page, TEXT);
  await page.waitForTimeout(300);
  assert.notEqual(
    (await first.rows()).find(({ model }) => model === "gpt-5.2")?.tokens,
    (await load("gpt-5.2")).count(TEXT),
  );
  await page.locator(".compare-table").scrollIntoViewIfNeeded();
  await first.settled("gpt-5.2", (await load("gpt-5.2")).count(TEXT));
  await page.selectOption(".compare-controls select >> nth=0", "Mistral");
  server.requests.length = 0;
  await page.locator(".compare-load").first().click();
  await first.page.waitForFunction(() => document.querySelector("tbody[data-basis=exact]") !== null);
  const path = server.requests.find((each) => each.endsWith(".vocab")) ?? "";
  await first.context.close();

  overrides.set(path, { status: 404, body: "" });
  const { context, page: other, put, settled } = await open();
  await put(TEXT);
  await other.selectOption(".compare-controls select >> nth=0", "Mistral");
  await settled();
  await other.locator(".compare-load").first().click();
  await other.waitForSelector(".compare-table .failed");
  overrides.delete(path);
  await other.locator(".compare-load").first().click();
  const name = /** @type {string} */ (
    await other.locator(".compare-table tbody").first().getAttribute("data-model")
  );
  await settled(name, (await load(encodingOf(name))).count(TEXT));
  await context.close();
});

test("in both languages, at three widths, light and dark: nothing is cut, axe finds nothing, keys reach all", async () => {
  for (const [locale, ...sizes] of LOOKS) {
    const { context, page, problems, put, settled } = await open({ locale });
    await put(TEXT);
    await settled();
    await page.locator(".compare-open").first().click();
    await page.locator(".compare-notes summary").click();
    for (const [width, colorScheme] of sizes) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
      const cut = await page
        .locator(".compare-table :is(th, td, p, dd)")
        .evaluateAll((all) =>
          all.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.className),
        );
      assert.deepEqual(cut, [], `cut at ${width}`);
      assert.deepEqual(await violations(page, ".compare"), [], `${locale} ${width} ${colorScheme}`);
    }
    assert.deepEqual(problems, []);
    await context.close();
  }
  const { context, page, settled } = await open();
  await putText(page, TEXT);
  await settled();
  await page.locator(".compare-controls input").focus();
  const reached = new Set();
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press("Tab");
    reached.add(
      await page.evaluate(() => document.activeElement?.className || document.activeElement?.tagName),
    );
  }
  for (const each of ["SELECT", "quiet", "compare-open"])
    assert.ok(reached.has(each), `${each} is reached by keys`);
  await page.locator(".compare-open").nth(1).focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".compare-details");
  await context.close();
});
