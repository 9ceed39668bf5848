/**
 * The styles of the meter in a Monaco editor: constructable sheets, adopted by the document or the shadow root that the editor
 * is in, so that a page needs neither a style sheet nor inline styles. Colours are those of the editor's theme, or go with it; Monaco keeps
 * all of them where a system forces colours.
 */

/** What is always there: the status line, and the mark of what does not fit. */
export const STYLES: string = `
.tokimeter-over{text-decoration:underline dotted 2px #d33;background:#dd33331c}
:is(.vs-dark,.hc-black) .tokimeter-over{text-decoration-color:#ff6b6b;background:#ff6b6b2e}
.tokimeter-status.overlay{padding:2px 8px;border:1px solid;border-inline-start:4px solid;border-color:var(--vscode-editorWidget-border,currentColor);background:var(--vscode-editorWidget-background,Canvas);color:var(--vscode-editorWidget-foreground,CanvasText);font:12px/18px system-ui,sans-serif;font-variant-numeric:tabular-nums;white-space:nowrap;max-inline-size:calc(100% - 11em);overflow:hidden;text-overflow:ellipsis}
.tokimeter-status.overlay[data-level=near]{border-inline-start-color:#b27c00}
.tokimeter-status.overlay[data-level=over]{border-inline-start-color:#d33}
.tokimeter-spoken{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}`;

const sheets = new WeakMap<Document, Map<string, CSSStyleSheet>>();

/** Lets the root that a node is in adopt styles, once. A sheet belongs to one document, and each window has its own. */
export function adoptStyles(node: Node, css: string): void {
  const root = node.getRootNode();
  if (!("adoptedStyleSheets" in root)) return;
  const { adoptedStyleSheets } = root as Document | ShadowRoot;
  const document = node.ownerDocument ?? (root as Document);
  const made = sheets.get(document) ?? new Map<string, CSSStyleSheet>();
  sheets.set(document, made);
  let sheet = made.get(css);
  if (!sheet) {
    sheet = new (document.defaultView ?? globalThis).CSSStyleSheet();
    sheet.replaceSync(css);
    made.set(css, sheet);
  }
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
}
