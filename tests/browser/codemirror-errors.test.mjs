// @ts-check
/** The meter in CodeMirror 6 when something fails, in real Chromium: it says so, and counts again. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "../support/codemirror/open.mjs";

const MODEL = "gpt-5.2";

/** @type {Awaited<ReturnType<typeof start>>} */
let editors;
before(async () => {
  editors = await start();
});
after(() => editors.close());

test("what cannot be counted exactly says so", async (t) => {
  const page = await editors.open(t, { expected: /Failed to load resource/ });
  await page.route(/deepseek_v3.*\.vocab/, (route) => route.abort());
  const found = await page.evaluate(async () => {
    const { edit, part } = /** @type {any} */ (window).cm;
    /** @type {unknown[]} */
    const errors = [];
    const { view } = edit(
      { model: "deepseek-v3.2", onError: (/** @type {any} */ error) => errors.push(error.code) },
      { doc: "Hello" },
    );
    const unknown = edit({ model: "no-such-model" }, { doc: "Hello, world" }).view;
    const until = async (/** @type {() => boolean} */ isDone) => {
      for (let tries = 0; tries < 400 && !isDone(); tries++)
        await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await until(() => errors.length > 0 && part(unknown, "note") !== "counting…");
    Object.assign(window, { view, until });
    return {
      errors,
      note: part(view, "note"),
      basis: part(view, "basis"),
      tokens: part(view, "tokens"),
      unknown: part(unknown, "note"),
      unknownBasis: part(unknown, "basis"),
      unknownCost: part(unknown, "cost"),
    };
  });
  assert.deepEqual(found.errors, ["fetch-failed"]);
  assert.equal(found.note, "no exact count");
  assert.match(found.basis, /^estimated: \d+ to \d+$/);
  assert.match(found.tokens, /^\d+ tokens?$/);
  assert.match(found.unknown, /^unknown model; is it .+\?$/);
  assert.match(found.unknownBasis, /^estimated: /);
  assert.equal(found.unknownCost, "");
  await page.unroute(/deepseek_v3.*\.vocab/);
  await page.getByRole("button", { name: "try again" }).press("Enter");
  assert.equal(await page.evaluate("view.hasFocus"), true, "the focus is not lost with the button");
  const after = await page.evaluate(async () => {
    const { cm, until, view } = /** @type {any} */ (window);
    await until(() => cm.readingOf(view.state)?.basis === "exact");
    return [cm.part(view, "note"), cm.part(view, "basis"), cm.shown(view)];
  });
  assert.deepEqual(after, ["", "", 1]);
});

test("after an error, other options count again", async (t) => {
  const page = await editors.open(t);
  const found = await page.evaluate(async (model) => {
    const { edit, part, readingOf, settled, shown, tokenMeter } = /** @type {any} */ (window).cm;
    const { view, compartment } = edit({ model, context: 1, cached: 5 }, { doc: "Hello, world" });
    while (part(view, "note") !== "no exact count") await new Promise((resolve) => setTimeout(resolve, 10));
    view.dispatch({ effects: compartment.reconfigure(tokenMeter({ model, context: 10, cached: 5 })) });
    await settled(view, () => readingOf(view.state)?.basis === "exact");
    const after = [part(view, "note"), shown(view), part(view, "retry")];
    view.destroy();
    return after;
  }, MODEL);
  assert.deepEqual(found, ["", 3, ""]);
});

test("a meter that was lost is made anew when it is asked: of a selection, of what is in view", async (t) => {
  const page = await editors.open(t);
  const found = await page.evaluate(async (model) => {
    const { edit, EditorView, meter, part, settled } = /** @type {any} */ (window).cm;
    let isLost = false;
    const lost = async (/** @type {unknown[]} */ ...args) => {
      isLost = false;
      const one = await meter(...args);
      for (const name of ["countRange", "spansIn"]) {
        const ask = one[name].bind(one);
        one[name] = (/** @type {unknown[]} */ ...asked) => {
          if (isLost) throw Object.assign(new Error("lost"), { code: "trap" });
          return ask(...asked);
        };
      }
      return one;
    };
    const doc = "line of words\n".repeat(1000);
    const { view } = edit({ model, meter: lost, colors: true }, { doc });
    const colored = () => view.contentDOM.querySelectorAll(".cm-tokenMeter-token").length > 0;
    await settled(view, colored);
    isLost = true;
    view.dispatch({ selection: { anchor: 0, head: 13 } });
    await settled(view, () => part(view, "selected") === "3 tokens selected");
    isLost = true;
    view.dispatch({ effects: EditorView.scrollIntoView(doc.length) });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await settled(view, colored);
    view.destroy();
    return isLost;
  }, MODEL);
  assert.equal(found, false);
});
