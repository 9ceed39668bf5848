// @ts-check
/**
 * Takes the pictures: each view of the site and the element for the READMEs into `www/shots/`, the icons of the installed site, and the
 * icon of the VS Code extension.
 */

import { mkdirSync, readFileSync } from "node:fs";
import { launch } from "../tests/support/browser.mjs";
import { serve } from "../tests/support/serve.mjs";

const FOLDER = "www/shots";
const ICONS = "www/public/icons";
/** @typedef {"zh" | "en"} Language @typedef {import("playwright-core").Page} Page */

/** @type {Readonly<Record<Language, string>>} */
const TEXTS = {
  zh:
    "请擦客厅的窗户，洗三件衣服，做两个人的晚饭。👩‍🍳\n\n今天上班真是气死我了。对了，楼下超市正在打折！\n\n" +
    '请用列表回答：{"task": string, "minutes": number}[]',
  en:
    "You clean the living-room windows, wash three pieces of clothing and cook dinner for two. 👩‍🍳\n\n" +
    "Work made me so angry today. The supermarket downstairs has a sale, by the way!\n\n" +
    'Please answer with a list: {"task": string, "minutes": number}[]',
};

/** What is done in each view before its picture is taken. @type {Readonly<Record<string, (page: Page, language: Language) => Promise<void>>>} */
const VIEWS = {
  visit: settled,
  playground: write,
  sayings: write,
  agent: settled,
  value: settled,
  files: choose,
};
/** The widths, and what is behind the name. */
const SIZES = [
  { viewport: { width: 1280, height: 900 }, suffix: "" },
  { viewport: { width: 390, height: 844 }, suffix: "-phone" },
];

/** Writes into the view's own text, and waits until it is counted. @param {Page} page @param {Language} language */
async function write(page, language) {
  const field = page.locator("main textarea, main [contenteditable='true']").first();
  if ((await field.count()) > 0) await field.fill(TEXTS[language]);
  await settled(page);
}

/** Counts a folder of this repository. @param {Page} page */
async function choose(page) {
  await page.locator('[data-input="folder"]').setInputFiles("examples");
  await page.waitForFunction(() => document.querySelectorAll("main table tbody tr").length > 3);
  await settled(page);
}

/** Waits until nothing is loaded any more. @param {Page} page */
async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
}

const browser = await launch();
mkdirSync(FOLDER, { recursive: true });
mkdirSync(ICONS, { recursive: true });
const wanted = process.argv.slice(2);
/** Whether a part is asked for; all are, if none is named. @param {string} part */
const isWanted = (part) => wanted.length === 0 || wanted.includes(part);
for (const view of Object.keys(VIEWS)) if (isWanted(view)) await takeView(view);
if (isWanted("element")) await takeElement();
if (isWanted("icons")) await takeIcons();
await browser.close();

/** @param {string} view */
async function takeView(view) {
  const server = await serve("www/dist");
  for (const language of /** @type {const} */ (["zh", "en"])) {
    for (const { viewport, suffix } of SIZES) {
      const context = await browser.newContext({
        viewport,
        locale: language === "zh" ? "zh-CN" : "en-US",
        serviceWorkers: "block",
        colorScheme: "light",
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      await page.goto(`${server.url}#/${view === "visit" ? "" : view}`);
      await page.waitForSelector(`main[data-view="${view}"]`);
      await settled(page);
      await VIEWS[view]?.(page, language);
      await page.screenshot({ path: `${FOLDER}/${view}-${language}${suffix}.png` });
      await context.close();
    }
  }
  await server.close();
}

async function takeElement() {
  const fields = {
    en: `<label for="prompt">Your prompt</label>
      <textarea id="prompt" rows="2">Summarise the attached minutes in five bullet points, please.</textarea>
      <token-meter for="prompt" model="gpt-5.2" reserve="1000"></token-meter>`,
    zh: `<label for="prompt">提示词</label>
      <textarea id="prompt" rows="2">请把附件里的会议纪要总结成五条要点。</textarea>
      <token-meter for="prompt" model="deepseek-v4-pro" currency="CNY" reserve="1000"></token-meter>`,
  };
  const style = `body { margin: 1rem; font: 16px system-ui } textarea { width: 100%; box-sizing: border-box; font: inherit }
    label { display: block; margin-block-end: 0.25rem } token-meter { margin-block-start: 0.5rem }`;
  const pages = new Map(
    Object.entries(fields).map(([lang, body]) => [
      `/${lang}.html`,
      {
        type: "text/html; charset=utf-8",
        body: `<!doctype html><html lang="${lang}"><style>${style}</style>${body}
          <script type="module" src="/dist/element.js"></script></html>`,
      },
    ]),
  );
  const server = await serve("pkg", pages);
  for (const lang of Object.keys(fields)) {
    const page = await browser.newPage({ viewport: { width: 720, height: 240 }, deviceScaleFactor: 2 });
    await page.goto(`${server.url}${lang}.html`);
    await page.waitForFunction(() => {
      const meter = /** @type {any} */ (document.querySelector("token-meter"));
      return meter?.reading?.basis === "exact";
    });
    await page.waitForTimeout(200);
    await page.locator("body").screenshot({ path: `${FOLDER}/element-${lang}.png` });
    await page.close();
  }
  await server.close();
}

async function takeIcons() {
  const drawing = readFileSync("www/public/favicon.svg", "utf8");
  // A system cuts a maskable icon to its own shape: the ground goes to the edges, and what is on it keeps to the middle.
  const maskable = drawing
    .replace('rx="7"', "")
    .replace(
      /(<rect width="32"[^>]*>)([\s\S]*)(<\/svg>)/,
      '$1<g transform="translate(4.8 4.8) scale(0.7)">$2</g>$3',
    );
  await takeIcon(drawing, 192, `${ICONS}/192.png`);
  await takeIcon(drawing, 512, `${ICONS}/512.png`);
  await takeIcon(maskable, 512, `${ICONS}/maskable-512.png`);
  await takeIcon(maskable, 180, `${ICONS}/180.png`);
  await takeIcon(drawing, 256, "editors/vscode/media/icon.png");
}

/** @param {string} drawing @param {number} size @param {string} path */
async function takeIcon(drawing, size, path) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.locator("svg").evaluate((svg, size) => svg.setAttribute("width", String(size)), size);
  await page.screenshot({ path, omitBackground: true });
  await page.close();
}
