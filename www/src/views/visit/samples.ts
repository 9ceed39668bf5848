/** Calls to begin with: sentences, and which of them the work does not need. */
import type { Language } from "../../state/settings.ts";
import type { Range } from "./ranges.ts";

type Sentence = readonly [text: string, kind: "work" | "chatter"];

const CALLS: Readonly<Record<Language, readonly Sentence[]>> = {
  zh: [
    ["喂，阿姨您好！", "chatter"],
    ["今天上班真是气死我了，老板又叫我加班。", "chatter"],
    ["麻烦您先擦客厅的窗户，再洗三件衣服，然后做两个人的晚饭。", "work"],
    ["对了，楼下超市正在打折，鸡蛋才三块九一斤。", "chatter"],
    ["钥匙在门口的花盆下面。", "work"],
    ["哎，您说现在的年轻人，怎么都不爱吃早饭呢？", "chatter"],
    ["好了好了，不多说了，就这样，辛苦您啦！", "chatter"],
  ],
  en: [
    ["Hello, is that you? ", "chatter"],
    ["Work made me so angry today, my boss wants overtime again. ", "chatter"],
    [
      "Please clean the living-room windows, wash three pieces of clothing, and cook dinner for two. ",
      "work",
    ],
    ["By the way, the supermarket downstairs has a sale, a dozen eggs for two dollars! ", "chatter"],
    ["The key is under the flower pot by the door. ", "work"],
    ["Tell me, why does nobody eat breakfast any more? ", "chatter"],
    ["Well, I won't keep you, that's all for now, thank you so much!", "chatter"],
  ],
};

export interface Call {
  readonly text: string;
  readonly chatter: readonly Range[];
}

/** Returns a call; with `more` said behind the greeting, which the work does not need. */
export function call(language: Language, more: readonly string[]): Call {
  const [greeting, ...rest] = CALLS[language];
  const sentences: readonly Sentence[] = [
    ...(greeting ? [greeting] : []),
    ...more.map((text) => [text, "chatter"] as const),
    ...rest,
  ];
  const chatter: Range[] = [];
  let text = "";
  for (const [sentence, kind] of sentences) {
    if (kind === "chatter") chatter.push({ from: text.length, to: text.length + sentence.length });
    text += sentence;
  }
  return { text, chatter };
}
