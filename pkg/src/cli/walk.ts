/** Which files there are to count: what was named, and what is in the folders that were. */

import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** Why something was left out. */
export type SkipReason = "binary" | "link" | "special";

/** Why something could not be counted: it is not there, may not be read, cannot be read, or has nowhere to be cut. */
export type FailReason = "not-found" | "denied" | "unreadable" | "too-long";

/** What there is to count, in the order of the arguments and within a folder of the bytes of names. */
export interface Found {
  /** `-` is standard input. */
  readonly files: { readonly path: string; readonly isNamed: boolean }[];
  readonly skipped: { readonly path: string; readonly why: SkipReason }[];
  readonly failed: { readonly path: string; readonly why: FailReason }[];
}

/** Finds what there is to count. A folder is read once, and no link in it is followed, so there is no loop. */
export function find(inputs: readonly string[], honoursIgnore: boolean): Found {
  const found: Found = { files: [], skipped: [], failed: [] };
  for (const path of inputs) {
    try {
      if (path !== "-" && statSync(path).isDirectory()) {
        walk(path, honoursIgnore ? Rules.above(resolve(path)) : undefined, found);
      } else found.files.push({ path, isNamed: true });
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
  const rules = above?.with(resolve(folder));
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  for (const entry of entries) {
    const path =
      folder === "." ? entry.name : folder.endsWith("/") ? folder + entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith(".") || rules?.leavesOut(resolve(path), entry.isDirectory())) continue;
    if (entry.isDirectory()) walk(path, rules, found);
    else if (entry.isFile()) found.files.push({ path, isNamed: false });
    else found.skipped.push({ path, why: entry.isSymbolicLink() ? "link" : "special" });
  }
}

/** The .gitignore files from a folder upwards, as one: of all lines that fit a path the last one decides. */
class Rules {
  readonly #top: string;
  readonly #lines: readonly string[];
  readonly #matcher: Ignore;

  private constructor(top: string, lines: readonly string[]) {
    this.#top = top;
    this.#lines = lines;
    this.#matcher = ignore({ ignorecase: false }).add(lines);
  }

  /**
   * Returns the rules above a folder: those of the repository that it is in. A folder that they leave out was named
   * nevertheless, so they say nothing of what is in it.
   */
  static above(folder: string): Rules {
    const folders = [folder];
    for (let at = folder; !existsSync(resolve(at, ".git")); at = dirname(at)) {
      if (at === dirname(at)) return new Rules(folder, []);
      folders.unshift(dirname(at));
    }
    const [top = folder] = folders;
    let rules = new Rules(top, []);
    for (const at of folders) {
      if (at !== top && rules.leavesOut(at, true)) return new Rules(folder, []);
      if (at !== folder) rules = rules.with(at);
    }
    return rules;
  }

  /** Returns the rules with those of a folder further down. */
  with(folder: string): Rules {
    let text: string;
    try {
      text = readFileSync(resolve(folder, ".gitignore"), "utf8");
    } catch {
      return this;
    }
    const inside = relative(this.#top, folder).split(sep).join("/");
    const lines = text.split(/\r?\n/).flatMap((line) => lineFrom(line, inside));
    return new Rules(this.#top, [...this.#lines, ...lines]);
  }

  leavesOut(path: string, isFolder: boolean): boolean {
    const inside = relative(this.#top, path).split(sep).join("/");
    return this.#matcher.ignores(isFolder ? `${inside}/` : inside);
  }
}

/** Returns a line of a folder's .gitignore as one that says the same further up. */
function lineFrom(line: string, folder: string): string[] {
  if (folder === "") return [line];
  if (line === "" || line.startsWith("#")) return [];
  const [, not = "", pattern = ""] = /^(!?)(.*)$/.exec(line) ?? [];
  const escaped = folder.replace(/[\\*?[\]!#\s]/g, "\\$&");
  const isAnchored = /\/(?!\s*$)/.test(pattern);
  return [`${not}/${escaped}/${isAnchored ? pattern.replace(/^\//, "") : `**/${pattern}`}`];
}
