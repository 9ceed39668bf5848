// @ts-check
/** What the command line of the package does on a terminal alone. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COMMANDS, folder, NATIVE_COMMAND, run } from "./commands.mjs";

test("on a terminal, a file whose size cannot be told is one that cannot be read", {
  skip: process.platform === "win32",
}, async () => {
  const root = mkdtempSync(join(folder, "deep-"));
  const deep = join(root, ...Array.from({ length: 20 }, () => "d".repeat(200)));
  mkdirSync(deep, { recursive: true });
  // Its path is longer than a path may be; its folder's is not.
  const name = "f".repeat(250);
  execFileSync("touch", [name], { cwd: deep });
  writeFileSync(join(root, "a.txt"), "Hello");
  const env = { NODE_OPTIONS: "--import=data:text/javascript,process.stderr.isTTY=true" };
  const [command = NATIVE_COMMAND] = COMMANDS;
  const { status, out } = await run(command, ["--json", "."], { cwd: root, env });
  execFileSync("rm", ["-r", root]);
  const { failed, total } = JSON.parse(out);
  assert.deepEqual([status, failed.length, failed[0].why, total.files], [3, 1, "unreadable", 1]);
});
