/** Kimi K2 (tools as JSON) and K2.5 (tools as TypeScript, reasoning). */

import { dumps, isList, isObject, type Json, type JsonObject, str } from "./json.js";
import type { Call, Chat, Turn } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";
import { after, before, trimLinesBefore } from "./text.js";

/** Special tokens of Kimi K2's frames. */
export const KIMI_2: readonly string[] = [
  "<|im_user|>",
  "<|im_assistant|>",
  "<|im_system|>",
  "<|im_middle|>",
  "<|im_end|>",
  "<|tool_calls_section_begin|>",
  "<|tool_calls_section_end|>",
  "<|tool_call_begin|>",
  "<|tool_call_argument_begin|>",
  "<|tool_call_end|>",
];

/** Special tokens of Kimi K2.5's frames. */
export const KIMI_2_5: readonly string[] = [...KIMI_2, "<think>", "</think>"];

/** Writes a prompt for Kimi K2. */
export function kimiK2(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  if (chat.tools.length > 0) {
    prompt.of(TOOLS);
    const all = chat.tools.map(({ wrapped }) => wrapped);
    put`<|im_system|>tool_declare<|im_middle|>${dumps(all, { comma: ",", colon: ":", sorted: true })}<|im_end|>`;
  }
  prompt.of(REPLY);
  if (chat.turns[0]?.role !== "system") {
    put`<|im_system|>system<|im_middle|>You are Kimi, an AI assistant created by Moonshot AI.<|im_end|>\n`;
  }
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "system") put`<|im_system|>system<|im_middle|>${turn.text}`;
    else if (turn.role === "user") put`<|im_user|>user<|im_middle|>${turn.text}`;
    else if (turn.role === "assistant") {
      put`<|im_assistant|>assistant<|im_middle|>${turn.text}`;
      calls(prompt, turn.calls);
    } else {
      put`<|im_system|>${turn.name || "tool"}<|im_middle|>## Return of ${turn.callId}\n`;
      prompt.cut();
      put`${turn.text}`;
    }
    put`<|im_end|>`;
  }
  prompt.of(REPLY);
  if (chat.reply) put`<|im_assistant|>assistant<|im_middle|>`;
}

/** Writes a prompt for Kimi K2.5 and K2.6. */
export function kimiK25(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  if (chat.tools.length > 0) {
    prompt.of(TOOLS);
    const declared = chat.tools.map((tool) => functionType(tool.function)).join("\n");
    put`<|im_system|>tool_declare<|im_middle|># Tools\n\n## functions\nnamespace functions {\n${declared}\n}\n<|im_end|>`;
  }
  const answer = chat.turns.findLastIndex(({ role, calls }) => role === "assistant" && calls.length === 0);
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    const name = turn.name || turn.role;
    if (turn.role === "user") put`<|im_user|>${name}<|im_middle|>${turn.text}`;
    else if (turn.role === "system") put`<|im_system|>${name}<|im_middle|>${turn.text}`;
    else if (turn.role === "tool") {
      put`<|im_system|>${name}<|im_middle|>## Return of ${turn.callId}\n`;
      prompt.cut();
      put`${turn.text}`;
    } else {
      const { reasoning, content } = thoughts(turn);
      put`<|im_assistant|>${name}<|im_middle|><think>${at > answer ? reasoning : ""}</think>`;
      prompt.cut();
      put`${content}`;
      calls(prompt, turn.calls);
    }
    put`<|im_end|>`;
  }
  prompt.of(REPLY);
  if (!chat.reply) return;
  put`<|im_assistant|>assistant<|im_middle|><think>`;
  if (chat.thinking === false) put`</think>`;
}

function calls(prompt: Prompt, all: readonly Call[]): void {
  if (all.length === 0) return;
  const { put } = prompt;
  put`<|tool_calls_section_begin|>`;
  for (const { id, given } of all) {
    const text = typeof given === "string" ? given : dumps(given);
    put`<|tool_call_begin|>${id}<|tool_call_argument_begin|>${text}<|tool_call_end|>`;
  }
  put`<|tool_calls_section_end|>`;
}

function thoughts(turn: Turn): { reasoning: string; content: string } {
  if (turn.reasoning !== undefined) return { reasoning: turn.reasoning, content: turn.text };
  const at = turn.text.indexOf("</think>");
  if (at < 0) return { reasoning: "", content: turn.text };
  const thought = before(turn.text, "</think>");
  const opened = thought.indexOf("<think>");
  return {
    reasoning: opened < 0 ? thought : thought.slice(opened + "<think>".length),
    content: trimLinesBefore(turn.text.slice(at + "</think>".length)),
  };
}

/** What the types of one function refer to. */
class Definitions {
  readonly all = new Map<string, JsonObject>();
  refersToItself = false;
}

