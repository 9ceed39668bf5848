/** Which frame a model uses, where it is published, and how sure it is. */

import { type Before, byPrefix, prefixes } from "../encodings.js";
import type { Chat } from "./messages.js";
import type { Prompt } from "./prompt.js";
import { published } from "./published.js";
import { ranged, relatives } from "./ranged.js";
import type { Margin } from "./rules.js";

/** Where a frame is published. */
export interface FormatSource {
  /** For people: a file of the vendor's, or who has measured it. */
  readonly name: string;
  /** Of a package. */
  readonly version?: string;
  /** Where it can be read. */
  readonly url?: string;
}

/** A vendor's frame. */
export interface Format {
  readonly name: string;
  /** The ids of the models that use it, as in data/encodings.toml: a prefix, with `*` whatever follows. */
  readonly models: string;
  readonly source: FormatSource;
  readonly specials: readonly string[];
  readonly write: (prompt: Prompt, chat: Chat) => void;
  /** What the frame has no place for: declared tools, or calls. A server has its own way then, and nobody knows what it costs. */
  readonly lacks?: readonly ("tools" | "calls")[];
  /** How far the count may be off. */
  readonly margin?: (chat: Chat) => Margin;
  /** Why it is not exact; where there is a margin, only if that is not nothing. */
  readonly why?: string;
}

let entries: Map<string, { before: Before; format: Format }> | undefined;

/** Returns the frame that a model uses, or `undefined`. */
export function formatOf(model: string): Format | undefined {
  entries ??= new Map(entriesOf());
  return byPrefix(entries, model)?.format;
}

function* entriesOf(): Generator<[string, { before: Before; format: Format }]> {
  const all = published();
  for (const format of [...all, ...relatives(all), ...ranged()]) {
    for (const [prefix, before] of prefixes(format.models)) yield [prefix, { before, format }];
  }
}
