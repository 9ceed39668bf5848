/** gpt-oss: OpenAI's harmony format, whose header texts are tokenized one by one. */

import { dumps, isList, isObject, type Json, type JsonObject } from "./json.js";
import type { Call, Chat, Turn } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";

/** Special tokens of harmony's frames. */
export const HARMONY: readonly string[] = [
  "<|start|>",
  "<|end|>",
  "<|message|>",
  "<|channel|>",
  "<|constrain|>",
  "<|call|>",
];

/** Servers put today's date there; every date is the same number of tokens. */
const ANY_DATE = "2025-08-05";

/** Writes a prompt for gpt-oss. A message of the system or developer is the developer's; calls go to the commentary channel. */
export function harmony(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  const hasTools = chat.tools.length > 0;
  put`<|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.\nKnowledge cutoff: 2024-06\n`;
  put`Current date: ${chat.date ?? ANY_DATE}\n`;
  put`\nReasoning: medium\n\n# Valid channels: analysis, commentary, final. Channel must be included for every message.`;
  if (hasTools) put`\nCalls to these tools must go to the commentary channel: 'functions'.`;
  put`<|end|>`;
  const declaresAt = chat.turns.findIndex(isDeveloper);
  if (declaresAt < 0 && hasTools) developer(prompt, chat, TOOLS, undefined);
  const drops = dropsAnalysis(chat.turns);
  const firstFinal = chat.turns.findIndex(isFinal);
  /** The latest call of each id. */
  const called = new Map<string, string>();
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (isDeveloper(turn)) developer(prompt, chat, at, turn.text, at === declaresAt);
    else if (turn.role === "user")
      message(prompt, "user", turn.name === "" ? "" : `:${turn.name}`, turn.text);
    else if (turn.role === "tool") {
      put`<|start|>functions.${turn.name || (called.get(turn.callId) ?? "")}`;
      prompt.cut();
      put` to=assistant<|channel|>commentary<|message|>${turn.text}<|end|>`;
    } else {
      const shows = turn.reasoning !== undefined && turn.reasoning !== "" && !(drops && at <= firstFinal);
      if (shows) put`<|start|>assistant<|channel|>analysis<|message|>${turn.reasoning ?? ""}<|end|>`;
      if (isFinal(turn)) put`<|start|>assistant<|channel|>final<|message|>${turn.text}<|end|>`;
      else if (turn.text !== "") put`<|start|>assistant<|channel|>commentary<|message|>${turn.text}<|end|>`;
      for (const call of turn.calls) {
        called.set(call.id, call.name);
        put`<|start|>assistant`;
        prompt.cut();
        put` to=functions.${call.name}<|channel|>commentary`;
        prompt.cut();
        put` <|constrain|>json<|message|>${given(call)}<|call|>`;
      }
    }
  }
  prompt.of(REPLY);
  if (chat.reply) put`<|start|>assistant`;
}

function isDeveloper({ role }: Turn): boolean {
  return role === "system" || role === "developer";
}

/** What is no call is the final answer. */
function isFinal({ role, calls }: Turn): boolean {
  return role === "assistant" && calls.length === 0;
}

/** Reasoning from before the first answer is dropped once the last message of the assistant is an answer. */
function dropsAnalysis(turns: readonly Turn[]): boolean {
  const last = turns.findLast(({ role }) => role === "assistant");
  return last !== undefined && isFinal(last);
}

function message(prompt: Prompt, role: string, name: string, text: string): void {
  prompt.put`<|start|>${role}`;
  prompt.cut();
  prompt.put`${name}<|message|>${text}<|end|>`;
}

function given(call: Call): string {
  return typeof call.given === "string" ? call.given : dumps(call.given);
}

function developer(
  prompt: Prompt,
  chat: Chat,
  owner: number,
  text: string | undefined,
  declares = true,
): void {
  const { put } = prompt.of(owner);
  put`<|start|>developer<|message|>`;
  if (text !== undefined) put`# Instructions\n\n${text}`;
  if (declares && chat.tools.length > 0) {
    prompt.of(TOOLS);
    if (text !== undefined) put`\n\n`;
    put`# Tools\n\n## functions\n\nnamespace functions {\n\n`;
    for (const tool of chat.tools) {
      const { name, description, parameters } = tool.function;
      for (const line of linesOf(description)) put`// ${line}\n`;
      if (isObject(parameters)) put`type ${String(name)} = (_: ${typescript(parameters, "")}) => any;\n\n`;
      else put`type ${String(name)} = () => any;\n\n`;
    }
    put`} // namespace functions`;
    prompt.of(owner);
  }
  put`<|end|>`;
}

function linesOf(text: Json | undefined): string[] {
  if (typeof text !== "string" || text === "") return [];
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Returns a JSON schema as the type that harmony makes of it. */
function typescript(schema: Json | undefined, indent: string): string {
  if (!isObject(schema)) return "any";
  const { type, oneOf } = schema;
  if (isList(oneOf)) {
    const variants = oneOf.map((each) => `\n${indent} | ${variant(each, indent)}`);
    return variants.join("");
  }
  if (isList(type) && type.length > 0)
    return type.map((each) => (each === "integer" ? "number" : String(each))).join(" | ");
  if (type === "object") return objectType(schema, indent);
  if (type === "string") {
    const options = isList(schema.enum) ? schema.enum.filter((each) => typeof each === "string") : [];
    return options.length > 0 ? options.map((each) => `"${each}"`).join(" | ") : "string";
  }
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "boolean";
  if (type === "array")
    return schema.items === undefined ? "Array<any>" : `${typescript(schema.items, indent)}[]`;
  return "any";
}

function variant(schema: Json, indent: string): string {
  const type = nullable(schema, typescript(schema, `${indent}   `));
  if (!isObject(schema)) return type;
  const comments = [
    ...(typeof schema.description === "string" ? [schema.description] : []),
    ...(schema.default === undefined ? [] : [defaultOf(schema)]),
  ];
  return comments.length > 0 ? `${type} // ${comments.join(" ")}` : type;
}

function nullable(schema: Json, type: string): string {
  return isObject(schema) && schema.nullable === true && !type.includes("null") ? `${type} | null` : type;
}

function defaultOf({ default: value, enum: options }: JsonObject): string {
  if (value === undefined) return "";
  const isBare = typeof value === "string" && options !== undefined;
  return `default: ${isBare ? value : dumps(value, { comma: ",", colon: ":" })}`;
}

function objectType(schema: JsonObject, indent: string): string {
  const { description, properties, required } = schema;
  let out = typeof description === "string" ? `${indent}// ${description}\n{\n` : "{\n";
  const needed = isList(required) ? required : [];
  for (const [key, value] of Object.entries(isObject(properties) ? properties : {})) {
    const property = isObject(value) ? value : {};
    if (typeof property.title === "string") out += `${indent}// ${property.title}\n${indent}//\n`;
    if (typeof property.description === "string") out += `${indent}// ${property.description}\n`;
    if (isList(property.examples) && property.examples.length > 0) {
      out += `${indent}// Examples:\n`;
      for (const example of property.examples) {
        if (typeof example === "string") out += `${indent}// - "${example}"\n`;
      }
    }
    out += `${indent}${key}${needed.includes(key) ? "" : "?"}: `;
    out += `${nullable(value, typescript(value, `${indent}    `))},`;
    if (property.default !== undefined) out += ` // ${defaultOf(property)}`;
    out += "\n";
  }
  return `${out}${indent}}`;
}
