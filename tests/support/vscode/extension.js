// @ts-check
/**
 * The extension that the tests bring to VS Code: a folder in memory, whose files stand beside this script, and a
 * command by which a test does what an extension can.
 */

const vscode = require("vscode");

const { FileType, FileSystemError } = vscode;

/** @type {Map<string, { type: number, data: Uint8Array }>} */
const files = new Map([["/", { type: FileType.Directory, data: new Uint8Array() }]]);

/** @param {string} path @param {Uint8Array} data @param {number} type */
function put(path, data, type = FileType.File) {
  const parts = path.split("/");
  for (let end = 2; end < parts.length; end++) {
    const folder = parts.slice(0, end).join("/");
    if (!files.has(folder)) files.set(folder, { type: FileType.Directory, data: new Uint8Array() });
  }
  files.set(path, { type, data });
}

/** @param {import("vscode").Uri} uri */
function get(uri) {
  const file = files.get(uri.path);
  if (file) return file;
  throw FileSystemError.FileNotFound(uri);
}

const changed = new vscode.EventEmitter();

/** @type {import("vscode").FileSystemProvider} */
const memory = {
  onDidChangeFile: changed.event,
  watch: () => ({ dispose() {} }),
  stat(uri) {
    const { type, data } = get(uri);
    return { type, ctime: 0, mtime: 0, size: data.length };
  },
  readDirectory(uri) {
    get(uri);
    const prefix = uri.path === "/" ? "/" : `${uri.path}/`;
    return [...files]
      .filter(([path]) => path.startsWith(prefix) && path !== "/" && !path.slice(prefix.length).includes("/"))
      .map(([path, { type }]) => [path.slice(prefix.length), type]);
  },
  readFile(uri) {
    const { data } = get(uri);
    if (uri.path.endsWith("vanishing.txt")) throw FileSystemError.FileNotFound(uri);
    return data;
  },
  writeFile: (uri, data) => put(uri.path, data),
  createDirectory: (uri) => void files.set(uri.path, { type: FileType.Directory, data: new Uint8Array() }),
  delete: (uri) => void files.delete(uri.path),
  rename: () => {
    throw FileSystemError.NoPermissions();
  },
};

/** @returns {import("vscode").TextEditor} */
function active() {
  const editor = vscode.window.activeTextEditor;
  if (editor) return editor;
  throw new Error("there is no editor");
}

/** What a test can ask for. @type {Record<string, (...args: any[]) => unknown>} */
const does = {
  /** Adds files: text by path. */
  put(/** @type {Record<string, string>} */ texts) {
    for (const [path, text] of Object.entries(texts)) put(path, new TextEncoder().encode(text));
  },
  /** Adds many files of the same text to a folder. */
  fill(/** @type {string} */ path, /** @type {number} */ files, /** @type {string} */ text) {
    const data = new TextEncoder().encode(text);
    for (let file = 0; file < files; file++) put(`${path}/${file}.md`, data);
  },
  /** Adds a file of these bytes, or a link. */
  putBytes(/** @type {string} */ path, /** @type {number[]} */ bytes, isLink = false) {
    put(path, Uint8Array.from(bytes), isLink ? FileType.File | FileType.SymbolicLink : FileType.File);
  },
  async open(/** @type {string} */ path) {
    await vscode.window.showTextDocument(vscode.Uri.from({ scheme: "memory", path }), { preview: false });
  },
  text: () => active().document.getText(),
  /** Makes edits at once, in the positions of the text before. */
  edit(/** @type {{ from: number, to: number, insert: string }[]} */ edits) {
    const { document } = active();
    return active().edit((builder) => {
      for (const { from, to, insert } of edits)
        builder.replace(new vscode.Range(document.positionAt(from), document.positionAt(to)), insert);
    });
  },
  lineBreaks: (/** @type {"LF" | "CRLF"} */ eol) =>
    active().edit((builder) => builder.setEndOfLine(vscode.EndOfLine[eol])),
  /** Sets the selections, as pairs of positions. */
  select(/** @type {[number, number][]} */ pairs) {
    const { document } = active();
    active().selections = pairs.map(
      ([from, to]) => new vscode.Selection(document.positionAt(from), document.positionAt(to)),
    );
  },
  set: (/** @type {string} */ key, /** @type {unknown} */ value) =>
    vscode.workspace.getConfiguration("tokimeter").update(key, value, vscode.ConfigurationTarget.Global),
  get: (/** @type {string} */ key) => vscode.workspace.getConfiguration("tokimeter").get(key),
  language: (/** @type {string} */ id) => vscode.languages.setTextDocumentLanguage(active().document, id),
  copy: (/** @type {string} */ text) => vscode.env.clipboard.writeText(text),
  count: (/** @type {string} */ path) =>
    vscode.commands.executeCommand("tokimeter.countFolder", vscode.Uri.from({ scheme: "memory", path })),
};

exports.activate = (/** @type {import("vscode").ExtensionContext} */ context) => {
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memory", memory, { isCaseSensitive: true }),
    vscode.commands.registerCommand("helper.do", (what, ...args) => does[what]?.(...args)),
  );
};
