/**
 * Makes the generated glue hand texts to the engine in one go.
 *
 *     node tools/glue.mjs <file>
 *
 * wasm-bindgen copies a string unit by unit up to its first one beyond ASCII, and then asks for three bytes for each unit that
 * is left. `encodeInto` does ten times as many in the same time, and hardly any text needs more than a byte a unit and a bit:
 * so it is given that, and the rest of the text what it needs.
 */
import { readFileSync, writeFileSync } from "node:fs";

const [file] = process.argv.slice(2);
const glue = readFileSync(file, "utf8");
const before = `    let len = arg.length;
    let ptr = malloc(len, 1) >>> 0;
`;
/** Up to so many units the loop is as fast. */
const SHORT = 32;
const after = `
    if (len > ${SHORT}) {
        let { read, written } = cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory0().subarray(ptr, ptr + len));
        if (read < len) {
            const most = written + (len - read) * 3;
            ptr = realloc(ptr, len, most, 1) >>> 0;
            const view = getUint8ArrayMemory0().subarray(ptr + written, ptr + most);
            written += cachedTextEncoder.encodeInto(arg.slice(read), view).written;
            ptr = realloc(ptr, most, written, 1) >>> 0;
        }
        WASM_VECTOR_LEN = written;
        return ptr;
    }
`;
const parts = glue.split(before);
if (parts.length !== 2)
  throw new Error(`${file} is not the glue that this knows; see wasm-bindgen's changes`);
writeFileSync(file, parts.join(before + after));
