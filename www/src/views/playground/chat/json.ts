/**
 * Conversations and tools as JSON, in the shape of OpenAI's API, which nearly all take. What comes in is checked here, so that the package
 * is given nothing that it cannot count, and an error says where it is.
 */
import type { Message, Part, Role, Tool, ToolCall } from "tokimeter/chat";
import { faultPlace, type Place } from "./json-place.ts";

export interface Conversation {
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
}

/** What is wrong with a piece of JSON. */
export type Fault =
  | { readonly kind: "syntax"; readonly place?: Place }
  /** It is JSON, but no list of tools. */
  | { readonly kind: "not-tools" }
  /** The tool of this number, from 1 on, has no name. */
  | { readonly kind: "nameless"; readonly tool: number }
  /** It is JSON, but no object. */
  | { readonly kind: "not-object" }
  /** A field of a message is not what it should be. */
  | { readonly kind: "bad-field"; readonly field: string };

export const ROLES: readonly Role[] = ["system", "developer", "user", "assistant", "tool"];

/** Code units of JSON that are parsed: more would hold up the page, and is no conversation that anybody reads. */
const MOST = 20_000_000;

type Fields = Readonly<Record<string, unknown>>;

/** Reads tools: a list, one alone, or what has them under `tools`. No text is no tool. */
export function parseTools(text: string): { readonly tools: readonly Tool[] } | { readonly fault: Fault } {
  if (text.trim() === "") return { tools: [] };
  const parsed = parse(text);
  if ("fault" in parsed) return parsed;
  const { value } = parsed;
  const inner = isFields(value) && Array.isArray(value.tools) ? value.tools : value;
  const list: readonly unknown[] | undefined = Array.isArray(inner)
    ? inner
    : isFields(inner)
      ? [inner]
      : undefined;
  if (list === undefined) return { fault: { kind: "not-tools" } };
  const wrong = list.findIndex((each) => !isTool(each));
  return wrong < 0 ? { tools: list.filter(isTool) } : { fault: { kind: "nameless", tool: wrong + 1 } };
}

/** Reads the other fields of a message. */
export function parseExtra(text: string): { readonly extra: Partial<Message> } | { readonly fault: Fault } {
  if (text.trim() === "") return { extra: {} };
  const parsed = parse(text);
  if ("fault" in parsed) return parsed;
  const { value } = parsed;
  if (!isFields(value)) return { fault: { kind: "not-object" } };
  const { role: _, content: __, ...extra } = value;
  const field = wrongField(extra);
  return field === undefined ? { extra } : { fault: { kind: "bad-field", field } };
}

/** Returns the conversation that a text is: a list of messages, or what has them under `messages`; `undefined` if it is none. */
export function recognise(text: string): Conversation | undefined {
  if (text.length > MOST || !/^\s*[[{]/.test(text)) return undefined;
  const parsed = parse(text);
  if ("fault" in parsed) return undefined;
  const { value } = parsed;
  const [messages, tools] = isFields(value) ? [value.messages, value.tools] : [value, undefined];
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isMessage)) return undefined;
  return { messages, tools: Array.isArray(tools) ? tools.filter(isTool) : [] };
}

/** Writes a conversation as others read it: the messages, with the tools beside them if there are any. */
export function stringify({ messages, tools }: Conversation): string {
  return JSON.stringify(tools.length > 0 ? { messages, tools } : messages, undefined, 2);
}

function parse(text: string): { readonly value: unknown } | { readonly fault: Fault } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const place = faultPlace(text);
    return { fault: { kind: "syntax", ...(place && { place }) } };
  }
}

function isMessage(value: unknown): value is Message {
  if (!isFields(value) || !ROLES.some((role) => role === value.role)) return false;
  const { role: _, content, ...extra } = value;
  return isContent(content) && wrongField(extra) === undefined;
}

function isContent(content: unknown): boolean {
  if (content === undefined || content === null || typeof content === "string") return true;
  return Array.isArray(content) && content.every(isPart);
}

function isPart(value: unknown): value is Part {
  if (!isFields(value)) return false;
  if (value.type === "text") return typeof value.text === "string";
  if (value.type === "image_url") return isFields(value.image_url);
  return value.type === "image" && typeof value.width === "number" && typeof value.height === "number";
}

const TEXTS = ["name", "toolCallId", "tool_call_id", "reasoning", "reasoning_content"] as const;
const CALLS = ["toolCalls", "tool_calls"] as const;

/** Returns the first field that is not what it should be. */
function wrongField(extra: Fields): string | undefined {
  const isText = (value: unknown): boolean => value === undefined || typeof value === "string";
  const areCalls = (value: unknown): boolean =>
    value === undefined || (Array.isArray(value) && value.every(isCall));
  return TEXTS.find((field) => !isText(extra[field])) ?? CALLS.find((field) => !areCalls(extra[field]));
}

function isCall(value: unknown): value is ToolCall {
  if (!isFields(value)) return false;
  const call = "function" in value ? value.function : value;
  if (!isFields(call) || typeof call.name !== "string") return false;
  return typeof call.arguments === "string" || isFields(call.arguments);
}

function isTool(value: unknown): value is Tool {
  if (!isFields(value)) return false;
  const tool = "function" in value ? value.function : value;
  return isFields(tool) && typeof tool.name === "string" && tool.name !== "";
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
