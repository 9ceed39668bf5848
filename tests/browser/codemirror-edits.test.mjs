// @ts-check
/**
 * CodeMirror 6 in real Chromium under random edits: after each, the count that is shown is that of the whole text. `CASES=` sets how many
 * edits each kind of editor has. And what our part is of a key in a large text.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../support/codemirror/open.mjs";
import { inputMethod } from "../support/input-method.mjs";
import { seed } from "../support/random.mjs";

const CASES = Number(process.env.CASES ?? 100);
const SEED = seed("edits in CodeMirror");
const MODEL = "gpt-5.2";

/** @type {Awaited<ReturnType<typeof start>>} */
let editors;
before(async () => {
  editors = await start();
});
after(() => editors.close());

for (const [name, options, more] of /** @type {const} */ ([
  ["plain", {}, {}],
  ["CRLF, with colours", { colors: true }, { lineSeparator: "\r\n" }],
  ["a limit that is passed, with colours", { colors: true, reserveOutput: 399_700 }, {}],
  [
    "answers that are late, CRLF, a limit and colours",
    { colors: true, reserveOutput: 399_700 },
    { lineSeparator: "\r\n", answers: "late" },
  ],
  ["answers of a worker, with colours", { colors: true }, { answers: "in a worker" }],
])) {
  test(`random edits: ${name}`, async (t) => {
    const page = await editors.open(t);
    const typist = await inputMethod(page);
    await page.evaluate(
      async ({ options, more, model, SEED }) => {
        const { edit, settled, Typist } = /** @type {any} */ (window).cm;
        const { view } = edit({ model, ...options }, more);
        const typist = new Typist(view, SEED, "answers" in more);
        Object.assign(window, { view, typist });
        await settled(view);
        view.focus();
      },
      { options, more, model: MODEL, SEED },
    );
    for (let made = 0; made < CASES; made += 100) {
      await page.evaluate(() => /** @type {any} */ (window).typist.type(100));
      await compose(typist, page);
      if (made % 1000 === 0) await page.evaluate(() => /** @type {any} */ (window).typist.paste());
    }
  });
}

/** Composes 你好 by pinyin at the cursor, as an input method does. @param {import("../support/input-method.mjs").InputMethod} typist @param {import("playwright-core").Page} page */
async function compose(typist, page) {
  const before = await page.evaluate(() => {
    const { view, typist } = /** @type {any} */ (window);
    typist.place();
    const events = /** @type {string[]} */ ([]);
    for (const kind of ["compositionstart", "compositionend"])
      view.contentDOM.addEventListener(kind, () => events.push(kind), {
        signal: AbortSignal.timeout(10_000),
      });
    Object.assign(window, { events });
    const { head } = view.state.selection.main;
    return [view.state.sliceDoc(0, head), view.state.sliceDoc(head)];
  });
  for (const text of ["n", "ni", "ni h", "ni hao"]) {
    await typist.compose(text);
    await expectCount(page, before.join(text));
  }
  await typist.commit("你好");
  await expectCount(page, before.join("你好"));
  const events = await page.evaluate(() => /** @type {any} */ (window).events);
  assert.deepEqual(events, ["compositionstart", "compositionend"], "the composition is not broken off");
}

/** @param {import("playwright-core").Page} page @param {string} text */
async function expectCount(page, text) {
  const found = await page.evaluate(async (text) => {
    const { view, cm } = /** @type {any} */ (window);
    const count = cm.whole.count(text);
    for (let tries = 0; tries < 200 && (cm.shown(view) !== count || view.state.sliceDoc() !== text); tries++)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return { text: view.state.sliceDoc(), shown: cm.shown(view), count };
  }, text);
  assert.deepEqual(found, { text, shown: found.count, count: found.count });
}

test("typing in a text of 1 MB", async (t) => {
  const page = await editors.open(t, { path: "index.html" });
  for (const options of [{}, { colors: true }]) {
    const times = await typeInLarge(page, options);
    const [p50, p99] = [0.5, 0.99].map((part) =>
      [times.ours, times.keys].map((each) =>
        each.sort((a, b) => a - b)[Math.ceil(part * each.length) - 1]?.toFixed(2),
      ),
    );
    console.log(
      `1 MB ${JSON.stringify(options)}: of a key ours is ${p50?.[0]} ms, p99 ${p99?.[0]} ms; all is ${p50?.[1]} ms, p99 ${p99?.[1]} ms`,
    );
  }
});

/** Types 180 keys at three places; returns how long each took, and our part of it. @param {import("playwright-core").Page} page @param {object} options */
async function typeInLarge(page, options) {
  const { first, last, count, ...times } = await page.evaluate(
    async ({ options, model }) => {
      const { edit, EditorView, settled, readingOf, shown, whole } = /** @type {any} */ (window).cm;
      const line =
        "The quick brown fox jumps over the lazy dog. 敏捷的棕色狐狸跳过了懒狗。 const x = fox(42);\n";
      const { view } = edit({ model, ...options }, { doc: line.repeat(Math.ceil(1_000_000 / line.length)) });
      await settled(view);
      const plugin = view.plugins.find((/** @type {any} */ { value }) => value?.panel?.dom).value;
      const update = plugin.update.bind(plugin);
      let isTelling = false;
      plugin.update = (/** @type {any} */ change) => {
        performance.mark("begin");
        update(change);
        // That of our own transaction is in the time of that.
        if (!isTelling) performance.measure("ours", "begin");
      };
      const dispatch = view.dispatch.bind(view);
      view.dispatch = (/** @type {any} */ spec) => {
        isTelling = true;
        performance.mark("tell");
        dispatch(spec);
        performance.measure("ours", "tell");
        isTelling = false;
      };
      /** @type {number[]} */
      const ours = [];
      /** @type {number[]} */
      const keys = [];
      const paint = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      for (const part of [0, 0.5, 1]) {
        const anchor = view.state.doc.line(Math.max(1, Math.floor(part * view.state.doc.lines))).from;
        dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor) });
        for (let typed = 0; typed < 60; typed++) {
          if (typed % 20 === 0) await paint();
          performance.clearMeasures();
          const { head } = view.state.selection.main;
          const changes = { from: head, insert: "type 打字 "[typed % 8] };
          const begin = performance.now();
          dispatch({ changes, selection: { anchor: head + 1 }, userEvent: "input.type" });
          const end = performance.now();
          await undefined;
          ours.push(performance.getEntriesByName("ours").reduce((sum, { duration }) => sum + duration, 0));
          keys.push(end - begin);
        }
      }
      const count = whole.count(view.state.sliceDoc());
      const [first, last] = [shown(view), readingOf(view.state).tokens];
      view.destroy();
      return { count, first, last, ours, keys };
    },
    { options, model: MODEL },
  );
  assert.deepEqual([first, last], [count, count]);
  return times;
}
