// @ts-check
/** The package as a stranger gets it: the packed tarball, installed into an empty folder. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const { version } = JSON.parse(readFileSync("pkg/package.json", "utf8"));
export const tarball = resolve(`target/tokimeter-${version}.tgz`);

/**
 * Installs the tarball, and other packages by name and version, into a new folder.
 * @param {string[]} others
 */
export function install(...others) {
  const folder = mkdtempSync(join(tmpdir(), "tokimeter-installed-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  installInto(folder, ...others);
  return folder;
}

/**
 * Installs the same into a folder that has a package.json.
 * @param {string} folder
 * @param {string[]} others
 */
export function installInto(folder, ...others) {
  const npm = ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", tarball, ...others];
  execFileSync("npm", npm, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
}
