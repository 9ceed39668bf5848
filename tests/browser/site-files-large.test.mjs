// @ts-check
/** The files view with a large folder: the page lives on, and counts as the command line does. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { byCommand, choose, done, fill, folder, open, saved } from "../support/files-view.mjs";
import { can } from "../support/needs.mjs";
import { mulberry32, seed } from "../support/random.mjs";

/** Bytes and files of the large folder. */
const LARGE = { bytes: 20_000_000, files: 2000 };

test("20 MB: nothing wrong, the page lives on, and it can be stopped and gone on with", async (t) => {
  can(t, "tasks over 50 ms", "longtask");
  const random = mulberry32(seed("files"));
  const sources = ["src", "pkg/src", "tests/wasm"].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:rs|ts|mjs)$/.test(name))
      .map((name) => readFileSync(join(root, name), "utf8")),
  );
  const text = sources.join("\n");
  /** @type {Record<string, string>} */
  const files = {};
  const each = LARGE.bytes / LARGE.files;
  for (let i = 0; i < LARGE.files; i++) {
    const at = Math.floor(random() * (text.length - each));
    files[`part${i % 40}/of${i % 7}/file${i}.ts`] = text.slice(at, at + each);
  }
  fill(join(folder, "large"), files);
  const theirs = await byCommand("large");
  const { context, page, problems } = await open();
  await page.evaluate(() => {
    const global = /** @type {any} */ (globalThis);
    global.longest = 0;
    // What the browser does before the page hears of the files is its own.
    addEventListener("change", () => (global.heard ??= performance.now()), { capture: true });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        if (startTime > (global.heard ?? Number.POSITIVE_INFINITY))
          global.longest = Math.max(global.longest, duration);
    }).observe({ type: "longtask" });
  });
  const begin = performance.now();
  await choose(page, "large");
  await page.waitForFunction(() => Number(document.querySelector("progress")?.value) > 200);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText(/^Stopped: /).waitFor();
  const [soFar, shown] = [
    JSON.parse(await saved(page, "JSON")),
    await page.locator(".files-digits").getAttribute("data-tokens"),
  ];
  assert.equal(soFar.complete, false);
  assert.ok(
    soFar.files.length > 200 && soFar.files.length < LARGE.files,
    `${soFar.files.length} are counted`,
  );
  const right = new Map(theirs.files.map((/** @type {any} */ { path, tokens }) => [path, tokens]));
  for (const { path, tokens } of soFar.files) assert.equal(tokens, right.get(path), path);
  assert.equal(soFar.total.tokens, Number(shown));
  await page.getByRole("button", { name: "Go on" }).click();
  assert.equal(await done(page), theirs.total.tokens);
  const seconds = (performance.now() - begin) / 1000;
  const report = JSON.parse(await saved(page, "JSON"));
  assert.equal(report.files.length, LARGE.files);
  const wrong = report.files.filter((/** @type {any} */ { path, tokens }) => tokens !== right.get(path));
  assert.deepEqual(wrong, []);
  const longest = await page.evaluate(() => /** @type {any} */ (globalThis).longest);
  console.log(
    `${LARGE.files} files, ${theirs.total.bytes} bytes in ${seconds.toFixed(1)} s; longest task: ${longest} ms (0: none of 50)`,
  );
  assert.deepEqual(problems, []);
  await context.close();
});
