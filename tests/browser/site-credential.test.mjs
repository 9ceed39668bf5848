// @ts-check
/** The other token: what the page says of login tokens and keys, what it never shows, and that no token is too hostile for it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { applyHints, credentials } from "../../pkg/dist/hints.js";
import { load } from "../../pkg/dist/index.js";
import { violations } from "../support/axe.mjs";
import { openSite, startSite } from "../support/site.mjs";

const { browser, server } = await startSite();

/** @param {string | Uint8Array} bytes */
const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
/** @param {string | Uint8Array} claims @param {string} [header] */
const tokenOf = (claims, header = '{"alg":"HS256","typ":"JWT"}') =>
  `${base64url(header)}.${base64url(claims)}.${SIGNATURE}`;
const SIGNATURE = "c2lnbmF0dXJlLW9mLXRoZS10ZXN0LTAxMjM0NTY3ODk";
/** Keys are put together here, so that nobody's scanner takes this file for a leak. */
const KEY = ["sk", "ant", "api03", "Qm7xR2pLw9ZtK4vN8bHcY1sD6fG3jA5e"].join("-");
const PEM = ["-----BEGIN PRIVATE KEY-----", "MIIEvQIBADANBgkq".repeat(8), "-----END PRIVATE KEY-----"].join(
  "\n",
);

