// @ts-check
/** The meter in the real Monaco editor: what it counts through every way of editing, and whose meter it is. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inputMethod } from "../support/input-method.mjs";
import { counted, startMonaco } from "../support/monaco.mjs";
import { seed } from "../support/random.mjs";

const { inPage, open } = await startMonaco();

for (const { where, model, encoding, cases, isRemote } of /** @type {const} */ ([
  { where: "on the page's thread", model: "gpt-5.2", encoding: "o200k_base", cases: 600, isRemote: false },
  {
    where: "elsewhere, its answers promises",
    model: "deepseek-v4-pro",
    encoding: "deepseek_v4",
    cases: 100,
    isRemote: true,
  },
])) {
  test(`random edits; the meter is ${where}`, async () => {
    const budget = Number(process.env.CASES ?? cases);
    const options = { seed: seed("edits in Monaco"), cases: budget, isRemote, model, encoding };
    const { wrong, errors, number, done, changed } = await inPage(
      (page, options) => page.randomEdits(options),
      options,
    );
    assert.equal(wrong, undefined, JSON.stringify(wrong));
    assert.deepEqual(errors, []);
    assert.equal(number, budget);
    console.log(`${number} edits, ${changed} changed the text:`, JSON.stringify(done));
  });
}

test("keys, an input method, and a reader's ear", () =>
  open(async (page) => {
    await page.evaluate(async () => {
      const { create, attachMeter, until } = page;
      const editor = create("");
      // 200 tokens fit, 119 are near.
      const meter = attachMeter(editor, { model: "gpt-5.2", context: 271_800, near: 0.9997 });
      Object.assign(globalThis, { editor, meter });
      await until(() => meter.reading?.basis === "exact");
      editor.focus();
      const spoken = document.querySelector(".tokimeter-spoken");
      Object.assign(globalThis, { announced: [] });
      new MutationObserver(() => announced.push(spoken?.textContent)).observe(spoken, { childList: true });
    });
    const status = page.locator(".tokimeter-status > :first-child");
    await page.keyboard.type("A sentence of fifty-two keys crosses no threshold: ok");
    const shown = await counted(page, status);
    assert.match(shown, / tokens · fits · /);
    await page.waitForTimeout(1200);
    assert.deepEqual(await page.evaluate("announced"), []);

    const typist = await inputMethod(page);
    for (const text of ["n", "ni", "nih", "ni hao"]) {
      await typist.compose(text);
      await counted(page, status);
    }
    await typist.commit("你好");
    assert.match(await page.evaluate("editor.getValue()"), /ok你好$/);
    await counted(page, status);

    await page.keyboard.insertText(" tokens".repeat(160));
    assert.match(await counted(page, status), / · near the limit · /);
    assert.equal(await page.locator(".tokimeter-status").getAttribute("data-level"), "near");
    await page.waitForTimeout(1200);
    assert.deepEqual(await page.evaluate("announced"), ["near the limit"]);
    await page.keyboard.insertText(" tokens".repeat(60));
    assert.match(await counted(page, status), / · \d+ tokens too many · /);
    await page.waitForTimeout(1200);
    assert.equal(await page.evaluate("announced.length"), 2);
    for (let undone = 0; undone < 3; undone++) await page.keyboard.press("Control+z");
    await counted(page, status);
  }));

