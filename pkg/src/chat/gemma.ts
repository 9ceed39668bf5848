/** Gemma 2 and 3 (no tools), and 4. */

import { isList, isObject, type Json, type JsonObject, numeral } from "./json.js";
import { argumentsOf, type Chat, type Declared, type Turn } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";
import { strip } from "./text.js";

/** Special tokens of Gemma 2's and 3's frames. */
export const GEMMA_3: readonly string[] = ["<bos>", "<start_of_turn>", "<end_of_turn>"];

/** Special tokens of Gemma 4's frames. */
export const GEMMA_4: readonly string[] = [
  "<bos>",
  "<|turn>",
  "<turn|>",
  "<|think|>",
  "<|tool>",
  "<tool|>",
  "<|tool_call>",
  "<tool_call|>",
  "<|tool_response>",
  "<tool_response|>",
  "<|channel>",
  "<channel|>",
  '<|"|>',
];

/** Writes a prompt for Gemma 3: the system's message stands in the first of the user. Its template has no place for tools. */
export function gemma3(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`<bos>`;
  const [first] = chat.turns;
  const hasSystem = first?.role === "system";
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (at === 0 && hasSystem) continue;
    put`<start_of_turn>${turn.role === "assistant" ? "model" : turn.role}\n`;
    if (at === 1 && hasSystem) {
      prompt.of(0);
      put`${first.text}\n\n`;
      prompt.of(at);
    }
    put`${strip(turn.text)}<end_of_turn>\n`;
  }
  prompt.of(REPLY);
  if (chat.reply) put`<start_of_turn>model\n`;
}

/** Writes a prompt for Gemma 4: answers of tools stand in the turn of the model that called them. */
export function gemma4(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`<bos>`;
  const [first] = chat.turns;
  const hasSystem = first?.role === "system";
  const thinks = chat.thinking === true;
  let last: "" | "call" | "response" = "";
  if (thinks || chat.tools.length > 0 || hasSystem) {
    prompt.of(hasSystem ? 0 : REPLY);
    put`<|turn>system\n`;
    if (thinks) put`<|think|>\n`;
    put`${hasSystem ? strip(first.text) : ""}`;
    prompt.of(TOOLS);
    for (const tool of chat.tools) {
      put`<|tool>`;
      declare(prompt, tool);
      put`<tool|>`;
    }
    prompt.of(hasSystem ? 0 : REPLY);
    put`<turn|>\n`;
  }
  const question = chat.turns.findLastIndex(({ role }) => role === "user");
  const start = Number(hasSystem);
  for (let at = start; at < chat.turns.length; at++) {
    const turn = chat.turns[at];
    if (turn === undefined || turn.role === "tool") continue;
    prompt.of(at);
    last = "";
    const isModel = turn.role === "assistant";
    if (!isModel || neighbour(chat.turns, at, -1, start) !== "assistant")
      put`<|turn>${isModel ? "model" : turn.role}\n`;
    if (turn.reasoning && at > question) put`<|channel>thought\n${turn.reasoning}\n<channel|>`;
    for (const call of turn.calls) {
      put`<|tool_call>call:${call.name}`;
      literal(prompt, argumentsOf(call));
      put`<tool_call|>`;
      last = "call";
    }
    const called = new Map(turn.calls.map(({ id, name }) => [id, name]));
    for (let next = at + 1; turn.calls.length > 0 && chat.turns[next]?.role === "tool"; next++) {
      const result = chat.turns[next] as Turn;
      prompt.of(next);
      put`<|tool_response>response:${called.get(result.callId) ?? (result.name || "unknown")}{value:<|"|>${result.text}<|"|>}<tool_response|>`;
      last = "response";
    }
    prompt.of(at);
    const text = isModel ? withoutThoughts(turn.text) : strip(turn.text);
    put`${text}`;
    const next = neighbour(chat.turns, at, 1, start);
    if (last === "call") put`<|tool_response>`;
    else if (isModel && next === "assistant") continue;
    else if (last !== "response" || strip(text) !== "" || next !== undefined) put`<turn|>\n`;
  }
  prompt.of(REPLY);
  if (!chat.reply) return;
  if (last === "") put`<|turn>model\n`;
  else if (last === "response" && thinks) put`<|channel>thought\n`;
}

/** Returns the role of the nearest message before or behind that is no tool's. */
function neighbour(
  turns: readonly Turn[],
  at: number,
  step: -1 | 1,
  start: number,
): Turn["role"] | undefined {
  let next = at + step;
  while (turns[next]?.role === "tool") next += step;
  return next < start ? undefined : turns[next]?.role;
}

function withoutThoughts(text: string): string {
  const parts = text.split("<channel|>").map((part) => part.split("<|channel>")[0] ?? "");
  return strip(parts.join(""));
}

