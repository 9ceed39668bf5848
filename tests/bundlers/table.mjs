// @ts-check
/** Puts the recorded results into the READMEs, between `<!-- bundlers -->` and `<!-- /bundlers -->`. */

import { readFileSync } from "node:fs";
import { writeBlocks } from "../../tools/readme.mjs";

export const RESULTS = "tests/bundlers/results.json";

/**
 * @typedef {{ id: string, version: string } & import("./kit.mjs").Seen} Result
 * @typedef {{ date: string, versions: Record<import("./kit.mjs").Name, string>, rows: Result[] }} Results
 */

/** What a row is called, and what it takes besides `import { load } from "tokimeter"`. */
const WORDS = {
  en: {
    heads: [
      "",
      "Chromium",
      "Firefox",
      "the program itself",
      "JavaScript",
      "of `tokimeter/models` alone",
      "what it takes",
    ],
    nothing: "nothing",
    titles: {
      page: '`<script type="module">`',
      "vite-dev": "Vite %, served",
      vite: "Vite %, built",
      webpack: "webpack %",
      "next-turbopack": "Next %, Turbopack",
      "next-webpack": "Next %, webpack",
      rollup: "Rollup %",
      esbuild: "esbuild %",
      "esbuild-inline": "esbuild %, one file",
      node: "Node %",
      deno: "Deno %",
      bun: "Bun %",
      cloudflare: "Cloudflare's workerd %",
    },
    takes: {
      page: "an import map, or the path of the file",
      "next-webpack": 'on the server: `serverExternalPackages: ["tokimeter"]`',
      rollup: "the files beside it, see below",
      esbuild: "the files beside it, see below",
      "esbuild-inline": "`tokimeter/inline`, see below",
      deno: "`--allow-read`",
      cloudflare: "`initSync`, see below",
    },
    where: (/** @type {Results} */ { versions, date }) =>
      `Each row is the packed tarball in that tool. ✓ is the reference's count, on the page or in a worker: in Chromium ${versions.chromium}, in Firefox ${versions.firefox}, ` +
      `and in the program itself, which is Next's server. Pages stand under a path, ` +
      `where WebAssembly is served as text, and all but the first and Next's under the policy above. The JavaScript of page and worker is under brotli, ` +
      `without the engine and with what the tool adds, such as React; with Rollup it is not minified (\`make bundlers\`, ${date}):`,
  },
  zh: {
    heads: ["", "Chromium", "Firefox", "程序本身", "JavaScript", "只用 `tokimeter/models`", "需要什么"],
    nothing: "什么都不用",
    titles: {
      page: '`<script type="module">`',
      "vite-dev": "Vite %，开发服务器",
      vite: "Vite %，构建",
      webpack: "webpack %",
      "next-turbopack": "Next %，Turbopack",
      "next-webpack": "Next %，webpack",
      rollup: "Rollup %",
      esbuild: "esbuild %",
      "esbuild-inline": "esbuild %，单个文件",
      node: "Node %",
      deno: "Deno %",
      bun: "Bun %",
      cloudflare: "Cloudflare 的 workerd %",
    },
    takes: {
      page: "import map，或者写文件的路径",
      "next-webpack": '服务器端：`serverExternalPackages: ["tokimeter"]`',
      rollup: "文件放在旁边，见下",
      esbuild: "文件放在旁边，见下",
      "esbuild-inline": "`tokimeter/inline`，见下",
      deno: "`--allow-read`",
      cloudflare: "`initSync`，见下",
    },
    where: (/** @type {Results} */ { versions, date }) =>
      `每一行都是打好的包装进这个工具。✓ 表示在页面里或 worker 里数得与参考实现相同：在 Chromium ${versions.chromium} 里，在 Firefox ${versions.firefox} 里，以及在程序本身里（Next 指它的服务器）。页面放在子路径下，WebAssembly 以文本类型提供，` +
      `除第一行和 Next 以外都设了上面的内容安全策略。JavaScript 是页面和 worker 的，brotli 压缩，不含引擎，含工具自己加的（如 React）；Rollup 的没有压缩代码` +
      `（\`make bundlers\`，${date}）：`,
  },
};
/** @returns {Results} */
export const recorded = () => JSON.parse(readFileSync(RESULTS, "utf8"));

/** The block of the recorded results. @param {"en" | "zh"} language */
export const table = (language) => render(recorded(), language);

/** Puts it into the READMEs. */
export const publish = () => writeBlocks(".", "bundlers", table);

/** @param {Results} results @param {"en" | "zh"} language */
function render(results, language) {
  const { heads, nothing, titles, takes, where } = WORDS[language];
  const ticks = (/** @type {import("./kit.mjs").Counts} */ { page, worker } = {}) =>
    page ? `✓${worker ? ", worker ✓" : ""}` : "–";
  const kB = (/** @type {number | undefined} */ bytes) =>
    bytes === undefined ? "–" : `${(bytes / 1000).toFixed(0)} kB`;
  const rows = results.rows.map(({ id, version, counts, js, modelsJs }) => {
    const title = titles[/** @type {keyof titles} */ (id)].replace("%", version);
    const line = takes[/** @type {keyof takes} */ (id)] ?? nothing;
    const hosts = [counts.chromium, counts.firefox, counts.program].map(ticks);
    return [title, ...hosts, kB(js), kB(modelsJs), line];
  });
  const cells = [heads, heads.map(() => "---"), ...rows];
  return [where(results), "", ...cells.map((row) => `| ${row.join(" | ")} |`)];
}
