// @ts-check
/** The meter in CodeMirror 6 for everybody: what a screen reader hears, what axe finds, and whether colours can be read. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { start } from "../support/codemirror/open.mjs";

const MODEL = "gpt-5.2";

/** @type {Awaited<ReturnType<typeof start>>} */
let editors;
before(async () => {
  editors = await start();
});
after(() => editors.close());

test("a screen reader hears of a level, not of keys", async (t) => {
  const page = await editors.open(t);
  const said = await page.evaluate(async (model) => {
    const { edit, settled, tokenMeter } = /** @type {any} */ (window).cm;
    const { view, compartment } = edit({ model, reserveOutput: 399_900 }, { doc: "" });
    await settled(view);
    /** @type {(string | null)[][]} */
    const said = [[], [], [], []];
    let now = said[0];
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node.parentElement?.classList.contains("cm-announced") && node instanceof HTMLDivElement)
            now?.push(node.textContent);
    }).observe(view.dom, { childList: true, subtree: true });
    const type = async (/** @type {string} */ text) => {
      for (const key of text) {
        view.dispatch({ changes: { from: view.state.doc.length, insert: key }, userEvent: "input.type" });
        await new Promise((resolve) => setTimeout(resolve));
      }
    };
    await type("The quick brown fox jumps over the lazy dog, and so.");
    now = said[1];
    view.dispatch({ changes: { from: 0, insert: "word ".repeat(80) } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    now = said[2];
    await type("one more");
    // A host that shows the reading itself may have a voice of its own.
    const options = { model, reserveOutput: 399_900, announce: false };
    view.dispatch({ effects: compartment.reconfigure(tokenMeter(options)) });
    await settled(view);
    now = said[3];
    view.dispatch({ changes: { from: 0, to: view.state.doc.length } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    return said;
  }, MODEL);
  assert.deepEqual(
    said.map((list) => list.length),
    [0, 1, 0, 0],
    JSON.stringify(said),
  );
  assert.match(String(said[1]?.[0]), /^Token meter: (nearly full|fits)/);
});

test("accessible, on light and on dark, in English and in Chinese", async (t) => {
  const page = await editors.open(t);
  await page.evaluate(async (model) => {
    const { edit, settled } = /** @type {any} */ (window).cm;
    const words = "The sky 天空 is blue 👩‍💻 because short waves scatter more than long ones. ";
    for (const isDark of [false, true]) {
      for (const [reserveOutput, isChinese] of [
        [0, false],
        [399_950, true],
        [399_990, false],
      ]) {
        const { view } = edit(
          { model, reserveOutput, colors: true },
          { doc: words.repeat(2), isDark, isChinese },
        );
        view.dom.style.height = "110px";
        view.dom.style.background = isDark ? "#1e1e1e" : "#fff";
        view.dom.style.color = isDark ? "#ddd" : "#000";
        view.contentDOM.setAttribute("aria-label", `Text ${reserveOutput} ${isDark}`);
        view.dispatch({ selection: { anchor: 4, head: 11 } });
        await settled(view);
      }
    }
  }, MODEL);
  await page.addScriptTag({ content: readFileSync("node_modules/axe-core/axe.min.js", "utf8") });
  const violations = await page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run();
    return violations.map((/** @type {any} */ { id, nodes }) => [
      id,
      ...nodes.map((/** @type {any} */ node) => node.html),
    ]);
  });
  assert.deepEqual(violations, []);
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/codemirror.png`, fullPage: true });
  // Text stays readable on the colours of tokens, whatever axe can see of it.
  const contrasts = await page.evaluate(() => {
    const rgb = (/** @type {string} */ color) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const light = (/** @type {number[]} */ color) => {
      const [r = 0, g = 0, b = 0] = color.map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return [...document.querySelectorAll(".cm-tokenMeter-token")].map((token) => {
      const style = getComputedStyle(token);
      const [r = 0, g = 0, b = 0, alpha = 1] = rgb(style.backgroundColor);
      const editor = token.closest(".cm-editor");
      const behind = rgb(editor ? getComputedStyle(editor).backgroundColor : "");
      const mixed = [r, g, b].map((part, index) => alpha * part + (1 - alpha) * (behind[index] ?? 0));
      const [a, z] = [light(mixed), light(rgb(style.color))].sort((one, two) => two - one);
      return ((a ?? 0) + 0.05) / ((z ?? 0) + 0.05);
    });
  });
  assert.ok(Math.min(...contrasts) >= 7, `contrast ${Math.min(...contrasts)}`);
});
