// @ts-check
/** Serves folders from localhost, as they are or under brotli. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);

/** @type {Record<string, string>} */
const MIME_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * @param {Record<string, string>} folders by the beginning of the path; the first one that fits
 * @returns {Promise<{ address: string, compresses: boolean, close: () => Promise<void> }>}
 */
export async function serve(folders) {
  /** @type {Map<string, Promise<Uint8Array>>} */
  const compressed = new Map();
  /** @type {(path: string, body: Uint8Array) => Promise<Uint8Array>} */
  const smaller = (path, body) => {
    const known =
      compressed.get(path) ?? compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    compressed.set(path, known);
    return known;
  };
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    try {
      const file = fileOf(folders, path);
      /** @type {Uint8Array} */
      let body = await readFile(file);
      let encoding = "identity";
      const takes = /\bbr\b/.test(String(request.headers["accept-encoding"]));
      if (site.compresses && takes) {
        const packed = await smaller(file, body);
        if (packed.length < body.length) [body, encoding] = [packed, "br"];
      }
      response.writeHead(200, {
        "content-type": MIME_TYPES[extname(file)] ?? "application/octet-stream",
        "content-encoding": encoding,
        "content-length": body.length,
        "cache-control": "no-store",
        // An isolated page gets the finest clock.
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const site = {
    address: `http://localhost:${port}/`,
    compresses: false,
    close: () => new Promise((/** @type {(value: void) => void} */ resolve) => server.close(() => resolve())),
  };
  return site;
}

/**
 * @param {Record<string, string>} folders
 * @param {string} path
 */
function fileOf(folders, path) {
  if (path === "/") return join(folders["/"], "index.html");
  const [start, folder] = Object.entries(folders).find(([start]) => path.startsWith(start)) ?? [
    "",
    "/nowhere",
  ];
  return join(folder, path.slice(start.length));
}
