// @ts-check
/** Puts the recorded results into the READMEs, between `<!-- bundlers -->` and `<!-- /bundlers -->`. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const RESULTS = "tests/bundlers/results.json";

/**
 * @typedef {{ id: string, version: string } & import("./kit.mjs").Seen} Result
 * @typedef {{ date: string, chromium: string, rows: Result[] }} Results
 */

/** What a row is called, and what it takes besides `import { load } from "tokimeter"`. */
const WORDS = {
  en: {
    heads: ["", "in the page", "in a worker", "JavaScript", "of `tokimeter/models` alone", "what it takes"],
    nothing: "nothing",
    titles: {
      page: '`<script type="module">`',
      "vite-dev": "Vite, served",
      vite: "Vite, built",
      "next-turbopack": "Next, Turbopack",
      "next-webpack": "Next, webpack",
      "esbuild-inline": "esbuild, one file",
      cloudflare: "Cloudflare's workerd",
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
    where: (/** @type {Results} */ { chromium, date }) =>
      `Each row is the packed tarball in that tool, with the counts of the reference in Chromium ${chromium} or in the program ` +
      `itself; pages stand under a path, WebAssembly is served as text (\`make bundlers\`, ${date}):`,
  },
  zh: {
    heads: ["", "页面里", "worker 里", "JavaScript", "只用 `tokimeter/models`", "需要什么"],
    nothing: "什么都不用",
    titles: {
      page: '`<script type="module">`',
      "vite-dev": "Vite，开发服务器",
      vite: "Vite，构建",
      "next-turbopack": "Next，Turbopack",
      "next-webpack": "Next，webpack",
      "esbuild-inline": "esbuild，单个文件",
      cloudflare: "Cloudflare 的 workerd",
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
    where: (/** @type {Results} */ { chromium, date }) =>
      `每一行都是打好的包装进这个工具，在 Chromium ${chromium} 或程序本身里数出与参考实现相同的数目；页面放在子路径下，` +
      `WebAssembly 以文本类型提供（\`make bundlers\`，${date}）：`,
  },
};
const FILES = /** @type {const} */ ([
  ["README.md", "en"],
  ["README.zh-CN.md", "zh"],
]);

/** @returns {Results} */
export const recorded = () => JSON.parse(readFileSync(RESULTS, "utf8"));

/** Returns a README with the table of the recorded results. @param {string} readme @param {"en" | "zh"} language */
export function withTable(readme, language) {
  const block = render(recorded(), language).join("\n");
  const place = /(<!-- bundlers -->\n)[\s\S]*?(<!-- \/bundlers -->)/;
  if (!place.test(readme)) throw new Error("the README has no place for the table: <!-- bundlers -->");
  return readme.replace(place, (_, begin, end) => `${begin}${block}\n${end}`);
}

/** @param {string} root */
export function publish(root) {
  for (const [file, language] of FILES) {
    const path = join(root, file);
    writeFileSync(path, withTable(readFileSync(path, "utf8"), language));
  }
}

/** @param {Results} results @param {"en" | "zh"} language */
function render(results, language) {
  const { heads, nothing, titles, takes, where } = WORDS[language];
  const tick = (/** @type {unknown} */ counts) => (counts ? "✓" : "–");
  const kB = (/** @type {number | undefined} */ bytes) =>
    bytes === undefined ? "–" : `${(bytes / 1000).toFixed(0)} kB`;
  const rows = results.rows.map(({ id, version, counts, js, modelsJs }) => {
    const title = titles[/** @type {keyof titles} */ (id)] ?? `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
    const line = takes[/** @type {keyof takes} */ (id)] ?? nothing;
    const name = id.startsWith("esbuild") ? title.replace("Esbuild", "esbuild") : title;
    return [`${name} ${version}`.trim(), tick(counts.page), tick(counts.worker), kB(js), kB(modelsJs), line];
  });
  const cells = [heads, heads.map(() => "---"), ...rows];
  return [where(results), "", ...cells.map((row) => `| ${row.join(" | ")} |`)];
}
