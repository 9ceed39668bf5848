// @ts-check
/**
 * The packed tarball in the bundlers that are soon installed, and in Node: the counts of the reference, in the page and in a
 * worker. The rest is in `make bundlers`, whose recorded results are the table of the READMEs.
 */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { READMES, withBlock } from "../../tools/readme.mjs";
import { APP, assertRight, makeApp, POLICY, run, versionOf } from "../bundlers/kit.mjs";
import { COPY, ESBUILD, ROWS, WHOLE } from "../bundlers/rows.mjs";
import { recorded, table } from "../bundlers/table.mjs";
import { BROWSER, launch } from "../support/browser.mjs";

/** The book of models, and what an app has besides. */
const MOST_OF_MODELS = 25_000;
/** How far bytes may be from those of the table. */
const DRIFT = 0.05;

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  makeApp();
  browser = await launch();
});
after(() => browser.close());

for (const { id, see } of ROWS.filter(({ isQuick }) => isQuick))
  test(`counts right: ${id}`, async () => {
    const { counts, js, modelsJs } = await see({ [BROWSER]: browser });
    assertRight(id, counts);
    if (js === undefined || modelsJs === undefined) return;
    console.log(`${id}: ${js} bytes of JavaScript under brotli; ${modelsJs} for tokimeter/models alone`);
    assert.ok(modelsJs <= MOST_OF_MODELS, `${modelsJs} bytes for the book of models`);
    const row = recorded().rows.find((row) => row.id === id);
    for (const [now, then] of [
      [js, row?.js],
      [modelsJs, row?.modelsJs],
    ])
      assert.ok(
        Math.abs(Number(now) / Number(then) - 1) <= DRIFT,
        `${now} bytes; recorded ${then}: make bundlers`,
      );
  });

test("where modules have no address, the errors say what to do", async () => {
  const out = join(APP, "out/classic");
  await run("esbuild main.js --bundle --log-level=error --outdir=out/classic");
  const html = '<!doctype html><meta charset="utf-8"><output></output><script src="main.js"></script>';
  writeFileSync(join(out, "index.html"), html);
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(out, "index.html")).href);
  const text = await page.locator("output", { hasText: "{" }).textContent();
  const answers = JSON.parse(text ?? "");
  assert.match(answers.page, /could not be fetched from tokimeter:\/.*configure\(\{ read \}\)/);
  assert.match(answers.worker, /could not be started.*connect\(\{ worker \}\)/);
  await page.close();
});

test("the recorded results are of every row, of the versions that the lock files have, and right", () => {
  const { rows } = recorded();
  assert.deepEqual(
    rows.map(({ id }) => id),
    ROWS.map(({ id }) => id),
  );
  for (const { id, tool } of ROWS) {
    const row = rows.find((row) => row.id === id);
    assertRight(id, row?.counts ?? {});
    // Whoever runs the tests has a Node of their own.
    if (tool !== "node") assert.equal(row?.version, versionOf(tool), `${id}: make bundlers`);
  }
});

for (const [file, language] of READMES)
  test(`${file} has the recorded table, and its page the lines that are tested`, () => {
    const readme = readFileSync(file, "utf8");
    assert.equal(withBlock(readme, "bundlers", table(language)), readme, "make bundlers");
    assert.ok(readme.includes(POLICY));
    const page = readFileSync(`docs/${file.replace("README", "bundlers")}`, "utf8");
    for (const line of [
      ESBUILD,
      COPY,
      WHOLE,
      'serverExternalPackages: ["tokimeter"]',
      "deno run --allow-read",
    ])
      assert.ok(page.includes(line), line);
    for (const app of ["files.js", "whole.js", "cloudflare/worker.js"]) {
      // Apps stand in folders of their own here, and the page has remarks.
      const source = readFileSync(`tests/bundlers/app/${app}`, "utf8").replaceAll("../", "./");
      const [, block = ""] = page.match(new RegExp(`// ${basename(app)}\\n(.*?)\`\`\``, "s")) ?? [];
      const lines = block.split("\n").map((line) => line.replace(/ *\/\/.*/, ""));
      assert.ok(lines.length > 2, `${app} stands in the page`);
      for (const line of lines) assert.ok(source.includes(line), `${app} of the page: ${line}`);
    }
  });
