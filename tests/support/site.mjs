// @ts-check
/** The site as it is built, and its page, opened as a person would; waits for what it shows. */

import assert from "node:assert/strict";
import { startServed } from "./start.mjs";

/** Starts a browser and a server of the site. @param {Parameters<typeof startServed>[1]} [overrides] answers by path */
export const startSite = (overrides) => startServed("www/dist", overrides);

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {import("playwright-core").BrowserContextOptions & { hash?: string }} options `hash` is that of a view
 */
export async function openSite(browser, url, { hash = "", ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
    // To keep the whole site takes time that no test of a view has.
    serviceWorkers: "block",
    ...options,
  });
  const page = await context.newPage();
  /** What should not happen: errors of the page, and requests to elsewhere. @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) problems.push(`a request to ${request.url()}`);
  });
  await page.goto(`${url}${hash}`);
  /**
   * Waits until an element's data attribute has a value.
   * @param {string} selector @param {string | number} value @param {string} key
   */
  const shows = (selector, value, key = "value") =>
    page
      .waitForFunction(
        ([selector, key, value]) => {
          const element = document.querySelector(selector ?? "");
          return element instanceof HTMLElement && element.dataset[key ?? ""] === value;
        },
        [selector, key, String(value)],
      )
      .catch(async () => {
        const found = await page
          .locator(selector)
          .evaluate((element, key) => /** @type {HTMLElement} */ (element).dataset[key], key);
        assert.fail(`${selector} shows ${found}, not ${value}; ${problems.join("; ")}`);
      });
  return { context, page, problems, shows };
}
