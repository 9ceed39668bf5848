// @ts-check
/** The rules of .gitignore files, and both command lines, against git itself, on random trees whose files and lines are drawn to meet. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import { mulberry32, seed } from "../support/random.mjs";
import { COMMANDS, pathsOf, run } from "./commands.mjs";

const CASES = Number(process.env.CASES ?? 40);
const DEPTH = 3;
const NAMES = ["a", "b", "e", "build", "{x y}", "c.txt", "d.md", "].md", "[a.md"];
const LINES = [
  ...["a", "b/", "*.txt", "!c.txt", "/a", "!/a/", "a/b", "**/e", "a/**", "!a/b/", "build/", "!build/"],
  ...["*", "!*/", "!*.md", "# c", "e ", "{x\\ y}", "/*/b", "!b", "!e", "d.*", "  ", "!", "\ufeff*.txt"],
  ...["{a,b}/", "*.{txt,md}", "{{x}}/*", "[\\]d].md", "[!\\]c].*", "[]b]", "[[:alpha:]].txt", "[a.md"],
];

const random = mulberry32(seed("trees with .gitignore files"));
const upTo = (/** @type {number} */ below) => Math.floor(random() * below);

/** Fills a folder, and those in it. @param {string} folder @param {number} depth */
function fill(folder, depth) {
  mkdirSync(folder);
  if (depth === 0 || random() < 0.5) {
    const lines = Array.from({ length: 1 + upTo(4) }, () => LINES[upTo(LINES.length)]);
    writeFileSync(join(folder, ".gitignore"), `${lines.join("\n")}\n`);
  }
  for (const name of NAMES.filter(() => random() < 0.7)) {
    if (depth < DEPTH && !name.includes(".") && random() < 0.7) fill(join(folder, name), depth + 1);
    else writeFileSync(join(folder, name), "");
  }
}

test("git leaves out the same files", async () => {
  const file = resolve("target/gitignore.mjs");
  await build({ input: "shared/gitignore/rules.ts", output: { file }, logLevel: "warn" });
  const { Rules } = await import(pathToFileURL(file).href);

  /** @param {string} folder @param {{ with: Function, leavesOut: Function }} above @returns {string[]} */
  const walk = (folder, above) => {
    const ignored = join(folder, ".gitignore");
    const rules = existsSync(ignored) ? above.with(folder, readFileSync(ignored, "utf8")) : above;
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.name === ".git" || rules.leavesOut(path, entry.isDirectory())) return [];
      return entry.isDirectory() ? walk(path, rules) : [path];
    });
  };

  const scratch = mkdtempSync(join(tmpdir(), "tokimeter-gitignore-"));
  const left = { out: 0, in: 0 };
  /** @type {string[]} */
  const listedOfAll = [];
  for (let number = 0; number < CASES; number++) {
    const root = join(scratch, String(number));
    fill(root, 0);
    const git = (/** @type {string[]} */ ...args) =>
      execFileSync("git", ["-c", "core.excludesFile=", ...args], { cwd: root, encoding: "utf8" });
    git("init", "--quiet");
    const listed = git("ls-files", "--others", "--exclude-standard", "-z").split("\0").filter(Boolean);
    const all = git("ls-files", "--others", "-z").split("\0").filter(Boolean);
    const found = walk(root, Rules.of(root)).map((path) => path.slice(root.length + 1));
    assert.deepEqual(found.sort(), listed.sort(), `tree ${number}`);
    listedOfAll.push(
      ...listed
        .filter((path) => path !== ".gitignore" && !path.endsWith("/.gitignore"))
        .map((path) => `${number}/${path}`),
    );
    left.in += listed.length;
    left.out += all.length - listed.length;
  }
  const roots = Array.from({ length: CASES }, (_, number) => String(number));
  for (const command of COMMANDS) {
    const { out } = await run(command, ["--json", ...roots], { cwd: scratch });
    assert.deepEqual(pathsOf(JSON.parse(out)).sort(), listedOfAll.sort(), command[0]);
  }
  rmSync(scratch, { recursive: true });
  console.log(`${CASES} trees: ${left.in} files, and ${left.out} that are left out`);
  assert.ok(left.in > CASES && left.out > CASES);
});
