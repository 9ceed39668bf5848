// @ts-check
/** The VS Code extension, from its .vsix, in VS Code's own workbench and web extension host. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { load } from "tokimeter";
import { launch } from "../support/browser.mjs";
import { mulberry32, seed } from "../support/random.mjs";
import { openVSCode, serveVSCode } from "../support/vscode.mjs";

const PROSE = "Hello, world!\nThe cleaner comes at nine. 清洁工九点来。👩‍💻\n";

const tok = await load("gpt-5.2");
/** @param {string} text */
const tokens = (text) => `${tok.count(text).toLocaleString("en")} token${tok.count(text) === 1 ? "" : "s"}`;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serveVSCode>>} */
let server;
/** @type {Awaited<ReturnType<typeof openVSCode>>} */
let code;
before(async () => {
  browser = await launch();
  server = await serveVSCode();
  code = await openVSCode(browser, server.url);
  await code.ask("put", {
    "/project/fixed.md": PROSE,
    "/project/edited.md": PROSE,
    "/project/crlf.txt": "a\r\nb c\r\n\r\nd",
    "/project/empty.md": "",
  });
});
after(async () => {
  await browser.close();
  await server.close();
  assert.deepEqual(code.problems, []);
});

/** Opens a file and waits for its count. @param {string} path */
async function open(path) {
  await code.ask("open", path);
  await code.ask("select", [[0, 0]]);
  await code.shows(new RegExp(`^${tokens(await code.ask("text"))} · `));
}

/** Waits until the count is one for the model, which may be the same number as for another. @param {string} model */
const namedIn = (model) =>
  code.page.locator(`.statusbar-item[id$="tokimeter.count"][aria-label*="${model}"]`).waitFor();

test("a document is counted as it is typed, with only what is needed loaded", async () => {
  await open("/project/empty.md");
  await code.shows("0 tokens · 0%");
  const typed = "Tokens are minutes. Isn't it so?";
  await code.page.keyboard.type(typed);
  await code.shows(`${tokens(await code.ask("text"))} · <0.1%`);
  await code.page.keyboard.insertText("词元就是分钟。👩‍💻");
  assert.ok((await code.ask("text")).startsWith("Tokens are minutes."));
  await code.shows(`${tokens(await code.ask("text"))} · <0.1%`);
  const files = server.requests.filter(
    (path) => /\.(vocab|wasm)$/.test(path) && path.startsWith("/tokimeter/"),
  );
  assert.deepEqual(files.sort(), ["/tokimeter/vocab/o200k_base.vocab", "/tokimeter/wasm/tokimeter_bg.wasm"]);
});

test("random edits with several cursors, undo, redo and other line breaks", async () => {
  const random = mulberry32(seed("VS Code"));
  const upTo = (/** @type {number} */ below) => Math.floor(random() * below);
  const one = (/** @type {string[]} */ list) => list[upTo(list.length)] ?? "";
  const SNIPPETS = [
    "a",
    " the",
    "B",
    "12",
    "'s",
    "\n",
    "\r\n",
    "\n\n",
    "  ",
    "中文",
    "😀",
    "👩‍💻",
    "\u0301",
    "<|endoftext|>",
    "",
  ];
  const rounds = Number(process.env.CASES ?? 100) / 10;
  for (const path of ["/project/edited.md", "/project/crlf.txt"]) {
    await open(path);
    for (let round = 0; round < rounds / 2; round++) {
      const script = [];
      for (let step = 0; step < 10; step++) {
        const { length } = await code.ask("text");
        const kind = random();
        if (kind < 0.6) {
          const edits = [];
          for (let at = 0, n = 1 + upTo(4); n > 0; n--) {
            const from = at + upTo(length - at + 1);
            const to = Math.min(length, from + upTo(4));
            edits.push({ from, to, insert: one(SNIPPETS) });
            at = to + 1;
            if (at > length) break;
          }
          script.push(edits);
          await code.ask("edit", edits);
        } else if (kind < 0.75) {
          const cursors = Array.from({ length: 1 + upTo(4) }, () => upTo(length + 1));
          const insert = one(["x", " y", "词", "\n"]);
          script.push({ cursors, insert });
          await code.ask(
            "select",
            cursors.map((at) => [at, at]),
          );
          await code.run("type", { text: insert });
        } else if (kind < 0.9) {
          script.push("undo");
          await code.run(random() < 0.7 ? "undo" : "redo");
        } else {
          const eol = one(["LF", "CRLF"]);
          script.push(eol);
          await code.ask("lineBreaks", eol);
        }
      }
      const at = upTo((await code.ask("text")).length);
      await code.ask("select", [[at, at]]);
      const text = await code.ask("text");
      await code.shows(new RegExp(`^${tokens(text)} · `), JSON.stringify([script, text]));
    }
  }
});

