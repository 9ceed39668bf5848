/** DeepSeek: V3, R1, V3.1 by their templates, V4 by its published encoder. */

import { dumps } from "./json.js";
import { argumentsOf, type Call, type Chat, type Declared, type Turn } from "./messages.js";
import { type Prompt, REPLY, TOOLS } from "./prompt.js";
import { after } from "./text.js";

const ROLES = ["<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>"];

/** Special tokens of DeepSeek V3's frames. */
export const DEEPSEEK_V3: readonly string[] = [
  ...ROLES,
  "<｜tool▁calls▁begin｜>",
  "<｜tool▁calls▁end｜>",
  "<｜tool▁call▁begin｜>",
  "<｜tool▁call▁end｜>",
  "<｜tool▁outputs▁begin｜>",
  "<｜tool▁outputs▁end｜>",
  "<｜tool▁output▁begin｜>",
  "<｜tool▁output▁end｜>",
  "<｜tool▁sep｜>",
];

/** Special tokens of R1's and V3.1's frames. */
export const DEEPSEEK_V3_1: readonly string[] = [...DEEPSEEK_V3, "<think>", "</think>"];

/** Special tokens of V4's frames. */
export const DEEPSEEK_V4: readonly string[] = [...ROLES, "<think>", "</think>", "｜DSML｜"];

/** Writes a prompt for DeepSeek V3, whose template has no place for tools. */
export function deepseekV3(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  systems(prompt, chat);
  const outputs = new Outputs(prompt, "\n");
  let hasCalled = false;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "user") {
      outputs.isOpen = false;
      put`<｜User｜>${turn.text}`;
    } else if (turn.role === "tool") outputs.put(turn.text);
    else if (turn.role === "assistant" && turn.hasText) {
      if (outputs.isOpen) put`<｜tool▁outputs▁end｜>`;
      else put`<｜Assistant｜>`;
      outputs.isOpen = false;
      put`${turn.text}<｜end▁of▁sentence｜>`;
    } else if (turn.role === "assistant") {
      outputs.isOpen = false;
      for (const call of turn.calls) {
        // The template ends a list of calls behind its second and each later one, and begins one only once.
        if (hasCalled) put`\n`;
        else put`<｜Assistant｜><｜tool▁calls▁begin｜>`;
        callJson(prompt, call);
        if (hasCalled) put`<｜tool▁calls▁end｜><｜end▁of▁sentence｜>`;
        hasCalled = true;
      }
    }
  }
  prompt.of(REPLY);
  if (outputs.isOpen) put`<｜tool▁outputs▁end｜>`;
  else if (chat.reply) put`<｜Assistant｜>`;
}

/** Writes a prompt for DeepSeek R1, whose template has no place for tools. */
export function deepseekR1(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  systems(prompt, chat);
  const outputs = new Outputs(prompt, "");
  let hasCalled = false;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "user") {
      outputs.isOpen = false;
      put`<｜User｜>${turn.text}`;
    } else if (turn.role === "tool") outputs.put(turn.text);
    else if (turn.role === "assistant" && turn.calls.length > 0) {
      outputs.isOpen = false;
      for (const call of turn.calls) {
        if (hasCalled) put`\n`;
        else put`<｜Assistant｜>${turn.text}<｜tool▁calls▁begin｜>`;
        callJson(prompt, call);
        hasCalled = true;
      }
      put`<｜tool▁calls▁end｜><｜end▁of▁sentence｜>`;
    } else if (turn.role === "assistant") {
      if (outputs.isOpen) put`<｜tool▁outputs▁end｜>${turn.text}`;
      else put`<｜Assistant｜>${after(turn.text, "</think>")}`;
      put`<｜end▁of▁sentence｜>`;
      outputs.isOpen = false;
    }
  }
  prompt.of(REPLY);
  if (outputs.isOpen) put`<｜tool▁outputs▁end｜>`;
  else if (chat.reply) put`<｜Assistant｜><think>\n`;
}

