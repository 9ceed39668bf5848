/** Frames that are rules about numbers of tokens, and those of vendors that publish none: ranges, each with its source. */

import { dumps, isList, isObject, type Json, str } from "./json.js";
import type { Call, Chat, Declared } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";

/** How much fewer and how much more it may be than what was counted. */
export type Margin = readonly [less: number, more: number];

/** Writes a prompt by OpenAI's rule: 3 tokens a message, 1 more with a name, and 3 for the reply. */
export function cookbook(prompt: Prompt, chat: Chat, functionTokens = 7): void {
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    prompt.add(3);
    alone(prompt, turn.role);
    alone(prompt, turn.text);
    if (turn.name !== "") {
      prompt.add(1);
      alone(prompt, turn.name);
    }
    calls(prompt, turn.calls);
  }
  declare(prompt.of(TOOLS), chat.tools, functionTokens);
  prompt.of(REPLY);
  if (chat.reply) prompt.add(3);
}

/** As {@link cookbook}, with the 10 tokens a function of GPT-4 and GPT-3.5. */
export function cookbookOld(prompt: Prompt, chat: Chat): void {
  cookbook(prompt, chat, 10);
}

/** The rule is silent about calls and answers of tools; published measurements are within these bounds. */
export function cookbookMargin({ turns, tools }: Chat): Margin {
  const called = turns.reduce((sum, turn) => sum + turn.calls.length, 0);
  const answers = turns.filter(({ role }) => role === "tool").length;
  const declared = tools.length > 0 ? 4 + 2 * tools.length : 0;
  return [2 * called + 2 * answers + declared, 6 * called + 6 * answers + declared];
}

/** Between harmony's frame, without a header of the system, and that of the rule for the models before. */
export function gpt5Margin(chat: Chat): Margin {
  const [less, more] = cookbookMargin(chat);
  const answers = chat.turns.filter(({ role }) => role === "assistant").length;
  return [less + 2, more + 4 + 2 * answers];
}

/** How many tokens a frame of which no more is known has. */
export interface Plain {
  /** For each message. */
  readonly message: number;
  /** For each message of the system. */
  readonly system: number;
  /** For the tools, besides their text. */
  readonly tools: number;
  /** For the rest, with the prompt for the reply. */
  readonly reply: number;
}

/** Writes the texts of a conversation, and numbers of tokens. */
export function texts(prompt: Prompt, chat: Chat, plain: Plain): void {
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    alone(prompt, turn.text);
    prompt.add(turn.role === "system" ? plain.system : plain.message);
    calls(prompt, turn.calls);
  }
  prompt.of(TOOLS);
  for (const tool of chat.tools) alone(prompt, dumps(tool.function));
  if (chat.tools.length > 0) prompt.add(plain.tools);
  prompt.of(REPLY);
  if (chat.reply) prompt.add(plain.reply);
}

/** Counted by itself, as the rules do. */
function alone(prompt: Prompt, text: string): void {
  prompt.cut();
  prompt.text(text);
  prompt.cut();
}

function calls(prompt: Prompt, all: readonly Call[]): void {
  for (const { name, given } of all) {
    prompt.add(3);
    alone(prompt, name);
    alone(prompt, typeof given === "string" ? given : dumps(given));
  }
}

/** OpenAI's rule for functions: so many for each, 3 for its properties, 3 a property, 3 a value of an enumeration, 12 in all. */
function declare(prompt: Prompt, tools: readonly Declared[], functionTokens: number): void {
  for (const { function: declared } of tools) {
    prompt.add(functionTokens);
    alone(prompt, `${written(declared.name)}:${written(declared.description).replace(/\.$/, "")}`);
    const { parameters } = declared;
    const properties = isObject(parameters) && isObject(parameters.properties) ? parameters.properties : {};
    if (Object.keys(properties).length > 0) prompt.add(3);
    for (const [key, property] of Object.entries(properties)) {
      prompt.add(3);
      const { type, description, enum: options } = isObject(property) ? property : {};
      if (isList(options)) {
        prompt.add(-3);
        for (const option of options) {
          prompt.add(3);
          alone(prompt, written(option));
        }
      }
      alone(prompt, `${key}:${written(type)}:${written(description).replace(/\.$/, "")}`);
    }
  }
  if (tools.length > 0) prompt.add(12);
}

function written(value: Json | undefined): string {
  return value === undefined || value === null ? "" : str(value);
}
