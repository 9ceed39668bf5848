/** Qwen: ChatML, tools as JSON (2.5 and 3) or as XML (3.5 and later). */

import { dumps, isList, isObject, type Json, str } from "./json.js";
import { argumentsOf, type Call, type Chat, type Declared, type Turn } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";
import { strip, thoughts, trimLines, trimLinesBefore } from "./text.js";

const CHATML = ["<|im_start|>", "<|im_end|>"];
const CALLS = ["<tool_call>", "</tool_call>"];

/** Special tokens of Qwen 2.5's frames. */
export const QWEN_2_5: readonly string[] = [...CHATML, ...CALLS];

/** Special tokens of Qwen 3's and later frames. */
export const QWEN_3: readonly string[] = [
  ...QWEN_2_5,
  "<tool_response>",
  "</tool_response>",
  "<think>",
  "</think>",
];

const DEFAULT_SYSTEM = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

/** Writes a prompt for Qwen 2.5. */
export function qwen25(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  const [first] = chat.turns;
  const system = first?.role === "system" ? first.text : undefined;
  prompt.of(system === undefined ? REPLY : 0);
  put`<|im_start|>system\n${system ?? DEFAULT_SYSTEM}`;
  if (chat.tools.length > 0) {
    prompt.of(TOOLS);
    put`\n\n`;
    declareJson(prompt, chat.tools);
    prompt.of(system === undefined ? REPLY : 0);
  }
  put`<|im_end|>\n`;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "tool") toolResult(prompt, chat, at, turn.text);
    else if (turn.calls.length === 0) {
      if (at > 0 || turn.role !== "system") put`<|im_start|>${turn.role}\n${turn.text}<|im_end|>\n`;
    } else {
      put`<|im_start|>assistant`;
      if (turn.text !== "") put`\n${turn.text}`;
      for (const call of turn.calls) {
        put`\n<tool_call>\n{"name": "${call.name}", "arguments": ${dumps(call.object ?? call.given)}}\n</tool_call>`;
      }
      put`<|im_end|>\n`;
    }
  }
  prompt.of(REPLY);
  if (chat.reply) put`<|im_start|>assistant\n`;
}

/** Writes a prompt for Qwen 3. */
export function qwen3(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  const [first] = chat.turns;
  const hasSystem = first?.role === "system";
  if (chat.tools.length > 0) {
    prompt.of(hasSystem ? 0 : TOOLS);
    put`<|im_start|>system\n`;
    if (hasSystem) put`${first.text}\n\n`;
    declareJson(prompt.of(TOOLS), chat.tools);
    prompt.of(hasSystem ? 0 : TOOLS);
    put`<|im_end|>\n`;
  } else if (hasSystem) {
    prompt.of(0);
    put`<|im_start|>system\n${first.text}<|im_end|>\n`;
  }
  const query = lastQuery(chat.turns, (text) => text);
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "tool") toolResult(prompt, chat, at, turn.text);
    else if (turn.role !== "assistant") {
      if (at > 0 || turn.role !== "system") put`<|im_start|>${turn.role}\n${turn.text}<|im_end|>\n`;
    } else {
      const { reasoning, content } = thoughts(turn, turn.text);
      const isLast = at === chat.turns.length - 1;
      put`<|im_start|>assistant\n`;
      if (at > query && (isLast || reasoning !== "")) {
        put`<think>\n${trimLines(reasoning)}\n</think>\n\n${trimLinesBefore(content)}`;
      } else put`${content}`;
      for (const [place, call] of turn.calls.entries()) {
        if (place > 0 || content !== "") put`\n`;
        const given = typeof call.given === "string" ? call.given : dumps(call.given);
        put`<tool_call>\n{"name": "${call.name}", "arguments": ${given}}\n</tool_call>`;
      }
      put`<|im_end|>\n`;
    }
  }
  prompt.of(REPLY);
  if (chat.reply) put`<|im_start|>assistant\n`;
  if (chat.reply && chat.thinking === false) put`<think>\n\n</think>\n\n`;
}

