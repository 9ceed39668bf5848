/**
 * The site's build: static files that work under any path, and no inline script, style or data URL, so that the
 * content policy in index.html holds in development as in production.
 */
import type { UserConfig } from "vite";
import { htmlPlugin } from "./build/html-plugin.ts";

const config: UserConfig = {
  base: "./",
  plugins: [htmlPlugin()],
  optimizeDeps: { exclude: ["tokimeter"] },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
};

export default config;
