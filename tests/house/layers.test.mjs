// @ts-check
/**
 * The house as DESIGN.md tells it: which module may import which, by its tables of floors, and how long a file may be.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { parseSync } from "rolldown/utils";

const MAX_LINES = 400;
/** A head is what stands before the code: so far it is looked for. */
const HEAD_LINES = 25;

/**
 * @typedef {{ name: string, floor: number }} Entry a row of a table has one or several
 * @typedef {{ from: string, to: string }} Import of one module by another, both by their path without an ending
 */

const design = readFileSync("DESIGN.md", "utf8");

/** The table under the heading of a tree. @param {string} tree @returns {Entry[]} */
function entries(tree) {
  const [, section] = design.split(`\n### \`${tree}/\`\n`);
  assert.ok(section, `DESIGN.md has the layers of ${tree}/`);
  const rows = section
    .trimStart()
    .split("\n\n")[0]
    .split("\n")
    .filter((row) => /^\| \d/.test(row));
  return rows.flatMap((row) => {
    const [, floor, names] = row.split("|");
    return [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => ({ name, floor: Number(floor) }));
  });
}

/**
 * Which entry a module belongs to: that with the longest name. `views/*` is one entry for each folder.
 *
 * @param {Entry[]} all @param {string} module @returns {{ entry: Entry, is: string } | undefined}
 */
function entryOf(all, module) {
  const fitting = all.flatMap((entry) => {
    const [fixed, rest] = entry.name.split("*");
    if (rest === undefined)
      return module === fixed || module.startsWith(`${fixed}/`) ? [{ entry, is: fixed }] : [];
    if (!module.startsWith(fixed)) return [];
    return [{ entry, is: fixed.endsWith("/") ? module.split("/").slice(0, 2).join("/") : entry.name }];
  });
  return fitting.sort((a, b) => b.entry.name.length - a.entry.name.length)[0];
}

/** @param {string} tree @param {string[]} modules @param {Import[]} imports */
function check(tree, modules, imports) {
  const all = entries(tree);
  assert.deepEqual(
    modules.filter((module) => !entryOf(all, module)),
    [],
    `each module of ${tree}/ has its floor in DESIGN.md`,
  );
  const lived = new Set(modules.map((module) => entryOf(all, module)?.entry));
  assert.deepEqual(
    all.filter((entry) => !lived.has(entry)),
    [],
    `each floor of ${tree}/ has its module`,
  );
  const wrong = imports.filter(({ from, to }) => {
    const [importer, imported] = [entryOf(all, from), entryOf(all, to)];
    if (!importer || !imported) return true;
    return importer.is !== imported.is && importer.entry.floor <= imported.entry.floor;
  });
  assert.deepEqual(
    wrong.map(
      ({ from, to }) =>
        `${from} (${entryOf(all, from)?.entry.floor}) imports ${to} (${entryOf(all, to)?.entry.floor})`,
    ),
    [],
  );
  assert.ok(imports.length > modules.length / 2, "imports are found at all");
  console.log(`${tree}/: ${imports.length} imports of ${modules.length} modules`);
}

/** @param {string} tree @param {RegExp} ending */
const filesOf = (tree, ending) =>
  readdirSync(tree, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => ending.test(path) && !path.endsWith(".d.ts"))
    .sort();

/**
 * What a module of TypeScript or JavaScript imports, at once or later, but for types.
 *
 * @param {string} path @returns {string[]} as it is written
 */
function specifiers(path) {
  const source = readFileSync(path, "utf8");
  const { module, errors } = parseSync(path, source);
  assert.deepEqual(errors, [], path);
  return [
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports
      .flatMap(({ entries }) => entries)
      .flatMap(({ isType, moduleRequest }) => (moduleRequest && !isType ? [moduleRequest.value] : [])),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      source.slice(moduleRequest.start, moduleRequest.end).replaceAll(/^["'`]|["'`]$/g, ""),
    ),
  ];
}

/** @param {string} tree @param {RegExp} ending */
function scripts(tree, ending) {
  const files = filesOf(tree, ending);
  const module = (/** @type {string} */ path) => path.replace(/\.(?:[jt]sx?|mjs)$/, "");
  const imports = files.flatMap((path) =>
    specifiers(join(tree, path))
      .filter((name) => name.startsWith(".") && !name.endsWith(".css"))
      .map((name) => ({
        from: module(path),
        to: module(normalize(join(dirname(path), name)).replaceAll("\\", "/")),
      }))
      // The generated glue is no module of the tree; who touches it has a test of its own.
      .filter(({ to }) => !to.startsWith("../")),
  );
  return { modules: files.map(module), imports };
}

/** What stands in a file of Rust besides comments and strings. @param {string} path */
const rust = (path) =>
  readFileSync(path, "utf8")
    .replaceAll(/\/\/.*/g, "")
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');

/** Where what `lib.rs` exports comes from: the name and its module. */
function exported() {
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const [, module, list] of rust("src/lib.rs").matchAll(/pub use (\w+)::(\{[^}]*\}|\w+);/g)) {
    for (const [name] of list.matchAll(/\w+/g)) names.set(name, module);
  }
  return names;
}