/** Writes a prompt for DeepSeek V3.1, whose template has no place for tools. */
export function deepseekV31(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  systems(prompt, chat);
  let afterUser = false;
  let afterTool = false;
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "user") put`<｜User｜>${turn.text}`;
    else if (turn.role === "tool") put`<｜tool▁output▁begin｜>${turn.text}<｜tool▁output▁end｜>`;
    else if (turn.role === "assistant") {
      if (afterUser) put`<｜Assistant｜></think>`;
      if (turn.calls.length > 0) {
        put`${turn.text}<｜tool▁calls▁begin｜>`;
        for (const call of turn.calls) {
          put`<｜tool▁call▁begin｜>${call.name}<｜tool▁sep｜>${given(call)}<｜tool▁call▁end｜>`;
        }
        put`<｜tool▁calls▁end｜>`;
      } else put`${afterTool ? turn.text : afterFirst(turn.text, "</think>")}`;
      put`<｜end▁of▁sentence｜>`;
    }
    if (turn.role === "system") continue;
    afterUser = turn.role === "user";
    afterTool = turn.role === "tool";
  }
  prompt.of(REPLY);
  if (!chat.reply || !afterUser) return;
  put`<｜Assistant｜>`;
  if (chat.thinking) put`<think>`;
  else put`</think>`;
}

/** Writes a prompt for DeepSeek V4: answers of tools are parts of the user's message. */
export function deepseekV4(prompt: Prompt, chat: Chat): void {
  const { put } = prompt;
  const thinks = chat.thinking === true;
  const drops = chat.tools.length === 0;
  put`<｜begin▁of▁sentence｜>`;
  const declaresAt = chat.turns.findIndex(({ role }) => role === "system");
  if (declaresAt < 0 && !drops) declare(prompt, chat.tools);
  const last = chat.turns.findLastIndex(({ role }) => isQuery(role));
  const places = resultPlaces(chat.turns);
  for (const [at, turn] of chat.turns.entries()) {
    prompt.of(at);
    if (turn.role === "system") {
      put`${turn.text}`;
      if (at === declaresAt && !drops) declare(prompt, chat.tools);
      continue;
    }
    if (turn.role === "assistant") {
      if (thinks && (!drops || at > last)) put`${turn.reasoning ?? ""}</think>`;
      put`${turn.text}`;
      if (turn.calls.length > 0) callDsml(prompt, turn.calls);
      put`<｜end▁of▁sentence｜>`;
      continue;
    }
    if (isQuery(chat.turns[at - 1]?.role)) put`\n\n`;
    else put`<｜User｜>`;
    if (turn.role === "tool") {
      const place = places.get(at) ?? at;
      prompt.of(place);
      put`<tool_result>${chat.turns[place]?.text ?? ""}</tool_result>`;
      prompt.of(at);
    } else put`${turn.text}`;
    const next = chat.turns[at + 1]?.role;
    if (next !== undefined && next !== "assistant") continue;
    if (next === undefined) prompt.of(REPLY);
    if (next === undefined && !chat.reply) continue;
    put`<｜Assistant｜>`;
    if (thinks && (!drops || at >= last)) put`<think>`;
    else put`</think>`;
  }
}

function isQuery(role: Turn["role"] | undefined): boolean {
  return role === "user" || role === "tool";
}

/** All messages of the system stand first, joined. */
function systems(prompt: Prompt, chat: Chat): void {
  prompt.put`<｜begin▁of▁sentence｜>`;
  let isFirst = true;
  for (const [at, turn] of chat.turns.entries()) {
    if (turn.role !== "system") continue;
    prompt.of(at);
    if (!isFirst) prompt.put`\n\n`;
    prompt.put`${turn.text}`;
    isFirst = false;
  }
}

/** The list of what tools answered, which the templates begin only once. */
class Outputs {
  readonly #prompt: Prompt;
  readonly #between: string;
  #isFirst = true;
  isOpen = false;

