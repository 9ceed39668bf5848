// @ts-check
/** What can go wrong between the playground and its files, and files of the reader's: each has its words, a way on, and the text stays. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "tokimeter";
import { openPlayground } from "../support/playground.mjs";
import { startSite } from "../support/site.mjs";

const TEXT = "Own tokens 自己的词表 👩‍💻";

/** @type {Map<string, import("../support/serve.mjs").Answer>} */
const overrides = new Map();
const { browser, server } = await startSite(overrides);

/** Opens the playground, and returns the paths of the files that it counts with. */
async function paths() {
  server.requests.length = 0;
  const { context, ready, counts, put } = await openPlayground(browser, server.url);
  await put("x");
  await ready();
  await counts(1);
  await context.close();
  const find = (/** @type {RegExp} */ name) =>
    server.requests.find((path) => name.test(path)) ?? assert.fail(`${name}`);
  return { vocabulary: find(/o200k_base-.*\.vocab$/), wasm: find(/tokimeter_bg-.*\.wasm$/) };
}

const HTML = { type: "text/html", body: "<!doctype html><title>page</title>" };

test("a vocabulary that does not load: an estimate that says so, and the exact count on request", async () => {
  const { vocabulary } = await paths();
  for (const answer of [
    { status: 404, body: "" },
    HTML,
    { body: readFileSync(`www/dist${vocabulary}`).subarray(0, 1e5) },
  ]) {
    overrides.set(vocabulary, answer);
    const { context, page, problems, put, text, counts } = await openPlayground(browser, server.url);
    await put(TEXT);
    await page.locator("[data-failed]").waitFor();
    assert.match(
      (await page.textContent("[data-failed]")) ?? "",
      /o200k_base vocabulary did not load; what you see is an estimate/,
    );
    await page.waitForFunction(() => /≈\d/.test(document.querySelector("[data-count]")?.textContent ?? ""));
    assert.match((await page.textContent(".readout-main")) ?? "", /estimated.*probably/);
    assert.match((await page.textContent("[data-no-boxes]")) ?? "", /estimate/);
    await page.locator("[data-editor]").press("Control+a");
    const selected = page.locator("[data-selected]");
    await selected.waitFor();
    assert.match((await selected.textContent()) ?? "", /≈\d+ tokens alone, of ≈\d/);
    await page.waitForFunction(() =>
      /did not load/.test(document.getElementById("announce")?.textContent ?? ""),
    );
    overrides.clear();
    await page.click("[data-retry]");
    await counts((await load("o200k_base")).count(TEXT));
    assert.equal(await page.locator("[data-failed]").count(), 0);
    assert.equal(await text(), TEXT);
    assert.deepEqual(problems, []);
    await context.close();
  }
});

test("HTML for the engine: no count at all, in words, and then it works", async () => {
  const { wasm } = await paths();
  overrides.set(wasm, HTML);
  const { context, page, problems, put, text, counts } = await openPlayground(browser, server.url);
  await put(TEXT);
  await page.locator("[data-failed]").waitFor();
  assert.match(
    (await page.textContent("[data-failed]")) ?? "",
    /nothing can be counted yet.*is not WebAssembly: it begins with "<!doctype html>/,
  );
  assert.equal(
    await page.locator("[data-count]").getAttribute("data-value"),
    null,
    "no count is shown, not 0",
  );
  overrides.clear();
  await page.click("[data-retry]");
  await counts((await load("o200k_base")).count(TEXT));
  assert.equal(await text(), TEXT);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a policy that forbids WebAssembly names what is missing", async () => {
  overrides.set("/", {
    type: "text/html",
    body: readFileSync("www/dist/index.html", "utf8").replace(/ 'wasm-unsafe-eval'/, ""),
  });
  const { context, page } = await openPlayground(browser, server.url);
  await page.locator("[data-failed]").waitFor();
  assert.match((await page.textContent("[data-failed]")) ?? "", /security policy.*'wasm-unsafe-eval'/);
  overrides.clear();
  await context.close();
});

