// @ts-check
/**
 * Builds the package twice from the same sources, in two folders and with two homes of cargo, and compares every file of it. What
 * leaks from the machine into a build is a path, a time or an order; each would show here.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";

const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
const { version } = JSON.parse(readFileSync("pkg/package.json", "utf8"));
const scratch = mkdtempSync(join(tmpdir(), "tokimeter-reproducible-"));

/**
 * @param {string} program
 * @param {string[]} options
 * @param {import("node:child_process").ExecFileSyncOptions} [how]
 */
const run = (program, options, how) =>
  String(
    execFileSync(program, options, { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26, ...how }),
  );

/**
 * Builds in a folder what git knows of, or would know of.
 *
 * @param {string} folder
 * @param {string} home of cargo
 * @returns {Map<string, string>} the hash of each file of the package, and of the tarball
 */
function build(folder, home) {
  const sources = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).split("\0");
  for (const path of sources.filter((path) => path && existsSync(path))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(path, join(folder, path));
  }
  const started = performance.now();
  run("make", ["package"], {
    cwd: folder,
    env: { ...process.env, CARGO_HOME: home },
    stdio: ["ignore", "ignore", "inherit"],
  });
  console.log(`${folder}: built in ${Math.round((performance.now() - started) / 1000)} s`);
  const tarball = join(folder, `target/tokimeter-${version}.tgz`);
  run("tar", ["-xzf", tarball, "-C", folder]);
  const files = run("tar", ["-tzf", tarball]).trim().split("\n");
  return new Map(
    [...files.map((file) => [file, join(folder, file)]), ["tarball", tarball]].map(([name, path]) => [
      name,
      hash(path),
    ]),
  );
}

/** @param {string} path */
const hash = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

try {
  // Another home of cargo has nothing in it but how the registry is reached.
  const otherHome = join(scratch, "a-home-of-another-length");
  mkdirSync(otherHome);
  for (const name of ["config.toml", "config"]) {
    if (existsSync(join(cargoHome, name))) cpSync(join(cargoHome, name), join(otherHome, name));
  }
  const one = build(join(scratch, "one"), cargoHome);
  const other = build(join(scratch, "another/and/deeper"), otherHome);
  const names = [...new Set([...one.keys(), ...other.keys()])];
  const differing = names.filter((name) => one.get(name) !== other.get(name));
  for (const name of names.filter((name) => name.endsWith(".wasm") || name === "tarball")) {
    console.log(`${one.get(name)}  ${name}${differing.includes(name) ? "  differs" : ""}`);
  }
  if (differing.length > 0) {
    console.error(`Not reproducible: ${differing.join(", ")} differ between two folders.`);
    process.exitCode = 1;
  } else {
    console.log(`${names.length - 1} files and the tarball are the same in both.`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
