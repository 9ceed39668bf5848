// @ts-check
/** The page as a person uses it: type, read the count, change the model, pass the limit, recover from a failure. */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { load } from "../../pkg/dist/index.js";
import { launch } from "../support/chromium.mjs";
import { serve } from "../support/serve.mjs";
import { openSite } from "../support/site.mjs";

/** Texts with the reference's counts in o200k_base and cl100k_base. @type {[string, [number, number]][]} */
const KNOWN = JSON.parse(readFileSync("target/golden/page.json", "utf8"));
const SHOTS = "target/shots";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Map<string, import("../support/serve.mjs").Answer>} */
const overrides = new Map();
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  mkdirSync(SHOTS, { recursive: true });
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
  /** Puts in a text of many lines, which the browser takes minutes to insert line by line. @param {string} text */
  const put = (text) =>
    site.page.locator("#text").evaluate((field, text) => {
      /** @type {HTMLTextAreaElement} */ (field).value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    }, text);
  return { ...site, put };
}

test("typing shows the exact count, cost and what is left", async () => {
  const { context, page, problems, shows } = await open();
  for (const [text, [count]] of KNOWN) {
    await page.fill("#text", "");
    await page.locator("#text").pressSequentially(text);
    await shows("#tokens", String(count));
    assert.equal(await page.inputValue("#text"), text);
  }
  await page.selectOption("#model", "gpt-4o");
  await page.fill("#text", "a ".repeat(1000));
  await shows("#tokens", "1001");
  // 1001 tokens at 2.50 dollars a million; the window is 128,000, of which 1,000 are reserved.
  await shows("#cost-usd", "0.0025025");
  await shows("#remaining", String(128_000 - 1000 - 1001));
  assert.deepEqual(problems, []);
  await context.close();
});

