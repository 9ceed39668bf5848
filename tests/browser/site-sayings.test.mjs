// @ts-check
/** The sayings as a person checks them: every ratio beside one that is worked out here, by the package, on parts cut by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { encodingInfo, estimate, load } from "../../pkg/dist/index.js";
import { violations } from "../support/axe.mjs";
import { openSite, startSite } from "../support/site.mjs";

/** @import { Page } from "playwright-core" */
/** @import { EncodingName } from "../../pkg/dist/index.js" */

const { browser, server } = await startSite();

const LOCALES = { en: "en-US", zh: "zh-CN" };
/** The encoding of the model that is chosen at first. @type {Record<"en" | "zh", EncodingName>} */
const CHOSEN = { en: "o200k_base", zh: "deepseek_v4" };
/** What each saying says, and of what. */
const SAYINGS = {
  words: { part: "english", low: 0.75, high: 0.75, ratio: perToken },
  one: { part: "chinese", low: 1, high: 1, ratio: perToken },
  range: { part: "chinese", low: 1, high: 2, ratio: perUnit },
  1.6: { part: "chinese", low: 1.6, high: 1.6, ratio: perUnit },
  1.35: { part: "chinese", low: 1.35, high: 1.35, ratio: perUnit },
  article: {
    part: "chinese",
    low: 2000,
    high: 2000,
    ratio: (/** @type {number} */ units, /** @type {number} */ tokens) => 1000 * perUnit(units, tokens),
  },
};

/** @param {number} units @param {number} tokens */
function perToken(units, tokens) {
  return units / tokens;
}

/** @param {number} units @param {number} tokens */
function perUnit(units, tokens) {
  return tokens / units;
}

const MIXED = {
  text: "今天天气很好，我们去 Central Park 散步吧，晚上一起吃面。\nThe weather is fine today, so we walk in the park and have noodles in the evening with friends.\n😀 再见，明天上午十点见！",
  chinese: "今天天气很好，我们去散步吧，晚上一起吃面。\n再见，明天上午十点见！",
  english:
    "Central Park\nThe weather is fine today, so we walk in the park and have noodles in the evening with friends.",
};

/** @param {string} english */
const wordsOf = (english) =>
  [...new Intl.Segmenter("en", { granularity: "word" }).segment(english)].filter(
    ({ isWordLike }) => isWordLike,
  ).length;
/** @param {string} chinese */
const charactersOf = (chinese) => [...chinese.replace(/\s/g, "")].length;

/** @param {number} value @param {{ low: number, high: number }} saying */
function verdictOf(value, { low, high }) {
  const off = value < low ? 1 - value / low : value > high ? value / high - 1 : 0;
  return off <= 0.05 ? "holds" : off <= 0.2 ? "roughly" : "fails";
}

/**
 * @param {"en" | "zh"} language
 * @param {number} width
 * @param {"light" | "dark"} [colorScheme]
 */
async function open(language, width, colorScheme = "light") {
  const site = await openSite(browser, server.url, {
    locale: LOCALES[language],
    viewport: { width, height: 900 },
    colorScheme,
    hash: "#/sayings",
  });
  const { page } = site;
  await page.waitForSelector(".sayings");
  const field = page.locator(".sayings-text");
  /** Waits until the vocabulary of the chosen model counts. */
  const exact = () =>
    page.waitForFunction(() => {
      const rows = [...document.querySelectorAll("tr[data-chosen][data-ratio]")];
      return rows.length > 0 && rows.every((row) => row.getAttribute("data-basis") !== "estimated");
    });
  const loadAll = async () => {
    await page.locator(".sayings-chips .primary").click();
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll(".sayings-chip")].every(
          (chip) => chip.getAttribute("data-kind") === "ready",
        ) &&
        [...document.querySelectorAll(".saying tr[data-encoding]")].every((row) =>
          /exact|calibrated/.test(row.getAttribute("data-basis") ?? ""),
        ),
    );
  };
  return { ...site, field, exact, loadAll };
}