test("what is selected is counted, and several selections as copying joins them", async () => {
  await open("/project/fixed.md");
  await code.ask("select", [[0, 13]]);
  await code.shows(`${tokens(PROSE)} (${tok.count(PROSE.slice(0, 13))} selected) · <0.1%`);
  await code.ask("select", [
    [14, 25],
    [0, 13],
  ]);
  const joined = `${PROSE.slice(0, 13)}\n${PROSE.slice(14, 25)}`;
  await code.shows(`${tokens(PROSE)} (${tok.count(joined)} selected) · <0.1%`);
  assert.match(
    (await code.item.getAttribute("aria-label")) ?? "",
    /2 selections, joined by line breaks: \d+ tokens/,
  );
});

test("near the limit and over it, words and colours say so, and what does not fit is marked", async () => {
  await open("/project/fixed.md");
  const marks = code.page.locator('.monaco-editor .view-overlays [class*="ced-"]');
  const count = tok.count(PROSE);
  // The input of GPT-5.2 is at most 272,000 tokens.
  await code.ask("set", "context", 272_000 - count);
  await code.shows(`${tokens(PROSE)} · 100% · nearly full`);
  assert.match((await code.item.getAttribute("class")) ?? "", /warning-kind/);
  assert.equal(await marks.count(), 0);
  await code.ask("set", "context", 272_000 - 5);
  await code.shows(`${tokens(PROSE)} · 100% · over by ${count - 5}`);
  assert.match((await code.item.getAttribute("class")) ?? "", /error-kind/);
  await marks.first().waitFor();
  await code.ask("set", "overLimitDecoration", false);
  await marks.first().waitFor({ state: "detached" });
  await code.ask("set", "overLimitDecoration", undefined);
  await code.ask("set", "context", undefined);
  await code.shows(`${tokens(PROSE)} · <0.1%`);
});

test("settings that make no sense are taken as left out", async () => {
  await open("/project/fixed.md");
  for (const [key, value] of [
    ["context", -5],
    ["reserveOutput", "many"],
    ["near", 7],
    ["model", 3],
    ["currency", "EUR"],
  ]) {
    await code.ask("set", key, value);
    await code.shows(`${tokens(PROSE)} · <0.1%`);
    await code.ask("set", key, undefined);
  }
});

/**
 * In Firefox VS Code shows the tooltip of an item once, and may leave it there: it waits for a property of events, `fromElement`,
 * which is Chromium's. A mouse that stands on the new item already would move nothing.
 */
async function renewItem() {
  await code.page.mouse.move(10, 10);
  await code.run("workbench.action.closeAllEditors");
  await code.item.waitFor({ state: "detached" });
  await code.ask("open", "/project/fixed.md");
}

