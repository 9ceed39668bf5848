// @ts-check
/** The matrix: by what the package is built or run, and how, to the letter of docs/bundlers.md. */

import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, createServer } from "vite";
import {
  APP,
  assertRight,
  deploy,
  look,
  read,
  run,
  siteOf,
  TOOLS,
  UNDER,
  whileServed,
  writePages,
} from "./kit.mjs";

/** The lines that docs/bundlers.md has for bundlers which leave addresses as they are. */
export const ESBUILD =
  "esbuild main.js worker-main=tokimeter/worker-main.js --bundle --format=esm --outdir=public/js";
export const COPY = "cp -r node_modules/tokimeter/{wasm,vocab} public";
export const WHOLE = "esbuild whole.js --bundle --loader:.vocab=binary --outfile=public/whole.js";

/**
 * @typedef {import("./kit.mjs").Seen} Seen
 * @typedef {{
 *   id: string, tool: string, isQuick?: boolean,
 *   see(browsers: import("./kit.mjs").Browsers): Promise<Seen>,
 * }} Row `tool`: the package that it is; `isQuick`: it is part of `make test`
 */

const SUBPATHS = ["index", "worker", "models"];

/** @type {Row[]} */
export const ROWS = [
  {
    id: "page",
    tool: "",
    isQuick: true,
    async see(browsers) {
      const site = siteOf("page");
      mkdirSync(site, { recursive: true });
      for (const file of ["main.js", "models.js", "count.js", "node_modules"])
        cpSync(join(APP, file), join(site, file), { recursive: true });
      const imports = SUBPATHS.map((name) => [
        name === "index" ? "tokimeter" : `tokimeter/${name}`,
        `./node_modules/tokimeter/dist/${name}.js`,
      ]);
      const map = JSON.stringify({ imports: Object.fromEntries(imports) });
      writePages(
        site,
        (name) =>
          `<script type="importmap">${map}</script><script type="module" src="./${name}.js"></script>`,
      );
      // The map of names stands in the page, which the policy would forbid.
      return look(browsers, "page", { policy: "" });
    },
  },
  {
    id: "vite-dev",
    tool: "vite",
    isQuick: true,
    async see(browsers) {
      const server = { port: 0, host: "127.0.0.1" };
      const made = await createServer({
        root: APP,
        configFile: false,
        base: `/${UNDER}/`,
        logLevel: "error",
        server,
      });
      try {
        await made.listen();
        return { counts: await read(browsers, made.resolvedUrls?.local[0] ?? "") };
      } finally {
        await made.close();
      }
    },
  },
  {
    id: "vite",
    tool: "vite",
    isQuick: true,
    async see(browsers) {
      const input = ["index.html", "models.html"].map((file) => join(APP, file));
      await build({
        root: APP,
        configFile: false,
        base: `/${UNDER}/`,
        logLevel: "error",
        build: { outDir: siteOf("vite"), rolldownOptions: { input } },
      });
      return look(browsers, "vite");
    },
  },
  {
    id: "webpack",
    tool: "webpack",
    async see(browsers) {
      const { default: config } = await import(`${pathToFileURL(APP)}/webpack/webpack.config.js`);
      await run(
        `node --input-type=module -e 'import webpack from "webpack"; import config from "./webpack/webpack.config.js";
        webpack(config, (error, stats) => {
          if (error || stats.hasErrors() || stats.hasWarnings()) throw error ?? new Error(stats.toString());
        });'`,
      );
      writePages(config.output.path, (name) => `<script src="./${name}.js"></script>`);
      return look(browsers, "webpack");
    },
  },
  ...["turbopack", "webpack"].map((bundler) => ({
    id: `next-${bundler}`,
    tool: "next",
    /** @param {import("./kit.mjs").Browsers} browsers */
    async see(browsers) {
      const name = `next-${bundler}`;
      await run(`next build --${bundler} next`, { OUT: `../out/${name}/${UNDER}` });
      // Next writes scripts into its pages, which the policy would forbid.
      const seen = await look(browsers, name, { policy: "" });
      const { page: server } = JSON.parse(readFileSync(join(siteOf(name), "count"), "utf8"));
      const next = join(TOOLS, "node_modules/next/dist/bin/next");
      const args = [next, "dev", `--${bundler}`, "--hostname=127.0.0.1", "--port=0", "next"];
      const served = await whileServed(process.execPath, args, /:(\d+)[\s\S]*Ready in/, (url) =>
        read(browsers, `${url}${UNDER}`),
      );
      assertRight(`${name}, in development`, served);
      return { ...seen, counts: { ...seen.counts, program: { page: server } } };
    },
  })),
  filesBeside("rollup", `rollup --silent -c rollup/rollup.config.js && ${COPY}`),
  filesBeside(
    "esbuild",
    `${ESBUILD} --minify --log-level=warning && ${COPY}`,
    "esbuild models.js --bundle --format=esm --outdir=public/js --minify --log-level=warning",
  ),
  {
    id: "esbuild-inline",
    tool: "esbuild",
    isQuick: true,
    async see(browsers) {
      await run(`${WHOLE} --minify --log-level=warning`);
      const site = deploy("esbuild-inline");
      writePages(site, () => '<script src="./whole.js"></script>');
      // From the disk, without a server: the file is all that there is.
      return { counts: await read(browsers, pathToFileURL(join(site, "index.html")).href) };
    },
  },
  program("node", "node program.js", true),
  program("deno", "deno run --allow-read program.js"),
  program("bun", "bun program.js"),
  {
    id: "cloudflare",
    tool: "workerd",
    async see() {
      // The rest that wrangler does: it leaves these files for the worker's host.
      await run(
        "esbuild cloudflare/worker.js --bundle --format=esm --external:*.wasm --external:*.vocab --outdir=out/cloudflare --log-level=warning",
      );
      const binary = (await run("node -p 'require(\"workerd\").default'")).trim();
      const args = ["serve", "cloudflare/config.capnp", "--control-fd=1"];
      return whileServed(binary, args, /"port":\s*(\d+)/, async (url) => ({
        counts: { program: await (await fetch(url)).json() },
      }));
    },
  },
];

/**
 * A bundler that leaves the package's files to be copied beside what it writes.
 * @param {string} tool
 * @param {string[]} commands
 * @returns {Row}
 */
function filesBeside(tool, ...commands) {
  return {
    id: tool,
    tool,
    isQuick: true,
    async see(browsers) {
      for (const command of commands) await run(command);
      const module = (/** @type {string} */ name) => `<script type="module" src="./js/${name}.js"></script>`;
      writePages(deploy(tool), module);
      return look(browsers, tool);
    },
  };
}

/**
 * @param {string} tool
 * @param {string} command
 * @returns {Row}
 */
function program(tool, command, isQuick = false) {
  return {
    id: tool,
    tool,
    isQuick,
    see: async () => ({ counts: { program: JSON.parse(await run(command)) } }),
  };
}
