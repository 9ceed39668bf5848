// @ts-check
/** What is read, by both command lines: names that mean something else, or are no text, and files that cannot be read. */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { COMMANDS, folder, json, pathsOf } from "./commands.mjs";

/** What was counted, by name and bytes. @param {{ files: readonly { path: string, bytes: number }[] }} report */
const bytesOf = ({ files }) => files.map(({ path, bytes }) => [path, bytes]);

test("a file that is called as standard input is, is a file", async () => {
  const cwd = mkdtempSync(join(folder, "dash-"));
  writeFileSync(join(cwd, "-"), "a file");
  const { report } = await json([".", "-", "./-"], { cwd, input: "standard input" });
  assert.deepEqual(bytesOf(report), [
    ["-", 6],
    ["-", 14],
    ["./-", 6],
  ]);
  rmSync(cwd, { recursive: true });
});

test("names that are no UTF-8", { skip: process.platform !== "linux" }, async () => {
  const cwd = mkdtempSync(join(folder, "bytes-"));
  /** @param {string} name in Latin-1 */
  const at = (name) => Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from(name, "latin1")]);
  mkdirSync(at("d\xe9"));
  for (const [name, text] of [
    ["\xff\xfe.txt", "bytes"],
    ["\xf0\x9f\x98 \xe2\x82a", "cut off"],
    ["\xe9.md", "left out"],
    ["d\xe9/.gitignore", "/a\n\xe8\n"],
    ["d\xe9/a", "left out"],
    ["d\xe9/\xe8", "left out"],
    ["d\xe9/b", "counted"],
  ])
    writeFileSync(at(name ?? ""), Buffer.from(text ?? "", "latin1"));
  writeFileSync(at(".gitignore"), "*.md\n");
  mkdirSync(at(".git"));
  const { report, status } = await json(["."], { cwd });
  assert.equal(status, 0);
  assert.deepEqual(bytesOf(report), [
    ["d\ufffd/b", 7],
    ["\ufffd \ufffda", 7],
    ["\ufffd\ufffd.txt", 5],
  ]);
  rmSync(cwd, { recursive: true });
});

test("a folder beside the repository is not in it", async () => {
  const root = mkdtempSync(join(folder, "beside-"));
  for (const path of ["repository/.git", "repository/in", "other/made"])
    mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, "repository/.gitignore"), "*.md\n/in\n");
  for (const path of ["other/a.md", "other/made/b.md", "repository/c.md", "repository/in/d.txt"])
    writeFileSync(join(root, path), "text");
  symlinkSync("../other/made", join(root, "repository/link"));
  writeFileSync(join(root, "other/.gitignore"), "/a.md\n");
  /** @param {string} input */
  const paths = async (input) => pathsOf((await json([input], { cwd: join(root, "repository") })).report);
  assert.deepEqual(await paths("../other"), ["../other/made/b.md"]);
  assert.deepEqual(await paths("in/.."), []);
  assert.deepEqual(await paths("link/.."), ["link/../made/b.md"]);
  rmSync(root, { recursive: true });
});

test("a file that cannot be read", { skip: !existsSync("/proc/self/mem") }, async () => {
  const { status, report, messages } = await json(["a.txt", "/proc/self/mem"]);
  assert.equal(status, 3);
  assert.deepEqual(report.failed, [{ path: "/proc/self/mem", why: "unreadable" }]);
  assert.equal(report.total.tokens, 5);
  assert.match(messages, /cannot be read: \/proc\/self\/mem/);
});

test("a file that vanishes is said, and the rest is counted", {
  skip: process.platform === "win32",
}, async () => {
  for (const [name, command, first] of COMMANDS) {
    const root = mkdtempSync(join(folder, "vanish-"));
    for (const file of ["1.txt", "2.txt", "3.txt"]) writeFileSync(join(root, file), "Hello, world!");
    // And one that nobody writes to is not waited for.
    execFileSync("mkfifo", [join(root, "first"), join(root, ".gitignore")]);
    const args = [...first, "--json", join(root, "first"), root];
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    // Before it can end: what nobody listens to by then is thrown away.
    const ended = Promise.all([child.stdout.toArray(), child.stderr.toArray(), once(child, "close")]);
    // It has listed the folder when it reads its first input, which this waits for.
    const fifo = await open(join(root, "first"), "w");
    rmSync(join(root, "2.txt"));
    await fifo.write("Hello");
    await fifo.close();
    const [out, messages, [status]] = await ended;
    const report = JSON.parse(Buffer.concat(out).toString());
    assert.equal(status, 3, name);
    assert.deepEqual(report.failed, [{ path: join(root, "2.txt"), why: "not-found" }], name);
    assert.deepEqual(report.skipped, [{ path: join(root, "first"), why: "special" }], name);
    assert.deepEqual([report.total.files, report.total.tokens], [3, 9], name);
    assert.match(Buffer.concat(messages).toString(), /not there: .*2\.txt/, name);
    rmSync(root, { recursive: true });
  }
});
