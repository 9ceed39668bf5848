/** MiniMax: Text-01, M1, M2, M3. */

import { dumps, isList, isObject, type Json, str } from "./json.js";
import { argumentsOf, type Chat, type Turn } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";
import { after, before, trimLines } from "./text.js";

/** Special tokens of Text-01's and M1's frames. */
export const MINIMAX_1: readonly string[] = [
  "<beginning_of_sentence>",
  "<end_of_sentence>",
  "<begin_of_document>",
];

/** Special tokens of Text-01's frames. */
export const MINIMAX_TEXT: readonly string[] = ["<beginning_of_sentence>", "<end_of_sentence>"];

/** Special tokens of M2's frames. */
export const MINIMAX_2: readonly string[] = [
  "]~!b[",
  "]~b]",
  "[e~[",
  "<think>",
  "</think>",
  "<minimax:tool_call>",
  "</minimax:tool_call>",
];

/** Special tokens of M3's frames. */
export const MINIMAX_3: readonly string[] = [
  "]~!b[",
  "]~b]",
  "[e~[",
  "]<]minimax[>[",
  "<mm:think>",
  "</mm:think>",
  "<tool_call>",
  "</tool_call>",
];

/** Writes a prompt for Text-01, which has no place for calls; its tools stand at the end. */
export function minimaxText01(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "system") put`<beginning_of_sentence>system ai_setting=assistant\n${turn.text}`;
    else if (turn.role === "user") put`<beginning_of_sentence>user name=user\n${turn.text}`;
    else if (turn.role === "assistant") put`<beginning_of_sentence>ai name=assistant\n${turn.text}`;
    else {
      put`<beginning_of_sentence>system function_response=functions\n{"name": "${turn.name}", "response": ${turn.text}}`;
    }
    put`<end_of_sentence>\n`;
  }
  prompt.of(TOOLS);
  for (const { wrapped } of chat.tools) {
    put`<beginning_of_sentence>system function_setting=functions\n${dumps(wrapped)}<end_of_sentence>\n`;
  }
  prompt.of(REPLY);
  if (chat.reply) put`<beginning_of_sentence>ai name=assistant\n`;
}

/** Writes a prompt for M1, which has no place for calls. */
export function minimaxM1(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`<begin_of_document>`;
  const systems = [...chat.turns.entries()].filter(([, { role, text }]) => role === "system" && text !== "");
  for (const [place, [at, { text }]] of systems.entries()) {
    prompt.of(at);
    if (place === 0) put`<beginning_of_sentence>system ai_setting=assistant\n`;
    put`${text}`;
    if (place === systems.length - 1) put`<end_of_sentence>\n`;
  }
  if (chat.tools.length > 0) {
    prompt.of(TOOLS);
    put`<beginning_of_sentence>system tool_setting=tools\nYou are provided with these tools:\n<tools>\n`;
    for (const { wrapped } of chat.tools) put`${dumps(wrapped)}\n`;
    put`</tools>\n\nIf you need to call tools, please respond with <tool_calls></tool_calls> XML tags, and provide tool-name and json-object of arguments, following the format below:\n<tool_calls>\n{"name": <tool-name-1>, "arguments": <args-json-object-1>}\n...\n</tool_calls><end_of_sentence>\n`;
  }
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "system") continue;
    if (turn.role === "user") put`<beginning_of_sentence>user name=user\n${turn.text}`;
    else if (turn.role === "assistant") put`<beginning_of_sentence>ai name=assistant\n${turn.text}`;
    else put`<beginning_of_sentence>tool name=tools\ntool name: ${turn.name}\ntool result: ${turn.text}\n\n`;
    put`<end_of_sentence>\n`;
  }
  prompt.of(REPLY);
  if (chat.reply) put`<beginning_of_sentence>ai name=assistant\n`;
}

/** Writes a prompt for M2; `persona` is what the template says without a message of the system. */
export function minimaxM2(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`]~!b[`;
  const [first] = chat.turns;
  const system = first?.role === "system" && first.text !== "" ? first.text : undefined;
  const owner = first?.role === "system" ? 0 : REPLY;
  prompt.of(owner);
  put`]~b]system\n${system ?? "You are a helpful assistant. Your name is MiniMax-M2.7 and is built by MiniMax."}`;
  if (chat.tools.length > 0) {
    declare(prompt, chat);
    put`When making tool calls, use XML format to invoke tools and pass parameters:\n\n<minimax:tool_call>\n<invoke name="tool-name-1">\n<parameter name="param-key-1">param-value-1</parameter>\n<parameter name="param-key-2">param-value-2</parameter>\n...\n</invoke>\n</minimax:tool_call>`;
  }
  prompt.of(owner);
  put`[e~[\n`;
  const last = chat.turns.findLastIndex(({ role }) => role === "user");
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "tool") toolResult(prompt, chat, at);
    else if (turn.role === "user") put`]~b]user\n${turn.text}[e~[\n`;
    else if (turn.role === "assistant") {
      const { reasoning, content } = thoughts(turn, "<think>", "</think>");
      put`]~b]ai\n`;
      if (reasoning !== "" && at > last) put`<think>\n${reasoning}\n</think>\n\n`;
      put`${content}`;
      if (turn.calls.length > 0) put`\n<minimax:tool_call>\n`;
      for (const call of turn.calls) {
        put`<invoke name="${call.name}">\n`;
        for (const [key, value] of Object.entries(argumentsOf(call))) {
          put`<parameter name="${key}">${typeof value === "string" ? value : dumps(value)}</parameter>\n`;
        }
        put`</invoke>\n`;
      }
      if (turn.calls.length > 0) put`</minimax:tool_call>`;
      put`[e~[\n`;
    }
  }
  prompt.of(REPLY);
  if (chat.reply) put`]~b]ai\n<think>\n`;
}

