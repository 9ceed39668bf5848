/**
 * The site's build: static files that work under any path, and no inline script or data URL, so that the content policy in
 * index.html holds in development as in production. A service worker keeps all of them, so that the site works without a network.
 */
import type { UserConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { htmlPlugin } from "./build/html-plugin.ts";

/** What the first view needs, in one file: many small ones deflate badly. What is listed wrongly only costs bytes, which a test counts. */
const FIRST = new RegExp(
  [
    "vite/preload-helper",
    "node_modules/@?preact/",
    "pkg/wasm/",
    "pkg/dist/(registry|encodings|files|engine|handle|address|errors|also|abort|fit|live|tokenizer|estimate|numbers|labor|turn)\\.js",
    "www/src/(main|site|site-words|routes)\\.",
    "www/src/styles/(?!print)",
    "www/src/(i18n/(index|format)|offline|state/(settings|text)\\.|text/(counted|counted-text|difference|mirror|vocabulary|vocabulary-files)\\.)",
    "www/src/ui/(segmented|currency-choice|icons|later|announcer)\\.",
    "www/src/views/visit/(?!credential|picture|sentence|real|rambling|fare-settings)",
  ].join("|"),
);

/** Of files: 36 bits tell those of one name apart, and the first script has the names of all. */
const NAMES = {
  chunkFileNames: "assets/[name]-[hash:6].js",
  assetFileNames: "assets/[name]-[hash:6][extname]",
};

const config: UserConfig = {
  base: "./",
  plugins: [
    htmlPlugin(),
    VitePWA({
      injectRegister: false,
      includeAssets: [],
      manifest: {
        id: "./",
        name: "Tokimeter",
        short_name: "Tokimeter",
        description: "token 计价器：边写边看多少 token、多少钱。A taximeter for language-model tokens.",
        lang: "zh-CN",
        start_url: "./",
        scope: "./",
        display: "standalone",
        background_color: "#f6f3ec",
        theme_color: "#14161a",
        icons: [
          { src: "./favicon.svg", sizes: "any", type: "image/svg+xml" },
          { src: "./icons/192.png", sizes: "192x192", type: "image/png" },
          { src: "./icons/512.png", sizes: "512x512", type: "image/png" },
          { src: "./icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      workbox: {
        globPatterns: ["**/*.{html,js,css,svg,png,wasm,vocab,webmanifest}"],
        // Names in assets/ have their content's hash.
        dontCacheBustURLsMatching: /assets\//,
        maximumFileSizeToCacheInBytes: 4_000_000,
        clientsClaim: true,
        skipWaiting: false,
        cleanupOutdatedCaches: true,
        sourcemap: false,
      },
    }),
  ],
  optimizeDeps: { exclude: ["tokimeter"] },
  worker: { format: "es", rolldownOptions: { output: NAMES } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    // The names of what else each part loads would be in the first script; the service worker has them all two seconds later.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, names) => names.filter((name) => name.endsWith(".css")),
    },
    rolldownOptions: {
      output: {
        ...NAMES,
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: "first", test: (id) => FIRST.test(id) }],
        },
      },
    },
  },
};

export default config;