test("the tooltip says the cost, the basis, and the date and source of the price", async () => {
  await open("/project/fixed.md");
  await code.ask("set", "reserveOutput", 1000);
  await code.shows(`${tokens(PROSE)} · <0.1%`);
  await code.item.hover();
  const tooltip = code.page.locator(".monaco-hover.workbench-hover, .workbench-hover").last();
  await tooltip.waitFor();
  const words = (await tooltip.innerText()).replaceAll("\u00a0", " ");
  assert.match(words, /^GPT-5\.2\n/);
  assert.match(words, new RegExp(`${tokens(PROSE)}, exact \\(o200k_base\\)`));
  assert.match(words, /271,\d{3} tokens left · window 400,000 · input at most 272,000 · reply 1,000/);
  assert.match(words, /Cost: \$0\.014, of that for the reply \$0\.014/);
  assert.match(words, /Prices of 20\d\d-\d\d(-\d\d)?, from \w/);
  await renewItem();
  await code.ask("set", "reserveOutput", undefined);
});

test("a model is picked by typing, and any other name is taken", async () => {
  await open("/project/fixed.md");
  await code.item.click();
  const input = code.page.locator(".quick-input-box input");
  await input.waitFor();
  await input.fill("deepseek-v4-pro");
  await code.page.keyboard.press("Enter");
  const deepseek = await load("deepseek-v4-pro");
  await namedIn("DeepSeek V4 Pro");
  await code.shows(new RegExp(`^${deepseek.count(PROSE)} tokens · `));
  assert.equal(await code.ask("get", "model"), "deepseek-v4-pro");
  await code.item.click();
  await input.waitFor();
  await input.fill("gpt-4");
  await code.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: /^GPT-4gpt-4/ }).waitFor();
  await code.page.keyboard.press("Escape");
  await code.item.click();
  await input.waitFor();
  await input.fill("nobody-9-max");
  await code.page.keyboard.press("Enter");
  await code.shows(/^≈\d+ tokens$/);
  assert.equal(await code.ask("get", "model"), "nobody-9-max");
  assert.match((await code.item.getAttribute("aria-label")) ?? "", /for nobody-9-max, between \d+ and \d+/);
  await code.ask("set", "model", "claude-opus-5");
  await code.shows(/^≈\d+ tokens · /);
  await code.ask("set", "model", undefined);
  await namedIn("GPT-5.2");
  await code.shows(`${tokens(PROSE)} · <0.1%`);
});

test("documents of other languages are not counted", async () => {
  await open("/project/fixed.md");
  await code.ask("set", "enabledLanguages", ["plaintext"]);
  await code.shows("");
  await code.ask("language", "plaintext");
  await code.shows(`${tokens(PROSE)} · <0.1%`);
  await code.ask("language", "markdown");
  await code.shows("");
  await code.ask("set", "enabledLanguages", undefined);
  await code.shows(`${tokens(PROSE)} · <0.1%`);
});

