// @ts-check
/** The packed tarball, installed into an empty folder, counts in Node, in a bare page and under Vite. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { encodings } from "tokimeter";
import { INTEGRITY } from "tokimeter/integrity";
import { build, createServer } from "vite";
import { launch } from "../support/chromium.mjs";
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

test("counts in Node", () => {
  const script = `
    import { load } from "tokimeter";
    const [tok, same] = await Promise.all([load("o200k_base"), load("o200k_base")]);
    console.log(tok.count(${JSON.stringify(TEXT)}), tok === same);`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
  assert.equal(printed.toString(), `${COUNT} true\n`);
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

test("counts in a page without a bundler", async (t) => {
  const script = `
    import { load } from "/node_modules/tokimeter/dist/index.js";
    document.title = (await load("o200k_base")).count(${JSON.stringify(TEXT)});`;
  writeFileSync(
    join(folder, "bare.html"),
    `<!doctype html><meta charset="utf-8"><script type="module">${script}</script>`,
  );
  const server = await serve(folder);
  t.after(server.close);
  await expectTitle(`${server.url}bare.html`);
  const vocabs = server.requests.filter((path) => path.endsWith(".vocab"));
  assert.deepEqual(
    vocabs,
    ["/node_modules/tokimeter/vocab/o200k_base.vocab"],
    "only what is used is fetched",
  );
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
    writeFileSync(join(folder, "example.html"), `<!doctype html><meta charset="utf-8">${example}`);
    const page = await browser.newPage();
    await page.goto(`${server.url}example.html`);
    await page.waitForFunction(() => document.querySelector("output")?.value !== "…");
    assert.equal(await page.locator("output").textContent(), count, readme);
    await page.fill("textarea", TEXT);
    assert.equal(await page.locator("output").textContent(), String(COUNT), readme);
    await page.close();
  }
});

test("counts under Vite, served and built", async (t) => {
  const html = '<!doctype html><meta charset="utf-8"><script type="module" src="/main.js"></script>';
  const script = `
    import { load } from "tokimeter";
    load("o200k_base").then((tok) => { document.title = tok.count(${JSON.stringify(TEXT)}); });`;
  writeFileSync(join(folder, "index.html"), html);
  writeFileSync(join(folder, "main.js"), script);

  const development = await createServer({
    root: folder,
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1" },
  });
  t.after(() => development.close());
  await development.listen();
  await expectTitle(development.resolvedUrls?.local[0] ?? "");

  await build({ root: folder, base: "./", logLevel: "error" });
  const server = await serve(join(folder, "dist"));
  t.after(server.close);
  await expectTitle(server.url);
});

test("counts in a worker under Vite, served", async (t) => {
  const script = `
    import { connect } from "tokimeter/worker";
    const { load } = connect();
    load("o200k_base").then((tok) => tok.count(${JSON.stringify(TEXT)})).then((count) => { document.title = count; });`;
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><meta charset="utf-8"><script type="module" src="/main.js"></script>',
  );
  writeFileSync(join(folder, "main.js"), script);
  const server = { port: 0, host: "127.0.0.1" };
  const development = await createServer({ root: folder, logLevel: "error", server });
  t.after(() => development.close());
  await development.listen();
  await expectTitle(development.resolvedUrls?.local[0] ?? "");
});

test("the types hold in a strict project", () => {
  const source = `
    import { load, type Spans, type Tokenizer, TokimeterError, type EncodingName, encodings } from "tokimeter";
    import { type AlsoCounter, encodingInfo, type Meter, meter, type Resolved, resolve } from "tokimeter";
    import { type ChatCount, countChat } from "tokimeter/chat";
    import { type Hint, hints } from "tokimeter/hints";
    import { findModel } from "tokimeter/models";
    import { type Bill, price } from "tokimeter/price";
    import { connect, type RemoteMeter } from "tokimeter/worker";
    import type { MakeMeter } from "tokimeter";
    export * from "tokimeter/agent";
    export { visit } from "tokimeter/labor";
    export { yields } from "tokimeter/energy";
    const tok: Tokenizer = await load("o200k_base", { signal: AbortSignal.timeout(1000) });
    const count: number = tok.count("x");
    const { ids, ends }: Spans = tok.spans("x");
    const text: string = tok.decode(tok.encode("x", { special: "match" }));
    const names: readonly EncodingName[] = encodings;
    const code: string = new TokimeterError("aborted", "x").code;
    const resolved: Resolved | undefined = resolve("gpt-5");
    const basis: "exact" | "calibrated" = encodingInfo("o200k_base").basis;
    const m: Meter = await meter("gpt-5.2", { text: "x", currency: "CNY", instant: true });
    const total: bigint | undefined = m.update([{ from: 0, insert: "y" }]).cost?.total;
    const { window, level }: { window: number | undefined; level: "ok" | "near" | "over" | undefined } = m.reading;
    const input: number | undefined = findModel("gpt-5.2")?.prices[0]?.standard.input;
    const bill: Bill = price({ prices: [] }, { input: 1 });
    const chat: ChatCount = countChat(tok, [{ role: "user", content: "x" }], { model: "gpt-5.2" });
    const saves: readonly Hint[] = hints("x", tok);
    // @ts-expect-error: a price may not be known
    const sure: bigint = bill.total;
    // @ts-expect-error: a model may not be known
    findModel("gpt-5.2").window;
    // @ts-expect-error: a window may not be known
    const room: number = m.reading.remaining;
    const counter: AlsoCounter = tok.live().also(tok);
    const also: number | undefined = counter.tokens;
    export const make: MakeMeter = connect().meter;
    const far: RemoteMeter = await connect().meter("gpt-5.2");
    export const late: Promise<number> = far.countRange(0, 1), soon: number | undefined = far.reading.remaining;
    // @ts-expect-error: a worker answers by a promise
    export const now: number = far.countRange(0, 1);
    const special: number | undefined = tok.specials["<|endoftext|>"];
    // @ts-expect-error: a count is of a string
    tok.count(5);
    export { also, basis, chat, code, count, ends, ids, input, level, names, resolved, room, saves, special, sure, text, total, window };`;
  writeFileSync(join(folder, "types.ts"), source);
  const options = "--noEmit --strict --module nodenext --target es2022 --skipLibCheck false --types".split(
    " ",
  );
  execFileSync("node_modules/.bin/tsc", [...options, "", join(folder, "types.ts")], { stdio: "inherit" });
});

/** @param {string} url */
async function expectTitle(url) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  await page
    .waitForFunction(() => document.title !== "", undefined, { timeout: 20_000 })
    .catch(() => {
      assert.fail(`no count on ${url}: ${errors.join("; ")}`);
    });
  assert.equal(await page.title(), String(COUNT));
  await page.close();
}
