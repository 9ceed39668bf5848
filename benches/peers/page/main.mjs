// @ts-check
/** The page that runs one agent for chromium-runtime.mjs, which calls it by the global name `agent`. */
import { createAgent } from "../agent.mjs";

const agent = createAgent(async (name) => {
  const response = await fetch(`/texts/${name}.txt`);
  if (!response.ok) throw new Error(`/texts/${name}.txt: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
});

Object.assign(globalThis, { agent });
