/** Llama 2, 3, 3.1 to 3.3, 4. */

import { dumps } from "./json.js";
import { argumentsOf, type Chat } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";
import { strip } from "./text.js";

/** Special tokens of Llama 2's frames. */
export const LLAMA_2: readonly string[] = ["<s>", "</s>"];

/** Special tokens of Llama 3's frames. */
export const LLAMA_3: readonly string[] = [
  "<|begin_of_text|>",
  "<|start_header_id|>",
  "<|end_header_id|>",
  "<|eot_id|>",
];

/** Special tokens of Llama 4's frames. */
export const LLAMA_4: readonly string[] = [
  "<|begin_of_text|>",
  "<|header_start|>",
  "<|header_end|>",
  "<|eot|>",
  "<|eom|>",
];

/** Writes a prompt for Llama 2: each question and its answer are one text. */
export function llama2(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  const [first] = chat.turns;
  const system = first?.role === "system" ? first.text : undefined;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "user") {
      put`<s>[INST] `;
      if (at === 1 && system !== undefined) {
        const opening = `<<SYS>>\n${system}\n<</SYS>>\n\n`;
        const text = strip(opening + turn.text);
        prompt.of(0);
        put`${text.slice(0, opening.length)}`;
        prompt.of(1);
        put`${text.slice(opening.length)} [/INST]`;
      } else put`${strip(turn.text)} [/INST]`;
    } else if (turn.role === "assistant") put` ${strip(turn.text)} </s>`;
  }
}

/** Writes a prompt for Llama 3, whose template has no place for tools. */
export function llama3(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`<|begin_of_text|>`;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    put`<|start_header_id|>${turn.role}<|end_header_id|>\n\n${strip(turn.text)}<|eot_id|>`;
  }
  prompt.of(REPLY);
  if (chat.reply) put`<|start_header_id|>assistant<|end_header_id|>\n\n`;
}

/** Writes a prompt for Llama 3.1 to 3.3: tools stand in the first message of the user, and a message has one call. */
export function llama31(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  const hasTools = chat.tools.length > 0;
  const [first] = chat.turns;
  const hasSystem = first?.role === "system";
  put`<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n`;
  if (hasTools) put`Environment: ipython\n`;
  put`Cutting Knowledge Date: December 2023\nToday Date: ${chat.date ?? "26 Jul 2024"}\n\n`;
  if (hasSystem) prompt.of(0);
  put`${hasSystem ? strip(first.text) : ""}`;
  prompt.of(REPLY);
  put`<|eot_id|>`;
  const question = hasTools ? Number(hasSystem) : -1;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (at === 0 && hasSystem) continue;
    if (at === question) {
      put`<|start_header_id|>user<|end_header_id|>\n\n`;
      declare(prompt, chat);
      prompt.of(at);
      put`${strip(turn.text)}<|eot_id|>`;
    } else if (turn.role === "tool") {
      put`<|start_header_id|>ipython<|end_header_id|>\n\n${dumps(turn.text)}<|eot_id|>`;
    } else if (turn.calls.length > 0) {
      put`<|start_header_id|>assistant<|end_header_id|>\n\n`;
      for (const call of turn.calls) {
        put`{"name": "${call.name}", "parameters": ${dumps(argumentsOf(call))}}`;
      }
      put`<|eot_id|>`;
    } else put`<|start_header_id|>${turn.role}<|end_header_id|>\n\n${strip(turn.text)}<|eot_id|>`;
  }
  prompt.of(REPLY);
  if (chat.reply) put`<|start_header_id|>assistant<|end_header_id|>\n\n`;
}

function declare(prompt: Prompt, chat: Chat): void {
  const { put } = prompt.of(TOOLS);
  put`Given the following functions, please respond with a JSON for a function call with its proper arguments that best answers the given prompt.\n\nRespond in the format {"name": function name, "parameters": dictionary of argument name and its value}.Do not use variables.\n\n`;
  for (const { wrapped } of chat.tools) put`${dumps(wrapped, { indent: 4 })}\n\n`;
}

/** Writes a prompt for Llama 4, whose published code tokenizes each part by itself and has no place for tools. */
export function llama4(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`<|begin_of_text|>`;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    header(prompt, turn.role === "tool" ? "ipython" : turn.role);
    put`${turn.text}`;
    for (const call of turn.calls) {
      prompt.cut();
      put`${ascii(dumps({ type: "function", name: call.name, parameters: argumentsOf(call) }))}`;
    }
    if (turn.role === "tool" || turn.calls.length > 0) put`<|eom|>`;
    else put`<|eot|>`;
  }
  prompt.of(REPLY);
  if (chat.reply) header(prompt, "assistant");
}

function header(prompt: Prompt, role: string): void {
  prompt.put`<|header_start|>${role}<|header_end|>\n\n`;
  prompt.cut();
}

/** Returns JSON with escapes for what is not ASCII. */
function ascii(json: string): string {
  return json.replace(/[^\0-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
