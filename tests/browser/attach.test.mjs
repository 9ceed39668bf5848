// @ts-check
/**
 * `attach` on a text area, an input and a `contenteditable` element: whatever way a text has into a field, the meter's count is that
 * of what the field then holds. One table for a meter on the page's thread and for one in a worker.
 *
 * Long because the ways into a field are many, and stand in one table.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../support/browser.mjs";
import { FIELDS, openField, serveFields } from "../support/fields.mjs";
import { inputMethod } from "../support/input-method.mjs";
import { can } from "../support/needs.mjs";
import { seed } from "../support/random.mjs";

/** @typedef {Awaited<ReturnType<typeof openField>>} Opened @typedef {import("../support/fields.mjs").Kind} Kind */

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serveFields>>} */
let server;
before(async () => {
  browser = await launch();
  server = await serveFields();
});
after(async () => {
  await browser.close();
  await server.close();
});

/** Runs a script in the page, where `state` is what `openField` made, and `field` the field. @param {Opened} opened */
const run = ({ page }, /** @type {string} */ script) =>
  page.evaluate(`(() => { const { field } = state; ${script} })()`);

/**
 * Ways into a field, one after the other in the same one.
 * @type {readonly [name: string, edit: (opened: Opened) => Promise<unknown>, kinds?: readonly Kind[]][]}
 */
const WAYS = [
  ["typing", ({ page }) => page.locator("#field").pressSequentially("Hello, world! Two  spaces.")],
  ["Enter", ({ page }) => page.keyboard.press("Enter"), ["textarea", "contenteditable"]],
  [
    "an emoji in two halves",
    (opened) =>
      run(
        opened,
        'document.execCommand("insertText", false, "\\ud83d"); document.execCommand("insertText", false, "\\ude00")',
      ),
  ],
  ["Backspace over an emoji", ({ page }) => page.keyboard.press("Backspace")],
  ["typing Chinese", ({ page }) => page.keyboard.insertText("词元就是分钟。👩‍💻")],
  [
    "copy, cut and paste",
    async ({ page }) => {
      await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press("Control+x");
      await page.keyboard.press("Home");
      await page.keyboard.press("Control+v");
      await page.keyboard.press("Control+v");
    },
  ],
  ["undo", ({ page }) => page.keyboard.press("Control+z")],
  ["redo", ({ page }) => page.keyboard.press("Control+Shift+z")],
  ["Delete a word", ({ page }) => page.keyboard.press("Control+Backspace")],
  [
    "replacing all by one key",
    async ({ page }) => {
      await page.keyboard.press("Control+a");
      await page.keyboard.press("x");
    },
  ],
  ["undo of that", ({ page }) => page.keyboard.press("Control+z")],
  [
    "a drop",
    async ({ page, context }) => {
      const session = await context.newCDPSession(page);
      const box = await page.locator("#field").boundingBox();
      const at = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 };
      const data = { items: [{ mimeType: "text/plain", data: "dropped words " }], dragOperationsMask: 1 };
      for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"]))
        await session.send("Input.dispatchDragEvent", { type, ...at, data });
      assert.match(await page.evaluate("state.text()"), /dropped words/);
    },
  ],
  [
    "dragging a part elsewhere",
    async ({ page }) => {
      const box = await page.locator("#field").boundingBox();
      const [x, y] = [(box?.x ?? 0) + 12, (box?.y ?? 0) + 12];
      await page.mouse.dblclick(x, y);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 60, y, { steps: 5 });
      await page.mouse.up();
    },
  ],
  ["a program that sets the value", (opened) => run(opened, 'field.value = "set 😀"'), ["textarea", "input"]],
  [
    "a program that sets the content",
    (opened) => run(opened, 'field.innerHTML = "<p>one</p><p>two<br>three</p>"'),
    ["contenteditable"],
  ],
  [
    "a program that changes a letter",
    (opened) => run(opened, 'document.createTreeWalker(field, 4).nextNode().data = "won"'),
    ["contenteditable"],
  ],
  [
    "setRangeText",
    (opened) => run(opened, 'field.setRangeText("between", 1, 3, "end")'),
    ["textarea", "input"],
  ],
  [
    "autofill",
    (opened) =>
      run(
        opened,
        'field.value = "filled in"; for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }))',
      ),
    ["textarea", "input"],
  ],
  [
    "a text of 70,000 letters",
    (opened) =>
      run(
        opened,
        'field.focus(); document.execCommand("selectAll"); document.execCommand("insertText", false, "word 中文 ".repeat(9_000))',
      ),
    ["textarea"],
  ],
  [
    "a program that empties it at Enter",
    async (opened) => {
      await run(
        opened,
        'field.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); field.value = ""; } })',
      );
      await opened.page.keyboard.press("Enter");
      assert.equal(await opened.page.evaluate("state.text()"), "");
    },
    ["textarea", "input"],
  ],
  ["typing into the empty field", ({ page }) => page.keyboard.type("again")],
  ["a reset of the form", (opened) => run(opened, "field.form.reset()"), ["textarea", "input"]],
  [
    "a new default value",
    (opened) => run(opened, 'field.defaultValue = "by default"'),
    ["textarea", "input"],
  ],
];

