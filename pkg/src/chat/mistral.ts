/** Mistral: the versions of its tokenizer's protocol. Each text is tokenized by itself, and nothing stands for the reply. */

import { dumps, type Json } from "./json.js";
import { argumentsOf, type Call, type Chat, type Declared, type Turn } from "./messages.js";
import { type Prompt, TOOLS } from "./prompt.js";

/** Special tokens of version 1's frames. */
export const MISTRAL_1: readonly string[] = ["<s>", "</s>"];

/** Special tokens of version 3's and later frames. */
export const MISTRAL_3: readonly string[] = [
  ...MISTRAL_1,
  "[INST]",
  "[/INST]",
  "[AVAILABLE_TOOLS]",
  "[/AVAILABLE_TOOLS]",
  "[TOOL_RESULTS]",
  "[/TOOL_RESULTS]",
  "[TOOL_CALLS]",
  "[SYSTEM_PROMPT]",
  "[/SYSTEM_PROMPT]",
  "[TOOL_CONTENT]",
  "[ARGS]",
  "[CALL_ID]",
];

/** Writes a prompt by version 1, which has no tools: the system's message stands in the first of the user. */
export function mistralV1(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`<s>`;
  const first = chat.turns.findIndex(({ role }) => role === "user");
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "user") {
      const [opens, closes] = edges(chat.turns, at);
      if (opens) {
        prompt.cut();
        put`[INST] `;
      } else put`\n\n`;
      if (at === first) systems(prompt, chat, at);
      put`${turn.text}`;
      if (!closes) continue;
      put` [/INST]`;
      prompt.cut();
    } else if (turn.role === "assistant") put`${turn.text}</s>`;
  }
}

/** Writes a prompt by version 3: the system's message and the tools stand in the last message of the user. */
export function mistralV3(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  put`<s>`;
  const declares = lastQuestion(chat.turns);
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "user") question(prompt, chat, at, declares);
    else if (turn.role === "tool") {
      put`[TOOL_RESULTS]{"content": ${asJson(turn.text)}, "call_id": ${dumps(turn.callId)}}[/TOOL_RESULTS]`;
    } else if (turn.role === "assistant") {
      if (turn.calls.length > 0) callList(prompt, turn.calls);
      else put`${trimSpaces(turn.text)}`;
      put`</s>`;
    }
  }
}

/** What versions 7, 11 and 13 do in their own ways. */
interface Later {
  /** The message of the user before which the tools stand. */
  readonly declaresAt: (turns: readonly Turn[]) => number;
  readonly calls: (prompt: Prompt, calls: readonly Call[]) => void;
  readonly result: (prompt: Prompt, turns: readonly Turn[], at: number) => void;
}

/** Writes a prompt by version 7: the system's messages stand where they are. */
export function mistralV7(prompt: Prompt, chat: Chat): void {
  later(prompt, chat, { declaresAt: lastQuestion, calls: callList, result: resultWithId });
}

/** Writes a prompt by version 11: each call by itself. */
export function mistralV11(prompt: Prompt, chat: Chat): void {
  const calls = ({ put }: Prompt, all: readonly Call[]): void => {
    for (const call of all) {
      put`[TOOL_CALLS]${call.name}`;
      if (call.id !== "") put`[CALL_ID]${call.id}`;
      put`[ARGS]${dumps(argumentsOf(call))}`;
    }
  };
  later(prompt, chat, { declaresAt: lastQuestion, calls, result: resultWithId });
}

/** Writes a prompt by version 13: the tools stand first, and no ids. */
export function mistralV13(prompt: Prompt, chat: Chat): void {
  const calls = ({ put }: Prompt, all: readonly Call[]): void => {
    for (const call of all) put`[TOOL_CALLS]${call.name}[ARGS]${dumps(argumentsOf(call))}`;
  };
  const result = ({ put }: Prompt, turns: readonly Turn[], at: number): void => {
    put`[TOOL_RESULTS]${turns[at]?.text ?? ""}[/TOOL_RESULTS]`;
  };
  const declaresAt = (turns: readonly Turn[]): number => turns.findIndex(({ role }) => role === "user");
  later(prompt, chat, { declaresAt, calls, result });
}

