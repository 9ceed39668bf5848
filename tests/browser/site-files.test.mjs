// @ts-check
/**
 * The files view: a folder counts as by the command line, whatever is in it; drops, pastes and choices; what is left out, taken out, filtered
 * and taken along; stopping, failing, and another model.
 */

import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load } from "tokimeter";
import { findModel } from "tokimeter/models";
import { price } from "tokimeter/price";
import { violations } from "../support/axe.mjs";
import { byCommand, choose, done, drop, fill, folder, open, saved, sorted } from "../support/files-view.mjs";
import { needs } from "../support/needs.mjs";

test("a folder counts as by the command line", async () => {
  const { context, page, problems } = await open();
  await choose(page, "project");
  for (const model of ["gpt-5.2", "claude-opus-5", "gemini-2.5-pro", "deepseek-v4-pro"]) {
    await page.selectOption(".files-choices select", model);
    const total = await done(page);
    const [ours, theirs] = [JSON.parse(await saved(page, "JSON")), await byCommand("-m", model, "project")];
    assert.equal(ours.encoding, theirs.encoding);
    const files = ours.files.map((/** @type {any} */ { included, codePoints, ...file }) => file);
    assert.deepEqual(sorted(files), sorted(theirs.files), model);
    assert.deepEqual(sorted(ours.skipped), sorted(theirs.skipped));
    assert.deepEqual(ours.failed, []);
    const { tokens, low, high, bytes, files: count } = theirs.total;
    assert.equal(total, tokens);
    assert.deepEqual([ours.total.tokens, ours.total.low, ours.total.high], [tokens, low, high]);
    assert.deepEqual([ours.total.bytes, ours.total.files], [bytes, count]);
    if (low !== high)
      assert.equal(await page.locator("[data-range]").getAttribute("data-range"), `${low} ${high}`);
  }
  // The counts of the former model are never shown as those of the new one, not for a frame.
  const shown = await page.evaluate(async () => {
    const select = /** @type {HTMLSelectElement} */ (document.querySelector(".files-choices select"));
    select.value = "kimi-k2.6";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve));
    return [select.value, document.querySelector(".files-digits")?.hasAttribute("data-done")];
  });
  assert.deepEqual(shown, ["kimi-k2.6", false]);
  // What is left out, and what is said of it.
  const count = (/** @type {string} */ reason) =>
    page.locator(`[data-reason="${reason}"] [data-count]`).getAttribute("data-count");
  // .git/config and a package; four that begin with a dot; what .gitignore files name.
  assert.deepEqual([await count("tools"), await count("hidden")], ["2", "6"]);
  const ignored = Number(await count("ignored"));
  const { files } = await byCommand("--no-ignore", "project");
  const kept = (await byCommand("project")).files;
  assert.equal(ignored, files.length - kept.length - 1, "one of them is of a package");
  // Without .gitignore, as the command line without it.
  const before = await done(page);
  await page.locator('[data-reason="ignored"] input').uncheck();
  await page.waitForFunction(
    (tokens) => Number(document.querySelector(".files-digits")?.getAttribute("data-tokens")) !== tokens,
    before,
  );
  const all = files.filter((/** @type {any} */ { path }) => !path.includes("node_modules"));
  await done(page);
  const names = JSON.parse(await saved(page, "JSON")).files.map((/** @type {any} */ { path }) => path);
  assert.deepEqual(names.sort(), all.map((/** @type {any} */ { path }) => path).sort());
  assert.deepEqual(problems, []);
  await context.close();
});

test("money, windows and another currency", async () => {
  const { context, page, shows } = await open();
  await choose(page, "project");
  const tokens = await done(page);
  const model = findModel("gpt-5.2");
  assert.ok(model?.maxInput);
  const cost = () => page.locator("[data-cost]").getAttribute("data-cost");
  const of = (/** @type {number} */ input) => price(model, { input }).total ?? 0n;
  const full = Math.floor(tokens / model.maxInput);
  assert.ok(full > 1, "several requests");
  await shows("[data-cost]", String(of(model.maxInput) * BigInt(full) + of(tokens % model.maxInput)), "cost");
  const windows = Number(await page.locator("[data-windows]").getAttribute("data-windows"));
  assert.equal(windows, tokens / model.maxInput);
  const said = await page.locator(".files-words").textContent();
  assert.match(
    said ?? "",
    new RegExp(`takes ${windows.toFixed(1)} windows of GPT-5\\.2.*in ${full + 1} requests`),
  );
  const dollars = await cost();
  await page.getByRole("button", { name: "CNY", exact: true }).click();
  assert.match((await page.locator("[data-cost]").textContent()) ?? "", /¥/);
  assert.notEqual(await cost(), dollars);
  await context.close();
});

