// @ts-check
/**
 * Fresh processes of the native contenders: Rust's are built from ../native, Python's run in an environment of their own
 * under target. They are called as the pages are, by lines of JSON.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isDocument, readDocument } from "./documents.mjs";
import { withinCap } from "./runtime.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NATIVE = join(ROOT, "benches/native");
const BUILT = join(ROOT, "target/native");
const VENV = join(ROOT, "target/peers/venv");
const PACKAGES = ["tiktoken==0.14.0", "ctok==1.3.0"];

/**
 * @param {(name: string) => Promise<Uint8Array>} readText
 * @param {(line: string) => void} log
 * @returns {import("./runtime.mjs").Runtime}
 */
export function nativeRuntime(readText, log) {
  log("building the native contenders");
  const rust = buildRust();
  const python = makeEnvironment(log);
  return {
    name: "native",
    version: execFileSync("rustc", ["--version"], { encoding: "utf8" }).trim().split(" ", 2).join(" "),
    kinds: ["rust", "python"],
    async open({ kind }) {
      if (kind === "python" && !python) throw new Error("no Python environment");
      const [command, args] =
        kind === "python"
          ? [String(python), [join(NATIVE, "agent.py")]]
          : [rust, /** @type {string[]} */ ([])];
      const child = spawn(command, args, { cwd: ROOT, stdio: ["pipe", "pipe", "ignore"] });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const close = async () => {
        child.kill("SIGKILL");
      };
      const ask = async (/** @type {string} */ method, /** @type {unknown[]} */ args) => {
        child.stdin.write(`${JSON.stringify({ method, args })}\n`);
        const { value, done } = await lines.next();
        if (done) throw new Error("the process ended");
        const { result, failure } = JSON.parse(value);
        if (failure !== undefined) throw new Error(failure);
        return result;
      };
      return {
        call: (method, ...args) =>
          /** @type {any} */ (
            withinCap(
              method,
              prepared(readText, method, args).then((ready) => ask(method, ready)),
              close,
            )
          ),
        close,
      };
    },
    async close() {},
  };
}

/** The versions of the Python packages. */
export function pythonVersions() {
  return new Map(PACKAGES.map((id) => /** @type {[string, string]} */ (id.split("=="))));
}

function buildRust() {
  const environment = { ...process.env, CARGO_TARGET_DIR: BUILT, RUSTFLAGS: "" };
  execFileSync("cargo", ["build", "--release", "--locked", "--quiet"], {
    cwd: NATIVE,
    env: environment,
    stdio: "inherit",
  });
  return join(BUILT, "release/tokimeter-peers");
}

/**
 * Makes the environment, with the newest Python that there is.
 *
 * @param {(line: string) => void} log
 */
function makeEnvironment(log) {
  const python = join(VENV, "bin/python");
  const done = join(VENV, ".done");
  if (existsSync(done)) return python;
  const candidates = [process.env.PYTHON, "python3.14", "python3.13", "python3.12", "python3"];
  const found = candidates.find((name) => name && spawnSync(name, ["--version"]).status === 0);
  if (!found || spawnSync(found, ["-m", "venv", VENV], { stdio: "inherit" }).status !== 0) {
    log("there is no Python 3 with venv; its contenders are left out");
    return undefined;
  }
  for (const id of PACKAGES) {
    const options = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", id];
    if (spawnSync(python, options).status !== 0) log(`${id} does not install in ${found}: it is left out`);
  }
  writeFileSync(done, "");
  return python;
}

/**
 * A document is not in the corpus: it is written to a file, which the process reads.
 *
 * @param {(name: string) => Promise<Uint8Array>} readText
 * @param {string} method
 * @param {unknown[]} args
 */
async function prepared(readText, method, args) {
  const folder = join(ROOT, "target/peers/documents");
  const pathOf = (/** @type {string} */ name) => join(folder, encodeURIComponent(name));
  if (method === "load") {
    mkdirSync(folder, { recursive: true });
    for (const name of /** @type {string[]} */ (args[0]).filter(isDocument)) {
      if (!existsSync(pathOf(name))) writeFileSync(pathOf(name), await readDocument(readText, name));
    }
  }
  const ready = (/** @type {unknown} */ name) =>
    typeof name === "string" && isDocument(name) ? pathOf(name) : name;
  return args.map((argument) => (Array.isArray(argument) ? argument.map(ready) : ready(argument)));
}