test("a folder is counted as its .gitignore says, and what is not counted is said", async () => {
  await code.ask("put", {
    "/project/.gitignore": "ignored/\n*.log\n",
    "/project/folder/small.md": "Hello",
    "/project/folder/large.md": PROSE.repeat(20),
    "/project/folder/sub/.gitignore": "!kept.log\n",
    "/project/folder/sub/kept.log": "kept, though",
    "/project/folder/sub/other.log": "not kept",
    "/project/folder/ignored/x.md": "not counted",
    "/project/folder/.git/HEAD": "ref",
    "/project/folder/vanishing.txt": "gone when it is read",
    "/project/folder/pi|pe.md": "",
  });
  await code.ask("putBytes", "/project/folder/picture.png", [137, 80, 78, 71, 0, 1]);
  await code.ask("putBytes", "/project/folder/latin.txt", [99, 97, 102, 233]);
  await code.ask("putBytes", "/project/folder/link.md", [120], true);
  await code.ask("count", "/project/folder");
  const report = await code.ask("text");
  const [large, small] = [PROSE.repeat(20), "Hello"].map((text) => tok.count(text));
  const sum = Number(large) + Number(small) + tok.count("kept, though") + tok.count("!kept.log\n");
  assert.match(report, new RegExp(`^# ${sum.toLocaleString("en")} tokens in folder\n`));
  const [counted, skipped] = report.split("## Not counted");
  const paths = (/** @type {string} */ table) => [...table.matchAll(/`([^`]+)` \|/g)].map(([, path]) => path);
  assert.deepEqual(paths(counted), ["large.md", "sub/.gitignore", "sub/kept.log", "small.md", "pi\\|pe.md"]);
  assert.deepEqual(paths(skipped), ["latin.txt", "picture.png", "vanishing.txt"]);
  assert.match(
    skipped,
    /\| not UTF-8 +\| `latin\.txt` \|\n\| binary +\| `picture\.png` \|\n\| .*\| `vanishing\.txt`/,
  );
  assert.match(counted, /\| +\d+ \| +9\d% \| +\$0\.00\d+ \| `large\.md` \|/);
  assert.match(counted, /Prices of 20\d\d-\d\d/);
});

test("counting a folder can be stopped", async () => {
  await code.ask("fill", "/project/many", 2000, PROSE.repeat(3000));
  const cancel = code.page.getByRole("button", { name: "Cancel" });
  await cancel.waitFor({ state: "detached" });
  const counting = code.ask("count", "/project/many");
  // By the keyboard: a tooltip may lie over it (see `renewItem`).
  await cancel.press("Enter");
  await counting;
  assert.match(await code.ask("text"), /Stopped: \d+ files were counted\./);
});

test("the clipboard is counted", async () => {
  await code.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await code.ask("copy", PROSE);
  await code.run("tokimeter.countClipboard");
  const message = code.page.locator(".notifications-toasts .notification-list-item-message").last();
  await message.waitFor();
  assert.match(
    await message.innerText(),
    new RegExp(`The clipboard: ${tokens(PROSE)} for GPT-5\\.2, exact, \\$`),
  );
});

test("a model's id is no link in a message", async () => {
  await open("/project/fixed.md");
  await code.ask("set", "model", "[here](command:workbench.action.files.newUntitledFile)");
  await code.run("tokimeter.countClipboard");
  const message = code.page
    .locator(".notifications-toasts .notification-list-item-message")
    .filter({ hasText: "here" });
  await message.waitFor();
  assert.equal(await message.locator("a").count(), 0);
  assert.match(await message.innerText(), /\[here\] \(command:/);
  await code.ask("set", "model", undefined);
});

test("without its vocabulary it estimates, says why, and counts again", async () => {
  const path = "/tokimeter/vocab/cl100k_base.vocab";
  const file = server.answers.get(path);
  server.answers.set(path, { status: 404 });
  await open("/project/fixed.md");
  await code.ask("set", "model", "gpt-4");
  await code.shows(/^≈\d+ tokens · /);
  await renewItem();
  await code.shows(/^≈\d+ tokens · /);
  await code.item.hover();
  const again = code.page.locator(".workbench-hover a", { hasText: "Count again" });
  await again.waitFor();
  server.answers.set(path, file ?? {});
  await again.click();
  const older = await load("gpt-4");
  await code.shows(new RegExp(`^${older.count(PROSE)} tokens · `));
  await code.ask("set", "model", undefined);
});

test("it speaks Chinese", async () => {
  const settings = { "tokimeter.model": "deepseek-v4-pro", "tokimeter.currency": "CNY" };
  const other = await serveVSCode({ language: "zh-cn", settings });
  const { ask, shows, item } = await openVSCode(browser, other.url);
  await ask("put", { "/project/a.md": "词元就是分钟。", "/project/b.bin": "\0" });
  await ask("open", "/project/a.md");
  const count = (await load("deepseek-v4-pro")).count("词元就是分钟。");
  await shows(`${count} 个词元 · <0.1%`);
  assert.equal(
    await item.getAttribute("aria-label"),
    `DeepSeek V4 Pro：${count} 个词元，已用可用空间的 <0.1%`,
  );
  await ask("count", "/project");
  const report = await ask("text");
  assert.match(report, new RegExp(`^# project：${count} 个词元\n\n模型：DeepSeek V4 Pro，精确。`));
  assert.match(report, /¥0\.0000\d+ \| `a\.md`/);
  assert.match(report, /\| 二进制 \| `b\.bin` \|/);
  await other.close();
});
