// @ts-check
/** The first view: the call and the visit. Every number that is read off the page is the core's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../pkg/dist/index.js";
import { laborBill } from "../../pkg/dist/labor.js";
import { findModel, rate } from "../../pkg/dist/models.js";
import { decimal, price } from "../../pkg/dist/price.js";
import { violations } from "../support/axe.mjs";
import { openSite, startSite } from "../support/site.mjs";

const o200k = await load("o200k_base");
const deepseek = await load("deepseek-v4-pro");

const LANGUAGES = /** @type {const} */ ([
  { locale: "zh-CN", tok: deepseek, currency: "CNY", wage: 40n },
  { locale: "en-US", tok: o200k, currency: "USD", wage: 25n },
]);
const WIDTHS = [1280, 768, 390];
const CHATTER = { "zh-CN": "气死我了", "en-US": "so angry" };
const WORK = { "zh-CN": "擦客厅的窗户", "en-US": "living-room windows" };

const { browser, server } = await startSite();

/** @param {string} locale @param {number} width @param {import("playwright-core").BrowserContextOptions} [options] */
async function open(locale, width, options) {
  const site = await openSite(browser, server.url, { locale, viewport: { width, height: 900 }, ...options });
  const { page, shows } = site;
  const text = () => page.inputValue("#call");
  /** Waits until the talk is so many minutes. @param {number} minutes */
  const talks = (minutes) => shows(".fare-talk dd", minutes);
  const bill = () => page.locator(".fare-bill dd").getAttribute("data-value");
  const kinds = () =>
    page.locator(".tiles-grid .tile").evaluateAll((tiles) => {
      /** @type {Record<string, number>} */
      const all = {};
      for (const { dataset } of /** @type {HTMLElement[]} */ (tiles)) {
        all[dataset.kind ?? ""] = (all[dataset.kind ?? ""] ?? 0) + 1;
      }
      return all;
    });
  return { ...site, text, talks, bill, kinds };
}

