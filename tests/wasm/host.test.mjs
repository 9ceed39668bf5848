// @ts-check
/**
 * Hosts that bring their own: a reader of files, or a module that they compiled. Each test has a process, so an
 * engine, of its own.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const PRELUDE = `
  import { readFileSync } from "node:fs";
  import { configure, initSync, load } from "tokimeter";
  const print = (value) => console.log(JSON.stringify(value));
  const names = [];
  const read = async (url) => {
    names.push(url.pathname.split("/pkg/")[1]);
    return readFileSync(url);
  };`;

/** Runs a script in a process of its own, and returns what it prints. @param {string} script */
function run(script) {
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", `${PRELUDE}${script}`]);
  return JSON.parse(printed.toString());
}

test("the host reads all files, once each", () => {
  const { count, names } = run(`
    configure({ read });
    const [tok] = await Promise.all([load("gpt-oss-120b"), load("gpt-5")]);
    print({ count: tok.count("Hello, world!"), names: names.sort() });`);
  assert.equal(count, 4);
  assert.deepEqual(names, ["vocab/o200k_base.vocab", "vocab/o200k_harmony.vocab", "wasm/tokimeter_bg.wasm"]);
});

test("what the host cannot read is an error that says why, and the next load tries again", () => {
  const { failed, count } = run(`
    configure({ read: async () => { throw new Error("no such file"); } });
    const failed = await load("gpt-5").catch(({ code, message }) => ({ code, message }));
    configure({ read });
    print({ failed, count: (await load("gpt-5")).count("Hello, world!") });`);
  assert.equal(failed.code, "fetch-failed");
  assert.match(failed.message, /could not be fetched from file:.*: no such file/);
  assert.equal(count, 4);
});

test("the host starts the engine from a module", () => {
  const { count, names } = run(`
    configure({ read });
    const wasm = new URL(import.meta.resolve("tokimeter/tokimeter.wasm"));
    const module = new WebAssembly.Module(readFileSync(wasm));
    initSync(module);
    initSync(module);
    print({ count: (await load("gpt-4")).count("Hello, world!"), names });`);
  assert.equal(count, 4);
  assert.deepEqual(names, ["vocab/cl100k_base.vocab"]);
});