function functionType(declared: JsonObject): string {
  const definitions = new Definitions();
  const parameters = isObject(declared.parameters) ? declared.parameters : {};
  const type = objectType(parameters, definitions, "");
  const parts: string[] = [];
  if (definitions.refersToItself) {
    const properties = propertiesOf(parameters, definitions, "  ");
    const body = properties.length > 0 ? `\n${properties.map(([text]) => text).join(",\n")}\n` : "";
    parts.push(`interface parameters {${body}}`);
  }
  for (const [name, schema] of definitions.all) {
    const text = typeof schema.description === "string" ? comment(schema.description, "") : "";
    parts.push(`${text === "" ? "" : `${text}\n`}interface ${name} ${typeOf(schema, definitions, "")}`);
  }
  const interfaces = parts.join("\n");
  const description = typeof declared.description === "string" ? comment(declared.description, "") : "";
  const parameter = definitions.refersToItself ? "parameters" : type;
  const name = declared.name === undefined ? "function" : str(declared.name);
  return [interfaces, description, `type ${name} = (_: ${parameter}) => any;`]
    .filter((part) => part !== "")
    .join("\n");
}

function comment(text: string, indent: string): string {
  if (text === "") return "";
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `${indent}// ${line}`))
    .join("\n");
}

function typeOf(schema: Json | undefined, definitions: Definitions, indent: string): string {
  if (typeof schema === "boolean") return schema ? "any" : "null";
  if (!isObject(schema)) return "any";
  const { $ref, anyOf, enum: options, type } = schema;
  if (typeof $ref === "string") {
    if ($ref !== "#") return after($ref, "/");
    definitions.refersToItself = true;
    return "parameters";
  }
  if (isList(anyOf)) return anyOf.map((each) => typeOf(each, definitions, indent)).join(" | ");
  if (isList(options))
    return options.map((each) => (typeof each === "string" ? `"${each}"` : dumps(each))).join(" | ");
  if (isList(type)) return type.map((each) => UNION[str(each)] ?? "any").join(" | ");
  if (type === "object") return objectType(schema, definitions, indent);
  if (type === "array") return arrayType(schema, definitions, indent);
  if (type === undefined) return "any";
  return type === "integer" ? "number" : str(type);
}

const UNION: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
  object: "{}",
  array: "Array<any>",
};

function arrayType(schema: JsonObject, definitions: Definitions, indent: string): string {
  const { items } = schema;
  const isAny = items === undefined || items === null || (isObject(items) && Object.keys(items).length === 0);
  const doc = isAny ? "" : docOf(items, `${indent}  `);
  if (doc === "") return `Array<${isAny ? "any" : typeOf(items, definitions, indent)}>`;
  return `Array<\n${doc}${indent}  ${typeOf(items, definitions, `${indent}  `)}\n${indent}>`;
}

function objectType(schema: JsonObject, definitions: Definitions, indent: string): string {
  if (isObject(schema.$defs)) {
    for (const [name, each] of Object.entries(schema.$defs)) {
      if (isObject(each)) definitions.all.set(name, each);
    }
  }
  const inner = `${indent}  `;
  const all = propertiesOf(schema, definitions, inner).sort(
    ([, a, first], [, b, second]) => Number(a) - Number(b) || (first < second ? -1 : 1),
  );
  const parts = all.map(([text]) => text);
  const { additionalProperties: more } = schema;
  if (more !== undefined && more !== null) {
    const type = more === true ? "any" : more === false ? "never" : typeOf(more, definitions, inner);
    parts.push(`${inner}[k: string]: ${type}`);
  }
  return parts.length === 0 ? "{}" : `{\n${parts.join(",\n")}\n${indent}}`;
}

/** Returns each property's text, whether it may be left out, and its name. */
function propertiesOf(
  schema: JsonObject,
  definitions: Definitions,
  indent: string,
): [string, boolean, string][] {
  const required = isList(schema.required) ? schema.required : [];
  return Object.entries(isObject(schema.properties) ? schema.properties : {}).map(([name, property]) => {
    const isOptional = !required.includes(name);
    const value = isObject(property) ? property.default : undefined;
    const note = value === undefined || value === null ? "" : `${indent}// Default: ${dumps(value)}\n`;
    const type = typeOf(property, definitions, indent);
    return [
      `${docOf(property, indent)}${note}${indent}${name}${isOptional ? "?" : ""}: ${type}`,
      isOptional,
      name,
    ];
  });
}

const CONSTRAINTS: Readonly<Record<string, readonly string[]>> = {
  string: ["maxLength", "minLength", "pattern"],
  number: ["maximum", "minimum"],
  integer: ["maximum", "minimum"],
  array: ["maxItems", "minItems"],
};

/** Returns the comments above a type: its description, and what it allows. */
function docOf(schema: Json | undefined, indent: string): string {
  if (!isObject(schema) || schema.$ref !== undefined) return "";
  const { description, anyOf, enum: options, type } = schema;
  const text =
    typeof description === "string" && description !== "" ? `${comment(description, indent)}\n` : "";
  const isPlain = anyOf === undefined && options === undefined && typeof type === "string";
  const found = (isPlain ? (CONSTRAINTS[type] ?? []) : []).flatMap((name) => {
    const value = schema[name];
    return value === undefined ? [] : [`${name}: ${str(value)}`];
  });
  return found.length === 0 ? text : `${text}${indent}// ${found.join(", ")}\n`;
}
