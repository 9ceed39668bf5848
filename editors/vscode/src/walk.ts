/**
 * The files of a folder, without what its .gitignore files leave out.
 */

import ignore, { type Ignore } from "ignore";
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

/** The rules of one .gitignore file, and the folder that they are for. */
interface Rules {
  readonly folder: Uri;
  readonly rules: Ignore;
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
  const walk = async (folder: Uri, path: string, above: readonly Rules[]): Promise<void> => {
    if (token.isCancellationRequested) return;
    try {
      const entries = await workspace.fs.readDirectory(folder);
      const hasRules = entries.some(([name, type]) => name === ".gitignore" && type & FileType.File);
      const rules = hasRules ? [...above, await rulesIn(folder)] : above;
      for (const [name, type] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
        const uri = Uri.joinPath(folder, name);
        const isFolder = (type & FileType.Directory) !== 0;
        if (name === ".git" || type & FileType.SymbolicLink || isIgnored(uri, isFolder, rules)) continue;
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

async function rulesAbove(root: Uri): Promise<Rules[]> {
  const top = workspace.getWorkspaceFolder(root)?.uri;
  const rules: Rules[] = [];
  if (!top) return rules;
  const names = root.path.slice(top.path.length).split("/").filter(Boolean);
  for (let depth = 0; depth < names.length; depth++) {
    const folder = Uri.joinPath(top, ...names.slice(0, depth));
    // Most folders have none.
    await rulesIn(folder).then(
      (found) => rules.push(found),
      () => {},
    );
  }
  return rules;
}

async function rulesIn(folder: Uri): Promise<Rules> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(folder, ".gitignore"));
  return { folder, rules: ignore({ ignorecase: false }).add(new TextDecoder().decode(bytes)) };
}

/** The rules nearest to the file that say anything of it decide. */
function isIgnored(uri: Uri, isFolder: boolean, all: readonly Rules[]): boolean {
  for (const { folder, rules } of all.toReversed()) {
    const path = uri.path.slice(folder.path.replace(/\/$/, "").length + 1);
    const { ignored, unignored } = rules.test(isFolder ? `${path}/` : path);
    if (ignored || unignored) return ignored;
  }
  return false;
}
