// @ts-check
/** Reads the files of a zip archive: as much of the format as packers of today write. */

import { inflateRawSync } from "node:zlib";

/**
 * Returns the files by name.
 * @param {Buffer} zip
 * @returns {Map<string, Buffer>}
 */
export function unzip(zip) {
  const files = new Map();
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06"));
  const entries = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < entries; entry++) {
    const method = zip.readUInt16LE(at + 10);
    const bytes = zip.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(begin, begin + bytes);
    const path = zip.toString("utf8", at + 46, at + 46 + Number(name));
    if (!path.endsWith("/")) files.set(path, method === 0 ? packed : inflateRawSync(packed));
    at += 46 + Number(name) + Number(extra) + Number(comment);
  }
  return files;
}