/** @param {import("playwright-core").BrowserContextOptions} [options] */
async function open(options = {}) {
  const site = await openSite(browser, server.url, {
    timezoneId: "Asia/Shanghai",
    ...options,
    hash: "#/sayings",
  });
  const { page } = site;
  await page.waitForSelector(".sayings");
  const card = page.locator(".credential");
  /** @param {string} text */
  const put = (text) =>
    page.locator(".sayings-text").evaluate((field, value) => {
      /** @type {HTMLTextAreaElement} */ (field).value = value;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, text);
  /** Waits until the vocabulary counts. */
  const exact = () => page.waitForSelector(".sayings-languages .token");
  return { ...site, card, put, exact };
}

for (const [locale, says] of /** @type {const} */ ([
  ["en-US", { title: /not a language-model token/, expired: "has expired", cost: "costs 1 " }],
  ["zh-CN", { title: /不是大模型的 token/, expired: "已过期", cost: "要花 1 " }],
])) {
  for (const width of locale === "en-US" ? [1280, 768] : [768, 390]) {
    test(`the example: ${locale}, ${width} pixels`, async () => {
      const { context, page, problems, card, exact } = await open({
        locale,
        viewport: { width, height: 900 },
        colorScheme: width === 768 ? "dark" : "light",
      });
      await exact();
      assert.equal(await card.count(), 0);
      const parts = await page.locator(".sayings-token code").allTextContents();
      await page.locator(".sayings-part > .primary").click();
      const token = parts.join("");
      assert.equal(await page.locator(".sayings-text").inputValue(), token);
      assert.match((await card.getByRole("heading", { level: 3 }).first().textContent()) ?? "", says.title);
      const tokenizer = await load(locale === "en-US" ? "o200k_base" : "deepseek_v4");
      const tokens = tokenizer.count(token);
      await page.waitForSelector(`.credential [data-tokens="${tokens}"]`);
      assert.ok((await card.textContent())?.includes(says.cost.replace("1", String(tokens))));
      const [header = "", claims = ""] = await card.locator("pre").allTextContents();
      assert.deepEqual(JSON.parse(header), { alg: "HS256", typ: "JWT" });
      assert.equal(JSON.parse(claims).sub, "nobody");
      // 2 January 2024, 00:00 UTC.
      const expiry = (await card.locator('[data-claim="exp"] dd').textContent()) ?? "";
      assert.match(expiry, /2024/);
      assert.match(expiry, /08:00/);
      assert.ok(expiry.includes(says.expired));
      const [, , signature = "."] = token.split(".");
      assert.ok(!(await card.textContent())?.includes(signature));
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      assert.deepEqual(await violations(page), []);
      await card.locator(".primary").click();
      assert.equal(await page.locator(".sayings-text").inputValue(), "[JWT]");
      assert.equal(await card.count(), 0);
      // Who took it out by the keyboard can go on writing.
      assert.ok(await page.evaluate(() => document.activeElement?.matches(".sayings-text")));
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
}

test("keys are masked, and go with all others", async () => {
  const { context, page, problems, card, put, exact } = await open();
  await exact();
  const token = tokenOf('{"sub":"1"}');
  const text = `a ${KEY} b\n${PEM}\n${Array.from({ length: 5 }, () => token).join(" ")}`;
  await put(text);
  assert.equal(await card.locator("li").count(), 4);
  const said = (await card.textContent()) ?? "";
  assert.match(said, /Anthropic API key/);
  assert.match(said, /PRIVATE KEY/);
  assert.match(said, /And 3 more/);
  const html = await card.innerHTML();
  for (const secret of [KEY.slice(7), "MIIEvQ", SIGNATURE.slice(0, 8)])
    assert.ok(!html.includes(secret), secret);
  const tokenizer = await load("o200k_base");
  await page.waitForSelector(`.credential [data-tokens="${tokenizer.count(KEY)}"]`);
  await card.locator(".primary").click();
  assert.equal(await page.locator(".sayings-text").inputValue(), applyHints(text, credentials(text)));
  assert.equal(await card.count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test("on the telephone too one can go on writing when it is taken out", async () => {
  const { context, page, problems } = await openSite(browser, server.url);
  await page.locator("#call").fill(`Log in with ${KEY}, please`);
  await page.locator(".credential > .primary").press("Enter");
  assert.equal(await page.locator(".credential").count(), 0);
  assert.ok(!(await page.inputValue("#call")).includes(KEY));
  assert.ok(await page.evaluate(() => document.activeElement?.matches("#call")));
  assert.deepEqual(problems, []);
  await context.close();
});

test("times: each that the calendar has, and no other", async () => {
  const { context, problems, card, put } = await open();
  const later = Math.floor(Date.now() / 1000) + 3600;
  await put(tokenOf(JSON.stringify({ iat: 1_700_000_000, nbf: "1700000000", exp: later, auth_time: 1e300 })));
  assert.deepEqual(
    await card
      .locator("[data-claim]")
      .evaluateAll((all) => all.map((each) => /** @type {HTMLElement} */ (each).dataset.claim)),
    ["iat", "exp"],
  );
  assert.match((await card.locator('[data-claim="iat"]').textContent()) ?? "", /November 15, 2023 at 06:13/);
  assert.match((await card.locator('[data-claim="exp"]').textContent()) ?? "", /has not expired/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("hostile tokens: shown as they are, cut, or not taken for one", async () => {
  const { context, page, problems, card, put, exact } = await open();
  await exact();
  const deep = `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
  /** Claims, and what is shown of them: a part of it, or `undefined` if it is taken for no token. @type {[string, string | Uint8Array, RegExp | undefined][]} */
  const cases = [
    [
      "digits and doubled keys stay",
      '{"id":12345678901234567890,"id":1.50}',
      /12345678901234567890,\n {2}"id": 1\.50/,
    ],
    ["what turns the text around is told", '{"name":"a\u202eb\u200b"}', /a\\u202eb\\u200b/],
    ["markup is text", '{"name":"<img src=x onerror=alert(1)>"}', /<img src=x/],
    ["a quotation mark in a string", '{"a":"x\\"},{\\\\","b":[]}', /"x\\"\},\{\\\\",\n {2}"b": \[\]/],
    ["deep", deep, /…$/],
    ["no names of their own", '{"__proto__":{"exp":1},"exp":"soon"}', /"__proto__"/],
    ["a very long one", `{"sub":"${"x".repeat(300_000)}"}`, /"sub": "x+…$/],
    ["no UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), undefined],
    ["no JSON", '{"a":', undefined],
    ["no object", "1", undefined],
  ];
  for (const [name, claims, shown] of cases) {
    const token = tokenOf(claims);
    await put("");
    await put(`Bearer ${token} in a text`);
    if (shown === undefined) {
      assert.equal(await card.count(), 0, name);
      continue;
    }
    await card.waitFor();
    const text = (await card.locator("pre").nth(1).textContent()) ?? "";
    assert.match(text, shown, name);
    assert.ok(text.length < 4100, name);
    assert.equal(await card.locator("img").count(), 0, name);
    assert.equal(await card.locator("[data-claim]").count(), 0, name);
    const tokens = (await load("o200k_base")).count(token);
    await page.waitForSelector(`.credential [data-tokens="${tokens}"]`);
  }
  await put(`${base64url('{"alg":"HS256"}')}.!!!.${SIGNATURE}`);
  assert.equal(await card.count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test("without a signature, and by keyboard", async () => {
  const { context, page, problems, card, put } = await open();
  await put(`${base64url('{"alg":"none"}')}.${base64url('{"sub":"1"}')}.`);
  assert.match((await card.textContent()) ?? "", /SignatureNone/);
  await page.locator(".sayings-text").focus();
  for (let presses = 0; presses < 10; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.matches(".credential > button"))) break;
  }
  await page.keyboard.press("Enter");
  assert.equal(await card.count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});