test("models come, go and are disposed; two editors share one; an editor is disposed", async () => {
  const result = await inPage(async ({ monaco, create, attachMeter, until, drawn, tokimeter }) => {
    const tok = await tokimeter.load("o200k_base");
    const editor = create("one two three");
    const [first, second] = [editor.getModel(), monaco.editor.createModel("four\r\nfive")];
    const meter = attachMeter(editor, { model: "gpt-5.2" });
    const seen = [];
    const is = async (text) => {
      await until(() => meter.reading?.tokens === tok.count(text) && meter.reading.basis === "exact");
      seen.push(text);
    };
    await is("one two three");
    editor.setModel(second);
    seen.push(meter.reading);
    await is("four\r\nfive");
    // It is not fed by a model that it has left.
    first?.setValue("much longer than that");
    await is("four\r\nfive");
    second.setEOL(0);
    await is("four\nfive");
    editor.setModel(null);
    await drawn();
    seen.push(meter.reading);
    editor.setModel(first);
    await is("much longer than that");
    const node = document.body.appendChild(document.createElement("div"));
    const other = monaco.editor.create(node, { model: first });
    const beside = attachMeter(other, { model: "gpt-5.2", context: 271_998 });
    await until(() => beside.reading?.basis === "exact");
    other.executeEdits("test", [{ range: first.getFullModelRange(), text: "and so it is here" }]);
    await is("and so it is here");
    await drawn();
    // What does not fit is marked where it does not fit, not in the other editor.
    const marked = (one) => one.getContainerDomNode().querySelectorAll(".tokimeter-over").length > 0;
    seen.push([marked(editor), marked(other)]);
    other.dispose();
    seen.push(document.querySelectorAll(".tokimeter-status").length);
    first.setValue("on and on");
    await is("on and on");
    first.dispose();
    seen.push(meter.reading, editor.getModel());
    editor.setModel(second);
    await is("four\nfive");
    meter.dispose();
    second.setValue("");
    await drawn();
    seen.push(document.querySelectorAll(".tokimeter-status").length);
    meter.dispose();
    return JSON.stringify(seen.map((one) => one ?? "none"));
  }, undefined);
  assert.deepEqual(JSON.parse(result), [
    "one two three",
    "none",
    "four\r\nfive",
    "four\r\nfive",
    "four\nfive",
    "none",
    "much longer than that",
    "and so it is here",
    [false, true],
    1,
    "on and on",
    "none",
    "none",
    "four\nfive",
    0,
  ]);
});

test("a setting that is refused does not come back with the next model", async () => {
  const result = await inPage(async ({ monaco, create, attachMeter, until }) => {
    const editor = create("one two three");
    const errors = [];
    const onError = (error) => errors.push(error.name);
    const meter = attachMeter(editor, { model: "gpt-5.2", onError });
    await until(() => meter.reading?.basis === "exact");
    meter.updateOptions({ near: 9 });
    meter.updateOptions({ context: 5 });
    const first = meter.reading.remaining;
    editor.setModel(monaco.editor.createModel("one two three"));
    await until(() => meter.reading?.basis === "exact" || errors.length > 1);
    const seen = [errors, meter.reading?.remaining === first];
    meter.dispose();
    return JSON.stringify(seen);
  }, undefined);
  assert.deepEqual(JSON.parse(result), [["RangeError"], true]);
});

test("a text that is taken while an edit is being told has it once", async () => {
  const tokens = await inPage(async ({ create, attachMeter, until, tokimeter }) => {
    const editor = create("one");
    let meter;
    editor.getModel().onDidChangeContent(() => meter.retry());
    // A maker that is given: the text is taken at once.
    meter = attachMeter(editor, { model: "gpt-5.2", meter: tokimeter.meter });
    await until(() => meter.reading?.basis === "exact");
    editor.executeEdits("test", [
      { range: editor.getModel().getFullModelRange().collapseToEnd(), text: " two" },
    ]);
    return (await until(() => meter.reading?.basis === "exact" && meter.reading)).tokens;
  }, undefined);
  assert.equal(tokens, 2);
});

test("a large paste is counted in slices, and edits meanwhile are not lost", async () => {
  const { shown, counted, waited } = await inPage(
    async ({ create, attachMeter, until, drawn, tokimeter }) => {
      const tok = await tokimeter.load("o200k_base");
      const editor = create("begin ");
      const meter = attachMeter(editor, { model: "gpt-5.2" });
      await until(() => meter.reading?.basis === "exact");
      editor.setPosition({ lineNumber: 1, column: 7 });
      const large = Array.from({ length: 40_000 }, (_, at) => `Zeile ${at}, 第${at}行\n`).join("");
      editor.trigger("keyboard", "paste", { text: large, pasteOnNewLine: false });
      editor.trigger("keyboard", "type", { text: "end" });
      editor.executeEdits("test", [
        { range: { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 6 }, text: "Beginn" },
      ]);
      await drawn();
      const waited = document.querySelector(".tokimeter-status")?.textContent;
      const counted = tok.count(editor.getValue());
      await until(() => meter.reading?.tokens === counted);
      await drawn();
      return { waited, counted, shown: document.querySelector(".tokimeter-status")?.textContent };
    },
    undefined,
  );
  assert.equal(waited, "…");
  assert.ok(shown?.startsWith(`${counted.toLocaleString("en")} tokens`), `${shown}: ${counted}`);
});