function later(prompt: Prompt, chat: Chat, { declaresAt, calls, result }: Later): void {
  const { put } = prompt;
  put`<s>`;
  const declares = declaresAt(chat.turns);
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "system") put`[SYSTEM_PROMPT]${turn.text}[/SYSTEM_PROMPT]`;
    else if (turn.role === "user") question(prompt, chat, at, declares, false);
    else if (turn.role === "tool") result(prompt, chat.turns, at);
    else if (turn.role === "assistant") {
      put`${trimSpaces(turn.text)}`;
      if (turn.calls.length > 0) calls(prompt, turn.calls);
      put`</s>`;
    }
  }
}

/** Returns the first of the last messages of the user in a row. */
function lastQuestion(turns: readonly Turn[]): number {
  let from = turns.findLastIndex(({ role }) => role === "user");
  while (turns[from - 1]?.role === "user") from--;
  return from;
}

/** Messages of the user in a row are one. */
function question(prompt: Prompt, chat: Chat, at: number, declaresAt: number, hasSystem = true): void {
  const { put } = prompt;
  const [opens, closes] = edges(chat.turns, at);
  if (opens) {
    if (at === declaresAt && chat.tools.length > 0) {
      prompt.of(TOOLS);
      put`[AVAILABLE_TOOLS]${dumps(chat.tools.map(declared))}[/AVAILABLE_TOOLS]`;
      prompt.of(at);
    }
    put`[INST]`;
    if (hasSystem && at === declaresAt) systems(prompt, chat, at);
  } else put`\n\n`;
  put`${chat.turns[at]?.text ?? ""}`;
  if (closes) put`[/INST]`;
}

function edges(turns: readonly Turn[], at: number): readonly [boolean, boolean] {
  return [turns[at - 1]?.role !== "user", turns[at + 1]?.role !== "user"];
}

function systems(prompt: Prompt, chat: Chat, owner: number): void {
  const all = [...chat.turns.entries()].filter(([, { role }]) => role === "system");
  if (all.every(([, { text }]) => text === "") && all.length < 2) return;
  for (const [at, { text }] of all) {
    prompt.of(at);
    prompt.put`${text}\n\n`;
  }
  prompt.of(owner);
}

function declared({ function: { name, description, parameters } }: Declared): Json {
  return {
    type: "function",
    function: { name: name ?? "", description: description ?? "", parameters: parameters ?? {} },
  };
}

function callList({ put }: Prompt, calls: readonly Call[]): void {
  const list = calls.map((call) => ({
    name: call.name,
    arguments: argumentsOf(call),
    ...(call.id === "" ? {} : { id: call.id }),
  }));
  put`[TOOL_CALLS]${dumps(list)}`;
}

function resultWithId({ put }: Prompt, turns: readonly Turn[], at: number): void {
  const turn = turns[at];
  put`[TOOL_RESULTS]${turn?.callId ?? ""}[TOOL_CONTENT]${turn?.text ?? ""}[/TOOL_RESULTS]`;
}

/** What Python reads as a number that JavaScript would round, or not read. */
const NUMBER = /^[ \t\n\r]*(-?(?:0|[1-9]\d*)|NaN|-?Infinity)[ \t\n\r]*$/;

/** An answer that is JSON is written as such, another as text. */
function asJson(text: string): string {
  if (text === "") return "{}";
  const number = NUMBER.exec(text)?.[1];
  if (number !== undefined) return number === "-0" ? "0" : number;
  try {
    return dumps(JSON.parse(text) as Json);
  } catch {
    return dumps(text);
  }
}

function trimSpaces(text: string): string {
  let to = text.length;
  while (text[to - 1] === " ") to--;
  return text.slice(0, to);
}
