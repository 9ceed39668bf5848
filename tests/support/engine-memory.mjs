// @ts-check
/** The memory of the engine, which the package does not show: seen as the engine is made. */

const { Instance } = WebAssembly;
/** @type {WebAssembly.Memory | undefined} */
let memory;

/** Loads an encoding by the package, and returns it with a function that says how many bytes of memory there are. */
export async function loadWatched(/** @type {string} */ name) {
  WebAssembly.Instance = class extends Instance {
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} imports */
    constructor(module, imports) {
      super(module, imports);
      memory = /** @type {WebAssembly.Memory} */ (this.exports.memory);
    }
  };
  const { load } = await import("tokimeter");
  const tok = await load(name);
  WebAssembly.Instance = Instance;
  const bytes = () => memory?.buffer.byteLength ?? Number.NaN;
  return { tok, bytes };
}
