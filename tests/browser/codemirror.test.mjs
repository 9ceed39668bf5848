// @ts-check
/** What one sees of the meter in CodeMirror 6, in real Chromium; what others can do with it; and how large it is. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { adapterSize } from "../support/adapter-size.mjs";
import { bundle, start } from "../support/codemirror/open.mjs";
import { serve } from "../support/serve.mjs";

const MODEL = "gpt-5.2";

/** @type {Awaited<ReturnType<typeof start>>} */
let editors;
before(async () => {
  editors = await start();
});
after(() => editors.close());

test("tokens are boxes: of characters whole, an id in one colour", async (t) => {
  const page = await editors.open(t);
  for (const more of [{}, { lineSeparator: "\r\n" }, { answers: "in a worker" }]) {
    const found = await page.evaluate(
      async ({ model, more }) => {
        const { edit, settled, whole } = /** @type {any} */ (window).cm;
        const { lineSeparator = "\n" } = /** @type {{ lineSeparator?: string }} */ (more);
        const doc = ["👩‍💻 and the sky, the end", "", "天空 हिन्दी", "𓀀 end"].join(lineSeparator);
        const { view } = edit({ model, colors: true }, { doc, ...more });
        const boxes = () => [...view.contentDOM.querySelectorAll(".cm-tokenMeter-token")];
        await settled(view, () => boxes().length > 0);
        const text = boxes().map((box) => [box.textContent, box.className.match(/color\d/)[0], box.title]);
        view.destroy();
        const tokens = (/** @type {string} */ part) => whole.count(part);
        return { text, emoji: tokens("👩‍💻"), glyph: tokens("𓀀"), lines: doc.split(lineSeparator) };
      },
      { model: MODEL, more },
    );
    assert.equal(found.text.map(([text]) => text).join(""), found.lines.join(""));
    const segmenter = new Intl.Segmenter("en");
    const graphemes = (/** @type {string} */ text) => [...segmenter.segment(text)].length;
    const all = found.text.reduce((sum, [text]) => sum + graphemes(text), 0);
    assert.equal(all, graphemes(found.lines.join("")), "no character is cut");
    // 👩‍💻 is 👩, a joiner and 💻; these characters are several tokens each, some of which end within one.
    const titles = found.text.filter(([text]) => /👩‍💻|𓀀/u.test(text)).map(([, , title]) => title);
    assert.deepEqual(titles, [`${found.emoji} tokens`, `${found.glyph} tokens`]);
    const the = found.text.filter(([text]) => text === " the");
    assert.equal(the.length, 2);
    assert.equal(new Set(the.map(([, color]) => color)).size, 1);
    assert.ok(new Set(found.text.map(([, color]) => color)).size > 3, "there are colours");
  }
});

test("only what is in view is coloured", async (t) => {
  const page = await editors.open(t);
  const [lines, first, last] = await page.evaluate(async (model) => {
    const { edit, EditorView, settled } = /** @type {any} */ (window).cm;
    const doc = Array.from({ length: 5000 }, (_, line) => `line ${line}`).join("\n");
    const { view } = edit({ model, colors: true }, { doc });
    const text = () => view.contentDOM.querySelector(".cm-tokenMeter-token")?.closest(".cm-line").textContent;
    await settled(view, () => text() === "line 0");
    const first = text();
    view.dispatch({ effects: EditorView.scrollIntoView(doc.length) });
    await settled(view, () => text() !== undefined && text() !== first);
    return [view.contentDOM.querySelectorAll(".cm-tokenMeter-token").length, first, text()];
  }, MODEL);
  assert.ok(Number(lines) < 1000, `${lines} boxes`);
  assert.equal(first, "line 0");
  assert.match(String(last), /^line 4\d\d\d$/);
});

