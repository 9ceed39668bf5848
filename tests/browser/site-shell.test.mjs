// @ts-check
/** The site as a whole: what the first page loads, without a network, under any path, links, keys, paper, languages, and no other origin. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { load } from "../../pkg/dist/index.js";
import { violations } from "../support/axe.mjs";
import { putText, textOf } from "../support/playground.mjs";
import { serve } from "../support/serve.mjs";
import { openSite, startSite } from "../support/site.mjs";

const VIEWS = ["", "#/playground", "#/sayings", "#/agent", "#/value", "#/files"];
/** Bytes under brotli of scripts, styles and WebAssembly before the vocabulary. */
const FIRST_LOAD = 120_000;
/** A login token that logs in nowhere. */
const JWT = `${["eyJhbGciOiJIUzI1NiJ9", Buffer.from('{"sub":"1234567890","name":"Nobody"}').toString("base64url"), "c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ"].join(".")}`;

const { browser, server } = await startSite();

/** @param {import("playwright-core").Page} page @param {string} view */
async function go(page, view) {
  await page.evaluate((view) => {
    location.hash = view || "#/";
  }, view);
  await page.waitForSelector(`main[data-view="${view.slice(2) || "visit"}"] h1`);
}

/** The link in the dialog, once it is made. @param {import("playwright-core").Page} page */
async function linkIn(page) {
  await page.waitForSelector(".dialog input.link");
  await page.waitForFunction(() =>
    /** @type {HTMLInputElement} */ (document.querySelector(".dialog input.link")).value.startsWith("http"),
  );
  return page.inputValue(".dialog input.link");
}

test("the first page: little before the vocabulary, and paint does not wait for the engine", async () => {
  server.requests.length = 0;
  const { context, page } = await openSite(browser, server.url, { locale: "en-US" });
  await page.waitForFunction(() => document.querySelector(".basis")?.textContent?.includes("exactly"));
  // The engine and the vocabulary are asked for at once.
  const first = server.requests.findIndex((path) => path.endsWith(".vocab"));
  const engine = server.requests.filter((path) => path.endsWith(".wasm"));
  const rows = [...new Set([...server.requests.slice(0, first), ...engine])]
    .filter((path) => /\.(js|css|wasm)$/.test(path))
    .map((path) => [path, brotliCompressSync(readFileSync(`www/dist${path}`)).length]);
  const total = rows.reduce((sum, [, bytes]) => sum + Number(bytes), 0);
  for (const [path, bytes] of rows) console.log(`${String(bytes).padStart(7)} ${path}`);
  console.log(`${String(total).padStart(7)} bytes under brotli before the vocabulary`);
  assert.ok(total <= FIRST_LOAD, `${total} bytes`);
  await context.close();

  const held = await browser.newContext();
  const slow = await held.newPage();
  await slow.route(/\.wasm$/, () => {});
  await slow.goto(server.url);
  await slow.waitForSelector("h1");
  // The page is painted though the engine never comes; the browser says so a little later.
  await slow.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length === 1);
  await held.close();
});

test("without a network, after the first visit: every view, and another vocabulary", async () => {
  const own = await serve("www/dist");
  const { context, page } = await openSite(browser, own.url, { locale: "en-US", serviceWorkers: "allow" });
  await page.waitForFunction(
    () => document.querySelector(".foot")?.textContent?.includes("offline"),
    undefined,
    { timeout: 60_000 },
  );
  await context.setOffline(true);
  await own.close();
  await page.reload();
  await page.waitForFunction(() => document.querySelector(".basis")?.textContent?.includes("exactly"));
  for (const view of VIEWS.slice(1)) await go(page, view);
  await go(page, "#/playground");
  await page.selectOption(".meter select", "qwen3-max");
  await putText(page, "Without a network 也能数");
  const count = (await load("qwen3-max")).count("Without a network 也能数");
  await page.waitForFunction(
    (count) =>
      /** @type {HTMLElement | null} */ (document.querySelector("[data-count]"))?.dataset.value ===
      String(count),
    count,
  );
  const manifest = await page.evaluate(async () => (await fetch("./manifest.webmanifest")).json());
  for (const { src } of manifest.icons) {
    assert.equal(await page.evaluate(async (src) => (await fetch(src)).status, src), 200, src);
  }
  await context.close();
});

