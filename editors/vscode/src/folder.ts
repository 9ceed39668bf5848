/**
 * Counts the files of a folder, one by one: each as it would be sent alone.
 */

import type { Tokenizer, TokenRange } from "tokimeter";
import { type CancellationToken, type Progress, type Uri, workspace } from "vscode";
import { filesIn, type Unread } from "./walk.ts";

/** A file that was counted. */
export interface CountedFile {
  readonly path: string;
  readonly tokens: number;
  readonly low: number;
  readonly high: number;
}

/** What was counted of a folder. */
export interface FolderCount {
  readonly folder: Uri;
  /** The largest first. */
  readonly files: readonly CountedFile[];
  /** What was not counted, and why. */
  readonly skipped: readonly (Unread | { readonly path: string; readonly why: Skipped })[];
  /** Whether a person stopped it, so that some files may be neither counted nor skipped. */
  readonly isStopped: boolean;
}

/** Why a file is no text that is counted. */
export type Skipped = "binary" | "not-utf-8" | "too-large";

/** Files with more bytes are not read: the editor's memory has other uses. */
const MOST_BYTES = 50_000_000;
/** As in git, a file with a NUL near its beginning is not text. */
const NUL_WITHIN = 8_000;
/** More code units are counted in turns. */
const LARGE = 65_536;

/** Counts the files of a folder. When the token is cancelled, what was counted until then is returned. */
export async function countFolder(
  folder: Uri,
  tokenizer: Tokenizer<string>,
  progress: Progress<{ message?: string; increment?: number }>,
  token: CancellationToken,
): Promise<FolderCount> {
  const { files, unread } = await filesIn(folder, token);
  const counted: CountedFile[] = [];
  const skipped: FolderCount["skipped"][number][] = [...unread];
  for (const { uri, path } of files) {
    if (token.isCancellationRequested) break;
    progress.report({ message: path, increment: 100 / files.length });
    try {
      const read = await textOf(uri);
      if ("why" in read) skipped.push({ path, why: read.why });
      else counted.push({ path, ...(await rangeOf(read.text, tokenizer, token)) });
    } catch (why) {
      if (!token.isCancellationRequested) skipped.push({ path, why });
    }
  }
  counted.sort((a, b) => b.tokens - a.tokens);
  return { folder, files: counted, skipped, isStopped: token.isCancellationRequested };
}

async function textOf(uri: Uri): Promise<{ readonly text: string } | { readonly why: Skipped }> {
  const { size } = await workspace.fs.stat(uri);
  if (size > MOST_BYTES) return { why: "too-large" };
  const bytes = await workspace.fs.readFile(uri);
  if (bytes.subarray(0, NUL_WITHIN).includes(0)) return { why: "binary" };
  try {
    // A byte order mark is dropped, as it is where the editor opens the file.
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { why: "not-utf-8" };
  }
}

async function rangeOf(
  text: string,
  tokenizer: Tokenizer<string>,
  token: CancellationToken,
): Promise<TokenRange> {
  if (text.length <= LARGE) return tokenizer.range(text);
  const stop = new AbortController();
  const listener = token.onCancellationRequested(() => stop.abort());
  try {
    const live = await tokenizer.liveAsync(text, { signal: stop.signal });
    const range = live.range();
    live.dispose();
    return range;
  } finally {
    listener.dispose();
  }
}
