/**
 * Takes out of the generated glue what the package does not need, makes it hand over texts in one go, and gives names that deflate to
 * what the wasm file beside it imports.
 *
 *     node tools/glue.mjs <file>
 *
 * wasm-bindgen copies a string unit by unit up to its first one beyond ASCII, and then asks for three bytes for each unit that
 * is left. `encodeInto` does ten times as many in the same time, and hardly any text needs more than a byte a unit and a bit:
 * so it is given that, and the rest of the text what it needs. Few units are copied as fast one by one.
 *
 * That a handle is of the instance at work, `pkg/src/handle.ts` sees to, so the glue need not ask at every call.
 */
import { readFileSync, writeFileSync } from "node:fs";

const [file] = process.argv.slice(2);
const passString = `function passStringToWasm0(arg, malloc, realloc) {
    const len = arg.length;
    let ptr = malloc(len, 1) >>> 0;
    let written = 0;
    if (len <= 32) {
        const view = getUint8ArrayMemory0();
        while (written < len) {
            const code = arg.charCodeAt(written);
            if (code > 127) break;
            view[ptr + written++] = code;
        }
    }
    if (written < len) {
        let read;
        ({ read, written } = cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory0().subarray(ptr, ptr + len)));
        if (read < len) {
            const most = written + (len - read) * 3;
            ptr = realloc(ptr, len, most, 1) >>> 0;
            const view = getUint8ArrayMemory0().subarray(ptr + written, ptr + most);
            written += cachedTextEncoder.encodeInto(arg.slice(read), view).written;
            ptr = realloc(ptr, most, written, 1) >>> 0;
        }
    }
    WASM_VECTOR_LEN = written;
    return ptr;
}
`;

/** It is given a module, and no other kind of source. */
const initSync = `function initSync({ module }) {
    if (wasm !== undefined) return wasm;
    return __wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()), module);
}
`;

let glue = readFileSync(file, "utf8");
replace(/^function passStringToWasm0\(arg, malloc, realloc\) \{\n[\s\S]*?^\}\n/m, passString);
replace(/^function initSync\(module\) \{\n[\s\S]*?^\}\n/m, initSync);
// Every engine that takes the wasm file has it.
replace(/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?^\}\n/m);
replace(/^.*__wbg_inst !== undefined[\s\S]*?^ *\}.*\n/gm);
replace(/^.*__wbg_call_guard\(\);\n/gm);
replace(/^.*defineProperty.*'__wbg_inst'.*\n/gm);
replace(/^if \(Symbol\.dispose\).*\n/gm);
const wasmFile = file.replace(/\.js$/, "_bg.wasm");
let wasm = readFileSync(wasmFile, "latin1");
// The hashes in the names of imports do not deflate; numbers of as many digits tell the names apart as well.
const hashes = new Set(glue.match(/(?<=\b__wbg_\w+_)[0-9a-f]{16}\b/g));
for (const [number, hash] of [...hashes].entries()) {
  const digits = String(number).padStart(hash.length, "0");
  glue = glue.replaceAll(hash, digits);
  wasm = wasm.replaceAll(hash, digits);
}
writeFileSync(file, glue);
writeFileSync(wasmFile, wasm, "latin1");

/** @param {RegExp} known @param {string} by */
function replace(known, by = "") {
  const after = glue.replace(known, () => by);
  if (after === glue) throw new Error(`${file} is not the glue that this knows; see wasm-bindgen's changes`);
  glue = after;
}
