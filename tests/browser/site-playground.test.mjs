// @ts-check
/** The playground as a person uses it: type, read, change the model, pass the limit, save; in both languages, at three widths. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "tokimeter";
import { applyHints, hints } from "tokimeter/hints";
import { findModel, rate } from "tokimeter/models";
import { price } from "tokimeter/price";
import { violations } from "../support/axe.mjs";
import { openPlayground } from "../support/playground.mjs";
import { startSite } from "../support/site.mjs";

/** Texts with the reference's counts in o200k_base and cl100k_base. @type {[string, [number, number]][]} */
const KNOWN = JSON.parse(readFileSync("target/golden/page.json", "utf8"));
const o200k = await load("o200k_base");

const { browser, server } = await startSite();

/** Returns what so many tokens cost as input. @param {string} id @param {number} input @param {"CNY" | "USD"} currency */
function costOf(id, input, currency) {
  return price(/** @type {any} */ (findModel(id)), { input }, { currency, rate }).total;
}

/** Text for which there are hints. */
const WORDY = `${["Please clean the windows  of the living room.", "", "", "", "Wash the curtains in cold water, and hang them up at once."].join("\n")}
Wash the curtains in cold water, and hang them up at once.
Thank you so much in advance!`;

const LINE = "A line of words, and a second one; 一行字。\n";

test("typing shows the exact count, the cost in both currencies, and what is left", async () => {
  const { context, page, problems, shows, editor, put, text, counts, ready } = await openPlayground(
    browser,
    server.url,
  );
  await ready();
  for (const [known, [count]] of KNOWN) {
    await put("");
    await editor.pressSequentially(known);
    await counts(count);
    assert.equal(await text(), known);
  }
  await put("a ".repeat(1000));
  await counts(1001);
  await shows("[data-cost=USD]", String(costOf("gpt-4o", 1001, "USD")));
  await shows("[data-cost=CNY]", String(costOf("gpt-4o", 1001, "CNY")));
  await shows("[data-remaining]", 128_000 - 1000 - 1001);
  await page.getByLabel("Reserved for the reply").fill("2000");
  await shows("[data-remaining]", 128_000 - 2000 - 1001);
  await page.getByLabel("Yuan for one US dollar").fill("7");
  await shows("[data-cost=CNY]", String(7n * (costOf("gpt-4o", 1001, "USD") ?? 0n)));
  await page.getByText("Restore the rate").click();
  await shows("[data-cost=CNY]", String(costOf("gpt-4o", 1001, "CNY")));
  assert.deepEqual(problems, []);
  await context.close();
});

