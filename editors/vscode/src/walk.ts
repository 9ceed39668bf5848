/**
 * The files of a folder, without what its .gitignore files leave out.
 */

import { Rules } from "tokimeter-gitignore";
import { type CancellationToken, FileType, Uri, workspace } from "vscode";

/** A file of the folder. */
export interface Found {
  readonly uri: Uri;
  /** Where it is in the folder. */
  readonly path: string;
}

/** What could not be walked, and why. */
export interface Unread {
  readonly path: string;
  readonly why: unknown;
}

/**
 * Returns the files of a folder and of those in it, by name. The .gitignore files in them hold, and those of the
 * folders above, up to the one that is open. Links are not followed, so nothing is found twice and no walk is endless.
 */
export async function filesIn(
  root: Uri,
  token: CancellationToken,
): Promise<{ files: Found[]; unread: Unread[] }> {
  const files: Found[] = [];
  const unread: Unread[] = [];
  const walk = async (folder: Uri, path: string, above: Rules): Promise<void> => {
    if (token.isCancellationRequested) return;
    try {
      const entries = await workspace.fs.readDirectory(folder);
      const hasRules = entries.some(([name, type]) => name === ".gitignore" && type & FileType.File);
      const rules = hasRules ? await withOwn(above, folder) : above;
      for (const [name, type] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
        const uri = Uri.joinPath(folder, name);
        const isFolder = (type & FileType.Directory) !== 0;
        if (name === ".git" || type & FileType.SymbolicLink || rules.leavesOut(uri.path, isFolder)) continue;
        if (isFolder) await walk(uri, `${path}${name}/`, rules);
        else files.push({ uri, path: path + name });
      }
    } catch (why) {
      unread.push({ path: path || ".", why });
    }
  };
  await walk(root, "", await rulesAbove(root));
  return { files, unread };
}

/** A folder that the rules above leave out was named nevertheless, so they say nothing of what is in it. */
async function rulesAbove(root: Uri): Promise<Rules> {
  const top = workspace.getWorkspaceFolder(root)?.uri ?? root;
  let rules = Rules.of(top.path);
  const names = root.path.slice(top.path.length).split("/").filter(Boolean);
  for (let depth = 0; depth < names.length; depth++) {
    // Most folders have none.
    rules = await withOwn(rules, Uri.joinPath(top, ...names.slice(0, depth))).catch(() => rules);
    if (rules.leavesOut(Uri.joinPath(top, ...names.slice(0, depth + 1)).path, true))
      return Rules.of(root.path);
  }
  return rules;
}

async function withOwn(rules: Rules, folder: Uri): Promise<Rules> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(folder, ".gitignore"));
  return rules.with(folder.path.replace(/\/$/, ""), new TextDecoder().decode(bytes));
}