/** @param {Page} page */
const isNarrow = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** Compares what a saying shows in each tokenizer with the package. @param {Page} page @param {typeof MIXED} texts */
async function compare(page, texts) {
  for (const [name, saying] of Object.entries(SAYINGS)) {
    const rows = await page.locator(`[data-saying="${name}"] tr[data-encoding]`).evaluateAll((found) =>
      found.map((row) => ({
        .../** @type {HTMLElement} */ (row).dataset,
        shown: row.querySelector(".saying-ratio")?.textContent ?? "",
      })),
    );
    assert.equal(rows.length, 11);
    const text = saying.part === "english" ? texts.english : texts.chinese;
    const units = saying.part === "english" ? wordsOf(text) : charactersOf(text);
    for (const { encoding = "", ratio, verdict, basis, shown } of rows) {
      const tokens = (await load(encoding)).count(text);
      const value = saying.ratio(units, tokens);
      const where = `${name} in ${encoding}: ${units} of ${tokens}`;
      assert.ok(Math.abs(Number(ratio) - value) < 1e-9, `${where}: ${ratio}, not ${value}`);
      assert.equal(verdict, verdictOf(value, saying), where);
      assert.equal(basis, encodingInfo(/** @type {EncodingName} */ (encoding)).basis, where);
      const digits = name === "article" ? 0 : 2;
      const expected = value.toLocaleString("en", {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
      assert.equal(shown, expected, where);
    }
  }
}

test("all sayings in all tokenizers, on the part of the text that they speak of", async () => {
  const { context, page, problems, field, exact, loadAll } = await open("en", 1280);
  await field.fill(MIXED.text);
  await exact();
  const chosen = await load(CHOSEN.en);
  for (const [part, text, units] of /** @type {const} */ ([
    ["chinese", MIXED.chinese, charactersOf(MIXED.chinese)],
    ["english", MIXED.english, wordsOf(MIXED.english)],
  ])) {
    const line = page.locator(`li[data-part="${part}"]`);
    assert.equal(await line.getAttribute("data-units"), String(units));
    assert.equal(await line.getAttribute("data-tokens"), String(chosen.count(text)));
  }
  assert.equal(
    await page.locator('li[data-part="whole"]').getAttribute("data-tokens"),
    String(chosen.count(MIXED.text)),
  );
  // Nothing was loaded but what the chosen model needs: the others are estimates, and say so.
  const row = page.locator('[data-saying="range"] tr[data-encoding="r50k_base"]');
  assert.equal(await row.getAttribute("data-basis"), "estimated");
  const range = (await estimate("r50k_base")).range(MIXED.chinese);
  assert.equal(Number(await row.getAttribute("data-ratio")), range.tokens / charactersOf(MIXED.chinese));
  assert.match((await row.textContent()) ?? "", /≈/);
  await loadAll();
  await compare(page, MIXED);
  const article = page.locator('[data-saying="1.6"]');
  assert.match((await article.textContent()) ?? "", /Does not hold here/);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(problems, []);
  await context.close();
});

for (const language of /** @type {const} */ (["en", "zh"])) {
  test(`samples, too little of a text, and edits: ${language}`, async () => {
    const { context, page, problems, field, exact } = await open(language, language === "en" ? 768 : 390);
    assert.equal(await page.locator(".saying-none").count(), Object.keys(SAYINGS).length);
    const tokenizer = await load(CHOSEN[language]);
    for (const [at, part] of /** @type {const} */ ([
      [0, "english"],
      [1, "chinese"],
    ])) {
      await field.fill("");
      await page.locator(".sayings-samples button").nth(at).click();
      await exact();
      assert.equal(await page.locator(".sayings-box .chip").count(), 1);
      const text = await field.inputValue();
      // All of the sample is in one script, so the part is the whole.
      const units = part === "english" ? wordsOf(text) : charactersOf(text);
      const tokens = tokenizer.count(text);
      const line = page.locator(`li[data-part="${part}"]`);
      assert.equal(await line.getAttribute("data-units"), String(units));
      assert.equal(await line.getAttribute("data-tokens"), String(tokens));
      assert.equal(await page.locator(".saying-none").count(), part === "english" ? 5 : 1);
      const said = page.locator(part === "english" ? '[data-saying="words"]' : '[data-saying="one"]');
      assert.match((await said.textContent()) ?? "", new RegExp((units / tokens).toFixed(2)));
    }
    await field.fill("一二三四五六七八九十 nineteen");
    const none = await page.locator('[data-saying="one"] .saying-none').textContent();
    assert.match(none ?? "", language === "en" ? /only 10 characters/ : /只有 10 个中文字/);
    await field.press("End");
    await field.pressSequentially(" 再写十个字，就够说明一点了");
    assert.equal(await page.locator('[data-saying="one"] .saying-none').count(), 0);
    // Kana make a line Japanese.
    await field.fill("リビングの窓を拭いてください。今日は天気がいいですね。");
    assert.equal(await page.locator('li[data-part="chinese"][data-units]').count(), 0);
    assert.ok(await isNarrow(page));
    assert.deepEqual(problems, []);
    await context.close();
  });

  for (const width of language === "en" ? [1280, 768] : [768, 390]) {
    test(`surprises and accessibility: ${language}, ${width} pixels`, async () => {
      const scheme = width === 768 ? "dark" : "light";
      const { context, page, problems, exact } = await open(language, width, scheme);
      await page.locator(".sayings-samples button").nth(2).click();
      await exact();
      const tokenizer = await load(CHOSEN[language]);
      const found = await page.locator("[data-language], [data-oddity]").evaluateAll((all) =>
        all.map((each) => {
          const boxes = each.querySelector(".token-boxes");
          const several = [...(boxes?.querySelectorAll(".token-several") ?? [])];
          const text = [...(boxes?.querySelectorAll(".token") ?? [])].map((box) =>
            box.classList.contains("token-several")
              ? (box.firstElementChild?.textContent ?? "")
              : (box.textContent ?? ""),
          );
          return {
            shown: Number(/** @type {HTMLElement} */ (each).dataset.tokens),
            text: text.join(""),
            boxes: text.length - several.length,
            inOne: several.map((box) => Number(/** @type {HTMLElement} */ (box).dataset.tokens)),
          };
        }),
      );
      assert.equal(found.length, 15);
      for (const { shown, text, boxes, inOne } of found) {
        assert.equal(shown, tokenizer.count(text), text);
        assert.equal(
          inOne.reduce((sum, tokens) => sum + tokens, boxes),
          shown,
          text,
        );
      }
      assert.ok(
        found.some(({ text, inOne }) => text === "👨‍👩‍👧‍👦" && inOne.length === 1 && inOne[0] === 11),
      );
      await page.locator("details").evaluateAll((all) => {
        for (const each of all) each.setAttribute("open", "");
      });
      assert.ok(await isNarrow(page));
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
}

test("why: old and new pieces of the reader's characters, and Chinese in vocabularies", async () => {
  const { context, page, problems, field, exact } = await open("zh", 1280);
  await field.fill("擦窗户要用干净的软布，先湿后干，最后再用报纸擦一遍。");
  await exact();
  const old = page.locator('.sayings-cut[data-encoding="r50k_base"]');
  assert.equal(await old.locator(".token").count(), 0);
  await old.getByRole("button").click();
  await old.locator(".token").first().waitFor();
  const text = "擦窗户要用干净的软布，先";
  assert.match(
    (await old.textContent()) ?? "",
    new RegExp(`${(await load("r50k_base")).count(text)} 个 token`),
  );
  const recent = page.locator(`.sayings-cut[data-encoding="${CHOSEN.zh}"]`);
  assert.match(
    (await recent.textContent()) ?? "",
    new RegExp(`${(await load(CHOSEN.zh)).count(text)} 个 token`),
  );
  for (const encoding of ["r50k_base", "cl100k_base", "deepseek_v4"]) {
    const tokenizer = await load(encoding);
    const utf8 = new TextDecoder("utf-8", { fatal: true });
    let all = 0;
    let more = 0;
    for (let id = 0; id < tokenizer.vocabSize; id++) {
      try {
        const han = utf8.decode(tokenizer.decodeBytes([id])).match(/\p{sc=Han}/gu)?.length ?? 0;
        all += Number(han > 0);
        more += Number(han > 1);
      } catch {
        // A gap, or a part of a character.
      }
    }
    const cells = await page
      .locator(`.sayings-vocabularies tr[data-encoding="${encoding}"] td`)
      .allTextContents();
    assert.deepEqual(cells.slice(1, 3), [all.toLocaleString("en"), more.toLocaleString("en")], encoding);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test("a model of which only counts are known has no boxes, and says so", async () => {
  const { context, page, problems, field } = await open("en", 1280);
  await page.locator(".sayings-box select").selectOption("claude-opus-5");
  await field.fill(MIXED.text);
  await page.waitForSelector('tr[data-chosen][data-basis="calibrated"]');
  const count = (await load("claude5")).count(MIXED.english);
  assert.equal(await page.locator('li[data-part="english"]').getAttribute("data-tokens"), String(count));
  assert.equal(await page.locator(".sayings-languages .token").count(), 0);
  assert.match((await page.locator(".sayings-part").nth(2).textContent()) ?? "", /only counts are known/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("by keyboard alone: a sample, a vocabulary, a chart; and the text goes along to other views", async () => {
  const { context, page, problems, field, exact } = await open("zh", 390);
  /** @param {string} selector */
  const tabTo = async (selector) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    }
    assert.fail(`Tab does not reach ${selector}`);
  };
  await tabTo(".sayings-samples button");
  await page.keyboard.press("Enter");
  await exact();
  await tabTo('[data-encoding="r50k_base"]');
  await page.keyboard.press("Enter");
  await page.waitForSelector('.sayings-chip[data-encoding="r50k_base"][data-kind="ready"]');
  // The focus stays where it was.
  assert.ok(await page.evaluate(() => document.activeElement?.matches('[data-encoding="r50k_base"]')));
  await tabTo(".saying-chart summary");
  await page.keyboard.press("Enter");
  assert.ok(
    await page
      .locator(".saying-chart")
      .first()
      .evaluate((each) => each.hasAttribute("open")),
  );
  const text = await field.inputValue();
  assert.notEqual(text, "");
  await page.evaluate(() => {
    location.hash = "#/value";
  });
  await page.waitForFunction(() => document.querySelector(".sayings") === null);
  await page.goBack();
  await page.waitForSelector(".sayings");
  assert.equal(await field.inputValue(), text);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a vocabulary that does not come: the estimate stays, and can be tried again", async () => {
  const { context, page, problems, field } = await open("en", 1280);
  await field.fill(MIXED.text);
  await context.route(/r50k_base.*\.vocab$/, (route) => route.fulfill({ status: 503 }));
  const chip = page.locator('.sayings-chip[data-encoding="r50k_base"]');
  await chip.click();
  await page.waitForSelector('.sayings-chip[data-encoding="r50k_base"][data-kind="failed"]');
  const row = page.locator('[data-saying="words"] tr[data-encoding="r50k_base"]');
  assert.equal(await row.getAttribute("data-basis"), "estimated");
  await context.unroute(/r50k_base.*\.vocab$/);
  await chip.click();
  await page.waitForSelector('[data-saying="words"] tr[data-encoding="r50k_base"][data-basis="exact"]');
  assert.deepEqual(problems, []);
  await context.close();
});

test("a long text: its beginning is measured, and the page says so", async () => {
  const { context, page, problems, field, exact } = await open("en", 1280);
  const text = "请把客厅的窗户擦干净，洗三件衬衫。\n".repeat(7000);
  await field.evaluate((element, value) => {
    /** @type {HTMLTextAreaElement} */ (element).value = value;
    element.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, text);
  await exact();
  const measured = text.slice(0, 100_000);
  await page.waitForSelector('li[data-part="whole"][data-tokens]');
  const tokenizer = await load(CHOSEN.en);
  const line = page.locator('li[data-part="chinese"]');
  assert.equal(await line.getAttribute("data-units"), String(charactersOf(measured)));
  assert.equal(await line.getAttribute("data-tokens"), String(tokenizer.count(measured)));
  assert.equal(
    await page.locator('li[data-part="whole"]').getAttribute("data-tokens"),
    String(tokenizer.count(text)),
  );
  assert.match((await page.locator(".sayings-parts").textContent()) ?? "", /first 100,000/);
  assert.deepEqual(problems, []);
  await context.close();
});
