// @ts-check
/** The page that runs one agent for chromium-runtime.mjs, which calls it by the global name `agent`. */
import { createAgent } from "../agent.mjs";

const agent = createAgent(
  async (name) => new Uint8Array(await (await request(`/texts/${name}.txt`)).arrayBuffer()),
  async (encoding) => (await request(`/tokenizers/${encoding}.json`)).json(),
);

/** @param {string} path */
async function request(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

Object.assign(globalThis, { agent });
