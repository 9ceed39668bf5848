// @ts-check
/** The types of the packed tarball: of every entry point, checked through and through, and found by every resolution. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { TOOLS } from "../bundlers/kit.mjs";
import { installInto, tarball } from "../support/installed.mjs";

const SOURCE = "tests/package/types/entry-points.ts";
const OPTIONS =
  "--noEmit --strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --resolveJsonModule --target es2022 --skipLibCheck false --types";

/** @type {string} */
let folder;
before(() => {
  // In the repository: the editors, whose types some entry points need, are found there.
  mkdirSync("target", { recursive: true });
  folder = mkdtempSync("target/types-");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  installInto(folder);
  copyFileSync(SOURCE, join(folder, "entry-points.ts"));
});
after(() => rmSync(folder, { recursive: true }));

test("the assertions use every entry point that has types", () => {
  const { exports } = JSON.parse(readFileSync("pkg/package.json", "utf8"));
  const source = readFileSync(SOURCE, "utf8");
  const files = Object.keys(exports).filter((path) => typeof exports[path] === "string");
  assert.deepEqual(files, [
    "./tokimeter.wasm",
    "./tokimeter-json.wasm",
    "./tokimeter-hf.wasm",
    "./vocab/*",
    "./worker-main.js",
    "./package.json",
  ]);
  for (const path of [...Object.keys(exports).filter((path) => !files.includes(path)), "./worker-main.js"])
    assert.ok(source.includes(`"tokimeter${path.slice(1)}"`), path);
});

for (const [module, resolution] of [
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
])
  test(`the types hold in a strict project whose modules are resolved as ${resolution}`, () => {
    const how = ["--module", module ?? "", "--moduleResolution", resolution ?? ""];
    const files = [...OPTIONS.split(" "), "", ...how, join(folder, "entry-points.ts")];
    execFileSync("node_modules/.bin/tsc", files, { stdio: "inherit" });
  });

test("arethetypeswrong finds nothing", () => {
  // What a WebAssembly file is when it is imported, its host says.
  const plain = ["tokimeter.wasm", "tokimeter-json.wasm", "tokimeter-hf.wasm"];
  const args = [tarball, "--profile", "esm-only", "--format", "ascii", "--exclude-entrypoints", ...plain];
  execFileSync(join(TOOLS, "node_modules/.bin/attw"), args, { stdio: ["ignore", "ignore", "inherit"] });
});

test("publint finds nothing, not even a suggestion", () => {
  const printed = execFileSync(join(TOOLS, "node_modules/.bin/publint"), ["--strict", tarball]).toString();
  assert.match(printed, /All good!/);
});
