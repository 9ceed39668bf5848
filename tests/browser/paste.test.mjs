// @ts-check
/**
 * A paste of ten million characters: the page counts it in turns, says how far it is, can be told to stop, and ends
 * with the exact count. What its own code does at a stretch is measured and printed; that it is short is no test,
 * since a busy machine can stretch anything, but a page that stands still for long would be found.
 */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { load } from "../../pkg/dist/index.js";
import { launch } from "../support/chromium.mjs";
import { serve } from "../support/serve.mjs";

const SIZE = 10_000_000;
const SHOTS = "target/shots";
/** What no callback of the page may come near, in milliseconds, whatever else the machine has to do. */
const MOST_MS = 500;

const english = readFileSync("target/corpus/english.txt", "utf8");
const TEXT = english.repeat(Math.ceil(SIZE / english.length)).slice(0, SIZE);
const o200k = await load("o200k_base");

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  assert.ok(TEXT.split("\n").length > 10_000);
  mkdirSync(SHOTS, { recursive: true });
  browser = await launch();
  server = await serve("www/dist");
});
after(async () => {
  await browser.close();
  await server.close();
});

/**
 * Runs in the page before its own code: measures every callback that the page hands to the browser, and each turn of
 * work between two yields; follows the progress that is shown.
 */
function instrument() {
  /** @type {any} */
  const global = window;
  const seen = { longest: 0, callback: "", value: 0, progress: /** @type {number[]} */ ([]), early: false };
  global.seen = seen;
  let turn = 0;
  /** @param {string} callback @param {number} began */
  const note = (callback, began) => {
    const took = performance.now() - began;
    if (took > seen.longest) Object.assign(seen, { longest: took, callback });
  };
  /** @param {string} name @param {unknown} call */
  const timed = (name, call) =>
    typeof call !== "function"
      ? call
      : /** @this {unknown} @param {unknown[]} args */ function (...args) {
          const began = performance.now();
          turn = began;
          try {
            return call.apply(this, args);
          } finally {
            note(name, began);
          }
        };
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    return addEventListener.call(this, type, /** @type {any} */ (timed(`on ${type}`, listener)), options);
  };
  for (const name of ["requestAnimationFrame", "setTimeout", "queueMicrotask", "requestIdleCallback"]) {
    const own = global[name];
    global[name] = (/** @type {unknown} */ call, /** @type {unknown[]} */ ...rest) =>
      own(timed(name, call), ...rest);
  }
  for (const name of ["ResizeObserver", "MutationObserver", "IntersectionObserver"]) {
    const Own = global[name];
    global[name] = class extends Own {
      /** @param {unknown} call */
      constructor(call) {
        super(timed(name, call));
      }
    };
  }
  const onmessage = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
  Object.defineProperty(MessagePort.prototype, "onmessage", {
    set(call) {
      onmessage?.set?.call(this, timed("onmessage", call));
    },
  });
  // Work in turns goes on behind a timer as microtasks, until it sets the next one; with the task its turn is over.
  const { port1, port2 } = new MessageChannel();
  const later = global.setTimeout;
  addEventListener.call(port2, "message", () => {
    turn = 0;
  });
  port2.start();
  global.setTimeout = (/** @type {unknown} */ call, /** @type {unknown[]} */ ...rest) => {
    if (turn !== 0) note("a turn", turn);
    port1.postMessage(0);
    return later(call, ...rest);
  };
  // The browser puts the value of a text area together itself; how much of a callback that is.
  const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  Object.defineProperty(HTMLTextAreaElement.prototype, "value", {
    get() {
      const began = performance.now();
      const text = value?.get?.call(this);
      seen.value = Math.max(seen.value, performance.now() - began);
      return text;
    },
    set(text) {
      value?.set?.call(this, text);
    },
  });
  document.addEventListener("DOMContentLoaded", () => {
    const bar = document.querySelector("progress");
    const tokens = document.getElementById("tokens");
    new MutationObserver(() => {
      if (!bar || bar.hidden) return;
      seen.progress.push(bar.value);
      seen.early ||= tokens?.dataset.value !== undefined;
    }).observe(document.body, { subtree: true, attributes: true, childList: true });
  });
}

async function open() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.addInitScript(instrument);
  await page.goto(server.url);
  await page.fill("#text", "ready");
  await page.waitForFunction(() => document.getElementById("tokens")?.dataset.value === "1");
  await page.fill("#text", "");
  await page.evaluate((text) => Object.assign(window, { text }), TEXT);
  /** Waits until a count is shown. @param {number} tokens */
  const shows = (tokens) =>
    page
      .waitForFunction(
        (tokens) => document.getElementById("tokens")?.dataset.value === tokens,
        String(tokens),
        {
          timeout: 60_000,
        },
      )
      .catch(async () =>
        assert.fail(`${await page.textContent(".meter")}, not ${tokens}; ${problems.join("; ")}`),
      );
  /** Puts the text in without the seconds that the browser takes for a paste, and stops as soon as it can be. */
  const putAndCancel = () =>
    page.evaluate(() => {
      const cancel = document.getElementById("cancel");
      const field = document.querySelector("textarea");
      if (!cancel || !field) return;
      const observer = new MutationObserver(() => {
        if (cancel.hidden) return;
        observer.disconnect();
        cancel.click();
      });
      observer.observe(cancel, { attributes: true });
      field.value = /** @type {any} */ (window).text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    });
  return { context, page, problems, shows, putAndCancel };
}

