// @ts-check
/** How a view looks: in both languages, in both themes, from the width of a desktop to that of a telephone. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./axe.mjs";

/** A language, and widths with themes: each width once, each language with both themes. */
export const LOOKS = /** @type {const} */ ([
  ["zh-CN", [1280, "light"], [390, "dark"]],
  ["en-US", [768, "dark"], [320, "light"]],
]);

/**
 * Tests a view with charts, which are drawn anew at the width of their place, in light and in dark.
 * @template {object} Options
 * @param {(options: Options & { colorScheme: "light" | "dark" }) => ReturnType<typeof import("./site.mjs").openSite>} open
 * @param {[light: Options & { locale: string }, dark: Options & { locale: string }]} options
 * @param {(page: import("playwright-core").Page) => Promise<unknown>} unfold waits for what the view shows, and opens what is folded
 */
export function testLooks(open, [light, dark], unfold) {
  for (const options of [
    { ...light, colorScheme: /** @type {const} */ ("light") },
    { ...dark, colorScheme: /** @type {const} */ ("dark") },
  ]) {
    test(`axe finds nothing and nothing sticks out: ${options.colorScheme}, ${options.locale}`, async () => {
      const { page, problems, context } = await open(options);
      await unfold(page);
      assert.deepEqual(await violations(page), []);
      assert.equal(await page.locator("h1").count(), 1);
      for (const width of [1280, 768, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
      }
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
}