for (const kind of /** @type {Kind[]} */ (Object.keys(FIELDS))) {
  for (const inWorker of [false, true]) {
    const where = inWorker ? "in a worker" : "on the page's thread";
    test(`${kind}, ${where}: every way into it is counted`, async (t) => {
      const opened = await openField(browser, server.url, kind, inWorker);
      await opened.page.locator("#field").focus();
      for (const [name, edit, kinds] of WAYS) {
        if (kinds && !kinds.includes(kind)) continue;
        if (name === "a drop" && !can(t, name, "drop")) continue;
        await edit(opened);
        assert.deepEqual(await opened.page.evaluate("state.settled()"), true, `${kind}: ${name}`);
      }
      assert.deepEqual(await opened.page.evaluate("state.errors"), []);
      assert.deepEqual(opened.problems, []);
      await opened.context.close();
    });
  }

  test(`${kind}: an input method's preview is counted, and at its end there is one edit`, async () => {
    const opened = await openField(browser, server.url, kind);
    const { page } = opened;
    const typist = await inputMethod(page);
    await page.locator("#field").focus();
    await page.keyboard.type("ab");
    await page.keyboard.press("ArrowLeft");
    for (const text of ["n", "ni", "ni'h", "ni'hao"]) {
      await page.evaluate("void (state.updates.length = 0)");
      await typist.compose(text);
      assert.equal(await page.evaluate("state.text()"), `a${text}b`);
      assert.equal(await page.evaluate("state.told.tokens"), await page.evaluate("state.count()"), text);
      assert.equal(await page.evaluate("state.detach.isComposing"), true);
      assert.equal(await page.evaluate("state.updates.length"), 1, text);
    }
    await page.evaluate("void (state.updates.length = 0)");
    await typist.commit("你好");
    assert.deepEqual(await page.evaluate("state.updates.flat()"), [{ from: 1, to: 7, insert: "你好" }]);
    assert.equal(await page.evaluate("state.detach.isComposing"), false);
    assert.equal(await page.evaluate("state.told.tokens"), await page.evaluate("state.count()"));
    // One that is given up leaves nothing behind.
    await typist.compose("wo");
    await typist.compose("");
    assert.equal(await page.evaluate("state.text()"), "a你好b");
    assert.deepEqual(await page.evaluate("state.settled()"), true);
    await opened.context.close();
  });

  test(`${kind}: random edits`, async () => {
    const opened = await openField(browser, server.url, kind);
    const made = await opened.page.evaluate(randomEdits, {
      start: seed(kind),
      cases: Number(process.env.CASES ?? 100),
    });
    assert.equal(made.problem, "");
    console.log(`${kind}: ${made.edits} edits, of them ${made.changed} that changed the text`);
    assert.deepEqual(opened.problems, []);
    await opened.context.close();
  });
}