/** Writes a prompt for Qwen 3.5 and 3.6. */
export function qwen35(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  const [first] = chat.turns;
  const system = first?.role === "system" ? strip(first.text) : undefined;
  if (chat.tools.length > 0) {
    prompt.of(TOOLS);
    put`<|im_start|>system\n`;
    declareXml(prompt, chat.tools);
    prompt.of(0);
    if (system) put`\n\n${system}`;
    prompt.of(TOOLS);
    put`<|im_end|>\n`;
  } else if (system !== undefined) {
    prompt.of(0);
    put`<|im_start|>system\n${system}<|im_end|>\n`;
  }
  const query = lastQuery(chat.turns, strip);
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    const text = strip(turn.text);
    if (turn.role === "tool") toolResult(prompt, chat, at, text);
    else if (turn.role !== "assistant") {
      if (at > 0 || turn.role !== "system") put`<|im_start|>${turn.role}\n${text}<|im_end|>\n`;
    } else {
      const { reasoning, content } = thoughts(turn, text);
      put`<|im_start|>assistant\n`;
      if (at > query) put`<think>\n${strip(reasoning)}\n</think>\n\n`;
      put`${content}`;
      for (const [place, call] of turn.calls.entries()) {
        if (place > 0) put`\n`;
        else if (strip(content) !== "") put`\n\n`;
        callXml(prompt, call);
      }
      put`<|im_end|>\n`;
    }
  }
  prompt.of(REPLY);
  if (!chat.reply) return;
  put`<|im_start|>assistant\n`;
  if (chat.thinking === false) put`<think>\n\n</think>\n\n`;
  else put`<think>\n`;
}

/** Answers of tools that follow each other are one message of the user. */
function toolResult({ put }: Prompt, { turns }: Chat, at: number, text: string): void {
  if (turns[at - 1]?.role !== "tool") put`<|im_start|>user`;
  put`\n<tool_response>\n${text}\n</tool_response>`;
  if (turns[at + 1]?.role !== "tool") put`<|im_end|>\n`;
}

function declareJson(prompt: Prompt, tools: readonly Declared[]): void {
  const { put } = prompt;
  put`# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>`;
  for (const { wrapped } of tools) put`\n${dumps(wrapped)}`;
  put`\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>`;
}

function declareXml(prompt: Prompt, tools: readonly Declared[]): void {
  const { put } = prompt;
  put`# Tools\n\nYou have access to the following functions:\n\n<tools>`;
  for (const { wrapped } of tools) put`\n${dumps(wrapped)}`;
  put`\n</tools>\n\nIf you choose to call a function ONLY reply in the following format with NO suffix:\n\n<tool_call>\n<function=example_function_name>\n<parameter=example_parameter_1>\nvalue_1\n</parameter>\n<parameter=example_parameter_2>\nThis is the value for the second parameter\nthat can span\nmultiple lines\n</parameter>\n</function>\n</tool_call>\n\n<IMPORTANT>\nReminder:\n- Function calls MUST follow the specified format: an inner <function=...></function> block must be nested within <tool_call></tool_call> XML tags\n- Required parameters MUST be specified\n- You may provide optional reasoning for your function call in natural language BEFORE the function call, but NOT after\n- If there is no function call available, answer the question like normal with your current knowledge and do not tell the user about function calls\n</IMPORTANT>`;
}

function callXml({ put }: Prompt, call: Call): void {
  put`<tool_call>\n<function=${call.name}>\n`;
  for (const [name, value] of Object.entries(argumentsOf(call))) {
    put`<parameter=${name}>\n${plain(value)}\n</parameter>\n`;
  }
  put`</function>\n</tool_call>`;
}

function plain(value: Json): string {
  return isObject(value) || isList(value) ? dumps(value) : str(value);
}

/** Returns the index of the last message of the user that is no answer of a tool; of the last message without one. */
function lastQuery(turns: readonly Turn[], read: (text: string) => string): number {
  for (let at = turns.length - 1; at >= 0; at--) {
    const turn = turns[at];
    if (turn?.role !== "user") continue;
    const text = read(turn.text);
    if (!(text.startsWith("<tool_response>") && text.endsWith("</tool_response>"))) return at;
  }
  return turns.length - 1;
}
