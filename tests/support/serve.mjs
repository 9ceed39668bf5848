// @ts-check
/** A plain static server for the tests, on a free port of the loopback. Answers can be overridden by path. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/**
 * @typedef {{ status?: number, type?: string, body?: string | Uint8Array, headers?: Record<string, string> }} Answer
 * @param {string} root the folder to serve
 * @param {Map<string, Answer>} [overrides] answers by path, read at each request
 */
export async function serve(root, overrides = new Map()) {
  /** @type {string[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    requests.push(path);
    const file = normalize(path.endsWith("/") ? `${path}index.html` : path);
    const override = overrides.get(path);
    try {
      const body = override?.body ?? (await readFile(join(root, file)));
      const type = TYPES[/** @type {keyof TYPES} */ (extname(file))] ?? "application/octet-stream";
      response.writeHead(override?.status ?? 200, {
        "content-type": override?.type ?? type,
        ...override?.headers,
      });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
