// @ts-check
/** Runs the whole matrix, prints it, records it in results.json, and puts it into the READMEs. Fails where one count is wrong. */

import { writeFileSync } from "node:fs";
import { launch } from "../support/browser.mjs";
import { assertRight, makeApp, versionOf } from "./kit.mjs";
import { ROWS } from "./rows.mjs";
import { publish, RESULTS } from "./table.mjs";

makeApp();
const browsers = { chromium: await launch("chromium"), firefox: await launch("firefox") };
/** @type {import("./table.mjs").Result[]} */
const rows = [];
for (const { id, tool, see } of ROWS) {
  const begin = performance.now();
  try {
    const { counts, ...bytes } = await see(browsers);
    assertRight(id, counts);
    rows.push({ id, version: versionOf(tool), counts, ...bytes });
    const ms = performance.now() - begin;
    const { js = "", modelsJs = "" } = bytes;
    console.log(
      [
        id.padEnd(16),
        versionOf(tool).padEnd(16),
        JSON.stringify(counts),
        js,
        modelsJs,
        `${(ms / 1000).toFixed(1)} s`,
      ].join("  "),
    );
  } catch (error) {
    process.exitCode = 1;
    console.error(`${id}: ${error instanceof Error ? error.message : error}`);
  }
}
const versions = { chromium: browsers.chromium.version(), firefox: browsers.firefox.version() };
for (const browser of Object.values(browsers)) await browser.close();
if (process.exitCode === undefined) {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(RESULTS, `${JSON.stringify({ date, versions, rows }, null, 2)}\n`);
  publish();
}
