// @ts-check
/** Takes the pictures of the page that the READMEs show, into `www/shots/`. */

import { mkdirSync } from "node:fs";
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
await browser.close();
await server.close();
