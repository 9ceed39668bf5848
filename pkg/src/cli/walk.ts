/** Which files there are to count: what was named, and what is in the folders that were. */

import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { Rules } from "tokimeter-gitignore";

/** Why something was left out. */
export type SkipReason = "binary" | "link" | "special";

/** Why something could not be counted: it is not there, may not be read, cannot be read, or has nowhere to be cut. */
export type FailReason = "not-found" | "denied" | "unreadable" | "too-long";

/** A file to count. */
export interface Input {
  /** What it is called in the report. */
  readonly label: string;
  /** Where it is; undefined is standard input. */
  readonly path: string | undefined;
  readonly isNamed: boolean;
}

/** What there is to count, in the order of the arguments and within a folder of the bytes of names. */
export interface Found {
  readonly files: Input[];
  readonly skipped: { readonly path: string; readonly why: SkipReason }[];
  readonly failed: { readonly path: string; readonly why: FailReason }[];
}

/** Finds what there is to count. A folder is read once, and no link in it is followed, so there is no loop. */
export function find(inputs: readonly string[], honoursIgnore: boolean): Found {
  const found: Found = { files: [], skipped: [], failed: [] };
  for (const path of inputs) {
    if (path === "-") {
      found.files.push({ label: path, path: undefined, isNamed: true });
      continue;
    }
    try {
      if (statSync(path).isDirectory()) {
        walk(path, honoursIgnore ? rulesAbove(resolve(path)) : undefined, found);
      } else found.files.push({ label: path, path, isNamed: true });
    } catch (error) {
      found.failed.push({ path, why: reasonOf(error) });
    }
  }
  return found;
}

/**
 * Returns what an error of the file system is here.
 * @throws what is no error of the file system
 */
export function reasonOf(error: unknown): FailReason {
  if (!(error instanceof Error && "syscall" in error && "code" in error)) throw error;
  const { code } = error;
  if (code === "ENOENT" || code === "ENOTDIR") return "not-found";
  return code === "EACCES" || code === "EPERM" ? "denied" : "unreadable";
}

function walk(folder: string, above: Rules | undefined, found: Found): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    found.failed.push({ path: folder, why: reasonOf(error) });
    return;
  }
  const rules = above && withOwn(above, resolve(folder));
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  for (const entry of entries) {
    const path =
      folder === "." ? entry.name : folder.endsWith("/") ? folder + entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith(".") || rules?.leavesOut(slashed(resolve(path)), entry.isDirectory())) continue;
    if (entry.isDirectory()) walk(path, rules, found);
    else if (entry.isFile()) found.files.push({ label: path, path, isNamed: false });
    else found.skipped.push({ path, why: entry.isSymbolicLink() ? "link" : "special" });
  }
}

/**
 * Returns the rules above a folder: those of the repository that it is in. A folder that they leave out was named
 * nevertheless, so they say nothing of what is in it.
 */
function rulesAbove(folder: string): Rules {
  const none = Rules.of(slashed(folder));
  const folders = [folder];
  for (let at = folder; !existsSync(resolve(at, ".git")); at = dirname(at)) {
    if (at === dirname(at)) return none;
    folders.unshift(dirname(at));
  }
  const [top = folder] = folders;
  let rules = Rules.of(slashed(top));
  for (const at of folders) {
    if (at !== top && rules.leavesOut(slashed(at), true)) return none;
    if (at !== folder) rules = withOwn(rules, at);
  }
  return rules;
}

/** Returns the rules with those of a folder, if it has any. */
function withOwn(rules: Rules, folder: string): Rules {
  try {
    return rules.with(slashed(folder), readFileSync(resolve(folder, ".gitignore"), "utf8"));
  } catch {
    return rules;
  }
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