test("it works under any path, and asks for nothing outside of it", async () => {
  const root = mkdtempSync(join(tmpdir(), "tokimeter-"));
  mkdirSync(join(root, "some/deep"), { recursive: true });
  symlinkSync(resolve("www/dist"), join(root, "some/deep/path"));
  const own = await serve(root);
  const { context, page, problems } = await openSite(browser, `${own.url}some/deep/path/`, {
    locale: "en-US",
    serviceWorkers: "allow",
  });
  await page.waitForFunction(
    () => document.querySelector(".foot")?.textContent?.includes("offline"),
    undefined,
    { timeout: 60_000 },
  );
  for (const view of VIEWS) await go(page, view);
  assert.deepEqual(problems, []);
  assert.ok(own.requests.every((path) => path.startsWith("/some/deep/path/")));
  await context.close();
  await own.close();
  rmSync(root, { recursive: true });
});

test("a share link has the settings, the text only if asked, a credential never; it is opened once, and a damaged one loses nothing", async () => {
  const { context, page, problems } = await openSite(browser, server.url, {
    locale: "en-US",
    hash: "#/playground",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await page.selectOption(".meter select", "gpt-4o");
  const text = `A text with half a pair \ud83d and 中文. Log in with ${JWT} please.`;
  await putText(page, text);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const plain = await linkIn(page);
  assert.ok(plain.startsWith(`${server.url}#/playground?`), plain);
  assert.ok(!plain.includes("text="));
  assert.deepEqual(await violations(page, ".dialog"), []);
  await dialog.getByRole("checkbox").check();
  await dialog.getByText("login token or a key").waitFor();
  await page.waitForFunction(() =>
    /** @type {HTMLInputElement} */ (document.querySelector(".dialog input.link")).value.includes("text="),
  );
  const full = await linkIn(page);
  await dialog.getByRole("button", { name: "Copy the link" }).click();
  await dialog.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), full);
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);

  const reader = await openSite(browser, full, { locale: "zh-CN" }).catch(() =>
    assert.fail("the link does not open"),
  );
  await reader.page.waitForFunction(() => !location.hash.includes("text="));
  await reader.page.waitForSelector("[data-editor]");
  await reader.page.waitForFunction(() =>
    document.querySelector("[data-editor]")?.textContent?.includes("中文"),
  );
  const arrived = await textOf(reader.page);
  assert.ok(arrived.startsWith("A text with half a pair \ud83d and 中文."));
  assert.ok(!arrived.includes(JWT) && !arrived.includes("eyJhbGci"));
  assert.equal(await reader.page.inputValue(".meter select"), "gpt-4o");
  // With a text that is there it asks, and what is kept is kept.
  await reader.page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(full).hash);
  await putText(reader.page, "mine");
  await reader.page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(full).hash);
  await reader.page.getByRole("button", { name: "保留我的文字" }).click();
  assert.equal(await textOf(reader.page), "mine");
  await reader.page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    new URL(full).hash.slice(0, -20),
  );
  await reader.page.getByText("链接里的文字读不出来").waitFor();
  await reader.page.keyboard.press("Escape");
  assert.equal(await textOf(reader.page), "mine");
  await reader.context.close();

  // Noise does not deflate: a link that programs would cut is not made.
  const noise = randomBytes(120_000).toString("base64");
  await putText(page, noise);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("alert").waitFor();
  assert.ok(!(await linkIn(page)).includes("text="));
  assert.deepEqual(problems, []);
  await context.close();
});

