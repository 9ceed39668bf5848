// @ts-check
/** The packed tarball, installed into an empty folder: what it holds, and what programs and the READMEs do with it. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { encodings, load } from "tokimeter";
import { INTEGRITY } from "tokimeter/integrity";
import { launch } from "../support/browser.mjs";
import { install } from "../support/installed.mjs";
import { serve } from "../support/serve.mjs";

const TEXT = "Tokens are minutes. 词元就是分钟。👩‍💻";
const COUNT = 15;

/** @type {string} */
let folder;
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  folder = install();
  browser = await launch();
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** @param {string} path */
const hash = (path) => `sha256-${createHash("sha256").update(readFileSync(path)).digest("base64")}`;

test("the tarball holds what it should and nothing else", () => {
  const files = readdirSync(join(folder, "node_modules/tokimeter"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).split("node_modules/tokimeter/")[1]);
  const sources = readdirSync("pkg/src", { recursive: true, encoding: "utf8" });
  const modules = sources
    .filter((name) => name.endsWith(".ts") && !name.startsWith("cli/"))
    .map((name) => name.slice(0, -3));
  // A vocabulary may serve several encodings, and the licence of one keeps it out.
  const shipped = readdirSync("data/vocab").filter((name) => name !== "command_r.vocab");
  const vocabularies = shipped.map((name) => `vocab/${name}`);
  for (const name of encodings) {
    const has = vocabularies.some(
      (path) => hash(join(folder, "node_modules/tokimeter", path)) === INTEGRITY[name],
    );
    assert.ok(has, `a file for ${name}`);
  }
  assert.deepEqual(
    files.sort(),
    [
      ...modules.flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]),
      "bin/tokimeter.js",
      ...["LICENSE-APACHE", "LICENSE-MIT", "NOTICE", "README.md", "package.json"],
      ...vocabularies,
      ...["wasm/tokimeter.js", "wasm/tokimeter_bg.wasm"],
      ...["wasm-json/tokimeter-json.js", "wasm-json/tokimeter-json_bg.wasm"],
      ...["wasm-hf/tokimeter-hf.js", "wasm-hf/tokimeter-hf_bg.wasm"],
    ].sort(),
  );
});

test("counts on the command line", () => {
  const printed = execFileSync("npx", ["--offline", "tokimeter", "--json", "-"], {
    cwd: folder,
    input: TEXT,
  });
  const { total, model, cost } = JSON.parse(printed.toString());
  assert.equal(total.tokens, COUNT);
  assert.equal(model, "gpt-5.2");
  assert.equal(cost.currency, "USD");
});

test("tells models and prices in Node", () => {
  const script = `
    import { findModel, models, nearestModels, rate } from "tokimeter/models";
    const model = findModel("openai/gpt-5.2-2025-12-11");
    console.log(model?.id, model?.encoding, model?.prices[0]?.standard.input, findModel("no-such-model"));
    console.log(models().length >= 200, nearestModels("gpt-5.9").length, rate.cnyPerUsd > 0);`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
  assert.equal(printed.toString(), "gpt-5.2 o200k_base 1750000 undefined\ntrue 3 true\n");
});

test("counts a text under edit in Node", () => {
  const script = `
    import { load, LiveText } from "tokimeter";
    const tok = await load("o200k_base");
    const live = tok.live("Tokens are minutes.");
    live.replace(live.length, live.length, " 词元就是分钟。👩‍💻");
    console.log(live.tokens, live instanceof LiveText, tok.fit(live.text, 3).text, tok.split(live.text, 8).length);`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
  assert.equal(printed.toString(), `${COUNT} true Tokens are minutes 2\n`);
});

test("loads by the id of a model, and counts one text twice, in Node", () => {
  const script = `
    import { load, resolve } from "tokimeter";
    const [newer, older] = await Promise.all([load("openai/GPT-5.2"), load("gpt-4")]);
    const live = newer.live(${JSON.stringify(TEXT)});
    const counter = live.also(older);
    await counter.ready;
    console.log(live.tokens, counter.tokens === older.count(live.text), older.name, older.basis);
    console.log(resolve("deepseek-v4").encoding, newer.specials["<|endoftext|>"]);`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
  assert.equal(printed.toString(), `${COUNT} true cl100k_base exact\ndeepseek_v4 199999\n`);
});

test("in a page, every encoding counts as it does in Node, and a text under edit as it does whole", async (t) => {
  const server = await serve(folder);
  t.after(server.close);
  writeFileSync(join(folder, "plain.html"), "<!doctype html><title>page</title>");
  const page = await browser.newPage();
  await page.goto(`${server.url}plain.html`);
  const texts = [
    TEXT,
    readFileSync("README.zh-CN.md", "utf8"),
    `${"a".repeat(5000)}\u0085 \ufeff\r\n DON'T ſ`,
  ];
  for (const name of encodings) {
    const tok = await load(name);
    const counts = await page.evaluate(
      async ({ name, texts }) => {
        const { load } = await import(/** @type {string} */ ("/node_modules/tokimeter/dist/index.js"));
        const tok = await load(name);
        const live = tok.live("");
        return texts.map((text) => {
          live.replace(0, live.length, text.slice(0, 9) + text.slice(20));
          live.replace(9, 9, text.slice(9, 20));
          return [tok.count(text), live.tokens];
        });
      },
      { name, texts },
    );
    assert.deepEqual(
      counts,
      texts.map((text) => [tok.count(text), tok.count(text)]),
      name,
    );
  }
  await page.close();
});

test("the READMEs' examples run as they stand", async (t) => {
  const server = await serve(folder);
  t.after(server.close);
  for (const [readme, count] of /** @type {const} */ ([
    ["README.md", "4"],
    ["README.zh-CN.md", "4"],
  ])) {
    const example = readFileSync(readme, "utf8").match(/```html\n(.*?)```/s)?.[1];
    assert.ok(example, readme);
    writeFileSync(join(folder, "example.html"), example);
    const page = await browser.newPage();
    await page.goto(`${server.url}example.html`);
    await page.waitForFunction(() => document.querySelector("output")?.value !== "…");
    assert.equal(await page.locator("output").textContent(), count, readme);
    await page.fill("textarea", TEXT);
    assert.equal(await page.locator("output").textContent(), String(COUNT), readme);
    await page.close();
  }
});
