// @ts-check
/**
 * Brings published packages here as data: downloaded with their ordinary clients, checked against a pinned hash,
 * unpacked, and never installed or run. A package that is there already is not asked for again.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Downloads, checks and unpacks packages.
 *
 * @template {string} Name
 * @param {Record<Name, string>} pins client, package and hash of each, as in `npm rxjs@7.8.2 sha512-…` or
 *   `cargo memchr@2.7.6 f52b00…`; npm's hash is its `integrity`, cargo's and pypi's the registry's SHA-256 of the crate or wheel
 * @param {string} cache a folder that exists
 * @param {(line: string) => void} [log]
 * @returns {Record<Name, string>} the folders of the unpacked packages
 * @throws when a client fails, or when a hash is another
 */
export function unpackPinned(pins, cache, log = () => {}) {
  const entries = /** @type {[Name, string][]} */ (Object.entries(pins));
  const packages = entries.map(([name, pin]) => {
    const [client, id, integrity] = pin.split(" ");
    return { name, client, id, integrity, folder: join(cache, id.replace("/", "+")) };
  });
  const missing = packages.filter(({ folder }) => !existsSync(folder));
  const tarballs = join(cache, "tarballs.partial");
  // A start of npm takes longer than what it downloads.
  const ofNpm = missing.filter(({ client }) => client === "npm").map(({ id }) => id);
  if (ofNpm.length > 0) {
    log(`downloading ${ofNpm.join(", ")} with npm`);
    rmSync(tarballs, { recursive: true, force: true });
    mkdirSync(tarballs);
    run("npm", ["pack", ...ofNpm, "--ignore-scripts", "--silent", "--pack-destination", tarballs]);
  }
  for (const { client, id, integrity, folder } of missing) {
    if (client !== "npm") log(`downloading ${id} with ${client}`);
    const scratch = `${folder}.partial`;
    rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch);
    const unpack = { npm: unpackNpm, cargo: unpackCrate, pypi: unpackWheel }[client];
    if (!unpack) throw new Error(`no client is called ${client}`);
    const unpacked = unpack(id, integrity, scratch, tarballs);
    renameSync(unpacked, folder);
    rmSync(scratch, { recursive: true });
  }
  rmSync(tarballs, { recursive: true, force: true });
  return /** @type {Record<Name, string>} */ (
    Object.fromEntries(packages.map(({ name, folder }) => [name, folder]))
  );
}

/** @type {(name: string, integrity: string, scratch: string, tarballs: string) => string} */
function unpackNpm(name, integrity, scratch, tarballs) {
  const tarball = join(tarballs, `${name.replace(/^@/, "").replace(/[/@]/g, "-")}.tgz`);
  const hash = createHash("sha512").update(readFileSync(tarball)).digest("base64");
  checkHash(name, integrity, `sha512-${hash}`);
  const folder = join(scratch, "unpacked");
  mkdirSync(folder);
  run("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
  return folder;
}

/**
 * A lock file that names the SHA-256 makes cargo itself check what it downloads.
 *
 * @type {(name: string, integrity: string, scratch: string) => string}
 */
function unpackCrate(name, integrity, scratch) {
  const [crate, version] = name.split("@");
  const registry = "registry+https://github.com/rust-lang/crates.io-index";
  const own = `name = "scratch"\nversion = "0.0.0"\n`;
  const wanted = `[dependencies]\n${crate} = { version = "=${version}", default-features = false }\n`;
  const pinned = `name = "${crate}"\nversion = "${version}"\nsource = "${registry}"\nchecksum = "${integrity}"\n`;
  mkdirSync(join(scratch, "src"));
  writeFileSync(join(scratch, "src/lib.rs"), "");
  writeFileSync(join(scratch, "Cargo.toml"), `[package]\n${own}edition = "2021"\n${wanted}[workspace]\n`);
  writeFileSync(
    join(scratch, "Cargo.lock"),
    `version = 4\n\n[[package]]\n${own}dependencies = [\n "${crate}",\n]\n\n[[package]]\n${pinned}`,
  );
  const manifest = join(scratch, "Cargo.toml");
  run("cargo", ["vendor", "--quiet", "--locked", "--manifest-path", manifest, join(scratch, "vendor")]);
  const folder = join(scratch, "vendor", crate);
  const checksums = JSON.parse(readFileSync(join(folder, ".cargo-checksum.json"), "utf8"));
  checkHash(name, integrity, checksums.package);
  return folder;
}

/** @type {(name: string, integrity: string, scratch: string) => string} */
function unpackWheel(name, integrity, scratch) {
  const [project, version] = name.split("@");
  const python = process.env.PYTHON ?? "python3";
  const only = ["--no-deps", "--only-binary=:all:", "--python-version=3.13", "--quiet"];
  run(python, ["-m", "pip", "download", ...only, "--dest", scratch, `${project}==${version}`]);
  const wheel = join(scratch, readdirSync(scratch)[0]);
  checkHash(name, integrity, sha256(readFileSync(wheel)));
  const folder = join(scratch, "unpacked");
  run(python, ["-m", "zipfile", "-e", wheel, folder]);
  return folder;
}

/** @param {Buffer} data */
function sha256(data) {
  return createHash("sha256").update(data).digest("hex");
}

/** @type {(name: string, wanted: string, found: string) => void} */
function checkHash(name, wanted, found) {
  if (found === wanted) return;
  throw new Error(`${name} is not the package that is pinned.\n  wanted ${wanted}\n  found  ${found}`);
}

/** @type {(command: string, args: string[]) => void} */
function run(command, args) {
  try {
    execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"], shell: process.platform === "win32" });
  } catch (error) {
    const line = [command, ...args].join(" ");
    throw new Error(`this command failed; run it by hand to see why:\n  ${line}`, { cause: error });
  }
}
