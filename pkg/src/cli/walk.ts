/** Which files there are to count: what was named, and what is in the folders that were. */

import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, posix, resolve, sep } from "node:path";
import { Rules } from "tokimeter-gitignore";

/** Why something was left out. */
export type SkipReason = "binary" | "link" | "special";

/** Why something could not be counted: it is not there, may not be read, cannot be read, or has nowhere to be cut. */
export type FailReason = "not-found" | "denied" | "unreadable" | "too-long";

/** A file to count. */
export interface Input {
  /** What it is called in the report. */
  readonly label: string;
  /** Where it is, in bytes where it was found, since they need not be UTF-8; undefined is standard input. */
  readonly path: string | Buffer | undefined;
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
        const whole = resolve(path);
        const rules = honoursIgnore ? rulesAbove(whole) : undefined;
        walk({ label: path, path: Buffer.from(path), whole: slashed(whole) }, rules, found);
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

/** A folder to look into: what it is called, where it is, and where that is from the root, in text, as rules have it. */
interface Folder {
  readonly label: string;
  readonly path: Buffer;
  readonly whole: string;
}

function walk({ label, path: folder, whole }: Folder, above: Rules | undefined, found: Found): void {
  let entries: Dirent<Buffer>[];
  try {
    entries = readdirSync(folder, { encoding: "buffer", withFileTypes: true });
  } catch (error) {
    found.failed.push({ path: label, why: reasonOf(error) });
    return;
  }
  const rules = above && withOwn(above, whole, folder);
  entries.sort((a, b) => Buffer.compare(a.name, b.name));
  for (const entry of entries) {
    const name = entry.name.toString();
    const inside: Folder = {
      label: label === "." ? name : label.endsWith("/") ? label + name : `${label}/${name}`,
      path: below(folder, entry.name),
      whole: posix.join(whole, name),
    };
    if (name.startsWith(".") || rules?.leavesOut(inside.whole, entry.isDirectory())) continue;
    if (entry.isDirectory()) walk(inside, rules, found);
    else if (entry.isFile()) found.files.push({ ...inside, isNamed: false });
    else found.skipped.push({ path: inside.label, why: entry.isSymbolicLink() ? "link" : "special" });
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
    if (at !== folder) rules = withOwn(rules, slashed(at));
  }
  return rules;
}

/** Returns the rules with those of a folder, if it has any. */
function withOwn(rules: Rules, whole: string, folder: Buffer = Buffer.from(whole)): Rules {
  try {
    const file = below(folder, Buffer.from(".gitignore"));
    // Of what is no file, such as a FIFO, no end may be read.
    return statSync(file).isFile() ? rules.with(whole, readFileSync(file, "utf8")) : rules;
  } catch {
    return rules;
  }
}

function below(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from("/"), name]);
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
