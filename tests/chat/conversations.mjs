// @ts-check
/**
 * Random conversations, always the same for a seed: the golden counts are those of what this file makes, so a change here
 * needs them made anew (tools/chat_golden.py).
 *
 *     node tests/chat/conversations.mjs FORMAT SEED COUNT     # one a line, as JSON
 */

import { fileURLToPath } from "node:url";
import { mulberry32 } from "../support/random.mjs";
import { SHAPES } from "./shapes.mjs";

/** @typedef {import("tokimeter/chat").Message} Message */
/** @typedef {import("tokimeter/chat").Tool} Tool */
/** @typedef {{ messages: Message[], tools?: Tool[], thinking?: boolean, generationPrompt?: boolean, date?: string }} Conversation */

const WORDS = (
  "the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she " +
  "there would their we him been has when who will more no if out so said what up its about into than them can only other new some could time " +
  "tokenization counterrevolutionary ChatGPT naïve café Straße señor don't we'll It's I'm THEY'RE x86_64 HTTP/2 3.14159 2026-11-25 1,234,567"
).split(" ");
const CHINESE =
  "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感".split(
    "",
  );
const CODE = [
  "def f(x):\n    return x ** 2\n",
  "for (let i = 0; i < n; i++) {\n\tsum += a[i];\n}",
  "SELECT * FROM t WHERE id = 42;",
  "#include <stdio.h>\n",
  '{"key": "value", "n": [1, 2.5, null, true]}',
  '<Row id="a">\n  <p>x</p>\n</Row>',
  "$ git commit -m 'x' && make -j4",
  "λ x → x",
  "\\frac{a}{b}",
  "```rust\nfn main() {}\n```",
  "https://example.org/a/b?c=d&e=%20#f",
  "C:\\Users\\x\\y.txt",
  "| a | b |\n|---|---|\n",
  'x = "\\n\\t\\u00e9"',
];
const OTHER = [
  "😀",
  "👩‍💻",
  "🇨🇳",
  "❤️",
  "한국어 문장",
  "日本語のテキスト",
  "Привет, мир",
  "مرحبا",
  "שלום",
  "नमस्ते",
  "ไทย",
  "e\u0301",
  "ﬁ",
  "Å",
  "½",
  "①",
  "\u00a0",
  "\u3000",
  "\ufeff",
  "\u0085",
  "\u200b",
  "▁",
  "“quotes” — dash…",
  "'s",
  "'LL",
  "---",
  "====",
  "...",
  "!!!",
  "(a)",
  "[b]",
  "{c}",
  "<d>",
  "</e>",
  "&amp;",
  "\u001c",
  "\t",
  "  ",
  "\n",
  "\n\n",
  "\r\n",
  " \n ",
];
const EDGES = ["", "", "", "", " ", "\n", "\n\n", "  ", "\t", " \n", "\r\n", "\u00a0", "\u3000"];
const KEYS = [
  "query",
  "city",
  "limit",
  "isValid",
  "max_results",
  "文件",
  "unit",
  "Ratio",
  "tags",
  "start",
  "x",
  "content",
  "path",
  "a_b",
];
const NAMES = ["get_weather", "search", "run_python", "readFile", "calc2", "发送", "list_dir"];

/** Draws one conversation after the other. */
export class Conversations {
  #random;
  #shape;

  /** @param {string} format @param {number} seed */
  constructor(format, seed) {
    const shape = SHAPES[format];
    if (!shape)
      throw new RangeError(`there is no format ${format} here; there are ${Object.keys(SHAPES).join(", ")}`);
    this.#shape = shape;
    this.#random = mulberry32(seed);
  }

