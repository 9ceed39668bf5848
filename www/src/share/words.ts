/** Words of sharing. */
import type { ReadonlySignal } from "@preact/signals";
import { wordsOf } from "../i18n/full.ts";

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly withText: (length: number) => string;
  readonly noText: string;
  readonly credentials: string;
  readonly tooLong: (length: number, limit: number) => string;
  readonly making: string;
  readonly link: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly send: string;
  readonly close: string;
  readonly offered: string;
  readonly offer: (length: number) => string;
  readonly take: string;
  readonly keep: string;
  readonly damaged: string;
  readonly damage: string;
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({
  zh: (f) => ({
    title: "分享这一页",
    lead: "链接里有当前的栏目、模型和货币，都写在 # 后面：浏览器不会把这一段发给任何服务器。",
    withText: (length) => `附上我的文字（${f.count(length)} 个字符），拿到链接的人都能读到`,
    noText: "现在还没有文字可以附上。",
    credentials: "文字里有登录凭证或密钥，链接里已经换成了标记。",
    tooLong: (length, limit) =>
      `压缩以后还有 ${f.count(length)} 个字符，许多程序会截断超过 ${f.count(limit)} 个字符的链接，所以没有附上。请缩短文字，或者直接发送文字本身。`,
    making: "正在生成链接…",
    link: "链接",
    copy: "复制链接",
    copied: "已复制",
    notCopied: "没有复制成功，请在上面的框里选中后复制。",
    send: "发送到…",
    close: "关闭",
    offered: "链接里有一段文字",
    offer: (length) => `链接带来 ${f.count(length)} 个字符。要用它替换您现在的文字吗？`,
    take: "用链接里的文字",
    keep: "保留我的文字",
    damaged: "链接不完整",
    damage:
      "链接里的文字读不出来，可能是复制时被截断了。模型和货币已经按链接设好，您的文字没有变。请向发送的人再要一次。",
  }),
  en: (f) => ({
    title: "Share this page",
    lead: "The link has the view, the model and the currency, all behind the #: browsers send that part to no server.",
    withText: (length) =>
      `Include my text (${f.count(length)} ${f.plural(length, { one: "character", other: "characters" })}); whoever has the link can read it`,
    noText: "There is no text to include yet.",
    credentials: "The text holds a login token or a key; the link has a mark in its place.",
    tooLong: (length, limit) =>
      `Packed, the text still takes ${f.count(length)} characters, and many programs cut links of more than ${f.count(limit)}, so it is not included. Shorten it, or send the text itself.`,
    making: "Making the link…",
    link: "Link",
    copy: "Copy the link",
    copied: "Copied",
    notCopied: "It was not copied; select it in the box above and copy it there.",
    send: "Send to…",
    close: "Close",
    offered: "The link has a text",
    offer: (length) =>
      `The link brought ${f.count(length)} ${f.plural(length, { one: "character", other: "characters" })}. Shall they take the place of your text?`,
    take: "Take the link's text",
    keep: "Keep mine",
    damaged: "The link is damaged",
    damage:
      "The text in the link cannot be read; it may have been cut when it was copied. Model and currency are set, and your text is as it was. Ask whoever sent it to send it again.",
  }),
});