test("prices as the vendor states them: both currencies, old ones, other hours, other opinions", async () => {
  const { context, page, problems, shows } = await open();
  await page.fill("#text", "word ".repeat(1000));
  /** Chooses a model, and returns its notes. @param {string} id */
  const notesOf = async (id) => {
    await page.selectOption("#model", id);
    await page.waitForFunction(() => document.getElementById("tokens")?.dataset.value !== undefined);
    return Object.fromEntries(
      await Promise.all(
        ["price-old", "price-peak", "price-others"].map(async (note) => [
          note,
          await page.textContent(`#${note}`),
        ]),
      ),
    );
  };
  // DeepSeek's peak: 1.32 dollars and 9 yuan a million, each stated, none converted.
  assert.match((await notesOf("deepseek-v4-pro"))["price-peak"], /input \$0\.66.*output ¥13\.50/);
  const tokens = Number(await page.locator("#tokens").getAttribute("data-value"));
  await shows("#cost-usd", String(Number(((tokens * 1.32) / 1e6).toFixed(12))));
  await shows("#cost-cny", String(Number(((tokens * 9) / 1e6).toFixed(12))));
  assert.match((await page.textContent("#prices thead")) ?? "", /USDCNY/);
  assert.match((await page.textContent("#price-note")) ?? "", /LiteLLM .* DeepSeek/);
  // GLM-5.2 is priced in yuan by a list of June 2026.
  assert.match((await notesOf("glm-5.2"))["price-old"], /of June 2026 is more than 120 days old/);
  assert.match((await notesOf("mistral-large-4"))["price-others"], /genai-prices .* input \$0\.70/);
  const none = { "price-old": "", "price-peak": "", "price-others": "" };
  assert.deepEqual(await notesOf("gpt-4o"), none);
  assert.match((await page.textContent("#prices thead")) ?? "", /USDin CNY/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("another model: another vocabulary, the same text", async () => {
  const { context, page, shows } = await open();
  const [text, [o200k, cl100k]] = KNOWN[1] ?? ["", [0, 0]];
  assert.notEqual(o200k, cl100k);
  await page.fill("#text", text);
  await shows("#tokens", String(o200k));
  await page.selectOption("#model", "gpt-3.5-turbo");
  await shows("#tokens", String(cl100k));
  assert.equal(await page.inputValue("#text"), text);
  await context.close();
});

test("another model for a long text: counted in turns, and exact", async () => {
  const { context, page, problems, shows, put } = await open();
  const text = "A line of words, and a second one; 一行字。\n".repeat(5000);
  await put(text);
  for (const [model, encoding] of /** @type {const} */ ([
    ["gpt-4o", "o200k_base"],
    ["gpt-3.5-turbo", "cl100k_base"],
    ["gpt-4o", "o200k_base"],
  ])) {
    await page.selectOption("#model", model);
    await shows("#tokens", String((await load(encoding)).count(text)));
  }
  // The first is still being made when the second is wanted.
  await page.evaluate(() => {
    const picker = /** @type {HTMLSelectElement} */ (document.getElementById("model"));
    for (const model of ["gpt-3.5-turbo", "gpt-4o", "gpt-3.5-turbo"]) {
      picker.value = model;
      picker.dispatchEvent(new Event("change"));
    }
  });
  await shows("#tokens", String((await load("cl100k_base")).count(text)));
  assert.equal(await page.inputValue("#text"), text);
  assert.deepEqual(problems, []);
  await context.close();
});

test("each edit is taken up: in the middle, undone, an emoji, all of it", async () => {
  const { context, page, problems, shows, put } = await open();
  const o200k = await load("o200k_base");
  const field = page.locator("#text");
  /** Waits until the figures are those of the text that is there now. @param {string} text */
  const isRight = async (text) => {
    assert.equal(await field.inputValue(), text);
    await shows("#tokens", String(o200k.count(text)));
    const [characters, words] = await page.evaluate((text) => {
      const of = (/** @type {"grapheme" | "word"} */ granularity) => [
        ...new Intl.Segmenter(undefined, { granularity }).segment(text),
      ];
      return [of("grapheme").length, of("word").filter(({ isWordLike }) => isWordLike).length];
    }, text);
    const format = new Intl.NumberFormat("en");
    const starts = [`${format.format(characters ?? 0)} char`, `${format.format(words ?? 0)} word`];
    await page.waitForFunction(
      (starts) => starts.every((start) => document.querySelector(".stats")?.textContent?.includes(start)),
      starts,
    );
  };
  const lines = "the first line\n第二行，有标点。\nthe last line 👍🏽\n";
  await field.fill(lines);
  await isRight(lines);
  await field.evaluate((field) => /** @type {HTMLTextAreaElement} */ (field).setSelectionRange(9, 9));
  await page.keyboard.type("xyz");
  await isRight(`${lines.slice(0, 9)}xyz${lines.slice(9)}`);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Delete");
  await isRight(`${lines.slice(0, 9)}xy${lines.slice(10)}`);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await isRight(await field.inputValue());
  await field.fill("👩");
  await isRight("👩");
  await page.keyboard.insertText("\u200d🚀");
  await isRight("👩\u200d🚀");
  // The two share their first unit.
  await field.fill("🚀 👍");
  await isRight("🚀 👍");
  await field.fill("🚁 👎");
  await isRight("🚁 👎");
  const long = "a very long line without an end ".repeat(2000) + lines.repeat(200);
  await put(long);
  await isRight(long);
  await field.press("End");
  await page.keyboard.type("!");
  await isRight(await field.inputValue());
  await field.press("Control+a");
  await page.keyboard.press("Delete");
  await isRight("");
  assert.deepEqual(problems, []);
  await context.close();
});

test("colours stand on what is seen, stay as one scrolls, and take an emoji as one", async () => {
  const { context, page, problems, shows, put } = await open();
  /** Returns every box that is painted, by place, with its colour, and whether it can be seen. */
  const boxes = () =>
    page.evaluate(() => {
      const blocks = [...(document.getElementById("mirror")?.children ?? [])];
      const stage = document.getElementById("stage")?.getBoundingClientRect() ?? new DOMRect();
      return [...CSS.highlights].flatMap(([name, ranges]) =>
        [...ranges].map((range) => {
          const [box] = /** @type {Range} */ (range).getClientRects();
          const place = [range.startContainer, range.endContainer].map((node) =>
            blocks.indexOf(/** @type {Element} */ (node.parentNode)),
          );
          const isSeen = box !== undefined && box.bottom > stage.top && box.top < stage.bottom;
          return {
            place: `${place}:${range.startOffset}-${range.endOffset}`,
            name,
            isSeen,
            text: `${range}`,
          };
        }),
      );
    });
  const text = Array.from(
    { length: 3000 },
    (_, line) => `line ${line} of a text that is long 👨‍👩‍👧‍👦 ok`,
  ).join("\n");
  await put(text);
  const tokens = (await load("o200k_base")).count(text);
  await shows("#tokens", String(tokens));
  await page.waitForFunction(() => [...CSS.highlights.values()].some(({ size }) => size > 0));
  await page.evaluate(() => document.getElementById("stage")?.scrollTo({ top: 0 }));
  await page.waitForTimeout(100);
  const top = await boxes();
  assert.ok(top.length > 50 && top.length < tokens / 10, `${top.length} boxes for ${tokens} tokens`);
  assert.ok(top.some(({ isSeen }) => isSeen));
  assert.ok(
    top.some(({ text }) => text.trim() === "👨‍👩‍👧‍👦"),
    "eleven code units, several tokens, one box",
  );

  await page.evaluate(() => document.getElementById("stage")?.scrollTo({ top: 150 }));
  await page.waitForTimeout(100);
  const colours = new Map(top.map(({ place, name }) => [place, name]));
  const both = (await boxes()).filter(({ place }) => colours.has(place));
  assert.ok(both.length > 50);
  for (const { place, name } of both) assert.equal(name, colours.get(place));

  await page.evaluate(() => document.getElementById("stage")?.scrollTo({ top: 1e6 }));
  await page.waitForTimeout(100);
  const bottom = await boxes();
  assert.ok(
    bottom.some(({ isSeen, text }) => isSeen && text === "299"),
    "the last lines are painted",
  );
  assert.ok(
    bottom.every(({ place }) => !colours.has(place)),
    "the first lines are no longer",
  );

  await page.uncheck("#colours");
  assert.deepEqual(await boxes(), []);
  await page.check("#colours");
  assert.ok((await boxes()).length > 50);
  await page.fill("#text", "long ".repeat(70_000));
  await shows("#tokens", "70001");
  assert.deepEqual(await boxes(), []);
  assert.match((await page.textContent("#colours-note")) ?? "", /No colours/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("from 80 % and past the limit there is a warning, in words, spoken once", async () => {
  const { context, page, shows } = await open();
  await page.selectOption("#model", "gpt-3.5-turbo");
  await page.fill("#reserve", "0");
  for (const [words, level] of /** @type {const} */ ([
    [100, "ok"],
    [14_000, "near"],
    [17_000, "over"],
    [14_000, "near"],
    [100, "ok"],
  ])) {
    await page.fill("#text", " word".repeat(words));
    await shows("#tokens", String(words));
    await shows("#level", level, "level");
    if (level === "over") {
      assert.match((await page.textContent("#level")) ?? "", /Over the limit/);
      await page.waitForFunction(() => document.getElementById("announce")?.textContent !== "");
      await page.screenshot({ path: `${SHOTS}/over.png`, fullPage: true });
    }
  }
  await context.close();
});

test("a vocabulary that does not load says so, and loads on request", async () => {
  const page404 = { status: 404, body: "" };
  const { context, page, shows } = await open();
  await shows("#tokens", "0");
  const vocab = (
    await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
    )
  ).find((path) => path.endsWith(".vocab"));
  assert.ok(vocab);
  overrides.set(vocab, page404);
  await page.reload();
  await page.waitForSelector("#retry:visible");
  assert.equal(await page.locator("#tokens").getAttribute("data-value"), null, "no count is shown, not 0");
  await page.fill("#text", KNOWN[0]?.[0] ?? "");
  overrides.delete(vocab);
  await page.click("#retry");
  await shows("#tokens", String(KNOWN[0]?.[1][0]));
  await context.close();
});

test("中文 and English, wide and narrow", async () => {
  for (const [width, locale] of /** @type {const} */ ([
    [1280, "zh-CN"],
    [1280, "en-US"],
    [390, "zh-CN"],
    [390, "en-US"],
  ])) {
    const { context, page, problems, shows } = await open({ viewport: { width, height: 844 }, locale });
    await page.click("#sample-chinese");
    await page.waitForFunction(() => Number(document.getElementById("tokens")?.dataset.value) > 10);
    assert.equal(await page.evaluate(() => document.documentElement.lang.slice(0, 2)), locale.slice(0, 2));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${width} px: ${overflow} px too wide`);
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${SHOTS}/${width}-${locale.slice(0, 2)}.png`, fullPage: true });
    await page.click(locale === "zh-CN" ? "#lang-en" : "#lang-zh");
    assert.notEqual(await page.evaluate(() => document.documentElement.lang.slice(0, 2)), locale.slice(0, 2));
    await shows("#level", "ok", "level");
    assert.deepEqual(problems, []);
    await context.close();
  }
});

test("by keyboard alone", async () => {
  const { context, page, shows } = await open();
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.id === "text")) break;
  }
  await page.keyboard.type("x");
  await shows("#tokens", "1");
  await context.close();
});
