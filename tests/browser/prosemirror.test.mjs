// @ts-check
/**
 * The meter in ProseMirror and in TipTap, as Vite builds them, in a real Chromium: what is shown is always what is there.
 *
 * Long because both editors are asked the same, of one build.
 */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { adapterSize } from "../support/adapter-size.mjs";
import { launch } from "../support/browser.mjs";
import { inputMethod } from "../support/input-method.mjs";
import { buildPages } from "../support/prosemirror/build.mjs";
import { seed } from "../support/random.mjs";
import { serve } from "../support/serve.mjs";

/** @typedef {import("playwright-core").Page} Page */

const SEED = seed("edits of documents");
const CASES = Number(process.env.CASES ?? 200);
/** `gpt-5.2` takes 400,000 tokens: so many are left for the text. */
const roomFor = (/** @type {number} */ tokens) => ({ reserveOutput: 400_000 - tokens });

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {Map<string, import("../support/serve.mjs").Answer>} */
const overrides = new Map([["/favicon.ico", { status: 204 }]]);
before(async () => {
  await buildPages("tests/support/prosemirror", "editors/prosemirror");
  await buildPages("examples/tiptap", "editors/example");
  browser = await launch();
  server = await serve("target/editors", overrides);
});
after(async () => {
  await browser.close();
  await server.close();
});

/**
 * Opens a page, whose errors fail the test.
 * @param {import("node:test").TestContext} t @param {string} path
 */
async function openPage(t, path) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error.stack)));
  t.after(async () => {
    await page.close();
    assert.deepEqual(errors, []);
  });
  await page.goto(server.url + path);
  return page;
}

/** Runs a function in the page, which has what the page's module put on `window`. */
const inPage = (
  /** @type {Page} */ page,
  /** @type {(window: any, argument: any) => unknown} */ what,
  /** @type {unknown} */ argument = undefined,
) =>
  /** @type {Promise<any>} */ (
    page.evaluate(`(${what})(window, ${argument === undefined ? "undefined" : JSON.stringify(argument)})`)
  );

/** The text by the editor's own means, the count of it counted anew, and what is shown. @param {Page} page */
const shown = (page) =>
  inPage(page, async (window) => {
    const { state } = window.view ? window.view() : window.editor();
    const text = window.docText.of(state.doc);
    return {
      text,
      count: await window.countAnew(text),
      reading: window.readingOf(state).tokens,
      status: Number(document.querySelector("#status")?.getAttribute("data-tokens")),
      line: document.querySelector("#status > span")?.textContent,
      selected: window.tokenMeterKey.getState(state).selected,
    };
  });

/** Waits for what is shown to be what is there. @param {Page} page @param {string} [text] */
async function assertShown(page, text) {
  let now = await shown(page);
  for (let left = 100; left > 0 && !(now.reading === now.count && now.status === now.count); left--) {
    await page.waitForTimeout(20);
    now = await shown(page);
  }
  assert.equal(now.reading, now.count, now.text);
  assert.equal(now.status, now.count, now.text);
  if (text !== undefined) assert.equal(now.text, text);
  return now;
}