test("ten million characters pasted: progress, the exact count, and the next key", async (t) => {
  const { context, page, problems, shows } = await open();
  await page.evaluate(() => navigator.clipboard.writeText(/** @type {any} */ (window).text));
  await page.focus("#text");
  await page.keyboard.press("Control+v");
  await shows(o200k.count(TEXT));
  assert.equal(
    await page.locator("#text").evaluate((field) => /** @type {any} */ (field).value.length),
    SIZE,
  );
  const seen = await page.evaluate(() => /** @type {any} */ (window).seen);
  assert.equal(seen.early, false, "no count is given out before it is right");
  const values = new Set(seen.progress);
  assert.ok(values.size >= 3, `progress: ${[...values]}`);
  assert.deepEqual(
    seen.progress,
    seen.progress.toSorted((/** @type {number} */ a, /** @type {number} */ b) => a - b),
  );
  await page.waitForFunction(() => document.getElementById("words")?.textContent?.includes("words"), null, {
    timeout: 120_000,
  });

  // Where the browser leaves the caret does not matter: the text is what counts.
  await page.keyboard.type("x!");
  const edited = await page.inputValue("#text");
  assert.equal(edited.length, SIZE + 2);
  await shows(o200k.count(edited));
  const { longest, callback, value } = await page.evaluate(() => /** @type {any} */ (window).seen);
  t.diagnostic(`the longest callback (${callback}) took ${longest.toFixed(1)} ms`);
  t.diagnostic(`the browser put the value of the text area together in at most ${value.toFixed(1)} ms`);
  assert.ok(longest < MOST_MS, `${callback} took ${longest} ms`);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a long count can be stopped, and started again by a button or by the next edit", async (t) => {
  const { context, page, problems, shows, putAndCancel } = await open();
  const isStopped = async () => {
    await page.waitForSelector("#stopped:visible");
    assert.equal(await page.locator("#tokens").getAttribute("data-value"), null);
    assert.match((await page.textContent("#announce")) ?? "", /stopped/);
    assert.equal(await page.locator("progress").isVisible(), false);
    assert.equal(await page.inputValue("#text"), TEXT);
  };
  await putAndCancel();
  await isStopped();
  await page.screenshot({ path: `${SHOTS}/stopped.png` });
  await page.click("#resume");
  await shows(o200k.count(TEXT));
  assert.equal(await page.locator("#stopped").isVisible(), false);

  await page.evaluate(() => {
    const field = document.querySelector("textarea");
    if (field) field.value = "";
    field?.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await shows(0);
  await putAndCancel();
  await isStopped();
  await page.focus("#text");
  await page.keyboard.type("x");
  const edited = await page.inputValue("#text");
  await shows(o200k.count(edited));

  const { longest, callback } = await page.evaluate(() => /** @type {any} */ (window).seen);
  t.diagnostic(`the longest callback (${callback}) took ${longest.toFixed(1)} ms`);
  assert.ok(longest < MOST_MS, `${callback} took ${longest} ms`);
  assert.deepEqual(problems, []);
  await context.close();
});

test("what is written while a long text is counted is taken up behind it", async () => {
  const { context, page, problems, shows } = await open();
  /** Runs in the page: puts a text in, and others as soon as the count of it is seen to be under way. */
  const during = (/** @type {string[]} */ texts) =>
    page.evaluate((texts) => {
      const field = document.querySelector("textarea");
      const cancel = document.getElementById("cancel");
      if (!field || !cancel) return;
      const put = (/** @type {string} */ text) => {
        field.value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      };
      const { text } = /** @type {any} */ (window);
      const observer = new MutationObserver(() => {
        if (cancel.hidden) return;
        observer.disconnect();
        for (const next of texts) put(next.replace("…", () => text));
      });
      observer.observe(cancel, { attributes: true });
      put(text);
    }, texts);
  await during(["begin …", "begin … end"]);
  await shows(o200k.count(`begin ${TEXT} end`));
  // A short text does not wait for the long one that it replaced.
  await page.locator("#text").evaluate((field) => {
    /** @type {HTMLTextAreaElement} */ (field).value = "";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await shows(0);
  await during(["a short text"]);
  await shows(3);
  assert.deepEqual(problems, []);
  await context.close();
});
