/**
 * Conversations as people pass them, and in the one shape that frames read.
 */

import { type Json, type JsonObject, parseObject } from "./json.js";

/** Who a message is from. */
export type Role = "system" | "developer" | "user" | "assistant" | "tool";

/** A part of a message. */
export type Part =
  | {
      /** What tells a text from an image. */
      readonly type: "text";
      /** What is said. */
      readonly text: string;
    }
  | ImagePart
  | {
      /** What tells it from a text. */
      readonly type: "image_url";
      /** OpenAI's shape, with the size in pixels, which the URL alone does not tell. */
      readonly image_url: {
        /** Not read. */
        readonly url?: string;
        /** How closely the model is to look; `"auto"` if it is left out. */
        readonly detail?: Detail;
        /** In pixels; without its size, what the image costs is not known. */
        readonly width?: number;
        /** In pixels, as `width`. */
        readonly height?: number;
      };
    };

/** How closely a vendor looks at an image, where it lets one choose. */
export type Detail = "low" | "high" | "auto";

/** An image, by its size in pixels. */
export interface ImagePart {
  /** What tells an image from a text. */
  readonly type: "image";
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** How closely the model is to look; `"auto"` if it is left out. */
  readonly detail?: Detail;
}

/** A call of a tool, as in OpenAI's API or flat. Arguments are an object, or the JSON of one. */
export type ToolCall =
  | {
      /** What the answer names it by. */
      readonly id?: string;
      /** Of the tool. */
      readonly name: string;
      /** What it is called with. */
      readonly arguments: string | object;
    }
  | {
      /** What the answer names it by. */
      readonly id?: string;
      /** As OpenAI writes it. */
      readonly type?: "function";
      /** What is called. */
      readonly function: {
        /** Of the tool. */
        readonly name: string;
        /** What it is called with. */
        readonly arguments: string | object;
      };
    };

/** A message, with the names of either house style. */
export interface Message {
  /** Who speaks. */
  readonly role: Role;
  /** What is said; nothing, for one that only calls tools. */
  readonly content?: string | readonly Part[] | null;
  /** Who of several, where the vendor's format has names; of a tool's answer, the tool. */
  readonly name?: string;
  /** The tools that the model calls. */
  readonly toolCalls?: readonly ToolCall[];
  /** As `toolCalls`, in OpenAI's spelling. */
  readonly tool_calls?: readonly ToolCall[];
  /** Of a tool's answer: the call that it answers. */
  readonly toolCallId?: string;
  /** As `toolCallId`, in OpenAI's spelling. */
  readonly tool_call_id?: string;
  /** What the model thought, where the vendor sends it back. */
  readonly reasoning?: string;
  /** As `reasoning`, in DeepSeek's spelling. */
  readonly reasoning_content?: string;
}

/** A function that the model may call; `parameters` is a JSON schema. */
export interface ToolFunction {
  /** By which the model calls it. */
  readonly name: string;
  /** What the model is told of it. */
  readonly description?: string;
  /** A JSON Schema of its arguments. */
  readonly parameters?: object;
}

/** A tool, flat or as in OpenAI's API. */
export type Tool =
  | ToolFunction
  | {
      /** As OpenAI writes it. */
      readonly type?: "function";
      /** The tool. */
      readonly function: ToolFunction;
    };

/** A call, as frames read it. */
export interface Call {
  readonly id: string;
  readonly name: string;
  /** As it was given. */
  readonly given: string | JsonObject;
  /** The object, if it is one or the JSON of one. */
  readonly object: JsonObject | undefined;
}

/** A message, as frames read it. */
export interface Turn {
  readonly role: Role;
  /** The text of all its parts, joined. */
  readonly text: string;
  /** Whether it has content at all, were it empty. */
  readonly hasText: boolean;
  readonly name: string;
  readonly calls: readonly Call[];
  readonly callId: string;
  readonly reasoning: string | undefined;
  readonly images: readonly ImagePart[];
  /** Images of unknown size. */
  readonly unsized: number;
}

/** A tool, as frames read it: the function, and what OpenAI's API wraps it in. */
export interface Declared {
  readonly function: JsonObject;
  readonly wrapped: JsonObject;
}

/** A conversation, as frames read it. */
export interface Chat {
  readonly turns: readonly Turn[];
  readonly tools: readonly Declared[];
  /** Whether the prompt for the reply is asked for. */
  readonly reply: boolean;
  /** Whether the model is to think, where its template lets one choose; `undefined` is the template's default. */
  readonly thinking: boolean | undefined;
  /** Today, as the template is told; `undefined` is the template's default. */
  readonly date: string | undefined;
}

/** Returns a message in the shape that frames read. */
export function turnOf(message: Message): Turn {
  const { role, content, name = "" } = message;
  const parts: readonly Part[] = Array.isArray(content) ? content : [];
  const images = parts.filter((part) => part.type !== "text").map(imageOf);
  const sized = images.filter((image): image is ImagePart => image !== undefined);
  return {
    role,
    text: typeof content === "string" ? content : parts.map(textOf).join(""),
    hasText: content !== undefined && content !== null,
    name,
    calls: (message.toolCalls ?? message.tool_calls ?? []).map(callOf),
    callId: message.toolCallId ?? message.tool_call_id ?? "",
    reasoning: message.reasoning ?? message.reasoning_content,
    images: sized,
    unsized: images.length - sized.length,
  };
}

/** Returns a tool in the shape that frames read. */
export function declaredOf(tool: Tool): Declared {
  const json = tool as unknown as JsonObject;
  if ("function" in tool) return { function: json.function as JsonObject, wrapped: json };
  return { function: json, wrapped: { type: "function", function: json } };
}

/** Returns a call's arguments as an object; what is not the JSON of one is the value of one key. */
export function argumentsOf({ given, object }: Call): JsonObject {
  return object ?? { arguments: given };
}

function textOf(part: Part): string {
  return part.type === "text" ? part.text : "";
}

function imageOf(part: Part): ImagePart | undefined {
  if (part.type === "image") return part;
  if (part.type === "text") return undefined;
  const { width, height, detail } = part.image_url;
  if (width === undefined || height === undefined) return undefined;
  return { type: "image", width, height, ...(detail === undefined ? {} : { detail }) };
}

function callOf(call: ToolCall): Call {
  const { name, arguments: given } = "function" in call ? call.function : call;
  if (typeof given === "string") return { id: call.id ?? "", name, given, object: parseObject(given) };
  const object = given as { readonly [key: string]: Json };
  return { id: call.id ?? "", name, given: object, object };
}
