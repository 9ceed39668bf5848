/**
 * Marks the entry script as render-blocking: it sets the language and the theme, so the first paint should wait
 * for it instead of flashing the other theme. Vite drops unknown attributes of the source tag, hence a plugin.
 */
import type { Plugin } from "vite";

export function renderBlockingPlugin(): Plugin {
  return {
    name: "render-blocking-entry",
    transformIndexHtml: {
      order: "post",
      handler: (html) =>
        html.replace(
          /<script type="module"(?=[^>]*\ssrc="[^"]*(?:main|index)[^"]*")/,
          '$& blocking="render"',
        ),
    },
  };
}
