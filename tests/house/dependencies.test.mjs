// @ts-check
/** What the project is made with is pinned to the byte, and each dependency has its reason in CONTRIBUTING.md. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const FIELDS = ["dependencies", "devDependencies", "optionalDependencies"];

/**
 * @typedef {Record<string, Record<string, string> | undefined>} Manifest
 * @typedef {{ link?: boolean, resolved?: string, integrity?: string }} Locked
 */

/**
 * @template T
 * @param {string} path
 * @returns {T}
 */
const read = (path) => JSON.parse(readFileSync(path, "utf8"));

/** @param {string} name */
const tracked = (name) =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", name, `**/${name}`], {
    encoding: "utf8",
  })
    .trim()
    .split("\n");

const manifests = tracked("package.json").map((path) => ({
  path,
  manifest: /** @type {Manifest} */ (read(path)),
}));
/** What is installed with a package, or for it. */
const named = manifests.flatMap(({ path, manifest }) =>
  FIELDS.flatMap((field) =>
    Object.entries(manifest[field] ?? {}).map(([name, range]) => ({ path, name, range })),
  ),
);

test("each dependency of a package.json has its reason in CONTRIBUTING.md, and no other has", () => {
  const [, section] = readFileSync("CONTRIBUTING.md", "utf8").split("\n## Dependencies\n");
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  const reasoned = rows.flatMap((row) => {
    const [, names, reason] = row.split("|");
    assert.ok(reason.trim(), `${names.trim()} has a reason`);
    return [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  });
  assert.deepEqual([...new Set(reasoned)].sort(), reasoned.sort(), "no dependency stands there twice");
  const peers = manifests.flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}));
  assert.deepEqual(reasoned, [...new Set([...named.map(({ name }) => name), ...peers])].sort());
});

test("versions are exact", () => {
  // The package of this repository stands in `node_modules` by a link; an example's manifest is what its reader begins with.
  const loose = named.filter(
    ({ path, name, range }) =>
      !/^\d+\.\d+\.\d+$/.test(range) && name !== "tokimeter" && !path.startsWith("examples/"),
  );
  assert.deepEqual(loose, []);
});

test("the npm package has no dependency at run time", () => {
  assert.deepEqual(
    named.filter(({ path }) => path === "pkg/package.json"),
    [],
  );
});

test("lock files have a hash of every package, from whichever registry it comes", () => {
  const locks = tracked("package-lock.json");
  const workspaces = /** @type {{ workspaces: string[] }} */ (read("package.json")).workspaces;
  for (const path of new Set(named.map(({ path }) => path))) {
    const folder = dirname(path);
    const isWorkspace = workspaces.some(
      (workspace) => workspace === folder || workspace === `${dirname(folder)}/*`,
    );
    // The examples are built with what the root has: the project's own test of them.
    if (isWorkspace || folder.startsWith("examples/")) continue;
    assert.ok(locks.includes(join(folder, "package-lock.json")), `${path} has a lock file`);
  }
  let pinned = 0;
  for (const lock of locks) {
    const { packages } = /** @type {{ packages: Record<string, Locked> }} */ (read(lock));
    for (const [path, { link, resolved, integrity }] of Object.entries(packages)) {
      // Links, and the folders of this repository that they lead to.
      if (link || !path.includes("node_modules/")) continue;
      const isOfRegistry = resolved === undefined || resolved.startsWith("https://registry.npmjs.org/");
      assert.ok(isOfRegistry, `${lock}: ${path} comes from ${resolved}`);
      assert.ok(integrity?.startsWith("sha512-"), `${lock}: ${path} has the hash ${integrity}`);
      pinned++;
    }
  }
  console.log(`${pinned} packages in ${locks.length} lock files`);
});

test("lock files name the registry and a checksum of every crate", () => {
  let pinned = 0;
  for (const manifest of tracked("Cargo.toml")) {
    const lock = join(dirname(manifest), "Cargo.lock");
    assert.ok(existsSync(lock), `${manifest} has a lock file`);
    for (const crate of readFileSync(lock, "utf8").split("[[package]]\n").slice(1)) {
      const [, name] = crate.match(/^name = "(.*)"/m) ?? [];
      const [, source] = crate.match(/^source = "(.*)"/m) ?? [];
      // Without a source it is one of this repository.
      if (name.startsWith("tokimeter") && source === undefined) continue;
      assert.equal(source, "registry+https://github.com/rust-lang/crates.io-index", `${lock}: ${name}`);
      assert.match(crate, /^checksum = "[0-9a-f]{64}"$/m, `${lock}: ${name}`);
      pinned++;
    }
  }
  console.log(`${pinned} crates`);
});

test("no crate needs a newer Rust than Cargo.toml promises", () => {
  const metadata = JSON.parse(
    execFileSync("cargo", ["metadata", "--locked", "--format-version", "1", "--all-features"], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    }),
  );
  /** @type {{ name: string, rust_version: string | null }[]} */
  const crates = metadata.packages;
  const promised = crates.find(({ name }) => name === "tokimeter")?.rust_version ?? "";
  const [major, minor] = promised.split(".").map(Number);
  const newer = crates.filter(({ rust_version }) => {
    const [theirMajor, theirMinor] = (rust_version ?? "1.0").split(".").map(Number);
    return theirMajor > major || (theirMajor === major && theirMinor > minor);
  });
  assert.deepEqual(
    newer.map(({ name, rust_version }) => `${name} needs ${rust_version}`),
    [],
  );
  console.log(`${crates.length} crates take Rust ${promised}`);
});