/** Makes random edits, and compares after each. Runs in the page. @param {{ start: number, cases: number }} how */
async function randomEdits({ start, cases }) {
  const { state } = /** @type {any} */ (globalThis);
  const { field } = state;
  let seed = start;
  const upTo = (/** @type {number} */ below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  const one = (/** @type {any[]} */ list) => list[upTo(list.length)];
  const texts = [
    "a",
    " the",
    "中文",
    "😀",
    "\ud83d",
    "\ude00",
    "👩‍💻",
    "  ",
    "12",
    "'s",
    "é",
    "words and more ",
  ];
  const command = (/** @type {string} */ name, /** @type {string} */ text = "") =>
    document.execCommand(name, false, text);
  const isValue = typeof field.value === "string";
  const select = () => {
    const { length } = state.text();
    const from = upTo(length + 1);
    const to = Math.min(length, from + one([0, 0, 0, 1, 2, 9]));
    if (isValue) field.setSelectionRange(from, to);
    else {
      getSelection()?.collapse(field, 0);
      for (let i = Math.min(from, 60); i > 0; i--) getSelection()?.modify("move", "forward", "character");
      for (let i = to - from; i > 0; i--) getSelection()?.modify("extend", "forward", "character");
    }
  };
  const common = [
    () => command("insertText", one(texts)),
    () => command("insertText", one(texts)),
    () => command("insertText", one(texts)),
    () => command("delete"),
    () => command("forwardDelete"),
    () =>
      command(isValue && field.tagName === "INPUT" ? "delete" : one(["insertLineBreak", "insertParagraph"])),
    () => command("undo"),
    () => command("undo"),
    () => command("redo"),
  ];
  const ofValue = [
    () =>
      field.setRangeText(
        one(texts),
        ...[upTo(9), upTo(9)].map((at) => Math.min(at, field.value.length)).sort((a, b) => a - b),
      ),
    () => {
      field.value = field.value.slice(upTo(4)) + one(texts);
    },
  ];
  const ofContent = [
    () => command(one(["bold", "insertUnorderedList", "removeFormat", "outdent"])),
    () => field.firstChild?.remove(),
    () => field.append(one(texts)),
  ];
  field.focus();
  let changed = 0;
  for (let edits = 0; edits < cases; edits++) {
    const before = state.text();
    if (before.length > 400) command("selectAll");
    else select();
    const at = upTo(20);
    const bySelf = at >= 18;
    if (bySelf) one(isValue ? ofValue : ofContent)();
    else one(common)();
    if (before !== state.text()) changed++;
    // Events are counted at once; what a program did, at the next event.
    if (bySelf && isValue) document.body.click();
    await (bySelf || !isValue ? new Promise((resolve) => setTimeout(resolve)) : undefined);
    if (state.told.tokens === state.count()) continue;
    return {
      edits,
      changed,
      problem: JSON.stringify([edits, before, state.text(), state.told.tokens, state.count()]),
    };
  }
  return { edits: cases, changed, problem: state.errors.join() };
}

test("what does not change the text is no edit, and a key is one", async () => {
  const opened = await openField(browser, server.url, "textarea");
  const { page } = opened;
  await page.locator("#field").pressSequentially("some text");
  assert.deepEqual(
    await page.evaluate("state.updates.map((edits) => edits.length)"),
    Array.from({ length: 9 }, () => 1),
  );
  await page.evaluate("void (state.updates.length = 0)");
  for (const key of ["ArrowLeft", "Home", "Shift+End", "Control+c"]) await page.keyboard.press(key);
  await page.evaluate('field.dispatchEvent(new Event("input"))');
  await page.waitForTimeout(300);
  assert.deepEqual(await page.evaluate("state.updates"), []);
  await opened.context.close();
});

test("maxlength holds, and what it cuts off is not counted", async () => {
  const opened = await openField(browser, server.url, "textarea");
  const { page } = opened;
  await page.evaluate("void (field.maxLength = 5)");
  await page.locator("#field").focus();
  await page.keyboard.insertText("abcdefgh");
  assert.equal(await page.evaluate("state.text()"), "abcde");
  assert.deepEqual(await page.evaluate("state.settled()"), true);
  await opened.context.close();
});

test("detached, the field is as it was, and nothing is told", async () => {
  for (const kind of /** @type {Kind[]} */ (Object.keys(FIELDS))) {
    const opened = await openField(browser, server.url, kind);
    const { page } = opened;
    const html = await page.evaluate("field.outerHTML");
    assert.deepEqual(await page.evaluate("Object.keys(field)"), [], "nothing is patched");
    await page.evaluate("state.detach(); state.told = 0; void state.detach()");
    assert.equal(await page.evaluate("field.outerHTML"), html);
    await page.locator("#field").pressSequentially("abc");
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate("state.told"), 0);
    await opened.context.close();
  }
});

