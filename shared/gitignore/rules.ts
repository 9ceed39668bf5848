/**
 * The .gitignore files of a folder and of those in it, as git reads them: of all lines that fit a path the last one decides. So they are
 * one list, seen from the top. Asking the nearest file first is not the same: where a folder is left out, nothing in it can be asked back.
 *
 * The command line, the site and the editor's extension bundle it; the package itself has no dependency.
 */

import ignore, { type Ignore } from "ignore";

/** Rules for paths below one folder. Paths have slashes, and come with those of the folders above them looked at before. */
export class Rules {
  readonly #top: string;
  readonly #lines: readonly string[];
  readonly #matcher: Ignore;

  private constructor(top: string, lines: readonly string[]) {
    this.#top = top;
    this.#lines = lines;
    this.#matcher = ignore({ ignorecase: false }).add(lines);
  }

  /** Returns no rules yet, for the folder at that path and all that is in it. */
  static of(top: string): Rules {
    return new Rules(top.replace(/\/$/, ""), []);
  }

  /** Returns the rules with those of a folder, which are the text of its .gitignore. */
  with(folder: string, text: string): Rules {
    const inside = this.#inside(folder);
    const lines = text
      .replace(/^\ufeff/, "")
      .split(/\r?\n/)
      .flatMap((line) => lineFrom(line, inside));
    return new Rules(this.#top, [...this.#lines, ...lines]);
  }

  /** Returns whether what is at that path is left out. */
  leavesOut(path: string, isFolder: boolean): boolean {
    if (this.#lines.length === 0) return false;
    const inside = this.#inside(path);
    return this.#matcher.ignores(isFolder ? `${inside}/` : inside);
  }

  #inside(path: string): string {
    return path.slice(this.#top.length + 1);
  }
}

/** Returns a line of a folder's .gitignore as one that says the same further up. */
function lineFrom(line: string, folder: string): string[] {
  if (folder === "") return [line];
  const [, not = "", pattern = ""] = /^(!?)(.*)$/.exec(line) ?? [];
  // Behind the folder's path it would no longer say nothing.
  if (line.startsWith("#") || /^ *$/.test(pattern)) return [];
  const escaped = folder.replace(/[\\*?[\]!#\s]/g, "\\$&");
  const isAnchored = /\/(?!\s*$)/.test(pattern);
  return [`${not}/${escaped}/${isAnchored ? pattern.replace(/^\//, "") : `**/${pattern}`}`];
}
