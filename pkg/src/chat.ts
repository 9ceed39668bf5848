/**
 * Conversations in tokens: messages, roles, tools and images as each vendor frames them.
 *
 * A vendor turns a conversation into one prompt by a template, and counts that. `countChat` writes the same prompt and counts it
 * with the tokenizer that it is given, and says whose each token is. Where the vendor has published no template, the frame is a
 * range, with its source.
 *
 * @module
 */

import { type Format, type FormatSource, formatOf } from "./chat/formats.js";
import { imageTokens } from "./chat/images.js";
import { type Chat, declaredOf, type Message, type Tool, type Turn, turnOf } from "./chat/messages.js";
import { Prompt, REPLY, TOOLS } from "./chat/prompt.js";
import { type Margin, texts } from "./chat/rules.js";
import { strip } from "./chat/text.js";
import { resolve } from "./encodings.js";
import type { TokenRange } from "./live.js";

export type { FormatSource } from "./chat/formats.js";
export type {
  Detail,
  ImagePart,
  Message,
  Part,
  Role,
  Tool,
  ToolCall,
  ToolFunction,
} from "./chat/messages.js";

/** What counts the texts: a `Tokenizer`, or anything that counts. */
export interface Counter {
  /** Returns how many tokens a text is, by itself. */
  count(text: string): number;
  /** Returns the range that holds the count, where that is not exact; without it, `low` and `high` are of the frame alone. */
  range?(text: string): TokenRange;
  /** How sure its counts are. */
  readonly basis: "exact" | "calibrated" | "estimated";
  /** The name of its encoding, if it has one; it is compared with that of the model. */
  readonly name?: string;
  /** Why the model is taken to use this encoding, where its vendor has not said. */
  readonly assumption?: string;
}

/** How to count a conversation. */
export interface ChatOptions {
  /** The model's id, as people write it. */
  readonly model: string;
  /** What the model may call; none if it is left out. */
  readonly tools?: readonly Tool[];
  /** Whether the prompt for the reply is counted; it is unless this is `false`. */
  readonly generationPrompt?: boolean;
  /** Whether the model is to think, where its template has such a switch; the template's default if it is left out. */
  readonly thinking?: boolean;
  /** Today's date as the template writes it, where it does (Llama 3.1: "26 Jul 2024" if it is left out; gpt-oss: any is the same). */
  readonly date?: string;
}

/** A conversation in tokens. `messages`, `tools` and `reply` add up to `tokens`. */
export interface ChatCount {
  /** How many tokens the conversation is; from `low` to `high`. */
  readonly tokens: number;
  /** The fewest that it may be; as `tokens` where the count is exact. */
  readonly low: number;
  /** The most that it may be; as `tokens` where the count is exact. */
  readonly high: number;
  /** `"exact"`: as the published template and the vocabulary have it. Else `why` says what is not. */
  readonly basis: "exact" | "calibrated" | "estimated";
  /** Tokens of each message, with its frame and its images. */
  readonly messages: readonly number[];
  /** Tokens that declare the tools. */
  readonly tools: number;
  /** Tokens of no message: the beginning, what the template adds by itself, the prompt for the reply. */
  readonly reply: number;
  /** The frame's name; `undefined` if none is known for the model. */
  readonly format?: string;
  /** Where the frame is published. */
  readonly source?: FormatSource;
  /** What is not in `tokens`, because nobody has published what it costs. */
  readonly unknown: readonly ("image" | "tools")[];
  /** Why it is not exact. */
  readonly why?: string;
}

/**
 * Returns a conversation in tokens.
 *
 * The text of special tokens within messages counts as ordinary text, as vendors' APIs take it; a template that is rendered to one
 * string, as some servers do, would match it. Several texts of one message are counted as one, joined.
 *
 * A model whose frame is not known is no error: then `format` is `undefined`, and the range says how far frames may differ.
 *
 * Linear in the text, as the tokenizer is; where messages share a text between two special tokens, times their number.
 */
