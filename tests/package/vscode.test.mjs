// @ts-check
/** The VS Code extension: what its .vsix holds, its words in both languages, and how it takes changes. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { rolldown } from "rolldown";
import { mulberry32, seed } from "../support/random.mjs";
import { unzip } from "../support/zip.mjs";

const SOURCE = "editors/vscode";
const packed = unzip(readFileSync("target/tokimeter-vscode.vsix"));
/** @param {string} path */
const json = (path) => JSON.parse(readFileSync(path, "utf8"));

test("the .vsix holds what it should and nothing else", () => {
  const shipped = readdirSync("data/vocab").filter((name) => name !== "command_r.vocab");
  assert.deepEqual(
    [...packed.keys()].sort(),
    [
      ...["[Content_Types].xml", "extension.vsixmanifest"],
      ...[
        ...["package.json", "package.nls.json", "package.nls.zh-cn.json", "readme.md", "changelog.md"],
        ...["LICENSE.txt", "LICENSE-MIT", "LICENSE-APACHE", "NOTICE"],
        ...["dist/extension.js", "l10n/bundle.l10n.zh-cn.json", "media/icon.png", "wasm/tokimeter_bg.wasm"],
        ...shipped.map((name) => `vocab/${name}`),
      ].map((name) => `extension/${name}`),
    ].sort(),
  );
  for (const [name, file] of [
    ["wasm/tokimeter_bg.wasm", "pkg/wasm/tokimeter_bg.wasm"],
    ["vocab/o200k_base.vocab", "data/vocab/o200k_base.vocab"],
    ["NOTICE", "pkg/NOTICE"],
  ])
    assert.ok(packed.get(`extension/${name}`)?.equals(readFileSync(file ?? "")), name);
});

test("the script needs the editor and nothing else, and has no engine that it does not use", () => {
  const script = packed.get("extension/dist/extension.js")?.toString() ?? "";
  const required = [...script.matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)].map(([, name]) => name);
  assert.deepEqual([...new Set(required)], ["vscode"]);
  assert.doesNotMatch(script, /tokimeter-(?:json|hf)/);
  assert.doesNotMatch(script, /import\.meta|\bimport\(/);
});

test("the manifest names files that are there, on the desktop and on the web", () => {
  const manifest = JSON.parse(packed.get("extension/package.json")?.toString() ?? "");
  for (const path of [manifest.main, manifest.browser, manifest.icon])
    assert.ok(packed.has(`extension/${path.replace(/^\.\//, "")}`), path);
  assert.equal(manifest.devDependencies, undefined);
  assert.equal(manifest.version, json("pkg/package.json").version);
});

test("all words are there in both languages, and none besides", () => {
  const sources = readdirSync(`${SOURCE}/src`).map((name) => readFileSync(`${SOURCE}/src/${name}`, "utf8"));
  const said = sources.flatMap((source) =>
    [...source.matchAll(/l10n\.t\(\s*"([^"]*)"/g)].map(([, text]) => text),
  );
  const bundle = json(`${SOURCE}/l10n/bundle.l10n.zh-cn.json`);
  assert.deepEqual(Object.keys(bundle).sort(), [...new Set(said)].sort());
  const places = (/** @type {string} */ text) => (text.match(/\{\d\}/g) ?? []).sort();
  for (const [english, chinese] of Object.entries(bundle))
    assert.deepEqual(places(chinese), places(english), english);

  const manifest = readFileSync(`${SOURCE}/package.json`, "utf8");
  const named = [...manifest.matchAll(/"%([^%]+)%"/g)].map(([, key]) => key).sort();
  for (const file of ["package.nls.json", "package.nls.zh-cn.json"])
    assert.deepEqual(Object.keys(json(`${SOURCE}/${file}`)).sort(), named, file);
});

test("changes make what they make one after the other", async () => {
  const bundle = await rolldown({ input: `${SOURCE}/src/edits.ts` });
  const [chunk] = (await bundle.generate({ format: "es" })).output;
  await bundle.close();
  const { updatesOf } = await import(`data:text/javascript,${encodeURIComponent(chunk.code)}`);

  const random = mulberry32(seed("changes"));
  const upTo = (/** @type {number} */ below) => Math.floor(random() * below);
  for (let round = Number(process.env.CASES ?? 20_000); round > 0; round--) {
    let text = "abcdefgh".repeat(1 + upTo(3));
    let fed = text;
    const changes = [];
    let end = text.length;
    for (let n = 1 + upTo(6); n > 0; n--) {
      // Mostly from the end to the beginning, as of several cursors; at times anywhere.
      const rangeOffset = upTo((random() < 0.8 ? end : text.length) + 1);
      const rangeLength = upTo(Math.min(3, (rangeOffset <= end ? end : text.length) - rangeOffset) + 1);
      const change = { rangeOffset, rangeLength, text: "XYZ".slice(0, upTo(4)) };
      text = text.slice(0, rangeOffset) + change.text + text.slice(rangeOffset + rangeLength);
      changes.push(change);
      end = rangeOffset;
    }
    for (const update of updatesOf(changes)) {
      let next = "";
      let at = 0;
      for (const { from, to, insert } of update) {
        assert.ok(at <= from && from <= to && to <= fed.length, JSON.stringify(changes));
        next += fed.slice(at, from) + insert;
        at = to;
      }
      fed = next + fed.slice(at);
    }
    assert.equal(fed, text, JSON.stringify(changes));
  }
  const cursors = [30, 20, 10].map((rangeOffset) => ({ rangeOffset, rangeLength: 0, text: "x" }));
  assert.equal(updatesOf(cursors).length, 1, "the changes of several cursors are one update");
});