/** Writes a prompt for M3, in which a message of the system is the developer's. */
export function minimaxM3(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`]~!b[]~b]system\nYour model version is MiniMax-M3, developed by MiniMax. Knowledge cutoff: January 2026. Founded in early 2022, MiniMax is a global AI foundation model company committed to advancing the frontiers of AI towards AGI.\n\n<thinking_instructions>\nYou have a thinking capability that allows you to reason step by step before responding. When thinking is enabled, wrap your reasoning in <mm:think></mm:think> tags before your response. When thinking is disabled, begin your response directly after the </mm:think> prefix. When thinking is adaptive, decide on your own whether to think for the current turn.\n`;
  if (chat.thinking === true) {
    put`Current thinking mode: enabled. You MUST think step by step before every response, including after receiving function/tool results.\n`;
  } else if (chat.thinking === false) {
    put`Current thinking mode: disabled. Do not output any thinking process.\n`;
  } else {
    put`Current thinking mode: adaptive. You are encouraged to think for complex decision-making, multi-step reasoning, or when analyzing function/tool results.\n`;
  }
  put`</thinking_instructions>[e~[\n`;
  const [first] = chat.turns;
  const owner = first?.role === "system" ? 0 : REPLY;
  prompt.of(owner);
  put`]~b]developer\n${(owner === 0 && first?.text) || "You are a helpful assistant."}`;
  if (chat.tools.length > 0) {
    declare(prompt, chat);
    put`To call tools, wrap all invocations in a single ]<]minimax[>[<tool_call>]<]minimax[>[</tool_call> block. Parameter values containing nested objects or arrays are recursively expanded into XML elements. Example:\n\n]<]minimax[>[<tool_call>\n]<]minimax[>[<invoke name="tool-name-1">]<]minimax[>[<param-1>value-1]<]minimax[>[</param-1>]<]minimax[>[<param-2>]<]minimax[>[<item>]<]minimax[>[<key-a>val-a]<]minimax[>[</key-a>]<]minimax[>[<key-b>val-b]<]minimax[>[</key-b>]<]minimax[>[</item>]<]minimax[>[</param-2>]<]minimax[>[</invoke>\n]<]minimax[>[<invoke name="tool-name-2">]<]minimax[>[<param-1>value-1]<]minimax[>[</param-1>]<]minimax[>[</invoke>\n]<]minimax[>[</tool_call>`;
  }
  prompt.of(owner);
  put`[e~[\n`;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "tool") toolResult(prompt, chat, at);
    else if (turn.role === "user") put`]~b]user\n${turn.text}[e~[\n`;
    else if (turn.role === "assistant") {
      const { reasoning, content } = thoughts(turn, "<mm:think>", "</mm:think>");
      put`]~b]ai\n`;
      if (reasoning !== "") put`<mm:think>${reasoning}`;
      put`</mm:think>${content}`;
      if (turn.calls.length > 0) put`]<]minimax[>[<tool_call>\n`;
      for (const call of turn.calls) {
        put`]<]minimax[>[<invoke name="${call.name}">`;
        elements(prompt, argumentsOf(call));
        put`]<]minimax[>[</invoke>\n`;
      }
      if (turn.calls.length > 0) put`]<]minimax[>[</tool_call>`;
      put`[e~[\n`;
    }
  }
  prompt.of(REPLY);
  if (!chat.reply) return;
  put`]~b]ai\n`;
  if (chat.thinking === true) put`<mm:think>`;
  if (chat.thinking === false) put`</mm:think>`;
}

function declare(prompt: Prompt, chat: Chat): void {
  const { put } = prompt.of(TOOLS);
  put`\n\n# Tools\nYou may call one or more tools to assist with the user query.\nHere are the tools available in JSONSchema format:\n\n<tools>\n`;
  for (const tool of chat.tools) put`<tool>${dumps(tool.function)}</tool>\n`;
  put`</tools>\n\n`;
}

function toolResult({ put }: Prompt, { turns }: Chat, at: number): void {
  if (turns[at - 1]?.role !== "tool") put`]~b]tool`;
  put`\n<response>${turns[at]?.text ?? ""}</response>`;
  if (turns[at + 1]?.role !== "tool") put`[e~[\n`;
}

function elements(prompt: Prompt, value: Json): void {
  const { put } = prompt;
  if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (item === null) continue;
      put`]<]minimax[>[<${key}>`;
      elements(prompt, item);
      put`]<]minimax[>[</${key}>`;
    }
  } else if (isList(value)) {
    for (const item of value) {
      put`]<]minimax[>[<item>`;
      elements(prompt, item);
      put`]<]minimax[>[</item>`;
    }
  } else if (value !== null) put`${typeof value === "boolean" ? String(value) : str(value)}`;
}

function thoughts(turn: Turn, open: string, close: string): { reasoning: string; content: string } {
  if (turn.reasoning !== undefined) return { reasoning: turn.reasoning, content: turn.text };
  if (!turn.text.includes(close)) return { reasoning: "", content: turn.text };
  return {
    reasoning: trimLines(after(trimLines(before(turn.text, close)), open)),
    content: trimLines(after(turn.text, close)),
  };
}