  /** @returns {Conversation} */
  next() {
    const shape = this.#shape;
    /** @type {Tool[]} */
    const tools = shape.tools && this.#chance(0.5) ? this.#times(1, 3, () => this.#tool()) : [];
    /** @type {Message[]} */
    const messages = [];
    if (shape.system !== "none" && shape.system && this.#chance(0.5))
      messages.push({ role: "system", content: this.#text() });
    const rounds = 1 + this.#below(3);
    for (let round = 1; round <= rounds; round++) {
      if (shape.system === "any" && round > 1 && this.#chance(0.1))
        messages.push({ role: "system", content: this.#text() });
      const named = shape.names && this.#chance(0.2) ? { name: this.#of(["Ada", "小明", "user_2"]) } : {};
      messages.push({ role: "user", content: this.#text(), ...named });
      const isLast = round === rounds;
      if (isLast && this.#chance(0.5)) break;
      for (let calls = shape.calls ? this.#below(3) : 0; calls > 0; calls--) this.#calls(messages);
      if (isLast && messages.at(-1)?.role === "tool" && this.#chance(0.5)) break;
      if (messages.at(-1)?.role !== "assistant")
        messages.push(this.#answer(messages.at(-1)?.role === "user"));
    }
    // These references want the question last.
    if (shape.strict && messages.at(-1)?.role === "assistant" && (shape.plain || this.#chance(0.8)))
      messages.push({ role: "user", content: this.#text() });
    return {
      messages,
      ...(tools.length > 0 ? { tools } : {}),
      ...(shape.thinking && this.#chance(0.6) ? { thinking: this.#chance(0.5) } : {}),
      ...(shape.reply && this.#chance(0.1) ? { generationPrompt: false } : {}),
      ...(shape.dates && this.#chance(0.3) ? { date: this.#of(shape.dates) } : {}),
    };
  }

  /** @param {boolean} [asked] whether the message follows one of the user @returns {Message} */
  #answer(asked = false) {
    const { inline, reasoning, plain } = this.#shape;
    const content = plain ? `a${this.#text()}` : this.#text();
    if (reasoning && this.#chance(0.5))
      return { role: "assistant", content, reasoning_content: this.#text() };
    if (!inline || !asked || !this.#chance(0.2)) return { role: "assistant", content };
    const opened = this.#chance(0.8) ? inline[0] : "";
    return { role: "assistant", content: `${opened}${this.#text()}${inline[1]}${content}` };
  }

  /** Adds a message with calls and the answers of the tools. @param {Message[]} messages */
  #calls(messages) {
    const { calls = 0, callText, reasoning, ids, flat } = this.#shape;
    const all = this.#times(1, calls, () => {
      const json = this.#object(flat ? 0 : 2);
      const id = ids === "nine" ? this.#letters(9) : `call_${this.#letters(4)}`;
      return {
        id,
        type: /** @type {const} */ ("function"),
        function: { name: this.#of(NAMES), arguments: this.#chance(0.3) ? JSON.stringify(json) : json },
      };
    });
    const content = callText && this.#chance(0.4) ? this.#text() : this.#chance(0.5) ? null : "";
    messages.push({
      role: "assistant",
      content,
      tool_calls: all,
      ...(reasoning && this.#chance(0.5) ? { reasoning_content: this.#text() } : {}),
    });
    for (const { id, function: called } of this.#chance(0.3) ? [...all].reverse() : all) {
      const answer = this.#chance(0.4) ? JSON.stringify(this.#object(2)) : this.#text();
      messages.push({ role: "tool", content: answer, tool_call_id: id, name: called.name });
    }
  }

  /** @returns {Tool} */
  #tool() {
    const declared = {
      name: this.#of(NAMES),
      ...(this.#chance(0.8) ? { description: this.#chance(0.7) ? this.#words() : this.#text() } : {}),
      ...(this.#shape.plain || this.#chance(0.8) ? { parameters: this.#schema(2) } : {}),
      ...(!this.#shape.plain && this.#chance(0.1) ? { strict: true } : {}),
    };
    return this.#chance(0.6) ? { type: "function", function: declared } : declared;
  }

  /** A schema of an object. @param {number} depth @returns {object} */
  #schema(depth) {
    const names = [...new Set(this.#times(0, 3, () => this.#of(KEYS)))];
    const required = names.filter(() => this.#chance(0.5));
    return {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, this.#property(depth)])),
      ...(this.#chance(0.7) ? { required } : {}),
      ...(this.#chance(0.1) ? { additionalProperties: false } : {}),
    };
  }

  /** @param {number} depth @returns {object} */
  #property(depth) {
    const description = this.#chance(0.6) ? { description: this.#words() } : {};
    switch (this.#below(depth > 0 ? 7 : 5)) {
      case 0:
        return { type: "string", ...description };
      case 1:
        return { type: "string", enum: this.#times(1, 3, () => this.#of(WORDS)), ...description };
      case 2:
        return { type: "integer", ...description, ...(this.#chance(0.3) ? { minimum: 1, maximum: 50 } : {}) };
      case 3:
        return { ...description, type: "boolean" };
      case 4:
        return { type: "number", ...description, ...(this.#chance(0.3) ? { default: 0.5 } : {}) };
      case 5:
        return { type: "array", items: this.#property(depth - 1), ...description };
      default:
        return { ...this.#schema(depth - 1), ...description };
    }
  }

  /** @param {number} depth @returns {Record<string, unknown>} */
  #object(depth) {
    return Object.fromEntries(this.#times(0, 3, () => [this.#of(KEYS), this.#value(depth)]));
  }

  /** @param {number} depth @returns {unknown} */
  #value(depth) {
    switch (this.#below(depth > 0 ? 9 : 7)) {
      case 0:
      case 1:
        return this.#text();
      case 2:
        return this.#words();
      case 3:
        return this.#below(100_000) - 50_000;
      case 4:
        return this.#of([0.5, -12.25, 1e-7, 0.00012, 3.0e21, 123456.789, -0.001]);
      case 5:
        return this.#chance(0.5);
      case 6:
        return null;
      case 7:
        return this.#times(0, 3, () => this.#value(depth - 1));
      default:
        return this.#object(depth - 1);
    }
  }

  #words() {
    const some = this.#chance(0.7)
      ? this.#times(1, 8, () => this.#of(WORDS)).join(" ")
      : this.#times(1, 8, () => this.#of(CHINESE)).join("");
    return this.#chance(0.3) ? `${some}.` : some;
  }

  #text() {
    if (this.#chance(0.05)) return this.#of(EDGES);
    const parts = this.#times(1, 6, () => {
      switch (this.#below(6)) {
        case 0:
          return this.#of(CODE);
        case 1:
          return this.#of(OTHER);
        case 2:
          return this.#times(1, 20, () => this.#of(CHINESE)).join("");
        case 3:
          return String(this.#below(10 ** (1 + this.#below(9))));
        default:
          return this.#times(1, 15, () => this.#of(WORDS)).join(" ");
      }
    });
    const between = this.#of(["", " ", "\n", ", ", "。"]);
    return this.#of(EDGES) + parts.join(between) + this.#of(EDGES);
  }

  /** @param {number} length */
  #letters(length) {
    return Array.from({ length }, () => this.#of("abcdefghijkXYZ0123456789".split(""))).join("");
  }

  /** @template T @param {number} least @param {number} most @param {() => T} make @returns {T[]} */
  #times(least, most, make) {
    return Array.from({ length: least + this.#below(most - least + 1) }, make);
  }

  /** @template T @param {readonly T[]} items @returns {T} */
  #of(items) {
    return /** @type {T} */ (items[this.#below(items.length)]);
  }

  /** @param {number} limit */
  #below(limit) {
    return Math.floor(this.#random() * limit);
  }

  /** @param {number} probability */
  #chance(probability) {
    return this.#random() < probability;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , format = "", seed = "0", count = "1"] = process.argv;
  const conversations = new Conversations(format, Number(seed));
  for (let left = Number(count); left > 0; left--) console.log(JSON.stringify(conversations.next()));
}