test("the state has the reading, and what is beyond the limit is marked", async (t) => {
  const page = await editors.open(t);
  const found = await page.evaluate(async (model) => {
    const { edit, EditorState, part, readingOf, settled, whole } = /** @type {any} */ (window).cm;
    /** @type {unknown[]} */
    const heard = [];
    const onReading = (/** @type {any} */ reading) => {
      heard.push(reading.tokens);
      // To dispatch here is allowed.
      view.dispatch({});
    };
    const settings = { model, reserveOutput: 399_990, onReading };
    const { view } = edit(settings, { lineSeparator: "\r\n", doc: "one\r\ntwo\r\n" });
    const before = readingOf(view.state);
    await settled(view);
    heard.length = 0;
    view.dispatch({ changes: { from: 8, insert: "three four five six seven eight nine" } });
    view.dispatch({ changes: { from: 0, insert: "zero " } });
    const during = readingOf(view.state).tokens;
    await undefined;
    const { tokens, overflowAt, level, remaining } = readingOf(view.state);
    const marked = [...view.contentDOM.querySelectorAll(".cm-tokenMeter-beyond")]
      .map((mark) => mark.textContent)
      .join("");
    const rest = view.state.doc.sliceString(overflowAt);
    view.dispatch({ selection: { anchor: 0, head: 8 } });
    const selected = part(view, "selected");
    const selectedTokens = whole.count(view.state.sliceDoc(0, 8));
    const text = part(view, "level");
    view.destroy();
    return {
      before,
      during,
      tokens,
      level,
      remaining,
      marked,
      rest,
      heard,
      selected,
      selectedTokens,
      text,
      count: whole.count(view.state.sliceDoc()),
      bare: readingOf(EditorState.create()),
    };
  }, MODEL);
  assert.equal(found.before, undefined);
  assert.equal(found.bare, undefined);
  assert.equal(found.tokens, found.count);
  assert.deepEqual(found.heard, [found.count], "heard once a task");
  assert.equal(found.level, "over");
  assert.ok(found.marked.length > 0);
  assert.equal(found.marked, found.rest);
  assert.equal(found.text, `over by ${-found.remaining} tokens`);
  assert.equal(found.selected, `${found.selectedTokens} tokens selected`);
});

test("another model, other settings, another place, another line separator; and back", async (t) => {
  const page = await editors.open(t);
  const found = await page.evaluate(async (model) => {
    const { edit, EditorState, load, part, readingOf, settled, shown, tokenMeter } = /** @type {any} */ (
      window
    ).cm;
    const doc = "one\ntwo 三\nfour 👩‍💻";
    const { view, compartment, separators } = edit({ model, colors: true, context: 100 }, { doc });
    const configure = (/** @type {object} */ options) =>
      view.dispatch({ effects: compartment.reconfigure(tokenMeter({ model, ...options })) });
    await settled(view);
    /** @type {Record<string, unknown>} */
    const found = { first: shown(view), used: part(view, "used") };
    configure({});
    found.without = readingOf(view.state).remaining;
    await settled(view, () => readingOf(view.state).remaining !== found.without);
    found.withoutContext = readingOf(view.state).remaining - /** @type {number} */ (found.without);
    found.boxes = view.contentDOM.querySelectorAll(".cm-tokenMeter-token").length;
    configure({ reserveOutput: 1000, panel: "top", currency: "CNY" });
    await settled(view, () => part(view, "cost").includes("¥"));
    found.top = view.dom.querySelectorAll(".cm-panels-top .cm-tokenMeter").length;
    found.bottom = view.dom.querySelectorAll(".cm-panels-bottom .cm-tokenMeter").length;
    configure({ model: "deepseek-v4-pro" });
    found.gone = [readingOf(view.state)?.basis, shown(view)];
    await settled(view);
    found.deepseek = [shown(view), (await load("deepseek_v4")).count(doc)];
    configure({});
    await settled(view);
    view.dispatch({ effects: separators.reconfigure(EditorState.lineSeparator.of("\r\n")) });
    await settled(view);
    found.crlf = [shown(view), (await load("o200k_base")).count(doc.replaceAll("\n", "\r\n"))];
    configure({ panel: false });
    found.off = view.dom.querySelectorAll(".cm-tokenMeter").length;
    found.still = readingOf(view.state).tokens;
    view.dispatch({ effects: compartment.reconfigure([]) });
    await new Promise((resolve) => setTimeout(resolve, 20));
    found.none = readingOf(view.state);
    return found;
  }, MODEL);
  assert.match(String(found.used), /^0% of 272,000$/);
  assert.equal(found.withoutContext, 100);
  assert.equal(found.boxes, 0);
  assert.deepEqual([found.top, found.bottom], [1, 0]);
  const [deepseek, expected] = /** @type {number[]} */ (found.deepseek);
  assert.equal(deepseek, expected);
  const [crlf, withCrlf] = /** @type {number[]} */ (found.crlf);
  assert.equal(crlf, withCrlf);
  assert.deepEqual([found.off, found.still, found.none], [0, crlf, undefined]);
});