test("a module of the crate imports only from lower floors", () => {
  const modules = filesOf("src", /\.rs$/)
    .map((path) => path.slice(0, -3))
    .filter((module) => module !== "lib");
  const names = exported();
  const imports = modules.flatMap((from) => {
    const source = rust(`src/${from}.rs`);
    const paths = [...source.matchAll(/\bcrate::(\{[^}]*\}|[\w:]+)/g)].flatMap(([, path]) =>
      path.startsWith("{") ? path.slice(1, -1).split(",") : [path],
    );
    const parent = from.includes("/") ? dirname(from) : undefined;
    const above = [...source.matchAll(/\bsuper::(\w*)/g)].flatMap(([, name]) => {
      const sibling = `${parent}/${name}`;
      return parent === undefined ? [] : [modules.includes(sibling) ? sibling : parent];
    });
    const absolute = paths
      .map((path) => path.trim().split("::"))
      .filter(([first]) => first)
      .map(([first, second]) => {
        const module = names.get(first) ?? first;
        return modules.includes(`${module}/${second}`) ? `${module}/${second}` : module;
      });
    return [...absolute, ...above].map((to) => ({ from, to }));
  });
  check("src", modules, imports);
});

test("a module of the package imports only from lower floors", () => {
  const { modules, imports } = scripts("pkg/src", /\.ts$/);
  check("pkg/src", modules, imports);
});

test("one module touches the glue of each wasm file", () => {
  const touching = filesOf("pkg/src", /\.ts$/).flatMap((path) =>
    specifiers(join("pkg/src", path)).flatMap((name) =>
      /\/(wasm[^/]*)\//.test(name) ? [`${path} ${name}`] : [],
    ),
  );
  assert.deepEqual(touching, [
    "engine.ts ../wasm/tokimeter.js",
    "hf.ts ../wasm-hf/tokimeter-hf.js",
    "packer.ts ../wasm-json/tokimeter-json.js",
  ]);
});

test("a module of the site imports only from lower floors, and no view another", () => {
  const { modules, imports } = scripts("www/src", /\.tsx?$/);
  check("www/src", modules, imports);
});

test("the site, the extension and the command line import the package by its public names", () => {
  const { exports } = JSON.parse(readFileSync("pkg/package.json", "utf8"));
  const isPublic = (/** @type {string} */ name) =>
    `.${name.slice("tokimeter".length)}` in exports || name.startsWith("tokimeter/vocab/");
  let found = 0;
  for (const tree of ["www/src", "editors/vscode/src", "pkg/src/cli"]) {
    for (const path of filesOf(tree, /\.tsx?$/)) {
      for (const name of specifiers(join(tree, path))) {
        if (name.startsWith(".")) {
          const target = normalize(join(tree, dirname(path), name));
          assert.ok(
            target.startsWith(normalize(tree)),
            `${tree}/${path} imports ${name}, which is outside of ${tree}`,
          );
        } else if (name === "tokimeter" || name.startsWith("tokimeter/")) {
          // Vite's own suffixes, such as `?url`.
          assert.ok(isPublic(name.split("?")[0]), `${tree}/${path} imports ${name}, which is no public name`);
          found++;
        }
      }
    }
  }
  console.log(`${found} imports of the package`);
});

test("no file is long without a reason", () => {
  const folders = ["src", "pkg/src", "shared", "www", "editors", "tests", "tools", "benches", "examples"];
  const endings = /\.(?:rs|[jt]sx?|mjs|css|py|vue|svelte|mk|html)$/;
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...folders], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const files = listed.split("\n").filter((path) => endings.test(path) && existsSync(path));
  let reasoned = 0;
  const long = files.filter((path) => {
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    if (lines.length <= MAX_LINES) return false;
    const head = lines.slice(0, HEAD_LINES).join("\n");
    if (!/\bLong because \S/.test(head)) return true;
    reasoned++;
    return false;
  });
  assert.deepEqual(long, [], `at most ${MAX_LINES} lines, or "Long because …" in the head`);
  console.log(`${files.length} files, ${reasoned} of them long for a reason`);
});
