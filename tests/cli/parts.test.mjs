// @ts-check
/** Whatever the blocks of a text are, the package's command line decodes and counts what the whole is. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { load } from "tokimeter";
import { build } from "vite";
import { mulberry32, seed } from "../support/random.mjs";

const CASES = Number(process.env.CASES ?? 600);
const NAMES = /** @type {const} */ ([
  ...["o200k_base", "r50k_base", "deepseek_v4", "qwen3", "minimax", "kimi", "tekken"],
  ...["gemma2", "gemma3", "llama2", "claude3", "claude5"],
]);
const BESIDE = [
  ..." \n0aZ'\"é中词АйЙа한กاक\u0301\u3099\u1161かﬁ<1>",
  "\r\n",
  "  ",
  " \n",
  "<2mass>",
  "'s",
  "</h1>",
  "👩‍💻",
];

/** @type {string} */
let folder;
/** @type {{ Parts: new (tokenizer: unknown) => { push(block: string): void, end(): { tokens: number, low: number, high: number } } }} */
let parts;
/** @type {{ Decoder: new (head: Buffer) => { skip: number, decode(block: Buffer, reading: object): string, end(reading: object): string } }} */
let blocks;
before(async () => {
  // The command is one file; here its parts are.
  folder = mkdtempSync(join(tmpdir(), "tokimeter-parts-"));
  const input = ["parts", "blocks"].map((name) => `pkg/src/cli/${name}.ts`);
  const output = { entryFileNames: "[name].mjs" };
  const options = { ssr: true, outDir: folder, emptyOutDir: true, rolldownOptions: { input, output } };
  await build({ configFile: false, logLevel: "error", publicDir: false, build: options });
  [parts, blocks] = await Promise.all(
    ["parts", "blocks"].map((name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href)),
  );
});
after(() => rmSync(folder, { recursive: true }));

test("parts count as the whole", async () => {
  const corpus = ["english", "chinese", "code", "mixed", "json"].map((name) =>
    readFileSync(`target/corpus/${name}.txt`, "utf8"),
  );
  const random = mulberry32(seed("parts"));
  /** @param {number} most */
  const upTo = (most) => Math.floor(random() * most);
  for (const name of NAMES) {
    const tok = await load(name);
    for (let left = CASES; left > 0; left--) {
      let text = "";
      for (let pieces = 1 + upTo(8); pieces > 0; pieces--) {
        const from = corpus[upTo(corpus.length)] ?? "";
        const at = upTo(from.length);
        if (upTo(2)) text += from.slice(at, at + upTo(40)).toWellFormed();
        for (let few = upTo(6); few > 0; few--) text += BESIDE[upTo(BESIDE.length)];
      }
      const counter = new parts.Parts(tok);
      /** @type {string[]} */
      const pushed = [];
      const characters = [...text];
      while (characters.length > 0) {
        const block = characters.splice(0, 1 + upTo(characters.length)).join("");
        pushed.push(block);
        counter.push(block);
      }
      const [{ tokens, low, high }, want] = [counter.end(), tok.range(text)];
      assert.equal(tokens, want.tokens, `${name}: ${JSON.stringify(pushed)}`);
      assert.ok(
        tok.basis === "exact" ? low === tokens && high === tokens : low <= want.low && want.high <= high,
      );
    }
  }
});

test("blocks decode as the whole, and what is wrong is seen", () => {
  const random = mulberry32(seed("blocks"));
  /** @param {number} most */
  const upTo = (most) => Math.floor(random() * most);
  for (let left = 20 * CASES; left > 0; left--) {
    const characters = Array.from({ length: upTo(10) }, () =>
      String.fromCodePoint(upTo(0x110000 >> upTo(16))),
    );
    const utf8 = Buffer.concat(
      characters.map((c) => {
        const bytes = Buffer.from(c);
        return upTo(4)
          ? bytes
          : Buffer.concat([bytes.subarray(0, upTo(bytes.length)), Buffer.from([upTo(256)])]);
      }),
    );
    const units = Uint16Array.from([
      0xfeff,
      ...characters.map((c) => (upTo(3) ? c.charCodeAt(0) : 0xd700 + upTo(0x900))),
    ]);
    const utf16 = Buffer.from(units.buffer, 0, units.byteLength - upTo(2));
    const swapped = Buffer.from(units.buffer.slice(0)).swap16().subarray(0, utf16.length);
    const isMarked = (utf8[0] === 0xff && utf8[1] === 0xfe) || (utf8[0] === 0xfe && utf8[1] === 0xff);
    for (const [form, bytes] of /** @type {const} */ ([
      ["utf-8", isMarked ? Buffer.alloc(0) : utf8],
      ["utf-16le", utf16],
      ["utf-16be", swapped],
    ])) {
      const decoder = new blocks.Decoder(bytes);
      const reading = { bytes: 0, invalid: false };
      let text = "";
      for (let at = decoder.skip; at < bytes.length; ) {
        const end = at + 1 + upTo(bytes.length - at);
        text += decoder.decode(bytes.subarray(at, end), reading);
        at = end;
      }
      text += decoder.end(reading);
      assert.equal(text, new TextDecoder(form).decode(bytes), `${form} ${bytes.toString("hex")}`);
      let isWrong = false;
      try {
        new TextDecoder(form, { fatal: true }).decode(bytes);
      } catch {
        isWrong = true;
      }
      assert.equal(reading.invalid, isWrong, `${form} ${bytes.toString("hex")}`);
    }
  }
});