test("views have meters of their own, and a view that is gone has none", async (t) => {
  const page = await editors.open(t);
  const found = await page.evaluate(async (model) => {
    const { edit, meter, settled, shown } = /** @type {any} */ (window).cm;
    let made = 0;
    let disposed = 0;
    let heard = 0;
    const watched = async (/** @type {unknown[]} */ ...args) => {
      const one = await meter(...args);
      made++;
      const { dispose } = one;
      one.dispose = () => {
        disposed++;
        dispose.call(one);
      };
      return one;
    };
    const options = { model, meter: watched, onReading: () => heard++ };
    const views = ["one", "one two", "one two three"].map((doc) => edit(options, { doc }).view);
    for (const view of views) await settled(view);
    views[0].dispatch({ changes: { from: 3, insert: " more words" } });
    const counts = views.map(shown);
    views[0].dispatch({ changes: { from: 0, insert: "x" } });
    for (const view of views) view.destroy();
    heard = 0;
    const early = edit(options, { doc: "gone before it was counted" }).view;
    early.destroy();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { counts, made, disposed, heard };
  }, MODEL);
  assert.deepEqual(found, { counts: [3, 2, 3], made: found.made, disposed: found.made, heard: 0 });
  assert.ok(found.made >= 3);
});

test("hints for the linter of @codemirror/lint", async (t) => {
  const page = await editors.open(t);
  for (const more of [{}, { lineSeparator: "\r\n", isChinese: true }, { answers: "in a worker" }]) {
    const found = await page.evaluate(
      async ({ model, more }) => {
        const { edit, settled, tokenHints } = /** @type {any} */ (window).cm;
        const { lineSeparator = "\n" } = /** @type {{ lineSeparator?: string }} */ (more);
        const key = ["sk", "ant", "api03", "Zx9".repeat(31)].join("-");
        const doc = ["Hello!", "What  is the sky?   ", "", "", "", `key ${key}`, "Thanks!"].join(
          lineSeparator,
        );
        const { view } = edit({ model }, { doc, ...more });
        await settled(view);
        const hints = await tokenHints()(view);
        const told = hints.map((/** @type {any} */ { from, to, severity, message, actions, hint }) => ({
          text: view.state.doc.sliceString(from, to),
          counted: view.state.sliceDoc().slice(hint.from, hint.to),
          saves: hint.saves,
          severity,
          message,
          action: actions[0].name,
        }));
        for (const { from, to, actions } of hints.toReversed()) actions[0].apply(view, from, to);
        await settled(view);
        const text = view.state.doc.toString();
        view.destroy();
        return { told, text, key };
      },
      { model: MODEL, more },
    );
    assert.ok(found.told.length >= 3, JSON.stringify(found.told));
    const warning = found.told.find(({ severity }) => severity === "warning");
    assert.equal(warning?.text, found.key);
    for (const { text, counted, saves, severity } of found.told) {
      assert.equal(counted.replaceAll("\r", ""), text, "the hint is in positions of the counted text");
      assert.ok(saves > 0 || severity === "warning");
    }
    assert.equal(warning?.action, "isChinese" in more ? "删除" : "Remove");
    assert.match(found.told[0]?.message ?? "", "isChinese" in more ? /token/ : /tokens? less/);
    assert.ok(!found.text.includes(found.key) && found.text.includes("What is the sky?"), found.text);
  }
});

