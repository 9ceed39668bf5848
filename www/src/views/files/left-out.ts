/**
 * Which files are left out, and why: by the rules of the command line (hidden files, .gitignore), and what tools keep for themselves. What
 * the reader named, a file alone or a folder itself, is never left out.
 */

import { Rules } from "tokimeter-gitignore";
import type { Entry, Folder } from "./tree.ts";

/** In the order in which they are looked at. */
export const REASONS = ["tools", "hidden", "ignored"] as const;
export type Reason = (typeof REASONS)[number];
/** Which reasons count. */
export type Switches = Readonly<Record<Reason, boolean>>;

const TOOL_FOLDERS: ReadonlySet<string> = new Set([".git", "node_modules"]);

/** Marks what is left out, of a folder that holds what was named. Yields between files. */
export function* markLeftOut(
  named: Folder,
  switches: Switches,
  ignoreFiles: ReadonlyMap<string, string>,
): Generator<void> {
  for (const entry of named.files) entry.leftOut = undefined;
  for (const folder of named.folders.values()) {
    yield* mark(folder, Rules.of(folder.path), undefined, switches, ignoreFiles);
  }
}

function* mark(
  folder: Folder,
  above: Rules,
  inherited: Reason | undefined,
  switches: Switches,
  ignoreFiles: ReadonlyMap<string, string>,
): Generator<void> {
  const text = inherited === undefined && switches.ignored ? ignoreFiles.get(folder.path) : undefined;
  const rules = text === undefined ? above : above.with(folder.path, text);
  const reasonOf = ({ name, path }: Entry | Folder, isFolder: boolean): Reason | undefined => {
    if (inherited) return inherited;
    if (switches.tools && isFolder && TOOL_FOLDERS.has(name)) return "tools";
    if (switches.hidden && name.startsWith(".")) return "hidden";
    return switches.ignored && rules.leavesOut(path, isFolder) ? "ignored" : undefined;
  };
  for (const entry of folder.files) {
    entry.leftOut = reasonOf(entry, false);
    yield;
  }
  for (const inside of folder.folders.values()) {
    yield* mark(inside, rules, reasonOf(inside, true), switches, ignoreFiles);
  }
}
