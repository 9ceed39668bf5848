// @ts-check
/** What is measured on and with, and whether the machine is quiet. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { OURS } from "./contenders.mjs";
import { pythonVersions } from "./native-runtime.mjs";
import { crateNamed } from "./vocabularies.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const MODULES = join(HERE, "node_modules");
/** A share of the processors that others may use before the report says so. */
export const QUIET = 0.05;

export function machine() {
  const [{ model = "unknown processor" } = {}] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${model.trim()}, ${os.cpus().length} cores, ${memory} GB; ${os.type()} ${os.release()} ${os.arch()}`;
}

/**
 * How much of the processors others use, while nothing here runs.
 *
 * @param {number} ms
 * @returns {Promise<number>} from 0 to 1
 */
export async function busyShare(ms) {
  const before = processorTimes();
  await new Promise((resolve) => setTimeout(resolve, ms));
  const after = processorTimes();
  const all = after.all - before.all;
  return all === 0 ? 0 : 1 - (after.idle - before.idle) / all;
}

function processorTimes() {
  const sum = { all: 0, idle: 0 };
  for (const { times } of os.cpus()) {
    sum.idle += times.idle;
    sum.all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return sum;
}

export function loads() {
  return os.loadavg().map((load) => Number(load.toFixed(2)));
}

/** @param {import("./contenders.mjs").Contender} contender */
export function versionOf({ kind, package: id }) {
  if (kind === "python") return pythonVersions().get(id) ?? "?";
  if (kind === "rust") return crateNamed(id).version;
  const manifest = join(MODULES, id, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : "not installed";
}

/**
 * A hash of what of ours is measured, since it changes without its version while it is worked on: the engine, the vocabularies, and the
 * script that `load` needs of a name. Prices, other formats, adapters and the element have no part in it.
 */
export async function fingerprintOfOurs() {
  const folder = join(MODULES, OURS);
  if (!existsSync(join(folder, "dist/index.js"))) return "not built";
  const only = "tokimeter:load";
  const built = await build({
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: only,
        resolveId: (id) => (id === only ? id : undefined),
        load: (id) => (id === only ? `export { load } from ${JSON.stringify(OURS)};` : undefined),
      },
    ],
    root: HERE,
    build: {
      write: false,
      target: "esnext",
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: only,
        preserveEntrySignatures: "strict",
        external: /(hf|models|packer)\.js$/,
      },
    },
  });
  const hash = createHash("sha256");
  const files = /** @type {import("vite").Rolldown.RolldownOutput} */ (built).output;
  for (const file of files.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))) {
    hash.update(file.type === "chunk" ? file.code : file.source);
  }
  return hash.digest("hex").slice(0, 12);
}