test("the link is that of the box as it is now, however long another one takes", async () => {
  const { context, page, problems } = await openSite(browser, server.url, { hash: "#/playground" });
  await putText(page, "Not for everybody");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.evaluate(() => {
    const held = new Promise((resolve) => Object.assign(window, { letGo: () => resolve(undefined) }));
    window.CompressionStream = class extends TransformStream {
      format = "deflate";
      constructor() {
        super({ flush: () => held.then(() => {}) });
      }
    };
  });
  const box = page.getByRole("dialog").getByRole("checkbox");
  await box.check();
  await box.uncheck();
  await linkIn(page);
  await page.evaluate(async () => {
    /** @type {any} */ (window).letGo();
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  assert.ok(!(await linkIn(page)).includes("text="));
  assert.deepEqual(problems, []);
  await context.close();
});

test("names in dialogs are their own: that of the link, and those of two dialogs at once", async () => {
  const { context, page, problems } = await openSite(browser, server.url, { hash: "#/playground" });
  await page.waitForSelector("[data-editor]");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("dialog", { name: "Share this page" }).waitFor();
  const link = await linkIn(page);
  assert.equal(await page.getByLabel("Link", { exact: true }).inputValue(), link);
  await page.evaluate(() => {
    location.hash = "#/playground?text=damaged";
  });
  await page.getByRole("dialog", { name: "The link is damaged" }).waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test("keys lead everywhere, are listed, and can be switched off; none acts while one types", async () => {
  const { context, page, problems } = await openSite(browser, server.url, { locale: "en-US" });
  await page.waitForTimeout(2500);
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Keyboard shortcuts").waitFor();
  await page.keyboard.press("Escape");
  for (const [letter, view] of [
    ["p", "playground"],
    ["s", "sayings"],
    ["a", "agent"],
    ["w", "value"],
    ["f", "files"],
    ["v", "visit"],
  ]) {
    await page.keyboard.press("g");
    await page.keyboard.press(letter ?? "");
    await page.waitForSelector(`main[data-view="${view}"] h1`);
  }
  await page.keyboard.press("l");
  await page.waitForFunction(() => document.documentElement.lang === "zh-CN");
  await page.keyboard.press("l");
  await page.keyboard.press("t");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "call");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("l t g p ?");
  assert.equal(await page.inputValue("#call"), "l t g p ?");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.locator(".foot button").click();
  await dialog.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await page.keyboard.press("l");
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  // The first stop of the keyboard leads past the navigation.
  await page.reload();
  await page.waitForSelector("h1");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  assert.deepEqual(problems, []);
  await context.close();
});

/** Words that are the same in both languages: names, units, code. */
const NAMES =
  /tokimeter|json|tokens?|api|jwt|csv|tiktoken|gpt|claude|gemini|deepseek|qwen|kimi|glm|llama|mistral|github/i;

/** What is read off a page: texts that are not in an element of a language of their own, code or a field. It runs in the page. */
function textsOf() {
  /** @type {string[]} */
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement } = node;
    const text = node.textContent?.trim() ?? "";
    if (text === "" || !parentElement?.checkVisibility()) continue;
    if (
      parentElement.closest(
        "[lang]:not(html), code, textarea, select, kbd, q, .cm-content, [translate=no], .tiles-grid, .sentences",
      )
    )
      continue;
    // What is quoted is the reader's.
    texts.push(text.replace(/“[^”]*”/g, ""));
  }
  return texts;
}

test("both languages are complete, every policy holds, and nothing leaves the origin, in every view", async () => {
  for (const locale of ["zh-CN", "en-US"]) {
    const { context, page, problems } = await openSite(browser, server.url, { locale });
    await page.evaluate(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
        console.error(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`),
      );
    });
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    for (const view of VIEWS) {
      await go(page, view);
      await page.waitForTimeout(1500);
      const texts = await page.evaluate(textsOf);
      assert.ok(texts.length > 10, view);
      const wrong = texts.filter((text) => {
        if (/undefined|NaN|\[object|Infinity/.test(text)) return true;
        if (locale === "en-US") return /\p{Script=Han}/u.test(text);
        return /(?:\b[a-z]{3,}\b[ ,]+){3}/.test(text) && !NAMES.test(text);
      });
      assert.deepEqual(wrong, [], `${locale} ${view}`);
      assert.equal(await page.locator("h1").count(), 1);
    }
    assert.deepEqual(problems, []);
    await context.close();
  }
});

test("on paper there is no navigation, and nothing is cut", async () => {
  const { context, page } = await openSite(browser, server.url, { locale: "en-US" });
  await page.waitForSelector(".pictures");
  await page.emulateMedia({ media: "print" });
  await page.waitForSelector(".nav", { state: "hidden" });
  assert.equal(await page.locator(".fare-bill").isVisible(), true);
  const pdf = await page.pdf();
  assert.ok(pdf.length > 10_000);
  await context.close();
});
