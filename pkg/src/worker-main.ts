/**
 * The file that a worker runs. `connect` of `tokimeter/worker` starts it; a worker of one's own can import it instead, and
 * have other messages beside.
 *
 * @module
 */

import { host } from "./host.js";
import type { Hello } from "./wire.js";

addEventListener("message", ({ data, ports: [port] }: MessageEvent<Hello | undefined>) => {
  if (data?.tokimeter && port) host(port);
});
