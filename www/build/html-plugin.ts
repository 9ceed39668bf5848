/**
 * Finishes index.html. The entry script is marked as render-blocking: it sets the language and the theme, so the
 * first paint should wait for it instead of flashing the other theme; Vite drops the attribute from the source tag.
 * The engine is asked for beside it, not after it. Notes to the linter stay in the source.
 */
import type { Plugin } from "vite";

export function htmlPlugin(): Plugin {
  return {
    name: "finish-html",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const engine = Object.keys(bundle).find((name) => /\/tokimeter_bg-[^/]*\.wasm$/.test(name));
        return {
          html: html
            .replace(/<script type="module"(?=[^>]*\ssrc="[^"]*(?:main|index)[^"]*")/, '$& blocking="render"')
            .replace(/<!-- biome-ignore.*?-->\n/g, ""),
          tags:
            engine === undefined
              ? []
              : [
                  {
                    tag: "link",
                    attrs: { rel: "preload", as: "fetch", crossorigin: "", href: `./${engine}` },
                    injectTo: "head",
                  },
                ],
        };
      },
    },
  };
}
