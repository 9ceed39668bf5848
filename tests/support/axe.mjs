// @ts-check
/** What axe finds wrong on a page. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * @param {import("playwright-core").Page} page
 * @param {string} [within] a part of the page; all of it, if it is left out
 * @returns {Promise<string[]>}
 */
export async function violations(page, within) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (within) => {
    const { axe } = /** @type {any} */ (globalThis);
    const found = await axe.run(within ?? document, { resultTypes: ["violations"] });
    return found.violations.map(
      (/** @type {any} */ { id, nodes }) =>
        `${id}: ${nodes.map((/** @type {any} */ { html }) => html).join(" ")} ${nodes[0].failureSummary}`,
    );
  }, within);
}
