// @ts-check
/**
 * What axe finds wrong on a page. Of elements that it has found right before it is asked only what may differ with the theme and the
 * width of the page: the rest would be the same.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ROOM_AND_COLOURS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * @param {import("playwright-core").Page} page
 * @param {string} [within] a part of the page; all of it, if it is left out
 * @returns {Promise<string[]>}
 */
export async function violations(page, within) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  return page.evaluate(
    async ([within, rules]) => {
      const { axe, audited = "" } = /** @type {any} */ (globalThis);
      // CodeMirror has a class for each theme.
      const markup = `${within} of ${document.documentElement.outerHTML.replace(/ͼ\w+/g, "")}`;
      const found = await axe.run(within ?? document, {
        resultTypes: ["violations"],
        ...(markup === audited && { runOnly: rules }),
      });
      Object.assign(globalThis, { audited: found.violations.length === 0 ? markup : "" });
      return found.violations.map(
        (/** @type {any} */ { id, nodes }) =>
          `${id}: ${nodes.map((/** @type {any} */ { html }) => html).join(" ")} ${nodes[0].failureSummary}`,
      );
    },
    /** @type {const} */ ([within, ROOM_AND_COLOURS]),
  );
}
