// @ts-check
/**
 * Runs in Firefox what the tests run in a browser: all of it, or with `--core` what `make test` has time for. At the end it says
 * what Firefox cannot be asked for, by name and with the reason.
 */

import { readdirSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";

/** @param {string} folder */
const testsOf = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".test.mjs"))
    .map((name) => `${folder}/${name}`);

/** What of the package's own tests opens a page. */
const PACKAGE = ["bundlers", "examples", "installed"].map((name) => `tests/package/${name}.test.mjs`);
/** A few tests of each kind: the file, and what their names begin with. @type {[file: string, names: string[]][]} */
const CORE = [
  ["tests/package/installed.test.mjs", ["in a page, every encoding", "the READMEs' examples"]],
  ["tests/browser/element.test.mjs", ["it shows the count", "under a strict policy", "under that policy"]],
  ["tests/browser/attach.test.mjs", ["textarea: an input method", "contenteditable: random edits"]],
  ["tests/browser/codemirror-edits.test.mjs", ["random edits: plain"]],
  ["tests/browser/worker.test.mjs", ["a page with a policy", "what the page forgets"]],
  ["tests/browser/site-visit.test.mjs", ["en-US: a real window"]],
  ["tests/browser/site-playground.test.mjs", ["typing shows the exact count"]],
  ["tests/browser/site-shell.test.mjs", ["without a network", "it works under any path"]],
];

const isCore = process.argv.includes("--core");
const begins = CORE.flatMap(([, names]) => names);
process.env.BROWSER = "firefox";
const tests = run({
  files: isCore ? CORE.map(([file]) => file) : [...PACKAGE, ...testsOf("tests/browser")],
  concurrency: 2,
  timeout: 600_000,
  ...(isCore && { testNamePatterns: [new RegExp(`^(${begins.join("|")})`)] }),
});

/** @type {Set<string>} */
const ran = new Set();
/** @type {Set<string>} */
const leftOut = new Set();
tests.on("test:fail", () => {
  process.exitCode = 1;
});
tests.on("test:pass", ({ name, skip }) => {
  if (skip === undefined) ran.add(name);
  else if (isWanted(name)) leftOut.add(`${name}: ${skip}`);
});
tests.on("test:diagnostic", ({ message }) => {
  if (message.startsWith("left out: ")) leftOut.add(message.slice("left out: ".length));
});
tests.on("end", () => {
  console.log(
    `\nIn Firefox ${ran.size} tests were run. Left out:\n  ${[...leftOut].join("\n  ") || "nothing"}`,
  );
  for (const begin of isCore ? begins : []) {
    if ([...ran].some((name) => name.startsWith(begin))) continue;
    console.error(`No test is called "${begin}…": tests/firefox.mjs names what is gone`);
    process.exitCode = 1;
  }
});
tests.filter(isNews).compose(new spec()).pipe(process.stdout);

/** Whether a test is one of those that are wanted. @param {string} name */
function isWanted(name) {
  return !isCore || begins.some((begin) => name.startsWith(begin));
}

/** Node tells of those too that are not wanted, and counts them. @param {{ type: string, data: any }} event */
function isNews({ type, data }) {
  if (type === "test:fail") return true;
  return type === "test:diagnostic" ? !/^\w+ \d/.test(data.message) : isWanted(data.name ?? begins[0] ?? "");
}