test("drops of the disk count as by the command line", needs("drop"), async () => {
  const { context, page, problems } = await open();
  await drop(page, "project/tools", "project/目录", "project/a.txt");
  await done(page);
  const { files } = await byCommand("project/tools", "project/目录", "project/a.txt");
  const report = JSON.parse(await saved(page, "JSON"));
  const plain = (/** @type {any[]} */ list) =>
    sorted(list).map(({ path, tokens }) => [path.replace(/^project\//, ""), tokens]);
  assert.deepEqual(plain(report.files), plain(files));
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.waitForSelector(".files-drop[data-empty]");
  assert.deepEqual(problems, []);
  await context.close();
});

test("drops, pastes, and a tokenizer that comes alone", async () => {
  const { context, page, problems } = await open();
  const tok = await load("o200k_base");
  // Two files of one name, and a paste.
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    for (const text of ["one file", "another file"]) transfer.items.add(new File([text], "same.txt"));
    document.body.dispatchEvent(
      new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }),
    );
  });
  assert.equal(await done(page), tok.count("one file") + tok.count("another file"));
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(["pasted 词元"], "pasted.txt"));
    const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
    // Firefox leaves it out of what its constructor is given.
    Object.defineProperty(event, "clipboardData", { value: clipboardData });
    document.body.dispatchEvent(event);
  });
  await page.waitForSelector('tr[data-path="pasted.txt"]');
  assert.equal(
    await page.locator('tr[data-path="pasted.txt"] [data-tokens]').getAttribute("data-tokens"),
    String(tok.count("pasted 词元")),
  );
  // A rank file has no name that tells how it cuts; a tokenizer.json has.
  const ids = Object.fromEntries([..."abcdefghijklmnopqrstuvwxyz"].map((letter, id) => [letter, id]));
  const tokenizer = JSON.stringify({
    version: "1.0",
    added_tokens: [],
    pre_tokenizer: { type: "Whitespace" },
    model: { type: "WordLevel", vocab: { "[UNK]": 30, ...ids }, unk_token: "[UNK]" },
  });
  const give = () =>
    page
      .locator('[data-input="files"]')
      .setInputFiles([{ name: "tokenizer.json", mimeType: "", buffer: Buffer.from(tokenizer) }]);
  await give();
  await page.getByRole("button", { name: "Count with it" }).click();
  assert.equal(await page.locator(".files-choices option:checked").textContent(), "tokenizer.json");
  await page.waitForFunction(() => document.querySelector('tr[data-path="same.txt"] [data-tokens="2"]'));
  assert.equal(await done(page), 2 + 2 + 2);
  await give();
  await page.getByRole("button", { name: "Count it as text" }).click();
  await page.waitForSelector('tr[data-path="tokenizer.json"]');
  assert.deepEqual(problems, []);
  await context.close();
});

test("a folder that the browser asks for is walked to its end", needs("directory"), async () => {
  const { context, page, problems } = await open();
  await page.evaluate(async () => {
    // A folder of the page's own stands for one of the disk.
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("picked", { create: true });
    /** @type {[path: string, text: string][]} */
    const files = [
      ["a.txt", "one"],
      [".gitignore", "*.log"],
      ["deep/b.txt", "two words"],
      ["deep/c.log", "ignored"],
      ["node_modules/d/e.js", "left out"],
    ];
    for (const [path, text] of files) {
      const names = path.split("/");
      const name = names.pop() ?? "";
      let at = folder;
      for (const each of names) at = await at.getDirectoryHandle(each, { create: true });
      const file = await (await at.getFileHandle(name, { create: true })).createWritable();
      await file.write(text);
      await file.close();
    }
    /** @type {any} */ (globalThis).showDirectoryPicker = async () => folder;
  });
  await page.getByRole("button", { name: "Choose a folder" }).click();
  const tok = await load("o200k_base");
  assert.equal(await done(page), tok.count("one") + tok.count("two words"));
  for (const reason of ["tools", "hidden", "ignored"])
    await page.waitForSelector(`[data-reason="${reason}"] [data-count="1"]`);
  await page.locator('[data-reason="tools"] input').uncheck();
  await page.waitForSelector('tr[data-path="picked/node_modules/d/e.js"]');
  assert.deepEqual(problems, []);
  await context.close();
});

