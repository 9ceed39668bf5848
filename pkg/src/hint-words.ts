/** What a hint says to a person. */

import type { HintKind } from "./hint-lines.js";
import type { Hint } from "./hints.js";

/** The languages that hints speak. */
export type HintLanguage = "en" | "zh";

/** Returns a hint as a sentence, without what a login token tells to everybody: that is in `preview`, for the page to show or not. */
export function explain({ kind, tokens, saves, preview }: Hint, language: HintLanguage = "en"): string {
  const [says, costs] = SAYS[language];
  const name = kind === "credential" ? (preview?.split(" {", 1)[0] ?? "") : "";
  return says[kind].replace("$", name) + costs(kind, tokens, saves);
}

type Words = readonly [Record<HintKind, string>, (kind: HintKind, tokens: number, saves: number) => string];

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

const SAYS: Record<HintLanguage, Words> = {
  en: [
    {
      spaces: "Two spaces say no more than one.",
      "trailing-spaces": "Nobody sees spaces at the end of a line.",
      "blank-lines": "One empty line is enough.",
      repeat: "This stood there before, word for word.",
      base64: "A file as text: a language model pays for every letter of it and can read none.",
      credential:
        "$: a login token, not a language-model token. Who has it can log in with it. Do not send it to a model.",
      courtesy: "Polite, and the answer is the same without it.",
      chatter: "This asks for nothing.",
    },
    (kind, tokens, saves) =>
      kind === "credential"
        ? ` It would cost ${plural(tokens, "token")}.`
        : ` Without it: ${plural(saves, "token")} less.`,
  ],
  zh: [
    {
      spaces: "两个空格并不比一个多说什么。",
      "trailing-spaces": "行尾的空格谁也看不见。",
      "blank-lines": "空一行就够了。",
      repeat: "这段话前面一字不差地出现过。",
      base64: "这是变成文字的文件：模型按每个字符收费，却一个也看不懂。",
      credential: "$：这是登录用的 token（凭证），不是大模型的 token。谁拿到它都能登录，不要发给模型。",
      courtesy: "很有礼貌，但不说答案也一样。",
      chatter: "这句话没有提出任何要求。",
    },
    (kind, tokens, saves) =>
      kind === "credential" ? `发出去要花 ${tokens} 个 token。` : `去掉可省 ${saves} 个 token。`,
  ],
};
