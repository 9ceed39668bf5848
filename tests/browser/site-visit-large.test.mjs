// @ts-check
/** The first view with long calls: what a key takes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../pkg/dist/index.js";
import { can } from "../support/needs.mjs";
import { openSite, startSite } from "../support/site.mjs";

const o200k = await load("o200k_base");
const { browser, server } = await startSite();

test("100 kB: keys paint quickly and nothing holds the page up; 10 MB are counted in turns", async (t) => {
  can(t, "tasks over 50 ms", "longtask");
  const { context, page, problems, shows } = await openSite(browser, server.url, { locale: "en-US" });
  await page.waitForSelector(".pictures");
  const unit = "Clean the windows, please, and water the plants; the neighbours' dog is called Rex.\n";
  const text = unit.repeat(Math.ceil(100_000 / unit.length));
  await page.locator(".call-tools button").nth(2).click();
  await page.evaluate((text) => {
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector("#call"));
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
  await shows(".fare-talk dd", o200k.count(text));
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    const seen = { long: /** @type {number[]} */ ([]), keys: /** @type {number[]} */ ([]) };
    Object.assign(window, { seen });
    new PerformanceObserver((list) =>
      seen.long.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: "longtask",
    });
    document.querySelector("#call")?.addEventListener(
      "keydown",
      () => {
        const began = performance.now();
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => seen.keys.push(performance.now() - began);
          channel.port2.postMessage(0);
        });
      },
      true,
    );
  });
  await page.focus("#call");
  await page.keyboard.press("Control+Home");
  for (let key = 0; key < 80; key++) {
    await page.keyboard.type("hello "[key % 6] ?? "");
    await page.waitForTimeout(25);
  }
  const { long, keys } = await page.evaluate(() => /** @type {any} */ (window).seen);
  keys.sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
  const p95 = keys[Math.floor(keys.length * 0.95)];
  console.log(
    `100 kB: key to paint, median ${keys[keys.length >> 1].toFixed(1)} ms, p95 ${p95.toFixed(1)} ms; long tasks ${JSON.stringify(long)}`,
  );
  assert.ok(keys.length >= 80 && p95 < 200);

  const huge = unit.repeat(Math.ceil(10_000_000 / unit.length));
  await page.evaluate((text) => {
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector("#call"));
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, huge);
  await page.waitForFunction(() => /so far/.test(document.querySelector(".fare-talk dd")?.textContent ?? ""));
  await page.waitForFunction(
    (count) =>
      Number(/** @type {HTMLElement} */ (document.querySelector(".fare-talk dd")).dataset.value) === count,
    o200k.count(huge),
    { timeout: 60_000 },
  );
  assert.deepEqual(problems, []);
  await context.close();
});