test("rows are taken out and back in, filtered, opened, and taken along", async () => {
  const { context, page } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await choose(page, "project");
  const total = await done(page);
  const shown = () => page.locator(".files-digits").getAttribute("data-tokens").then(Number);
  const first = page.locator(".files-table tbody tr").first();
  assert.equal(await first.getAttribute("data-path"), "project/large.txt", "the dearest first");
  const large = Number(await first.locator("[data-tokens]").getAttribute("data-tokens"));
  await first.locator("input").uncheck();
  await page.waitForFunction(
    (total) => document.querySelector(".files-digits")?.getAttribute("data-tokens") === String(total),
    total - large,
  );
  // Folders: the one above is in part taken out; opened, it has its own rows.
  await page.getByRole("button", { name: "Folders" }).click();
  const row = (/** @type {string} */ path) => page.locator(`tr[data-path="${path}"]`);
  assert.equal(await row("project").getAttribute("data-included"), "some");
  await page.getByRole("button", { name: "Open src" }).press("Enter");
  await page.getByRole("button", { name: "Open deep" }).press("Enter");
  await page.waitForSelector('tr[data-path="er"]');
  await row("project").locator("input").click();
  await page.waitForFunction(
    (total) => document.querySelector(".files-digits")?.getAttribute("data-tokens") === String(total),
    total,
  );
  // Types.
  await page.getByRole("button", { name: "Types" }).click();
  const texts = Number(await row(".txt").locator("[data-tokens]").getAttribute("data-tokens"));
  const { files } = await byCommand("project");
  const ofTexts = files.filter((/** @type {any} */ { path }) => path.endsWith(".txt"));
  assert.equal(
    texts,
    ofTexts.reduce((/** @type {number} */ sum, /** @type {any} */ { tokens }) => sum + tokens, 0),
  );
  // The filter narrows the tables, and what it finds is taken out at once.
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await page.getByLabel("Filter by path").fill("src CODE");
  await page.waitForSelector('.files-filtered [data-files="1"]');
  const code = Number(await page.locator(".files-filtered [data-files]").getAttribute("data-tokens"));
  await page.getByRole("button", { name: "Leave out", exact: true }).click();
  await page.waitForFunction(
    (total) => document.querySelector(".files-digits")?.getAttribute("data-tokens") === String(total),
    total - code,
  );
  assert.equal(await shown(), total - code);
  await page.getByLabel("Filter by path").fill("no such path");
  await page.getByText("No path matches.").waitFor();
  await page.getByLabel("Filter by path").fill("");
  await page.waitForSelector('tr[data-path="project/large.txt"]');
  // What is taken along.
  const csv = await saved(page, "CSV");
  assert.equal(
    csv.split("\r\n").length - 1,
    1 +
      files.length +
      (await byCommand("project")).skipped.filter((/** @type {any} */ { why }) => why === "binary").length,
  );
  assert.match(csv, /^\ufeffpath,tokens,low,high,bytes,code points,included,status,reason\r\n/);
  assert.match(csv, /project\/src\/deep\/er\/code\.ts,\d+,\d+,\d+,\d+,\d+,false,counted,\r\n/);
  await page.getByRole("button", { name: "Copy a summary" }).click();
  await page.waitForFunction(() => document.getElementById("announce")?.textContent === "Copied.");
  const summary = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(summary, /^GPT-5\.2: \d+ files, [\d,]+ tokens, counted file by file\n/);
  assert.match(summary, /\tproject\/large\.txt\n/);
  // The text itself.
  await page.getByRole("button", { name: "Look at project/crlf.txt in the playground" }).click();
  await page.waitForFunction(() => location.hash === "#/playground");
  await page.goBack();
  await page.waitForSelector(".files-digits[data-done]");
  assert.equal(await shown(), total - code, "it stays while one looks elsewhere");
  await context.close();
});