  constructor(prompt: Prompt, between: string) {
    this.#prompt = prompt;
    this.#between = between;
  }

  put(text: string): void {
    if (this.#isFirst) this.#prompt.put`<｜tool▁outputs▁begin｜>`;
    else this.#prompt.text(this.#between);
    this.#prompt.put`<｜tool▁output▁begin｜>${text}<｜tool▁output▁end｜>`;
    this.#isFirst = false;
    this.isOpen = true;
  }
}

function callJson({ put }: Prompt, call: Call): void {
  put`<｜tool▁call▁begin｜>function<｜tool▁sep｜>${call.name}\n\`\`\`json\n${given(call)}\n\`\`\`<｜tool▁call▁end｜>`;
}

function given(call: Call): string {
  return typeof call.given === "string" ? call.given : dumps(call.given);
}

function afterFirst(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(at + mark.length);
}

/** Returns which answer of a tool stands in the place of which: those in a row are in the order of the calls. */
function resultPlaces(turns: readonly Turn[]): Map<number, number> {
  const places = new Map<number, number>();
  let order = new Map<string, number>();
  let results: number[] = [];
  const sort = (): void => {
    const rank = (at: number): number => order.get(turns[at]?.callId ?? "") ?? 0;
    const sorted = [...results].sort((a, b) => rank(a) - rank(b));
    for (const [index, at] of results.entries()) places.set(at, sorted[index] ?? at);
    results = [];
  };
  for (const [at, { role, calls }] of turns.entries()) {
    if (role === "tool") results.push(at);
    if (isQuery(role)) continue;
    sort();
    if (calls.length > 0) order = new Map(calls.map(({ id }, index) => [id, index]));
    order.delete("");
  }
  sort();
  return places;
}

function callDsml({ put }: Prompt, calls: readonly Call[]): void {
  put`\n\n<｜DSML｜tool_calls>`;
  for (const call of calls) {
    put`\n<｜DSML｜invoke name="${call.name}">\n`;
    for (const [at, [name, value]] of Object.entries(argumentsOf(call)).entries()) {
      if (at > 0) put`\n`;
      const [isText, text] = typeof value === "string" ? ["true", value] : ["false", dumps(value)];
      put`<｜DSML｜parameter name="${name}" string="${isText}">${text}</｜DSML｜parameter>`;
    }
    put`\n</｜DSML｜invoke>`;
  }
  put`\n</｜DSML｜tool_calls>`;
}

function declare(prompt: Prompt, tools: readonly Declared[]): void {
  const { put } = prompt.of(TOOLS);
  put`\n\n## Tools\n\nYou have access to a set of tools to help answer the user's question. You can invoke tools by writing a "<｜DSML｜tool_calls>" block like the following:\n\n<｜DSML｜tool_calls>\n<｜DSML｜invoke name="$TOOL_NAME">\n<｜DSML｜parameter name="$PARAMETER_NAME" string="true|false">$PARAMETER_VALUE</｜DSML｜parameter>\n...\n</｜DSML｜invoke>\n<｜DSML｜invoke name="$TOOL_NAME2">\n...\n</｜DSML｜invoke>\n</｜DSML｜tool_calls>\n\nString parameters should be specified as is and set \`string="true"\`. For all other types (numbers, booleans, arrays, objects), pass the value in JSON format and set \`string="false"\`.\n\nIf thinking_mode is enabled (triggered by <think>), you MUST output your complete reasoning inside <think>...</think> BEFORE any tool calls or final response.\n\nOtherwise, output directly after </think> with tool calls or final response.\n\n### Available Tool Schemas\n\n`;
  for (const [at, tool] of tools.entries()) {
    if (at > 0) put`\n`;
    put`${dumps(tool.function)}`;
  }
  put`\n\nYou MUST strictly follow the above defined tool name and parameter schemas to invoke tool calls.\n`;
}
