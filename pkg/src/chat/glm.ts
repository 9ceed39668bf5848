/** GLM: 4 (Chinese tool prompt), 4.5 and 4.6 (frames by lines), 4.7 and later (frames without white space). */

import { dumps, type Json } from "./json.js";
import { argumentsOf, type Call, type Chat, type Declared, type Turn } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";
import { after, before, strip, thoughts } from "./text.js";

/** Special tokens of GLM-4's frames. */
export const GLM_4: readonly string[] = [
  "[gMASK]",
  "<sop>",
  "<|system|>",
  "<|user|>",
  "<|assistant|>",
  "<|observation|>",
];

/** Special tokens of GLM-4.5's and later frames. */
export const GLM_4_5: readonly string[] = [
  ...GLM_4,
  "<think>",
  "</think>",
  "<tool_call>",
  "</tool_call>",
  "<tool_response>",
  "</tool_response>",
  "<arg_key>",
  "</arg_key>",
  "<arg_value>",
  "</arg_value>",
  "/nothink",
];

/** Writes a prompt for GLM-4 and its models of April 2025. A call is a message of its own, a tool's name on its first line. */
export function glm4(prompt: Prompt, chat: Chat): void {
  frame4(prompt, chat, (text) => text);
  prompt.of(REPLY);
  if (chat.reply) prompt.put`<|assistant|>`;
}

/** Writes a prompt for GLM-Z1. */
export function glmZ1(prompt: Prompt, chat: Chat): void {
  const persona =
    "你是一个名为 ChatGLM 的人工智能助手。你是基于智谱 AI 公司训练的语言模型 GLM-4 模型开发的，你的任务是针对用户的问题和要求提供适当的答复和支持。\n\n";
  frame4(prompt, chat, (text) => strip(after(text, "</think>")), persona);
  prompt.of(REPLY);
  if (chat.reply) prompt.put`<|assistant|>\n<think>`;
}

function frame4(prompt: Prompt, chat: Chat, visible: (text: string) => string, persona = ""): void {
  const { put } = prompt;
  put`[gMASK]<sop>`;
  if (chat.tools.length > 0) {
    prompt.of(TOOLS);
    put`<|system|>\n${persona}# 可用工具`;
    for (const [at, tool] of chat.tools.entries()) {
      if (at > 0 || persona !== "") put`\n## ${name(tool)}\n\n`;
      else put`\n\n## ${name(tool)}\n\n`;
      put`${dumps(tool.function, { indent: 4 })}\n在调用上述函数时，请使用 Json 格式表示调用的参数。`;
    }
  }
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "system") put`<|system|>\n${turn.text}`;
  }
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    const text = visible(turn.text);
    if (turn.role === "user") put`<|user|>\n${text}`;
    else if (turn.role === "tool") put`<|observation|>\n${text}`;
    else if (turn.role === "assistant") {
      if (turn.calls.length === 0 || turn.text !== "") put`<|assistant|>\n${text}`;
      for (const call of turn.calls) put`<|assistant|>${call.name}\n${visible(given(call))}`;
    }
  }
}

function name(tool: Declared): string {
  return String(tool.function.name);
}

function given(call: Call): string {
  return typeof call.given === "string" ? call.given : dumps(call.given);
}

/** Where the templates of 4.5 and 4.6 have line breaks or not. */
interface Breaks {
  readonly afterResult: "" | "\n";
  readonly beforeReply: "" | "\n";
}

/** Writes a prompt for GLM-4.5. */
export function glm45(prompt: Prompt, chat: Chat): void {
  byLines(prompt, chat, { afterResult: "", beforeReply: "" });
}

/** Writes a prompt for GLM-4.5V. */
export function glm45v(prompt: Prompt, chat: Chat): void {
  byLines(prompt, chat, { afterResult: "", beforeReply: "\n" });
}

/** Writes a prompt for GLM-4.6V. */
export function glm46v(prompt: Prompt, chat: Chat): void {
  byLines(prompt, chat, { afterResult: "\n", beforeReply: "\n" });
}

function byLines(prompt: Prompt, chat: Chat, breaks: Breaks): void {
  const { put } = prompt;
  put`[gMASK]<sop>`;
  if (chat.tools.length > 0) {
    declare(
      prompt,
      chat.tools.map(({ wrapped }) => dumps(wrapped)),
    );
    put`<tool_call>{function-name}\n<arg_key>{arg-key-1}</arg_key>\n<arg_value>{arg-value-1}</arg_value>\n<arg_key>{arg-key-2}</arg_key>\n<arg_value>{arg-value-2}</arg_value>\n...\n</tool_call>`;
  }
  const last = lastUser(chat.turns);
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "system") put`<|system|>\n${turn.text}`;
    else if (turn.role === "user") {
      put`<|user|>\n${turn.text}`;
      if (chat.thinking === false && !turn.text.endsWith("/nothink")) put`/nothink`;
    } else if (turn.role === "tool") {
      if (chat.turns[at - 1]?.role !== "tool") put`<|observation|>`;
      put`\n<tool_response>\n${turn.text}\n</tool_response>${breaks.afterResult}`;
    } else {
      const { reasoning, content } = thoughts(turn, turn.text);
      put`<|assistant|>\n<think>${at > last ? strip(reasoning) : ""}</think>`;
      if (strip(content) !== "") put`\n${strip(content)}`;
      for (const call of turn.calls) {
        put`\n<tool_call>${call.name}\n`;
        for (const [key, value] of Object.entries(argumentsOf(call))) {
          put`<arg_key>${key}</arg_key>\n<arg_value>${plain(value)}</arg_value>\n`;
        }
        put`</tool_call>`;
      }
    }
  }
  prompt.of(REPLY);
  if (!chat.reply) return;
  put`<|assistant|>`;
  if (chat.thinking === false) put`\n<think></think>`;
  prompt.text(breaks.beforeReply);
}

