/**
 * How `<token-meter>` looks. It takes its ink from the page, and everything else is mixed from that: so it stands on light
 * and on dark paper without being told which. Only the three signal colours are its own; each is told from both kinds of paper.
 * The rules are written tightly, because no bundler shortens them.
 */

const CSS = `
:host{display:block}
:host([hidden]),[hidden]{display:none!important}
.meter{
--signal:var(--token-meter-ok,#2b9a66);
display:grid;gap:.625em;
padding:var(--token-meter-padding,.875em 1em);
border:1px solid var(--token-meter-border,color-mix(in srgb,currentcolor 16%,transparent));
border-radius:var(--token-meter-radius,.75em);
background:var(--token-meter-background,color-mix(in srgb,currentcolor 3%,transparent));
font-size:.875em;line-height:1.4;font-variant-numeric:tabular-nums;overflow-wrap:anywhere
}
.meter[data-level=near]{--signal:var(--token-meter-near,#c77700)}
.meter[data-level=over]{--signal:var(--token-meter-over,#dc4040)}
.shown{display:grid;gap:inherit}
.row{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25em .75em}
.row>*,.note{unicode-bidi:plaintext}
.tokens,.cost{direction:ltr;unicode-bidi:isolate;font-weight:600}
.tokens{font-size:2em;line-height:1.1}
.cost{font-size:1.25em}
.unit{margin-inline-start:-.25em}
.cost,.price{margin-inline-start:auto}
.basis,.terms,.price,.note{color:color-mix(in srgb,currentcolor 80%,transparent)}
.level{
display:flex;align-items:center;gap:.5em;
padding:.15em .75em;border-radius:2em;
border:1px solid color-mix(in srgb,var(--signal) 60%,transparent);
background:color-mix(in srgb,var(--signal) 10%,transparent)
}
.level::before{content:"";flex:none;inline-size:.6em;block-size:.6em;border-radius:2em;background:var(--signal)}
[data-level=near] .level::before{border-radius:0;clip-path:polygon(50% 5%,100% 95%,0 95%)}
[data-level=over] .level::before{border-radius:.1em}
.bar{
display:flex;block-size:.5em;border-radius:2em;overflow:hidden;
background:var(--token-meter-track,color-mix(in srgb,currentcolor 14%,transparent))
}
.context,.fill{background:var(--signal)}
.context{opacity:.5}
.fill{min-inline-size:.25em}
button{
justify-self:start;padding:.25em .875em;
border:1px solid;border-radius:.5em;
background:none;color:inherit;font:inherit;cursor:pointer
}
button:hover{background:color-mix(in srgb,currentcolor 8%,transparent)}
.status{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
@media(prefers-reduced-motion:no-preference){.context,.fill{transition:.15s}}
@media(forced-colors:active){
.level::before{forced-color-adjust:none;background:CanvasText}
.bar{border:1px solid}
.basis,.terms,.price,.note{color:CanvasText}
.context,.fill{forced-color-adjust:none;background:Highlight}
}`;

let sheet: CSSStyleSheet | undefined;

/** Returns the style sheet, which all meters of a page share. */
export function style(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
