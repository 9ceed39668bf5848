/**
 * Hints as markers of a Monaco model: where tokens can be saved, and what should not be sent. Loaded when they are asked for. What a
 * hint saves is counted by a meter of its own, made as the editor's is, so that it may be one in a worker.
 */

import type { editor } from "monaco-editor";
import type { MakeMeter } from "../feed.js";
import { explain, findings, type Hint } from "../hints.js";
import { hintsBy } from "../meter-hints.js";
import { rangeOf } from "./tokens.js";
import type { StatusLanguage } from "./words.js";

/** Returns the markers of a model's text. Linear, besides two edits for each hint. */
export async function markersOf(
  model: editor.ITextModel,
  name: string,
  make: MakeMeter,
  language: StatusLanguage,
  signal: AbortSignal,
): Promise<editor.IMarkerData[]> {
  const text = model.getValue();
  const found = findings(text);
  if (found.length === 0) return [];
  const meter = await make(name, { text, signal });
  const hints: Hint[] = [];
  try {
    signal.throwIfAborted();
    for await (const hint of hintsBy(meter, text, found)) {
      if (hint) hints.push(hint);
      signal.throwIfAborted();
    }
  } finally {
    meter.dispose();
  }
  return hints.map((hint) => ({
    ...rangeOf(model.getPositionAt(hint.from), model.getPositionAt(hint.to)),
    message: explain(hint, language),
    source: "tokimeter",
    code: hint.kind,
    // A warning, or information.
    severity: hint.kind === "credential" ? 4 : 2,
  }));
}
