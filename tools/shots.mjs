// @ts-check
/** Takes the pictures that the READMEs show, of the page and of the element, into `www/shots/`, and the icon of the VS Code extension. */

import { mkdirSync, readFileSync } from "node:fs";
import { launch } from "../tests/support/chromium.mjs";
import { serve } from "../tests/support/serve.mjs";

const FOLDER = "www/shots";
const TEXTS = {
  "en-US":
    "You clean the living-room windows, wash three pieces of clothing and cook dinner for two. 👩‍🍳\n\n" +
    "Work made me so angry today. The supermarket downstairs has a sale, by the way!\n\n" +
    'Please answer with a list: {"task": string, "minutes": number}[]',
  "zh-CN":
    "请擦客厅的窗户，洗三件衣服，做两个人的晚饭。👩‍🍳\n\n今天上班真是气死我了。对了，楼下超市正在打折！\n\n" +
    '请用列表回答：{"task": string, "minutes": number}[]',
};

mkdirSync(FOLDER, { recursive: true });
const server = await serve("www/dist");
const browser = await launch();
for (const [locale, text] of Object.entries(TEXTS)) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 760 }, locale });
  await page.goto(server.url);
  await page.fill("#text", text);
  await page.waitForFunction(() => Number(document.getElementById("tokens")?.dataset.value) > 0);
  await page.locator("#model").focus();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${FOLDER}/page-${locale.slice(0, 2)}.png` });
}
const FIELDS = {
  en: `<label for="prompt">Your prompt</label>
    <textarea id="prompt" rows="2">Summarise the attached minutes in five bullet points, please.</textarea>
    <token-meter for="prompt" model="gpt-5.2" reserve="1000"></token-meter>`,
  zh: `<label for="prompt">提示词</label>
    <textarea id="prompt" rows="2">请把附件里的会议纪要总结成五条要点。</textarea>
    <token-meter for="prompt" model="deepseek-v4-pro" currency="CNY" reserve="1000"></token-meter>`,
};
const STYLE = `body { margin: 1rem; font: 16px system-ui } textarea { width: 100%; box-sizing: border-box; font: inherit }
  label { display: block; margin-block-end: 0.25rem } token-meter { margin-block-start: 0.5rem }`;
const pages = new Map(
  Object.entries(FIELDS).map(([lang, body]) => [
    `/${lang}.html`,
    {
      type: "text/html; charset=utf-8",
      body: `<!doctype html><html lang="${lang}"><style>${STYLE}</style>${body}
        <script type="module" src="/dist/element.js"></script></html>`,
    },
  ]),
);
const packageServer = await serve("pkg", pages);
for (const lang of Object.keys(FIELDS)) {
  const page = await browser.newPage({ viewport: { width: 720, height: 240 }, deviceScaleFactor: 2 });
  await page.goto(`${packageServer.url}${lang}.html`);
  await page.waitForFunction(() => document.querySelector("token-meter")?.reading?.basis === "exact");
  await page.waitForTimeout(200);
  await page.locator("body").screenshot({ path: `${FOLDER}/element-${lang}.png` });
}
await packageServer.close();

const icon = await browser.newPage({ viewport: { width: 256, height: 256 } });
await icon.setContent(`<style>body { margin: 0 }</style>${readFileSync("www/public/favicon.svg", "utf8")}`);
await icon.locator("svg").evaluate((svg) => svg.setAttribute("width", "256"));
await icon.screenshot({ path: "editors/vscode/media/icon.png", omitBackground: true });
await browser.close();
await server.close();