test("hints that are looked for when the model changes are of the new one", async (t) => {
  const page = await editors.open(t);
  const [before, meanwhile, after] = await page.evaluate(async (model) => {
    const { edit, meter, settled, tokenHints, tokenMeter } = /** @type {any} */ (window).cm;
    const doc = "你好！\n天空为什么是蓝色的？谢谢！\n";
    const { view, compartment } = edit({ model }, { doc });
    await settled(view);
    const ask = async () => (await tokenHints()(view)).map((/** @type {any} */ { hint }) => hint.saves);
    const before = await ask();
    const configure = (/** @type {object} */ options) =>
      view.dispatch({ effects: compartment.reconfigure(tokenMeter({ model, ...options })) });
    let isAsked = false;
    const make = async (/** @type {unknown[]} */ ...args) => {
      const made = await meter(...args);
      if (isAsked) configure({ model: "gpt-4" });
      return made;
    };
    configure({ meter: make });
    await settled(view);
    isAsked = true;
    return [before, await ask(), await ask()];
  }, MODEL);
  assert.notDeepEqual(before, after);
  assert.deepEqual(meanwhile, after);
});

test("types: the hints are a source of a linter, and the field is readable", () => {
  const file = "target/codemirror-types.ts";
  writeFileSync(
    file,
    `import { linter } from "@codemirror/lint";
    import { EditorState, type Extension } from "@codemirror/state";
    import { readingOf, tokenHints, tokenMeter, tokenReading, zhPhrases } from "tokimeter/codemirror";
    import { connect } from "tokimeter/worker";
    const { meter } = connect();
    export const extensions: Extension[] = [
      linter(tokenHints()),
      tokenMeter({ model: "gpt-5.2", meter, panel: "top", onReading: (reading) => reading.tokens }),
      EditorState.phrases.of(zhPhrases),
    ];
    export const tokens: number | undefined = readingOf(EditorState.create())?.tokens;
    export const again: number | undefined = EditorState.create().field(tokenReading, false)?.tokens;
    // @ts-expect-error: which model it is must be said
    tokenMeter({});`,
  );
  const options =
    "--ignoreConfig --noEmit --strict --module nodenext --target es2022 --lib es2024,esnext.disposable,dom,dom.iterable";
  execFileSync("node_modules/.bin/tsc", [...options.split(" "), file], { stdio: "inherit" });
});

test("the adapter is small", async () => {
  const outside = /^@codemirror\/|\/dist\/meter\.js$|\/codemirror\/(boxes|hints)\.js$/;
  const bytes = await adapterSize(
    'export { readingOf, tokenHints, tokenMeter, tokenReading } from "tokimeter/codemirror";',
    outside,
  );
  const all = await adapterSize('export * from "tokimeter/codemirror";', outside);
  console.log(`tokimeter/codemirror: ${bytes} bytes under brotli; ${all} with the words in Chinese`);
  assert.ok(bytes <= 4000, `${bytes} bytes; the budget is 4000`);
});

test("the example runs", async (t) => {
  const example = await serve(await bundle("examples/codemirror", "codemirror-example"));
  t.after(example.close);
  const page = await editors.browser.newPage();
  t.after(() => page.close());
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(example.url);
  const tokens = page.locator(".cm-tokenMeter-tokens");
  await page.waitForFunction(() => document.querySelector(".cm-tokenMeter-token"));
  const before = Number.parseInt(await tokens.innerText(), 10);
  await page.locator(".cm-content").press("Control+End");
  await page.keyboard.type("Because.");
  await page.waitForFunction(
    (before) => document.querySelector(".cm-tokenMeter-tokens")?.textContent === `${before + 2} tokens`,
    before,
  );
  await page.locator("#model").selectOption("claude-opus-5");
  await page.waitForFunction(() =>
    document.querySelector(".cm-tokenMeter-basis")?.textContent?.startsWith("calibrated"),
  );
  await page.locator(".cm-lintRange").first().waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/codemirror-example.png` });
  assert.deepEqual(errors, []);
});