/** Writes a value as Gemma 4 has it: keys bare and in order, text between special quotes. */
function literal(prompt: Prompt, value: Json, quotesKeys = false): void {
  const { put } = prompt;
  if (typeof value === "string") put`<|"|>${value}<|"|>`;
  else if (isList(value)) {
    put`[`;
    list(prompt, value, (item) => literal(prompt, item, quotesKeys));
    put`]`;
  } else if (isObject(value)) {
    put`{`;
    list(prompt, sorted(value), ([key, item]) => {
      if (quotesKeys) put`<|"|>${key}<|"|>:`;
      else put`${key}:`;
      literal(prompt, item, quotesKeys);
    });
    put`}`;
  } else put`${typeof value === "number" ? numeral(value) : String(value)}`;
}

function list<T>({ put }: Prompt, items: readonly T[], write: (item: T) => void): void {
  for (const [at, item] of items.entries()) {
    if (at > 0) put`,`;
    write(item);
  }
}

/** Returns the entries in the order of their keys, in which capitals are as small letters. */
function sorted(value: JsonObject): [string, Json][] {
  return Object.entries(value).sort(([a], [b]) => {
    const [first, second] = [a.toLowerCase(), b.toLowerCase()];
    return first === second ? 0 : first < second ? -1 : 1;
  });
}

function declare(prompt: Prompt, tool: Declared): void {
  const { put } = prompt;
  const { name, description, parameters } = tool.function;
  put`declaration:${String(name ?? "")}{description:<|"|>${String(description ?? "")}<|"|>`;
  if (isObject(parameters) && Object.keys(parameters).length > 0) {
    const { properties, required, type } = parameters;
    put`,parameters:{`;
    const fields: (() => void)[] = [];
    if (isObject(properties) && Object.keys(properties).length > 0)
      fields.push(() => propertiesField(prompt, properties));
    if (isList(required) && required.length > 0) fields.push(() => requiredField(prompt, required));
    if (type) fields.push(() => put`type:<|"|>${String(type).toUpperCase()}<|"|>`);
    list(prompt, fields, (write) => write());
    put`}`;
  }
  put`}`;
}

function propertiesField(prompt: Prompt, properties: JsonObject, skips: readonly string[] = []): void {
  const { put } = prompt;
  put`properties:{`;
  const shown = sorted(properties).filter(([key]) => !skips.includes(key));
  list(prompt, shown, ([key, value]) => {
    put`${key}:{`;
    property(prompt, isObject(value) ? value : {});
    put`}`;
  });
  put`}`;
}

function requiredField(prompt: Prompt, required: readonly Json[]): void {
  prompt.put`required:[`;
  list(prompt, required, (name) => prompt.put`<|"|>${String(name)}<|"|>`);
  prompt.put`]`;
}

/** Keys of a schema, which are no properties where an object has none of its own. */
const SCHEMA_KEYS = ["description", "type", "properties", "required", "nullable"];

function property(prompt: Prompt, schema: JsonObject): void {
  const { put } = prompt;
  const { description, items, properties, required, enum: options } = schema;
  const type = String(schema.type ?? "").toUpperCase();
  const fields: (() => void)[] = [];
  if (description) fields.push(() => put`description:<|"|>${String(description)}<|"|>`);
  if (type === "STRING" && isList(options) && options.length > 0) {
    fields.push(() => {
      put`enum:`;
      literal(prompt, options, true);
    });
  } else if (type === "ARRAY" && isObject(items) && Object.keys(items).length > 0) {
    fields.push(() => itemsField(prompt, items));
  }
  if (schema.nullable) fields.push(() => put`nullable:true`);
  if (type === "OBJECT") {
    if (isObject(properties)) fields.push(() => propertiesField(prompt, properties));
    else fields.push(() => propertiesField(prompt, schema, SCHEMA_KEYS));
    if (isList(required) && required.length > 0) fields.push(() => requiredField(prompt, required));
  }
  fields.push(() => put`type:<|"|>${type}<|"|>`);
  list(prompt, fields, (write) => write());
}

function itemsField(prompt: Prompt, items: JsonObject): void {
  const { put } = prompt;
  put`items:{`;
  const shown = sorted(items).filter(([, value]) => value !== null);
  list(prompt, shown, ([key, value]) => {
    if (key === "properties" && isObject(value)) propertiesField(prompt, value);
    else if (key === "required" && isList(value)) requiredField(prompt, value);
    else {
      put`${key}:`;
      const isType = key === "type";
      const upper = isList(value)
        ? value.map((each) => String(each).toUpperCase())
        : String(value).toUpperCase();
      literal(prompt, isType ? upper : value, true);
    }
  });
  put`}`;
}
