// @ts-check
/** The page takes a tokenizer file: chosen or dropped, it counts as the reference; one that is none says so. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { load } from "tokimeter";
import { launch } from "../support/chromium.mjs";
import { serve } from "../support/serve.mjs";
import { openSite } from "../support/site.mjs";

const TEXT = "Own tokens 自己的词表 👩‍💻";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  browser = await launch();
  server = await serve("www/dist");
});
after(async () => {
  await browser.close();
  await server.close();
});

test("a tokenizer file is chosen, and another is dropped", async () => {
  const { context, page, shows } = await openSite(browser, server.url, { locale: "zh-CN" });
  await page.fill("#text", TEXT);
  const chosen = page.waitForEvent("filechooser");
  await page.click("#own-file");
  await (await chosen).setFiles("target/tokenizers/qwen3.json");
  await shows("#tokens", (await load("qwen3")).count(TEXT));
  assert.match((await page.locator("#basis").textContent()) ?? "", /^qwen3\.json/);
  assert.equal(await page.locator("#model option:checked").textContent(), "qwen3.json");
  await drop(page, "deepseek.json", readFileSync("target/tokenizers/deepseek_v4.json"));
  await shows("#tokens", (await load("deepseek_v4")).count(TEXT));
  // Back to a model of the page, and to the file.
  await page.selectOption("#model", "gpt-5.2");
  await shows("#tokens", (await load("o200k_base")).count(TEXT));
  await page.selectOption("#model", { label: "qwen3.json" });
  await shows("#tokens", (await load("qwen3")).count(TEXT));
  await context.close();
});

test("what is no tokenizer file says so, and the text stays", async () => {
  const { context, page } = await openSite(browser, server.url, {});
  await page.fill("#text", TEXT);
  await drop(page, "package.json", Buffer.from('{"name":"x"}'));
  await page.waitForSelector("#failed:not([hidden])");
  assert.match((await page.locator("#failed-reason").textContent()) ?? "", /tokenizer/);
  assert.equal(await page.inputValue("#text"), TEXT);
  await context.close();
});

/** Drops a file on the page. @param {import("playwright-core").Page} page @param {string} name @param {Buffer} bytes */
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
  await page.dispatchEvent("#text", "drop", { dataTransfer: data });
}
