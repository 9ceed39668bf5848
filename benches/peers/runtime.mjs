// @ts-check
/**
 * Where contenders run. A runtime opens hosts; a host is a fresh process or page with one agent in it, which
 * answers calls one at a time. A call that takes too long kills its host, since nothing else stops a busy thread.
 *
 * @typedef {import("./agent.mjs").Agent} Agent
 * @typedef {import("./contenders.mjs").Contender} Contender
 * @typedef {{
 *   call: <Method extends keyof Agent>(method: Method, ...args: Parameters<Agent[Method]>) => ReturnType<Agent[Method]>,
 *   close: () => Promise<void>,
 *   page?: import("playwright-core").Page,
 * }} Host
 * @typedef {{
 *   name: string,
 *   version: string,
 *   kinds: import("./contenders.mjs").Kind[],
 *   open: (contender: Contender) => Promise<Host>,
 *   close: () => Promise<void>,
 * }} Runtime
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A measurement that takes longer is given up; to start may take longer, once, so that the rest can be measured. */
const CAP_MS = 20_000;
const START_CAP_MS = 60_000;
/** @type {Set<keyof Agent>} */
const STARTS = new Set(["start", "prepare", "prepareLive", "load"]);

export class TooSlow extends Error {
  /** @param {number} capMs */
  constructor(capMs) {
    super(`> ${capMs / 1000} s`);
  }
}

/**
 * Waits for an answer up to the cap of its method, then kills and gives up.
 *
 * @template T
 * @param {keyof Agent} method
 * @param {Promise<T>} answer
 * @param {() => Promise<void>} kill
 * @returns {Promise<T>}
 */
export async function withinCap(method, answer, kill) {
  const capMs = STARTS.has(method) ? START_CAP_MS : CAP_MS;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const cap = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow(capMs)), capMs);
  });
  try {
    return await Promise.race([answer, cap]);
  } catch (error) {
    if (error instanceof TooSlow) {
      answer.catch(() => {});
      await kill();
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Fresh Node processes, with the garbage collector exposed so that one measurement's rubbish is not the next one's.
 *
 * @param {string} corpus folder of the texts
 * @param {string} tokenizers folder of tokenizer files
 * @returns {Runtime}
 */
export function nodeRuntime(corpus, tokenizers) {
  const script = fileURLToPath(new URL("node-child.mjs", import.meta.url));
  return {
    name: "Node",
    version: process.versions.node,
    kinds: ["js"],
    async open() {
      const child = fork(script, [corpus, tokenizers], { execArgv: ["--expose-gc"] });
      const close = async () => {
        child.kill("SIGKILL");
      };
      return {
        call: (method, ...args) =>
          /** @type {any} */ (withinCap(method, ask(child, { method, args }), close)),
        close,
      };
    },
    async close() {},
  };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {{ method: string, args: unknown[] }} call
 */
function ask(child, call) {
  const answer = new Promise((resolve, reject) => {
    child.once("message", (/** @type {any} */ { result, failure }) =>
      failure === undefined ? resolve(result) : reject(new Error(failure)),
    );
    child.once("exit", (code, signal) => reject(new Error(`the process ended: ${signal ?? code}`)));
    child.send(call);
  });
  return answer.finally(() => {
    child.removeAllListeners("message");
    child.removeAllListeners("exit");
  });
}
