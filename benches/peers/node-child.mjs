// @ts-check
/** The process that runs one agent for runtime.mjs: gets calls as messages, answers with results. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createAgent } from "./agent.mjs";

const [, , corpus, tokenizers] = process.argv;
const agent = createAgent(
  (name) => readFile(join(corpus, `${name}.txt`)),
  async (encoding) => JSON.parse(await readFile(join(tokenizers, `${encoding}.json`), "utf8")),
);

process.on(
  "message",
  async (/** @type {{ method: keyof typeof agent, args: unknown[] }} */ { method, args }) => {
    try {
      // @ts-expect-error: the caller's types check the arguments
      process.send?.({ result: await agent[method](...args) });
    } catch (error) {
      process.send?.({ failure: error instanceof Error ? error.message : String(error) });
    }
  },
);