for (const name of ["bare", "tiptap"]) {
  test(`${name}: random edits`, async (t) => {
    const page = await openPage(t, `prosemirror/${name}.html`);
    await inPage(page, (window, options) => window.open(options), roomFor(200));
    const begin = performance.now();
    const did = await inPage(page, (window, { seed, cases }) => window.randomEdits(seed, cases), {
      seed: SEED,
      cases: CASES,
    });
    const seconds = (performance.now() - begin) / 1000;
    console.log(`${name}: ${JSON.stringify(did)} in ${seconds.toFixed(0)} s`);
    assert.ok(did.changes > CASES / 3 && did.over > CASES / 100 && did.selections > CASES / 100);
  });

  test(`${name}: keys, undo, marks, selection`, async (t) => {
    const page = await openPage(t, `prosemirror/${name}.html`);
    await inPage(page, (window) => {
      window.heard = [];
      return window.open({ onReading: (/** @type {any} */ reading) => window.heard.push(reading.tokens) });
    });
    const heard = () => inPage(page, (window) => window.heard.length);
    await page.locator(".ProseMirror").click();
    await page.keyboard.type("Hello, 词元 👩‍💻");
    await assertShown(page, "Hello, 词元 👩‍💻");
    await page.keyboard.press("Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("three");
    await assertShown(page, "Hello, 词元 👩‍💻\n\ntwo\nthree");
    for (let left = 5; left > 0; left--) await page.keyboard.press("Shift+ArrowLeft");
    await page.waitForFunction(() => {
      const { view, editor, tokenMeterKey } = /** @type {any} */ (window);
      const { state } = view ? view() : editor();
      const { from, to } = state.selection;
      return to - from === 5 && tokenMeterKey.getState(state).selected === 1;
    });
    const before = await heard();
    await inPage(page, (window) => {
      if (!window.view) window.editor().commands.toggleBold();
      else {
        const { state } = window.view();
        const { from, to } = state.selection;
        window.view().dispatch(state.tr.addMark(from, to, state.schema.mark("strong")));
      }
    });
    await assertShown(page);
    assert.equal(await heard(), before, "a mark is no edit");
    await page.keyboard.press("Backspace");
    await assertShown(page, "Hello, 词元 👩‍💻\n\ntwo\n");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    const { text } = await assertShown(page);
    assert.notEqual(text, "Hello, 词元 👩‍💻\n\ntwo\n", "what is published is nothing to undo");
  });

  test(`${name}: an input method composes`, async (t) => {
    const page = await openPage(t, `prosemirror/${name}.html`);
    await inPage(page, (window, options) => window.open(options), { ...roomFor(5), colors: true });
    await page.locator(".ProseMirror").click();
    await page.keyboard.type("Before ");
    const typist = await inputMethod(page);
    let text = "Before ";
    const words = [
      ["n", "ni", "nih", "niha", "nihao", "你好"],
      ["c", "ci", "ciy", "ciyu", "ciyuan", "词元"],
      ["f", "fe", "fen", "fenz", "fenzh", "fenzho", "fenzhong", "分钟"],
    ];
    for (let round = 0; round < 3; round++) {
      for (const steps of words) {
        await page.waitForTimeout(30);
        for (const [place, step] of steps.entries()) {
          await typist.compose(step);
          await assertShown(page, text + step);
          // What is composed stays in the node in which it began.
          const isSame = await inPage(
            page,
            (window, isFirst) => {
              const { anchorNode } = window.getSelection();
              if (isFirst) window.composedIn = anchorNode;
              return window.composedIn === anchorNode && anchorNode.isConnected;
            },
            place < 2,
          );
          assert.ok(isSame, `${text}${step}`);
        }
        const word = steps.at(-1) ?? "";
        await typist.commit(word);
        text += word;
        await assertShown(page, text);
      }
    }
    // What is beyond was marked behind it.
    await page.waitForFunction(() => {
      const { readingOf, view, editor, docText, markedText } = /** @type {any} */ (window);
      const { state, dom } = view ? view() : editor().view;
      return markedText(dom) === docText.of(state.doc).slice(readingOf(state).overflowAt);
    });
    assert.ok(
      (await inPage(page, (window) => window.markedText(document.querySelector(".ProseMirror")))).length > 9,
    );
  });
}

test("a meter in a worker", async (t) => {
  const page = await openPage(t, "prosemirror/bare.html");
  await inPage(
    page,
    (window, options) => window.open({ ...options, colors: true, meter: window.remote.meter }),
    roomFor(20),
  );
  await page.locator(".ProseMirror").click();
  for (let round = 0; round < 5; round++) {
    await page.keyboard.type("Some words and more, 词元 👩‍💻. ");
    await page.keyboard.press("Enter");
    await assertShown(page);
  }
  // Keys in a row are not waited for one by one.
  await inPage(page, (window) => {
    for (let left = 300; left > 0; left--)
      window.view().dispatch(window.view().state.tr.insertText("word ", 1));
  });
  await assertShown(page);
  const edits = { seed: SEED, cases: CASES / 4 };
  await inPage(page, (window, { seed, cases }) => window.randomEdits(seed, cases, true), edits);
  await page.keyboard.press("Control+a");
  await page.waitForFunction(() => {
    const { readingOf, view, tokenMeterKey } = /** @type {any} */ (window);
    const { state } = view();
    const { tokens } = readingOf(state);
    return tokenMeterKey.getState(state).selected === tokens;
  });
});

test("a large paste is counted in slices, and edits in the meantime too", async (t) => {
  const page = await openPage(t, "prosemirror/bare.html");
  await inPage(page, (window) => window.open());
  await inPage(page, (window) => {
    const view = window.view();
    view.pasteText("A long text. ".repeat(20_000));
    view.dispatch(view.state.tr.insertText("first ", 1));
  });
  await assertShown(page);
});

test("colours are those of the tokens in view, and few", async (t) => {
  const page = await openPage(t, "prosemirror/bare.html");
  const text = Array.from(
    { length: 2000 },
    (_, at) => `Paragraph ${at} of the prompt, 第 ${at} 段。👩‍💻`,
  ).join("\n");
  await inPage(page, (window, text) => window.open({ colors: true, status: undefined }, text), text);
  const tokens = page.locator(".tokimeter-token");
  await tokens.first().waitFor();
  assert.ok((await tokens.count()) < 6000);
  const first = await page
    .locator("p", { hasText: "Paragraph 3 of" })
    .locator(".tokimeter-token")
    .allTextContents();
  assert.deepEqual(first.slice(0, 5), ["Paragraph", " ", "3", " of", " the"]);
  await page.locator("p", { hasText: "Paragraph 1500 of" }).scrollIntoViewIfNeeded();
  await page.locator("p:has(.tokimeter-token)", { hasText: "Paragraph 1500 of" }).waitFor();
  assert.ok((await tokens.count()) < 6000);
});

test("models and settings change; what went wrong is tried again", async (t) => {
  const page = await openPage(t, "prosemirror/tiptap.html");
  const { vocab } = await inPage(page, async () => {
    const entries = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
    return { vocab: entries.find((name) => name.includes("deepseek_v4")) };
  });
  assert.equal(vocab, undefined, "nothing is loaded before it is asked for");
  await inPage(page, (window) => {
    window.errors = [];
    return window.open(
      { onError: (/** @type {any} */ error) => window.errors.push(error.code) },
      "<p>Words and words. 词元就是分钟。</p>",
    );
  });
  await assertShown(page);
  const line = page.locator("#status > span").first();
  await inPage(page, (window) =>
    window.editor().commands.configureTokenMeter({ currency: "CNY", reserveOutput: 399_995 }),
  );
  await assert.doesNotReject(line.filter({ hasText: /¥.*tokens too many$/ }).waitFor());
  await inPage(page, (window) => window.editor().commands.configureTokenMeter({ model: "no-such-model" }));
  await line.filter({ hasText: /^about .*unknown model; near its name: / }).waitFor();
  const route = /cl100k_base.*\.vocab$/;
  await page.route(route, (route) => route.abort());
  await inPage(page, (window) => window.editor().commands.configureTokenMeter({ model: "gpt-4" }));
  await page.waitForFunction(() => /** @type {any} */ (window).errors.length > 0);
  assert.deepEqual(await inPage(page, (window) => window.errors), ["fetch-failed"]);
  await line.filter({ hasText: /^about / }).waitFor();
  await page.unroute(route);
  await inPage(page, (window) => window.editor().commands.retryTokenMeter());
  await line.filter({ hasText: /^\d+ tokens/ }).waitFor();
  assert.equal(await inPage(page, (window) => window.editor().storage.tokenMeter.reading.basis), "exact");
});

test("what is asked for after a setting that is refused is done", async (t) => {
  const page = await openPage(t, "prosemirror/tiptap.html");
  await inPage(page, (window) => {
    window.errors = [];
    const onError = (/** @type {any} */ error) => window.errors.push(error.name);
    return window.open({ onError }, "<p>Words and words.</p>");
  });
  await assertShown(page);
  const line = page.locator("#status > span").first();
  await inPage(page, (window) => window.editor().commands.configureTokenMeter({ near: 9 }));
  await inPage(page, (window) => window.editor().commands.configureTokenMeter({ reserveOutput: 399_998 }));
  await line.filter({ hasText: /tokens too many$/ }).waitFor({ timeout: 5000 });
  assert.deepEqual(await inPage(page, (window) => window.errors), ["RangeError"]);
});

test("several views, and what is destroyed gives everything back", async (t) => {
  const page = await openPage(t, "prosemirror/bare.html");
  await inPage(page, (window) => window.open({ colors: true }, "Some words"));
  const seen = await inPage(page, async (window) => {
    const first = window.view();
    const second = window.openSecond();
    await new Promise((resolve) => setTimeout(resolve, 300));
    second.dispatch(second.state.tr.insertText("more and more ", 1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const tokens = [first, second].map(({ state }) => window.readingOf(state).tokens);
    const sheets = document.adoptedStyleSheets.length;
    second.destroy();
    first.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const status = document.querySelector("#status")?.outerHTML;
    return { tokens, sheets, left: document.adoptedStyleSheets.length, status };
  });
  assert.deepEqual(seen, { tokens: [2, 5], sheets: 2, left: 0, status: '<p id="status"></p>' });
});

test("the example runs, is accessible, and speaks only of thresholds", async (t) => {
  const page = await openPage(t, "example/index.html");
  await page.waitForFunction(() => document.querySelector("#status")?.getAttribute("data-tokens") === "97");
  await page.waitForTimeout(1500);
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate("axe.run()").then((result) => /** @type {any} */ (result));
    assert.deepEqual(
      violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`),
      [],
    );
  }
  const describedBy = await page.locator(".tiptap").getAttribute("aria-describedby");
  assert.equal(
    await page.locator(`#${describedBy}`).textContent(),
    "97 tokens · 161% of 60 · $0.4761 · 37 tokens too many",
  );
  await page.evaluate(() => {
    const region = document.querySelector("#status [role=status]");
    const said = /** @type {any} */ (window);
    said.said = [];
    if (region)
      new MutationObserver(() => said.said.push(region.textContent)).observe(region, { childList: true });
  });
  await page.locator(".tiptap").click();
  await page.keyboard.type("Typing that crosses nothing: fifty-two keys are that.");
  await page.waitForTimeout(1200);
  const said = () => page.evaluate(() => /** @type {any} */ (window).said);
  assert.deepEqual(await said(), []);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type("short");
  await page.waitForTimeout(1200);
  assert.deepEqual(await said(), ["near the limit"]);
});

test("a key in a document of 1 MB", async (t) => {
  const page = await openPage(t, "prosemirror/bare.html");
  const times = await inPage(page, async (window) => {
    const paragraph = (/** @type {unknown} */ _, /** @type {number} */ at) =>
      `Paragraph ${at} of a prompt: `.padEnd(200, "some words that are counted ");
    await window.open({ reserveOutput: 399_000 }, Array.from({ length: 5000 }, paragraph).join("\n"));
    return window.typingTimes(50);
  });
  await assertShown(page);
  console.log(`of a key the meter takes, in ms: ${JSON.stringify(times)}`);
});

test("bare: a meter that was lost is made anew when it is asked: of a selection, of what is in view", async (t) => {
  const page = await openPage(t, "prosemirror/bare.html");
  await inPage(page, (window) => {
    const meter = async (/** @type {unknown[]} */ ...args) => {
      window.isLost = false;
      const one = await window.remote.meter(...args);
      for (const name of ["countRange", "spansIn"]) {
        const ask = one[name].bind(one);
        one[name] = (/** @type {unknown[]} */ ...asked) => {
          if (window.isLost) throw Object.assign(new Error("lost"), { code: "trap" });
          return ask(...asked);
        };
      }
      return one;
    };
    return window.open({ colors: true, meter }, "line of words\n".repeat(20));
  });
  await page.locator(".tokimeter-token").first().waitFor();
  await inPage(page, (window) => {
    window.isLost = true;
    const { tr, doc } = window.view().state;
    window.view().dispatch(tr.setSelection(window.TextSelection.create(doc, 1, 14)));
  });
  await page.waitForFunction("tokenMeterKey.getState(view().state).selected === 3");
  await page.evaluate("isLost = true; dispatchEvent(new Event('resize'))");
  await page.waitForFunction("!isLost");
});

test("the adapters are small", async () => {
  const outside = /^(@tiptap|prosemirror-)|\/(meter|status|tokens)\.js$/;
  for (const [name, code] of [
    ["prosemirror", 'export * from "../pkg/dist/prosemirror.js";'],
    ["tiptap", 'export { TokenMeter } from "../pkg/dist/tiptap.js";'],
  ]) {
    const bytes = await adapterSize(code ?? "", outside);
    console.log(`${name}: ${bytes} bytes under brotli`);
    assert.ok(bytes <= 4096, `${name}: ${bytes} bytes`);
  }
});
