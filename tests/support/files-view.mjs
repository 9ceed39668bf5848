// @ts-check
/** The files view in a browser, folders for it, and what the command line says of the same. */

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { promisify } from "node:util";
import { FILES } from "../cli/folder.mjs";
import { BROWSER } from "./browser.mjs";
import { pickFolder } from "./pick-folder.mjs";
import { openSite, startSite } from "./site.mjs";

/** What is in the folder besides what the tests of the command line have. */
const MORE = {
  ".env": "HIDDEN=1",
  ".git/config": "[core]",
  "node_modules/one/index.js": "module.exports = 1;",
  "crlf.txt": "one\r\ntwo\r\n\r\nthree\r\n",
  "emoji 👩‍💻/😀 name.md": "# 😀\n",
  "nul-first.bin": Buffer.from([0, 1, 2, 3]),
  "large.txt": "Zähler 词元 👩‍💻 and words, line after line\n".repeat(60_000),
  "src/deep/er/code.ts": "export const answer = 42;\n".repeat(300),
};
/** A few, of each kind. */
const SMALL = Object.fromEntries(
  Object.entries(FILES).filter(([path]) => !path.startsWith("line-") && path !== "late-nul.txt"),
);
const { browser, server } = await startSite();
/** The folder of all folders, until the tests end. */
export const folder = mkdtempSync(join(tmpdir(), "tokimeter-files-"));
fill(join(folder, "small"), SMALL);
fill(join(folder, "project"), { ...FILES, ...MORE, ".gitignore": `${FILES[".gitignore"]}node_modules\n` });
after(() => rmSync(folder, { recursive: true }));

/** @param {string} root @param {Readonly<Record<string, string | Buffer>>} files */
export function fill(root, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** @type {Map<string, Promise<any>>} */
const said = new Map();

/** What the command line says, which it is asked once. @param {readonly string[]} args */
export function byCommand(...args) {
  const key = args.join(" ");
  const answer = said.get(key) ?? command(args);
  said.set(key, answer);
  return answer;
}

/** @param {readonly string[]} args */
export async function command(args) {
  const tokimeter = [join(import.meta.dirname, "../../pkg/bin/tokimeter.js"), "--json", ...args];
  const options = { cwd: folder, maxBuffer: 1 << 28 };
  const run = promisify(execFile)(process.execPath, tokimeter, options);
  // Its status tells of limits and of files that were skipped.
  const { stdout } = await run.catch((/** @type {{ stdout: string }} */ error) => error);
  return JSON.parse(stdout);
}

/** Opens the view. @param {import("playwright-core").BrowserContextOptions} [options] @param {string} [model] */
export async function open(options = {}, model = "gpt-5.2") {
  const site = await openSite(browser, server.url, { locale: "en-US", ...options, hash: "#/files" });
  const { page } = site;
  await page.evaluate(
    (model) =>
      localStorage.setItem(
        "tokimeter",
        JSON.stringify({ ...JSON.parse(localStorage.getItem("tokimeter") ?? "{}"), model }),
      ),
    model,
  );
  await page.reload();
  await page.waitForSelector(".files-drop");
  return site;
}

/** @typedef {import("playwright-core").Page} Page */

/** Chooses a folder. @param {Page} page @param {string} name */
export async function choose(page, name) {
  const input = page.locator('[data-input="folder"]');
  if (BROWSER !== "firefox") return input.setInputFiles(join(folder, name));
  await pickFolder(page, join(folder, name));
  return input.evaluate((input) => /** @type {HTMLElement} */ (input).click());
}

/** Waits for all to be counted; returns the total shown. @param {Page} page */
export async function done(page) {
  await page.waitForSelector(".files-digits[data-done]", { timeout: 120_000 });
  return Number(await page.locator(".files-digits").getAttribute("data-tokens"));
}

/** Saves the report and reads it. @param {Page} page @param {"CSV" | "JSON"} kind */
export async function saved(page, kind) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: `Save as ${kind}` }).click();
  return readFileSync(await (await download).path(), "utf8");
}

/** @param {any[]} files */
export const sorted = (files) => [...files].sort((a, b) => (a.path < b.path ? -1 : 1));

/** Drops files and folders of the disk as a hand does. @param {Page} page @param {readonly string[]} names */
export async function drop(page, ...names) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: names.map((name) => join(folder, name)), dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"])) {
    await session.send("Input.dispatchDragEvent", { type, x: 300, y: 400, data });
    if (type === "dragOver") await page.waitForSelector(".files-drop[data-over]");
  }
}
