// @ts-check
/** Both command lines, the package's and the native one, run in a folder of files. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { fill } from "./folder.mjs";

const NATIVE = resolve(process.env.TOKIMETER ?? "target/debug/tokimeter");
/** @type {readonly (readonly [name: string, command: string, first: readonly string[]])[]} */
export const COMMANDS = [
  ["package", process.execPath, [resolve("pkg/bin/tokimeter.js")]],
  ["native", NATIVE, []],
];

export const [, NATIVE_COMMAND = COMMANDS[0]] = COMMANDS;

/** @typedef {{ status: number | null, out: string, messages: string }} Ran */
/** @typedef {{ input?: string | Buffer, env?: Record<string, string>, cwd?: string }} How */

assert.ok(existsSync(NATIVE), `${NATIVE} is not there: cargo build`);

/** A folder with the files of `folder.mjs`, until the tests end. */
export const folder = mkdtempSync(join(tmpdir(), "tokimeter-cli-"));
fill(folder);
after(() => rmSync(folder, { recursive: true }));

/** Runs a command. @param {typeof COMMANDS[number]} command @param {readonly string[]} args @param {How} how @returns {Promise<Ran>} */
export async function run([, command, first], args, { input = "", env = {}, cwd = folder } = {}) {
  const child = spawn(command, [...first, ...args], { cwd, env: { ...process.env, NO_COLOR: "", ...env } });
  // One that does not read its input closes it.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [out, messages, [status]] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    once(child, "close"),
  ]);
  return { status, out: Buffer.concat(out).toString(), messages: Buffer.concat(messages).toString() };
}

/** Runs both. @param {readonly string[]} args @param {How} [how] */
export async function both(args, how) {
  const [ours, native] = await Promise.all(COMMANDS.map((command) => run(command, args, how)));
  assert.ok(ours && native);
  return /** @type {const} */ ([ours, native]);
}

/** Runs both, which must say the same, and returns what they said. @param {readonly string[]} args @param {How} [how] */
export async function same(args, how) {
  const [ours, native] = await both(args, how);
  assert.deepEqual(ours, native, args.join(" "));
  return ours;
}

/** The same as JSON. @param {readonly string[]} args @param {How} [how] */
export async function json(args, how) {
  const [ours, native] = await both(["--json", ...args], how);
  assert.deepEqual(JSON.parse(ours.out), JSON.parse(native.out), args.join(" "));
  assert.deepEqual([ours.status, ours.messages], [native.status, native.messages], args.join(" "));
  return { ...ours, report: JSON.parse(ours.out) };
}

/** @param {{ files: readonly { path: string }[] }} report */
export const pathsOf = ({ files }) => files.map(({ path }) => path);