/** What GLM-4.7 and later do in their own ways. */
interface Later {
  /** The message of the system that says how much to think. */
  readonly effort?: string;
  /** The tools as they are declared. */
  readonly tools: (tools: readonly Declared[]) => Json[];
  /** What stands in the place of reasoning that is not shown. */
  readonly closed: "</think>" | "<think></think>";
  /** The reasoning of a message, `undefined` if there is none to show, and its content. */
  readonly thoughts: (turn: Turn, isLater: boolean) => Thoughts;
}

interface Thoughts {
  readonly reasoning?: string;
  readonly content: string;
}

/** Writes a prompt for GLM-4.7 and 5. */
export function glm47(prompt: Prompt, chat: Chat): void {
  later(prompt, chat, {
    tools: (tools) => tools.map(({ wrapped }) => wrapped),
    closed: "</think>",
    thoughts: (turn) => {
      const { reasoning, content } = thoughts(turn, turn.text);
      return reasoning === "" ? { content } : { reasoning: strip(reasoning), content };
    },
  });
}

/** Writes a prompt for GLM-5.1: a message behind the last question without reasoning has an empty one. */
export function glm51(prompt: Prompt, chat: Chat): void {
  later(prompt, chat, {
    tools: declared,
    closed: "</think>",
    thoughts: (turn, isLater) => {
      const seen = asWritten(turn);
      const isEmpty = seen.reasoning === undefined && isLater && chat.thinking !== false;
      return isEmpty ? { reasoning: "", content: turn.text } : seen;
    },
  });
}

/** Writes a prompt for GLM-5.2. */
export function glm52(prompt: Prompt, chat: Chat): void {
  const effort = chat.thinking === false ? {} : { effort: "Max" };
  later(prompt, chat, { ...effort, tools: declared, closed: "<think></think>", thoughts: asWritten });
}

function later(prompt: Prompt, chat: Chat, how: Later): void {
  const { put } = prompt;
  put`[gMASK]<sop>`;
  if (how.effort !== undefined) put`<|system|>Reasoning Effort: ${how.effort}`;
  if (chat.tools.length > 0) {
    declare(
      prompt,
      how.tools(chat.tools).map((tool) => dumps(tool)),
    );
    put`<tool_call>{function-name}<arg_key>{arg-key-1}</arg_key><arg_value>{arg-value-1}</arg_value><arg_key>{arg-key-2}</arg_key><arg_value>{arg-value-2}</arg_value>...</tool_call>`;
  }
  const last = lastUser(chat.turns);
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "system") put`<|system|>${turn.text}`;
    else if (turn.role === "user") put`<|user|>${turn.text}`;
    else if (turn.role === "tool") {
      if (chat.turns[at - 1]?.role !== "tool") put`<|observation|>`;
      put`<tool_response>${turn.text}</tool_response>`;
    } else {
      const { reasoning, content } = how.thoughts(turn, at > last);
      put`<|assistant|>`;
      if (at > last && reasoning !== undefined) put`<think>${reasoning}</think>`;
      else prompt.frame(how.closed);
      put`${strip(content)}`;
      for (const call of turn.calls) {
        put`<tool_call>${call.name}`;
        for (const [key, value] of Object.entries(argumentsOf(call))) {
          put`<arg_key>${key}</arg_key><arg_value>${plain(value)}</arg_value>`;
        }
        put`</tool_call>`;
      }
    }
  }
  prompt.of(REPLY);
  if (!chat.reply) return;
  put`<|assistant|>`;
  if (chat.thinking === false) prompt.frame(how.closed);
  else put`<think>`;
}

function declare(prompt: Prompt, tools: readonly string[]): void {
  const { put } = prompt.of(TOOLS);
  put`<|system|>\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>\n`;
  for (const tool of tools) put`${tool}\n`;
  put`</tools>\n\nFor each function call, output the function name and arguments within the following XML format:\n`;
}

/** Without what is for the server, and without tools whose loading is put off. */
function declared(tools: readonly Declared[]): Json[] {
  const shown = tools.filter((tool) => tool.function.defer_loading !== true);
  return shown.map(({ function: { defer_loading: _, strict: __, ...rest } }) => rest);
}

function asWritten(turn: Turn): Thoughts {
  if (turn.reasoning !== undefined) return { reasoning: turn.reasoning, content: turn.text };
  if (!turn.text.includes("</think>")) return { content: turn.text };
  return {
    reasoning: after(before(turn.text, "</think>"), "<think>"),
    content: after(turn.text, "</think>"),
  };
}

function plain(value: Json): string {
  return typeof value === "string" ? value : dumps(value);
}

function lastUser(turns: readonly Turn[]): number {
  return turns.findLastIndex(({ role }) => role === "user");
}