test("a tokenizer file is chosen, and another is dropped", async () => {
  const { context, page, problems, put, text, counts } = await openPlayground(browser, server.url, {
    locale: "zh-CN",
  });
  await put(TEXT);
  const chosen = page.waitForEvent("filechooser");
  await page.click("[data-own-file]");
  await (await chosen).setFiles("target/tokenizers/qwen3.json");
  await counts((await load("qwen3")).count(TEXT));
  assert.match((await page.textContent("[data-basis]")) ?? "", /^qwen3\.json/);
  assert.equal(await page.locator(".meter option:checked").textContent(), "qwen3.json");
  await drop(page, "deepseek.json", readFileSync("target/tokenizers/deepseek_v4.json"));
  await counts((await load("deepseek_v4")).count(TEXT));
  // A file of the same name takes its place.
  await drop(page, "deepseek.json", readFileSync("target/tokenizers/qwen3.json"));
  await counts((await load("qwen3")).count(TEXT));
  // Back to a model of the page, and to the file.
  await page.selectOption(".meter select", "gpt-5.2");
  await counts((await load("o200k_base")).count(TEXT));
  await page.selectOption(".meter select", { label: "qwen3.json" });
  await counts((await load("qwen3")).count(TEXT));
  assert.equal(await text(), TEXT);
  assert.deepEqual(problems, []);
  await context.close();
});

test("of two files of one name the one given last counts, whichever is read first", async () => {
  const { context, page, problems, put, counts, ready } = await openPlayground(browser, server.url);
  await put(TEXT);
  const tokens = (await load("deepseek_v4")).count(TEXT);
  for (const late of [readFileSync("target/tokenizers/deepseek_coder.json"), Buffer.from('{"name":"x"}')]) {
    await page.evaluate(() => {
      const { arrayBuffer } = Blob.prototype;
      const held = new Promise((resolve) => Object.assign(window, { letGo: () => resolve(undefined) }));
      // Of the file that comes next only.
      Blob.prototype.arrayBuffer = async function () {
        Blob.prototype.arrayBuffer = arrayBuffer;
        await held;
        return arrayBuffer.call(this);
      };
    });
    await drop(page, "tokenizer.json", late);
    await page.locator("[data-loading]").waitFor();
    await drop(page, "tokenizer.json", readFileSync("target/tokenizers/deepseek_v4.json"));
    await ready();
    await counts(tokens);
    // Nothing tells that the first one was read.
    await page.evaluate(async () => {
      /** @type {any} */ (window).letGo();
      await new Promise((resolve) => setTimeout(resolve, 1000));
    });
    await counts(tokens);
    assert.equal(await page.locator("[data-failed]").count(), 0);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test("what is no tokenizer file says so and what would be one; the text stays", async () => {
  const { context, page, problems, put, text } = await openPlayground(browser, server.url);
  await put(TEXT);
  await drop(page, "package.json", Buffer.from('{"name":"x"}'));
  await page.locator("[data-failed]").waitFor();
  assert.match(
    (await page.textContent("[data-failed]")) ?? "",
    /package\.json cannot be counted with.*tekken\.json.*pre_tokenizer/,
  );
  assert.equal(await text(), TEXT);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a rank file does not say how text is split; the reader does", async () => {
  const { context, page, problems, put, counts } = await openPlayground(browser, server.url);
  await put("ab ba");
  const ranks = [...Array.from({ length: 256 }, (_, byte) => Buffer.from([byte])), Buffer.from("ab")];
  await drop(
    page,
    "own.tiktoken",
    Buffer.from(ranks.map((bytes, rank) => `${bytes.toString("base64")} ${rank}`).join("\n")),
  );
  await page.locator(".meter-patterns").waitFor();
  await page.selectOption(".meter-patterns select", "cl100k");
  await page.click(".meter-patterns button");
  await counts(4);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a file of text that is dropped on the editor is text", async () => {
  const { context, page, problems, put, text, counts } = await openPlayground(browser, server.url);
  await put("");
  await drop(page, "prompt.md", Buffer.from("# A prompt"));
  await counts((await load("o200k_base")).count("# A prompt"));
  assert.equal(await text(), "# A prompt");
  assert.deepEqual(problems, []);
  await context.close();
});

/** Drops a file on the editor. @param {import("playwright-core").Page} page @param {string} name @param {Buffer} bytes */
async function drop(page, name, bytes) {
  const data = await page.evaluateHandle(
    ([name, base64]) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
      return transfer;
    },
    /** @type {const} */ ([name, bytes.toString("base64")]),
  );
  await page.dispatchEvent("[data-editor]", "drop", { dataTransfer: data });
}
