/**
 * How marks in the text look: a constructable sheet, which page policies allow, adopted by whatever root the editor is in. Its rules
 * are of no specificity, so any of the page's own go before them. Nothing is told by colour alone.
 */

const STYLES = `:where(.tokimeter-over,.tokimeter-over-from~*){text-decoration:underline dotted 2px var(--tokimeter-over,#d33);text-underline-offset:.2em}`;

/** Lets a root adopt the sheet, with more rules. Returns what takes it back. */
export function adoptStyles(root: Document | ShadowRoot, more = ""): () => void {
  const { defaultView } = root.ownerDocument ?? (root as Document);
  const sheet = new (defaultView ?? globalThis).CSSStyleSheet();
  sheet.replaceSync(STYLES + more);
  root.adoptedStyleSheets.push(sheet);
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
