/** Counts without a page: in Node, Deno and Bun. In a worker too, where there are web workers. */

import { load } from "tokimeter";
import { connect } from "tokimeter/worker";
import { count } from "./count.js";

const answers = {
  page: await count(load),
  ...(globalThis.Worker && { worker: await count(connect().load) }),
};
console.log(JSON.stringify(answers));
globalThis.process.exit();
