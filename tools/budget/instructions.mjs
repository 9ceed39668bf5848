// @ts-check
/** Counts the instructions of workloads of benches/budget, by Callgrind. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { hostileText } from "../../benches/peers/hostile.mjs";

const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
const TARGET = join(ROOT, "target/budget");
const PROGRAM = join(TARGET, "release/tokimeter-budget");

/** Whether instructions are counted here as where they were recorded: Valgrind is not for every system. */
export const IS_COUNTED = process.platform === "linux" && process.arch === "x64";

/** With flags that are the same everywhere, whatever stands in the environment. */
export function buildWorkloads() {
  execFileSync("cargo", ["build", "--release", "--locked", "--quiet"], {
    cwd: join(ROOT, "benches/budget"),
    env: { ...process.env, CARGO_TARGET_DIR: TARGET, RUSTFLAGS: "" },
    stdio: "inherit",
  });
}

/** What the figures depend on besides the code. */
export function tools() {
  const version = (/** @type {string} */ command) =>
    execFileSync(command, ["--version"], { encoding: "utf8", cwd: ROOT }).trim();
  return { rustc: version("rustc"), valgrind: version("valgrind") };
}

/**
 * @param {string} workload of benches/budget
 * @param {string} [file]
 * @returns {number} instructions
 */
export function countInstructions(workload, file) {
  const options = [
    "--tool=callgrind",
    "--toggle-collect=*measured*",
    "--callgrind-out-file=/dev/null",
    PROGRAM,
    workload,
  ];
  // Without the caller's environment, whose length would move the stack.
  const { stderr, status, error } = spawnSync("valgrind", file ? [...options, file] : options, {
    cwd: ROOT,
    encoding: "utf8",
    env: { PATH: process.env.PATH },
  });
  const collected = /Collected : (\d+)/.exec(stderr ?? "")?.[1];
  if (status !== 0 || collected === undefined || collected === "0") {
    throw new Error(`valgrind ${options.join(" ")} failed: ${error?.message ?? stderr}`);
  }
  return Number(collected);
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {string} the path of a file with it
 */
export function writeText(name, text) {
  mkdirSync(TARGET, { recursive: true });
  const path = join(TARGET, `${encodeURIComponent(name)}.txt`);
  writeFileSync(path, text);
  return path;
}

/**
 * @param {string} name of a hostile text
 * @param {number} bytes
 */
export function writeHostile(name, bytes) {
  return writeText(`${name} ${bytes}`, hostileText(name, bytes));
}