for (const { locale, tok, currency, wage } of LANGUAGES) {
  for (const width of WIDTHS) {
    test(`${locale}, ${width} px: the sample call, what striking its chatter gives back, a call without end, and other pictures`, async () => {
      const { context, page, problems, text, talks, bill, kinds } = await open(locale, width);
      const said = await text();
      const before = tok.count(said);
      await talks(before);
      const hourly = { talk: wage * 10n ** 12n };
      assert.equal(await bill(), String(laborBill(before, 120, hourly).total));
      const tiles = await kinds();
      assert.equal((tiles.talk ?? 0) + (tiles.chatter ?? 0), before);
      assert.equal(tiles.kept, 120);
      assert.equal(tiles.free, 240 - 120 - before);
      // Each tile has its piece of the text: together they are the text, but for spaces.
      const pieces = await page
        .locator('.tiles-grid .tile:is([data-kind="talk"], [data-kind="chatter"]) span')
        .allTextContents();
      assert.equal(pieces.join(""), said.replaceAll(" ", ""));

      const strike = page.locator(".fare-saving .accent");
      await strike.click();
      await page.waitForSelector(".sentences del");
      const struck = await page.locator(".sentences del").allTextContents();
      assert.ok(struck.some((sentence) => sentence.includes(CHATTER[locale])));
      assert.ok(!struck.some((sentence) => sentence.includes(WORK[locale])));
      assert.equal(await text(), said, "what is struck out can still be read");
      // What is left is counted anew, as a text of its own.
      const gone = await page.evaluate(() => [...(CSS.highlights.get("struck") ?? [])].map(String));
      const left = tok.count(gone.reduce((kept, part) => kept.replace(part, ""), said));
      await talks(left);
      const digits = (await page.locator(".fare-saving b").textContent())?.match(/\d+/)?.[0];
      assert.equal(Number(digits), before - left, "minutes that came back are the difference of two counts");
      await page.locator(".fare-saving .on-glass").first().click();
      await talks(before);

      await page.locator(".call-tools button").nth(1).click();
      await page.waitForFunction(
        (said) => /** @type {HTMLTextAreaElement} */ (document.querySelector("#call")).value !== said,
        said,
      );
      const long = tok.count(await text());
      assert.ok(long > 120);
      await talks(long);
      const full = await kinds();
      assert.equal((full.talk ?? 0) + (full.chatter ?? 0), 120);
      assert.ok((await page.locator(".outside").textContent())?.includes(String(long - 120)));
      const outside = await page.locator('.outside [data-kind="outside"]').count();
      assert.equal(outside, Math.min(long - 120, 40));
      const whole = await text();
      // It is marked in a task after the count is shown.
      const marking = await page.waitForFunction((whole) => {
        const marked = [...(CSS.highlights.get("outside") ?? [])].map(String).join("");
        return whole.endsWith(marked) && marked;
      }, whole);
      const marked = String(await marking.jsonValue());
      assert.equal(tok.count(whole.slice(0, whole.length - marked.length)), 120, "what fits is 120 minutes");

      for (const picture of await page.locator(".picture-choice button").all()) {
        await picture.click();
        const story = await page.locator(".picture-story").textContent();
        assert.match(story ?? "", /240.*120.*120|240.*0/);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }

  test(`${locale}: a real window has the model's tokens and prices`, async () => {
    const { context, page, problems, text, talks, bill, shows } = await open(locale, 1280);
    await page.locator(".fare-choices .segmented button").nth(1).click();
    const id = locale === "zh-CN" ? "deepseek-v4-pro" : "gpt-5.2";
    const model = findModel(id) ?? assert.fail();
    const tokens = tok.count(await text());
    await talks(tokens);
    const options = { currency, rate };
    const expected = price(model, { input: tokens, output: 1000 }, options);
    await shows(".fare-bill dd", String(expected.total));
    const shown = await page.locator(".fare-bill dd").textContent();
    assert.equal(
      Number(shown?.replace(/[^\d.]/g, "")),
      Number(Number(decimal(expected.total ?? 0n)).toFixed(4)),
    );
    assert.match((await page.locator(".tiles h2").textContent()) ?? "", /1,000,000|400,000/);
    assert.match((await page.locator(".fare-source").textContent()) ?? "", /202\d/);
    // Another model of another vendor: its own count.
    const claude = await load("claude-opus-5");
    await page.locator(".model-choice select").selectOption("claude-opus-5");
    await talks(claude.count(await text()));
    const opus = findModel("claude-opus-5") ?? assert.fail();
    await shows(
      ".fare-bill dd",
      String(price(opus, { input: claude.count(await text()), output: 1000 }, options).total),
    );
    assert.ok(await bill());
    assert.deepEqual(problems, []);
    await context.close();
  });

  const colorScheme = locale === "zh-CN" ? "light" : "dark";
  test(`${locale}: axe finds nothing, ${colorScheme}, in each state`, async () => {
    const { context, page } = await open(locale, 1280, { colorScheme, reducedMotion: "reduce" });
    await page.waitForSelector(".pictures");
    await page.waitForSelector(".sentences .toggle");
    for (const state of ["sample", "struck", "long", "window"]) {
      if (state === "struck") await page.locator(".fare-saving .accent").click();
      if (state === "long") await page.locator(".call-tools button").nth(1).click();
      if (state === "window") await page.locator(".fare-choices .segmented button").nth(1).click();
      await page.waitForTimeout(400);
      assert.deepEqual(await violations(page), [], state);
    }
    await context.close();
  });
}

test("one types, and minutes appear; by hand one marks and strikes, and by the keyboard alone", async () => {
  const { context, page, problems, talks, kinds } = await open("en-US", 1280);
  await page.locator(".call-tools button").nth(2).click();
  await talks(0);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "call");
  const own = "Wash the car. My cat is called Tom. Mow the lawn.";
  for (let end = 1; end <= own.length; end++) {
    await page.keyboard.type(own[end - 1] ?? "");
    await talks(o200k.count(own.slice(0, end)));
  }
  await page.waitForFunction(() => document.querySelectorAll(".sentences li").length === 3);
  const row = page.locator(".sentences li").nth(1);
  const minutes = o200k.count(own) - o200k.count(own.replace("My cat is called Tom. ", ""));
  await page.waitForFunction(
    (minutes) => document.querySelectorAll(".row-minutes")[1]?.textContent?.startsWith(`${minutes} `),
    minutes,
  );
  // From the field by Tab to the second sentence: three buttons, then two in each row.
  for (let tab = 0; tab < 3 + 2 + 1; tab++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await row.getAttribute("data-chatter"), "true");
  assert.equal((await kinds()).chatter, 6);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await talks(o200k.count(own.replace("My cat is called Tom. ", "")));
  await page.keyboard.press("Enter");
  await talks(o200k.count(own));
  // A selection is struck out.
  await page.focus("#call");
  await page.keyboard.press("Control+Home");
  for (let key = 0; key < 14; key++) await page.keyboard.press("Shift+ArrowRight");
  await page.locator(".call-strike").click();
  await talks(o200k.count(own.slice(14)));
  // The text goes to the other views, and comes back without what was struck out.
  await page.evaluate(() => {
    location.hash = "#/sayings";
  });
  await page.waitForSelector('main[data-view="sayings"]');
  await page.evaluate(() => {
    location.hash = "#/";
  });
  await page.waitForSelector("#call");
  assert.equal(await page.inputValue("#call"), own.slice(14));
  assert.deepEqual(problems, []);
  await context.close();
});

test("an estimate is there before the vocabulary is, and says that it is one; without it the estimate stays", async () => {
  const context = await browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  /** @type {(() => void) | undefined} */
  let letGo;
  const held = new Promise((resolve) => {
    letGo = () => resolve(undefined);
  });
  await page.route(/\.vocab$/, async (route) => {
    await held;
    await route.abort();
  });
  await page.goto(server.url);
  await page.waitForFunction(() => document.querySelector(".fare-talk dd")?.textContent?.startsWith("≈"));
  const count = o200k.count(await page.inputValue("#call"));
  const [low, high] =
    (await page.locator(".fare-talk abbr").getAttribute("title"))?.match(/\d+/g)?.map(Number) ?? [];
  assert.ok(
    low !== undefined && high !== undefined && low <= count && count <= high,
    `${low} to ${high}, ${count}`,
  );
  letGo?.();
  await page.waitForSelector(".model-choice .on-glass");
  assert.match((await page.locator(".basis").textContent()) ?? "", /did not load/);
  await page.unroute(/\.vocab$/);
  await page.locator(".model-choice .on-glass").click();
  await page.waitForFunction(
    (count) => document.querySelector(".fare-talk dd")?.textContent === `${count} min`,
    count,
  );
  await context.close();
});

test("a sample follows the language of the page, as long as nothing was changed in it", async () => {
  const { context, page, problems } = await open("en-US", 1280);
  assert.match(await page.inputValue("#call"), /windows/);
  await page.getByRole("button", { name: "中文" }).click();
  await page.waitForFunction(() =>
    /** @type {HTMLTextAreaElement} */ (document.querySelector("#call")).value.includes("窗户"),
  );
  await page.locator(".fare-saving .accent").click();
  await page.getByRole("button", { name: "English" }).click();
  await page.waitForSelector('text="Strike"', { state: "attached" });
  assert.match(await page.inputValue("#call"), /窗户/);
  assert.deepEqual(problems, []);
  await context.close();
});
