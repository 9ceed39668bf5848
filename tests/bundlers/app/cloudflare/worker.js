/** A worker of Cloudflare's: the host compiles the engine, and hands out files as data. */

import { configure, initSync, load } from "tokimeter";
import engine from "tokimeter/tokimeter.wasm";
import { count } from "../count.js";
import { read } from "../files.js";

initSync(engine);
configure({ read });

export default {
  async fetch() {
    return Response.json({ page: await count(load) });
  },
};
