// @ts-check
/**
 * NOTICE names every crate that is in the wasm files, with a licence that may be. What is in them they say themselves: a panic tells the
 * crate that it was raised in.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WASM } from "../../tools/notice/crates.mjs";

const notice = readFileSync("pkg/NOTICE", "utf8");

test("NOTICE is of the lock file", () => {
  assert.equal(execFileSync(process.execPath, ["tools/notice.mjs"], { encoding: "utf8" }), notice);
});

for (const file of Object.keys(WASM))
  test(`NOTICE names what is in ${file}`, () => {
    const named = new Set(
      notice
        .split("\n")
        .flatMap((line) => (line.includes(file) ? (/ with the crate (.*)/.exec(line)?.[1] ?? []) : [])),
    );
    const binary = readFileSync(`pkg/${file}`, "latin1");
    const raised = new Set(
      [...binary.matchAll(/\/crates\/[\w.-]+\/([\w.-]+)-(\d+\.\d+\.\d+[\w.+-]*)\//g)].map(
        ([, name, version]) => `${name} ${version}`,
      ),
    );
    assert.deepEqual(
      [...raised].filter((crate) => !named.has(crate)),
      [],
    );
    assert.ok(raised.size > 1 && named.size >= raised.size);
    console.log(`${file}: ${named.size} crates, ${raised.size} of them by their panics`);
  });

test("every crate has a licence, and whose it is", () => {
  for (const [, crate, rest = ""] of notice.matchAll(/with the crate (.*)\n((?: {2}.*\n)+)/g))
    assert.match(rest, /^(?: {2}.+\n)*? {2}Licence: .*(?:MIT|Apache-2\.0|BSL-1\.0)/, crate);
});