export function countChat(tokenizer: Counter, messages: readonly Message[], options: ChatOptions): ChatCount {
  const turns = messages.map(turnOf);
  const format = formatOf(options.model);
  const chat = chatOf(turns, options, format);
  const prompt = new Prompt(format?.specials ?? []);
  if (format) format.write(prompt, chat);
  else texts(prompt, chat, { message: 4, system: 4, tools: 0, reply: 2 });
  const [fewer, further] = marginOf(tokenizer, prompt);
  const counted = prompt.count((text) => tokenizer.count(text));
  const reasons = reasonsOf(tokenizer, options.model, format);
  const [less, more] = format ? (format.margin?.(chat) ?? [0, 0]) : widest(chat);
  const images = turns.map((turn) => imagesOf(options.model, turn));
  const tokens = [...counted.values(), ...images.map((each) => each.tokens)].reduce(
    (sum, each) => sum + each,
    0,
  );
  if (format?.why !== undefined && (format.margin === undefined || less + more > 0)) reasons.push(format.why);
  if (images.some((each) => each.low !== each.high)) reasons.push("the rule for images is approximate");
  const unknown: ("image" | "tools")[] = [];
  if (images.some((each) => each.unknown > 0)) unknown.push("image");
  const hasTools = chat.tools.length > 0;
  if (hasNoPlace(chat, format?.lacks ?? []) || (hasTools && !counted.has(TOOLS))) unknown.push("tools");
  if (turns.some(({ text }, at) => strip(text) !== "" && !counted.has(at)))
    reasons.push("the template has no place for one of the messages");
  if (unknown.length > 0) reasons.push(`nothing is published about ${unknown.join(" and ")} here`);
  return {
    tokens,
    low: Math.max(0, tokens - less - fewer - images.reduce((sum, each) => sum + each.tokens - each.low, 0)),
    high: tokens + more + further + images.reduce((sum, each) => sum + each.high - each.tokens, 0),
    basis: basisOf(tokenizer, options.model, format, reasons),
    messages: turns.map((_, at) => (counted.get(at) ?? 0) + (images[at]?.tokens ?? 0)),
    tools: counted.get(TOOLS) ?? 0,
    reply: counted.get(REPLY) ?? 0,
    unknown,
    ...(format === undefined ? {} : { format: format.name, source: format.source }),
    ...(reasons.length === 0 ? {} : { why: reasons.join("; ") }),
  };
}

/** How far the texts' counts may be off. */
function marginOf(tokenizer: Counter, prompt: Prompt): Margin {
  let [less, more] = [0, 0];
  if (tokenizer.basis === "exact" || !tokenizer.range) return [less, more];
  for (const text of prompt.texts()) {
    const { tokens, low, high } = tokenizer.range(text);
    [less, more] = [less + tokens - low, more + high - tokens];
  }
  return [less, more];
}

/** Whether there are tools, calls or their answers that the frame has no place for. */
function hasNoPlace({ turns, tools }: Chat, lacks: readonly ("tools" | "calls")[]): boolean {
  if (lacks.includes("tools") && tools.length > 0) return true;
  return (
    lacks.includes("calls") &&
    turns.some(({ calls, role }) => calls.length > 0 || (role === "tool" && lacks.length > 1))
  );
}

/** Most templates know no developer: it is the system to them. */
function chatOf(turns: readonly Turn[], options: ChatOptions, format: Format | undefined): Chat {
  const keepsDevelopers =
    format === undefined || format.name === "harmony" || format.name.startsWith("openai");
  return {
    turns: keepsDevelopers
      ? turns
      : turns.map((turn) => (turn.role === "developer" ? { ...turn, role: "system" } : turn)),
    tools: (options.tools ?? []).map(declaredOf),
    reply: options.generationPrompt !== false,
    thinking: options.thinking,
    date: options.date,
  };
}

function basisOf(
  { basis, assumption }: Counter,
  model: string,
  format: Format | undefined,
  reasons: readonly string[],
): ChatCount["basis"] {
  if (basis === "estimated" || format === undefined || assumption !== undefined) return "estimated";
  if (basis === "exact" && reasons.length === 0) return "exact";
  return resolve(model) === undefined ? "estimated" : "calibrated";
}

function reasonsOf(
  { basis, name, assumption }: Counter,
  model: string,
  format: Format | undefined,
): string[] {
  const reasons: string[] = [];
  const wanted = resolve(model)?.encoding;
  if (basis !== "exact") reasons.push(`the texts' counts are ${basis}`);
  if (assumption !== undefined) reasons.push(assumption);
  if (name !== undefined && wanted !== undefined && name !== wanted) {
    reasons.push(`the texts are counted with ${name}, but ${model} uses ${wanted}`);
  }
  if (format === undefined) {
    reasons.push(
      `how ${JSON.stringify(model)} frames messages is not known; the range is that of the frames that are`,
    );
  }
  return reasons;
}

/** From no frame to 8 tokens a message, 400 for tools and 200 that a template adds by itself. */
function widest({ turns, tools }: Chat): Margin {
  return [4 * turns.length + 2, 4 * turns.length + 200 + (tools.length > 0 ? 400 : 0)];
}

interface Images {
  readonly tokens: number;
  readonly low: number;
  readonly high: number;
  readonly unknown: number;
}

function imagesOf(model: string, turn: Turn): Images {
  let [tokens, low, high, unknown] = [0, 0, 0, turn.unsized];
  for (const image of turn.images) {
    const range = imageTokens(model, image);
    if (range === undefined) unknown++;
    else [tokens, low, high] = [tokens + range.tokens, low + range.low, high + range.high];
  }
  return { tokens, low, high, unknown };
}
