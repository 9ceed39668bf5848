// @ts-check
/**
 * The engine as it is shipped, made to trap: at any of its functions and loops, where wasm-opt has put a call that hits `unreachable`
 * when its time has come; or for want of memory, which has an end that can be reached. Import this before the package.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FILE = "pkg/wasm/tokimeter_bg.wasm";
const GLUE = "./tokimeter_bg.js";
/** Where the memory ends: 256 MB. */
const MOST_PAGES = 4096;
const MEMORY_SECTION = 5;

const { Instance } = WebAssembly;
const plain = compiled(readFileSync(FILE));
const stepped = compiled(withSteps());
/** (module (func (export "f") unreachable)) */
const TRAP = "0061736d" + "01000000" + "010401600000" + "03020100" + "070501016600" + "00" + "0a05010300000b";
const unreachable = /** @type {() => void} */ (
  new Instance(new WebAssembly.Module(Buffer.from(TRAP, "hex"))).exports.f
);

/** @type {WebAssembly.Memory | undefined} */
let memory;
/** @type {Set<WeakRef<WebAssembly.Memory>>} */
const memories = new Set();
let stepsLeft = Number.POSITIVE_INFINITY;

export const engine = {
  /** Whether the next instance is one that can trap anywhere; it is ten times as slow. */
  isStepped: false,
  /** Whether the next instances have no memory to take. */
  isFull: false,
  /** Counts the instances. */
  instances: 0,
  /** The function that traps at its next call. */
  trapAt: "",
  /** How many calls into the engine are under way. */
  depth: 0,
  /** The one that was made last. */
  last: "",
  get bytes() {
    return memory?.buffer.byteLength ?? 0;
  },
  /** How many memories are not collected. */
  get memories() {
    return [...memories].filter((held) => held.deref()).length;
  },
  /** Has an instance that can trap anywhere do so after so many functions and loops. @param {number} steps */
  trapAfter(steps) {
    stepsLeft = steps;
  },
  /** Takes all the memory that there is. */
  fill() {
    if (memory) memory.grow(MOST_PAGES - memory.buffer.byteLength / 65_536);
  },
};

WebAssembly.Instance = class extends Instance {
  /** @param {WebAssembly.Module} _module @param {any} imports */
  constructor(_module, imports) {
    super(engine.isStepped ? stepped : plain, {
      [GLUE]: {
        ...imports[GLUE],
        log_execution: () => {
          if (--stepsLeft === 0) unreachable();
        },
      },
    });
    memory = /** @type {WebAssembly.Memory} */ (super.exports.memory);
    memories.add(new WeakRef(memory));
    engine.instances++;
    if (engine.isFull) engine.fill();
  }

  get exports() {
    const watched = Object.entries(super.exports).map(([name, value]) => [
      name,
      typeof value === "function" ? watching(name, value) : value,
    ]);
    return Object.fromEntries(watched);
  }
};

/** @param {string} name @param {Function} call */
function watching(name, call) {
  return (/** @type {unknown[]} */ ...args) => {
    engine.depth++;
    engine.last = name;
    try {
      if (engine.trapAt === name) {
        engine.trapAt = "";
        unreachable();
      }
      return call(...args);
    } finally {
      engine.depth--;
    }
  };
}

/**
 * Traps for want of memory: of a text that is longer than all that can be free.
 * @param {{ count(text: string): number } | undefined} tokenizer
 */
export function trap(tokenizer) {
  const { bytes } = engine;
  engine.fill();
  assert.throws(() => tokenizer?.count("x".repeat(bytes)), { code: "trap" });
}

function withSteps() {
  const folder = mkdtempSync(join(tmpdir(), "tokimeter-"));
  const features = [
    "simd",
    "bulk-memory",
    "nontrapping-float-to-int",
    "reference-types",
    "multivalue",
    "sign-ext",
  ];
  const out = join(folder, "stepped.wasm");
  try {
    const args = [...features.map((name) => `--enable-${name}`), "--log-execution", FILE, "-o", out];
    execFileSync("node_modules/.bin/wasm-opt", args, { stdio: "inherit" });
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compiles a file, with an end of its memory. @param {Uint8Array} file */
function compiled(file) {
  for (let at = 8; at < file.length; ) {
    const [size, start] = number(file, at + 1);
    if (file[at] === MEMORY_SECTION) {
      // One memory, and how much of it there is at first.
      const least = file.subarray(start + 2, start + size);
      const limits = [1, 1, ...least, ...leb(MOST_PAGES)];
      const parts = [
        file.subarray(0, at + 1),
        [...leb(limits.length), ...limits],
        file.subarray(start + size),
      ];
      return new WebAssembly.Module(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
    }
    at = start + size;
  }
  throw new Error(`${FILE} has no memory`);
}

/** Reads an unsigned LEB128 number; returns it and where it ends. @param {Uint8Array} file @param {number} at */
function number(file, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at++) {
    const byte = file[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return /** @type {const} */ ([value, at + 1]);
  }
}

/** @param {number} value */
function leb(value) {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}