test("files that changed or are gone are said; another model counts anew, and one that was there is there", async () => {
  const { context, page, problems } = await open();
  fill(join(folder, "passing"), { "stays.txt": "stays", "changes.txt": "changes", "goes.txt": "goes" });
  await choose(page, "passing");
  const total = await done(page);
  writeFileSync(join(folder, "passing/changes.txt"), "it has changed since");
  rmSync(join(folder, "passing/goes.txt"));
  await page.selectOption(".files-choices select", "deepseek-v4-pro");
  await page.waitForSelector('[data-kind="failed"][data-count="2"]');
  const said = (await page.locator('[data-kind="failed"] li').allTextContents()).sort();
  assert.match(said[0] ?? "", /changes\.txt.*changed since/);
  assert.match(said[1] ?? "", /goes\.txt.*(?:not there|cannot be read)/);
  assert.equal(await done(page), (await load("deepseek_v4")).count("stays"));
  await page.selectOption(".files-choices select", "gpt-5.1");
  await page.waitForFunction(
    (total) => document.querySelector(".files-digits")?.getAttribute("data-tokens") === String(total),
    total,
  );
  assert.equal(await page.locator('[data-kind="failed"]').count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a vocabulary that does not come says so, and is tried again", async () => {
  const { context, page } = await open();
  await page.route(/deepseek_v4|deepseek_v3/, (route) => route.abort());
  await choose(page, "project");
  const total = await done(page);
  await page.evaluate(() => {
    const { setTimeout } = window;
    // The half minute after which workers are given back is over at once.
    Object.assign(window, {
      setTimeout: (/** @type {() => void} */ call, /** @type {number} */ wait) =>
        setTimeout(call, wait === 30_000 ? 0 : wait),
    });
  });
  await page.selectOption(".files-choices select", "deepseek-v4-pro");
  await page.waitForSelector(".files-failed");
  for (let waits = 0; page.workers().length > 0; waits++) {
    assert.ok(waits < 100, "what rests is given back");
    await page.waitForTimeout(50);
  }
  await page.unroute(/deepseek_v4|deepseek_v3/);
  await page.getByRole("button", { name: "Try again" }).click();
  assert.notEqual(await done(page), total);
  await context.close();
});

for (const locale of /** @type {const} */ (["zh-CN", "en-US"])) {
  for (const width of locale === "zh-CN" ? [1280, 390] : [768, 390]) {
    test(`${locale} at ${width}: whole, accessible, by keyboard`, async () => {
      const { context, page, problems } = await open({ locale, viewport: { width, height: 900 } });
      const audit = async () => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `the page is ${wide} px too wide`);
        for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await violations(page), []);
        }
      };
      await audit();
      await choose(page, "small");
      await done(page);
      await page.waitForSelector('[data-kind="binary"]');
      assert.equal(await page.locator("h1").count(), 1);
      for (const tab of [0, 1, 2]) {
        await page.locator(".files-head .segmented button").nth(tab).click();
        await page.waitForFunction(
          (tab) => document.querySelectorAll(".files-head .segmented button")[tab]?.ariaPressed === "true",
          tab,
        );
        if (width !== 768) await audit();
      }
      // By keyboard alone: from the heading on, each control is reached in turn, and a folder opens.
      await page.locator(".files-head .segmented button").nth(1).press("Enter");
      const reached = new Set();
      for (let left = 12; left > 0; left--) {
        await page.keyboard.press("Tab");
        reached.add(
          await page.evaluate(
            () => document.activeElement?.className || document.activeElement?.getAttribute("type"),
          ),
        );
        if (reached.has("files-toggle")) break;
      }
      assert.ok(
        reached.has("search") && reached.has("checkbox") && reached.has("files-toggle"),
        [...reached].join(),
      );
      const before = await page.locator("tr").count();
      await page.keyboard.press("Enter");
      await page.waitForFunction((before) => document.querySelectorAll("tr").length !== before, before);
      assert.deepEqual(problems, []);
      await context.close();
    });
  }
}
