// @ts-check
/** What both command lines print for people, and what becomes of it. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COMMANDS, folder, run, same } from "./commands.mjs";

test("tables, colours and messages", async () => {
  const table = `tokens  file
     5  a.txt
     5  目录/中文.md
     2  sub/deep/b.md
     5  sub/keep.txt
     2  sub/only-root.txt
    19  in 5 files, 71 bytes

model  gpt-5.2: o200k_base, exact
limit  272,000 (window 400,000): 271,981 left
`;
  const { out } = await same(["-m", "gpt-5.2", "a.txt", "目录", "sub"]);
  assert.ok(out.startsWith(table), out);
  assert.match(
    out.slice(table.length),
    /^price {2}0\.00003325 USD as input; 1\.75 USD a million \(.+, 20\d\d-\d\d-\d\d\)\n$/,
  );
  for (const args of [
    ["-t", "."],
    ["-m", "claude-opus-5", "."],
    ["-m", "gtp-5", "sub"],
    ["-e", "glm5", "a.txt"],
    ["-l", "3", "a.txt"],
    ["-m", "grok-4", "-l", "900000", "line-mixed.txt"],
    ["-m", "gpt-6.1-sol", "-c", "CNY", "."],
  ])
    await same(args);
  assert.equal((await same(["-q", ".", "nope"])).messages, "");
  assert.ok((await same(["--color", "always", "-l", "3", "a.txt"])).out.includes("\u001b[31m"));
  assert.ok(!(await same(["--color", "auto", "a.txt"])).out.includes("\u001b"));
  assert.ok(!(await same(["a.txt"], { env: { NO_COLOR: "1" } })).out.includes("\u001b"));
  writeFileSync(join(folder, "sub/\u001b[31mred.md"), "x");
  assert.ok((await same(["sub"])).out.includes("sub/\\u{1b}[31mred.md"));
  rmSync(join(folder, "sub/\u001b[31mred.md"));
});

test("help and version", async () => {
  for (const command of COMMANDS) {
    const help = await run(command, ["--help"]);
    assert.equal(help.status, 0);
    for (const words of [
      "Exit status",
      "--model",
      "--reserve",
      "NO_COLOR",
      ".gitignore",
      "standard input",
      "Examples",
    ])
      assert.ok(help.out.includes(words), `${command[0]}: ${words}`);
    assert.ok(
      help.out.split("\n").every((line) => line.length <= 100),
      command[0],
    );
    assert.match((await run(command, ["--version"])).out, /\d+\.\d+\.\d+/);
  }
});

test("a reader that has read enough", async () => {
  for (const [name, command, first] of COMMANDS) {
    const child = spawn(command, [...first, "--json", "-e", "o200k_base", "."], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    const [messages, [status]] = await Promise.all([child.stderr.toArray(), once(child, "close")]);
    assert.equal(status, 0, name);
    assert.ok(!/EPIPE|panicked|Error/.test(Buffer.concat(messages).toString()), name);
  }
});

test("an output that cannot be written", { skip: !existsSync("/dev/full") }, async () => {
  const full = openSync("/dev/full", "w");
  const cases = /** @type {const} */ ([
    [3, "out", ["a.txt"]],
    [3, "out", ["--json", "-l", "1", "a.txt"]],
    [3, "out", ["--help"]],
    [3, "out", ["--version"]],
    [0, "messages", ["a.txt", "link.txt"]],
    [1, "messages", ["-l", "1", "latin1.txt", "nope"]],
    [3, "messages", ["nope", "a.txt"]],
    [2, "messages", ["-l", "x"]],
  ]);
  for (const [status, lost, args] of cases) {
    const told = [];
    for (const [name, command, first] of COMMANDS) {
      const stdio = /** @type {const} */ ([
        "ignore",
        lost === "out" ? full : "pipe",
        lost === "out" ? "pipe" : full,
      ]);
      const child = spawn(command, [...first, ...args], { cwd: folder, stdio: [...stdio] });
      const [said, [found]] = await Promise.all([
        (child.stdout ?? child.stderr)?.toArray(),
        once(child, "close"),
      ]);
      assert.equal(found, status, `${name} ${args.join(" ")}`);
      told.push(Buffer.concat(said ?? []).toString());
    }
    assert.equal(told[0], told[1], args.join(" "));
    if (lost === "out") assert.equal(told[0], "tokimeter: the output cannot be written\n");
    else assert.equal(told[0]?.includes("model"), status !== 2);
  }
  closeSync(full);
});

test("the documents' example says what it says", async () => {
  for (const page of ["docs/hosts.md", "docs/hosts.zh-CN.md"]) {
    const [, line = "", out] =
      /```console\n\$ npx tokimeter (.*)\n([^`]*)```/.exec(readFileSync(page, "utf8")) ?? [];
    assert.equal((await same(line.split(" "), { cwd: "." })).out, out, page);
  }
});