test("another model: another vocabulary, the same text; a long one in turns", async () => {
  const { context, page, problems, put, text, counts } = await openPlayground(browser, server.url);
  const [known, [o200kCount, cl100kCount]] = KNOWN[1] ?? ["", [0, 0]];
  assert.notEqual(o200kCount, cl100kCount);
  const picker = page.locator(".meter select");
  await put(known);
  await counts(o200kCount);
  await picker.selectOption("gpt-3.5-turbo");
  await counts(cl100kCount);
  assert.equal(await text(), known);
  const long = LINE.repeat(5000);
  await put(long);
  for (const [model, encoding] of [
    ["gpt-4o", "o200k_base"],
    ["gpt-3.5-turbo", "cl100k_base"],
  ]) {
    await picker.selectOption(model ?? "");
    await counts((await load(encoding ?? "")).count(long));
  }
  // The first is still being made when the second is wanted.
  await picker.evaluate((select) => {
    for (const model of ["gpt-4o", "gpt-3.5-turbo", "gpt-4o"]) {
      /** @type {HTMLSelectElement} */ (select).value = model;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  await counts(o200k.count(long));
  assert.deepEqual(problems, []);
  await context.close();
});

test("what the hints of a long text save is of the model of now", async () => {
  const { context, page, problems, put } = await openPlayground(browser, server.url);
  // Nearly all of it can be saved, which is more tokens of one model than the text has of the other.
  const long = LINE.repeat(5000);
  await put(long);
  for (const [model, encoding] of [
    ["gpt-3.5-turbo", "cl100k_base"],
    ["gpt-4o", "o200k_base"],
    ["gpt-3.5-turbo", "cl100k_base"],
  ]) {
    await page.locator(".meter select").selectOption(model ?? "");
    const tokenizer = await load(encoding ?? "");
    const saved = tokenizer.count(long) - tokenizer.count(applyHints(long, hints(long, tokenizer)));
    await page.waitForSelector(`[data-together="${saved}"]`);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test("each edit is taken up: in the middle, undone, an emoji, all of it; characters and words with it", async () => {
  const { context, page, problems, editor, put, text, counts } = await openPlayground(browser, server.url);
  /** Waits until the figures are those of a text. @param {string} text */
  const isRight = async (text) => {
    await counts(o200k.count(text));
    const [characters = 0, words = 0] = await page.evaluate((text) => {
      const of = (/** @type {"grapheme" | "word"} */ granularity) => [
        ...new Intl.Segmenter(undefined, { granularity }).segment(text),
      ];
      return [of("grapheme").length, of("word").filter(({ isWordLike }) => isWordLike).length];
    }, text);
    const format = new Intl.NumberFormat("en");
    const starts = [`${format.format(characters)} char`, `${format.format(words)} word`];
    await page.waitForFunction(
      (starts) =>
        starts.every((start) => document.querySelector("[data-stats]")?.textContent?.includes(start)),
      starts,
    );
  };
  const lines = "the first line\n第二行，有标点。\nthe last line 👍🏽\n";
  await put(lines);
  await isRight(lines);
  await editor.press("Control+Home");
  for (let at = 0; at < 9; at++) await editor.press("ArrowRight");
  await page.keyboard.type("xyz");
  await isRight(`${lines.slice(0, 9)}xyz${lines.slice(9)}`);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Delete");
  await isRight(`${lines.slice(0, 9)}xy${lines.slice(10)}`);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await isRight(await text());
  await put("👩");
  await page.keyboard.insertText("\u200d🚀");
  await isRight("👩\u200d🚀");
  // The two share their first unit.
  await put("🚀 👍");
  await put("🚁 👎");
  await isRight("🚁 👎");
  const long = "a very long line without an end ".repeat(2000) + lines.repeat(200);
  await put(long);
  await isRight(long);
  await page.keyboard.type("!");
  await isRight(`${long}!`);
  assert.equal(await text(), `${long}!`);
  await put("");
  await isRight("");
  assert.deepEqual(problems, []);
  await context.close();
});

test("what is selected, and what the last edit did: differences of whole readings", async () => {
  const { context, page, problems, shows, editor, put, counts } = await openPlayground(browser, server.url);
  await put("The sky is blue, the sea too.");
  await counts(o200k.count("The sky is blue, the sea too."));
  await editor.press("Control+Home");
  for (let at = 0; at < 7; at++) await page.keyboard.press("Shift+ArrowRight");
  await shows("[data-selected]", o200k.count("The sky"), "selected");
  assert.match((await page.textContent("[data-selected]")) ?? "", /alone, of 9/);
  await editor.press("Control+End");
  await page.waitForTimeout(1100);
  // Typed in one go, it is one edit.
  await page.keyboard.type(" And the clouds?");
  const change =
    o200k.count("The sky is blue, the sea too. And the clouds?") -
    o200k.count("The sky is blue, the sea too.");
  await shows("[data-edit]", change, "edit");
  assert.match(
    (await page.textContent("[data-edit]")) ?? "",
    new RegExp(`\\+${change} tokens, \\+\\$0\\.0000`),
  );
  // A letter more can be a token less.
  await put("the sk");
  await page.waitForTimeout(1100);
  await page.keyboard.type("y");
  await shows("[data-edit]", o200k.count("the sky") - o200k.count("the sk"), "edit");
  assert.deepEqual(problems, []);
  await context.close();
});

test("prices as the vendor states them: both currencies, old ones, other hours, other opinions, steps", async () => {
  const { context, page, problems, put, ready } = await openPlayground(browser, server.url);
  await put("word ".repeat(1000));
  /** Chooses a model, and returns what is said of its prices. @param {string} id */
  const prices = async (id) => {
    await page.selectOption(".meter select", id);
    await page.waitForFunction(() => document.querySelector("[data-count][data-value]"));
    return page.evaluate(() => ({
      table: document.querySelector(".prices table")?.textContent ?? "",
      notes: Object.fromEntries(
        [...document.querySelectorAll(".prices [data-note]")].map((note) => [
          /** @type {HTMLElement} */ (note).dataset.note,
          note.textContent,
        ]),
      ),
    }));
  };
  // DeepSeek's peak: 1.32 dollars and 9 yuan a million, each stated, none converted.
  const deepseek = await prices("deepseek-v4-pro");
  assert.match(
    deepseek.table,
    /USDCNY.*Peak hours.*Input\$1\.32¥9\.00.*Off-peak hours.*Input\$0\.66.*Output\$1\.98¥13\.50/,
  );
  assert.match(deepseek.notes.source ?? "", /LiteLLM .* DeepSeek/);
  // GLM-5.2 is priced in yuan by a list of June 2026.
  assert.match((await prices("glm-5.2")).notes.old ?? "", /of June 2026 is more than 120 days old/);
  assert.match((await prices("mistral-large-4")).notes.others ?? "", /genai-prices .* input \$0\.70/);
  const gpt = await prices("gpt-4o");
  assert.deepEqual(Object.keys(gpt.notes), ["source"]);
  assert.match(gpt.table, /USDin CNYInput\$2\.50/);
  // One price up to 200,000 tokens, another one beyond.
  const gemini = await prices("gemini-2.5-pro");
  assert.match(gemini.table, /Up to 200,000 input tokens applies now.*Beyond 200,000 input tokens/);
  await put("word ".repeat(210_000));
  await page.waitForFunction(() =>
    /Beyond 200,000 input tokens \(whole request\) applies now/.test(
      document.querySelector(".prices table")?.textContent ?? "",
    ),
  );
  await ready();
  assert.deepEqual(problems, []);
  await context.close();
});

test("from 80 % and past the limit there is a warning, in words, spoken once", async () => {
  const { context, page, shows, put, counts } = await openPlayground(browser, server.url, {
    model: "gpt-3.5-turbo",
  });
  await page.getByLabel("Reserved for the reply").fill("0");
  const spoken = page.locator("#announce");
  for (const [words, level] of /** @type {const} */ ([
    [100, "ok"],
    [14_000, "near"],
    [17_000, "over"],
    // It fits again, by three tokens; to be near the limit it has to be shorter.
    [16_382, "over"],
    [16_385, "over"],
    [14_000, "near"],
    [100, "ok"],
  ])) {
    await put(" word".repeat(words));
    await counts(words);
    await shows(".lamp", level, "level");
    if (words > 16_385) {
      assert.match((await page.textContent(".lamp")) ?? "", /Over the limit/);
      await page.waitForFunction(() =>
        /Over the limit by/.test(document.getElementById("announce")?.textContent ?? ""),
      );
    } else if (level === "over") {
      assert.equal(await page.textContent(".lamp"), "At the limit");
      assert.equal(
        await page.textContent(".meter-detail"),
        `At the limit, ${16_385 - words} tokens left: consider shortening it.`,
      );
    }
  }
  await page.waitForFunction(() => /Back below/.test(document.getElementById("announce")?.textContent ?? ""));
  assert.match((await spoken.textContent()) ?? "", /tokens left/);
  await context.close();
});

test("hints: each saves what the package says; one and all are applied, and one undo takes all back", async () => {
  const { context, page, problems, put, text, counts } = await openPlayground(browser, server.url);
  await put(WORDY);
  await counts(o200k.count(WORDY));
  const expected = hints(WORDY, o200k);
  assert.ok(expected.length >= 3, `${expected.length} hints`);
  await page.waitForFunction((count) => document.querySelectorAll(".hint").length === count, expected.length);
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll(".hint")].map((hint) => {
      const { kind, saves } = /** @type {HTMLElement} */ (hint).dataset;
      return { kind, saves: Number(saves) };
    }),
  );
  assert.deepEqual(
    shown,
    expected.map(({ kind, saves }) => ({ kind, saves })),
  );
  const all = applyHints(WORDY, expected);
  await page.waitForSelector(`[data-together="${o200k.count(WORDY) - o200k.count(all)}"]`);
  // Jump: what it is about is selected.
  await page.locator(".hint-place").first().click();
  assert.equal(
    await page.evaluate(() => `${getSelection()}`),
    WORDY.slice(expected[0]?.from, expected[0]?.to),
  );
  await page.locator("[data-apply]").nth(1).click();
  await counts(o200k.count(applyHints(WORDY, expected.slice(1, 2))));
  await page.keyboard.press("Escape");
  await page.locator("[data-editor]").press("Control+z");
  await counts(o200k.count(WORDY));
  await page.locator("[data-apply-all]").click();
  await counts(o200k.count(all));
  assert.equal(await text(), all);
  await page.keyboard.press("Control+z");
  await counts(o200k.count(WORDY));
  assert.equal(await text(), WORDY);
  // A key is a warning and no saving, and `apply all` leaves it to the reader.
  const key = `Use ${["sk", "proj", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4"].join("-")} for it.`;
  await put(key);
  await page.locator(".hint[data-kind=credential]").waitFor();
  assert.equal(await page.locator("[data-apply-all]").count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test("by keyboard alone: picker, editor, hints, apply", async () => {
  const { context, page, counts, ready } = await openPlayground(browser, server.url);
  await ready();
  await page.locator("#main").focus();
  /** Presses Tab until the focus is on what matches. @param {string} selector */
  const reach = async (selector) => {
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    }
    assert.fail(`${selector} was not reached`);
  };
  await reach("select");
  await page.keyboard.type("GPT-4.1");
  await reach("[data-editor]");
  await page.keyboard.insertText("Clean the windows  and the doors, please.");
  await counts(o200k.count("Clean the windows  and the doors, please."));
  await page.locator(".hint").first().waitFor();
  const [first] = hints("Clean the windows  and the doors, please.", o200k);
  await reach(".hint [data-apply]");
  await page.keyboard.press("Enter");
  await counts(o200k.count(applyHints("Clean the windows  and the doors, please.", first ? [first] : [])));
  assert.equal(
    await page.evaluate(() => document.activeElement !== document.body),
    true,
    "the focus is not lost",
  );
  await context.close();
});

test("中文 and English, at three widths, light and dark: nothing is cut, axe-core finds nothing", async () => {
  for (const [width, locale, colorScheme] of /** @type {const} */ ([
    [1280, "zh-CN", "light"],
    [768, "en-US", "dark"],
    [390, "zh-CN", "dark"],
    [320, "en-US", "light"],
  ])) {
    const { context, page, problems, put } = await openPlayground(browser, server.url, {
      viewport: { width, height: 844 },
      locale,
      colorScheme,
    });
    await page.click("[data-sample=wordy]");
    await page.locator(".hint").first().waitFor();
    await page.locator("[data-together]").waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang.slice(0, 2)), locale.slice(0, 2));
    assert.equal(await page.locator("h1").count(), 1);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${width} px: ${overflow} px too wide`);
    assert.deepEqual(await violations(page), [], `${width} px, ${locale}, ${colorScheme}`);
    await page.getByText(locale === "zh-CN" ? "显示编号" : "Show ids").click();
    await page.click("[data-sample=invisible]");
    await page.locator(".shapeless").first().waitFor();
    assert.deepEqual(await violations(page), [], `ids at ${width} px`);
    // The text stays as the words change.
    await page.getByRole("button", { name: locale === "zh-CN" ? "English" : "中文" }).click();
    await page
      .getByRole("heading", { level: 1, name: locale === "zh-CN" ? "Playground" : "试验台" })
      .waitFor();
    await page.locator(".shapeless").first().waitFor();
    await put("");
    assert.deepEqual(problems, []);
    await context.close();
  }
});

test("the text stays when one looks at another view and comes back", async () => {
  const { context, page, problems, put, text, counts } = await openPlayground(browser, server.url);
  await put("The text stays.\n它还在。");
  await counts(o200k.count("The text stays.\n它还在。"));
  await page.evaluate(() => {
    location.hash = "#/value";
  });
  await page.locator("main[data-view=value]").waitFor();
  await page.evaluate(() => {
    location.hash = "#/playground";
  });
  await counts(o200k.count("The text stays.\n它还在。"));
  assert.equal(await text(), "The text stays.\n它还在。");
  assert.deepEqual(problems, []);
  await context.close();
});