test("what reads the text can be given", async () => {
  const opened = await openField(browser, server.url, "contenteditable");
  const { page } = opened;
  const shown = await page.evaluate(async () => {
    const { state } = /** @type {any} */ (globalThis);
    const { attach } = await import(/** @type {string} */ ("/dist/attach.js"));
    state.field.innerHTML = "a<div>b</div>";
    /** @type {any} */
    const reading = await new Promise((onReading) => {
      attach(state.field, {
        model: "gpt-5.2",
        read: () => "x".repeat(7) + state.field.textContent,
        onReading,
      });
    });
    return [state.text(), reading.tokens];
  });
  assert.equal(shown[0], "a\nb");
  assert.ok(shown[1] > 1);
  await opened.context.close();
});

/** Attaches a meter to another element of the page, as `other`. @param {Opened} opened @param {string} html */
const attachTo = ({ page }, html) =>
  page.evaluate(async (html) => {
    const { attach } = await import(/** @type {string} */ ("/dist/attach.js"));
    document.body.insertAdjacentHTML("beforeend", html);
    const other = document.getElementById("other");
    Object.assign(globalThis, { other });
    await new Promise((resolve) => {
      attach(other, {
        model: "gpt-5.2",
        onReading: (/** @type {any} */ { basis, tokens }) => {
          Object.assign(globalThis, { tokens });
          if (basis === "exact") resolve(undefined);
        },
      });
    });
  }, html);

test("a custom element that is defined later is counted by its value", async () => {
  const opened = await openField(browser, server.url, "textarea");
  const { page } = opened;
  await attachTo(opened, "<x-field id=other></x-field>");
  await page.evaluate(
    'customElements.define("x-field", class extends HTMLElement { value = ""; }); other.value = "six words are in this field"; void other.dispatchEvent(new Event("change"))',
  );
  assert.equal(await page.evaluate("tokens"), 6);
  await page.evaluate('void (other.value = "two words")');
  await page.waitForFunction("tokens === 2", undefined, { timeout: 5000 });
  await opened.context.close();
});

test("what was not rendered is counted with its line breaks when it is shown", async () => {
  const opened = await openField(browser, server.url, "textarea");
  const { page } = opened;
  await attachTo(
    opened,
    "<dialog><div id=other contenteditable><p>Hello</p><p>World</p><p>again</p></div></dialog>",
  );
  const before = await page.evaluate("tokens");
  await page.evaluate('document.querySelector("dialog").showModal()');
  await page.waitForFunction((before) => /** @type {any} */ (window).tokens > before, before, {
    timeout: 5000,
  });
  await opened.context.close();
});

test("a key in a megabyte: reading and comparing take a fraction of the key", async () => {
  const opened = await openField(browser, server.url, "textarea");
  const { page } = opened;
  await page.evaluate('field.value = "The quick brown fox. 中文 ".repeat(45_000)');
  assert.deepEqual(await page.evaluate("state.settled()"), true);
  const times = await page.evaluate(async () => {
    const { difference } = await import(/** @type {string} */ ("/dist/attach.js"));
    const { field } = /** @type {any} */ (globalThis).state;
    const compare = [];
    const both = [];
    let text = field.value;
    for (let i = 0; i < 7; i++) {
      field.setRangeText("x", (i * 154_850) % text.length, (i * 154_850) % text.length);
      const begin = performance.now();
      const next = field.value;
      const middle = performance.now();
      if (difference(text, next)[0]?.insert !== "x") throw new Error("not one letter");
      compare.push(performance.now() - middle);
      both.push(performance.now() - begin);
      text = next;
    }
    const median = (/** @type {number[]} */ list) => list.sort((a, b) => a - b)[3];
    return { compare: median(compare), both: median(both), length: text.length };
  });
  console.log(
    `a text of ${times.length}: compared in ${times.compare} ms, read and compared in ${times.both} ms (medians)`,
  );
  await opened.context.close();
});
