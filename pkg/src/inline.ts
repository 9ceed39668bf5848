/**
 * The package with its engine inside the JavaScript: for one file that is the whole program, and for bundlers that leave the
 * addresses of files as they are. It is unpacked when something is first loaded.
 *
 * @module
 */

import { bring } from "./engine.js";
import { fromBase64 } from "./files.js";
import { ENGINE } from "./inline-engine.js";

bring(async () => {
  const packed = new Blob([fromBase64(ENGINE)]).stream();
  const bytes = packed.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(bytes).arrayBuffer());
});

export * from "./index.js";
