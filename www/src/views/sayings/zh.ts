/** The sayings in Chinese. */
import type { Format } from "../../i18n/full.ts";
import { ENOUGH, HOLDS, ROUGHLY } from "./claims.ts";
import type { Words } from "./words.ts";

export function zh(format: Format): Words {
  const count = (value: number): string => format.count(value);
  const tokensOf = (tokens: number, isEstimate: boolean): string =>
    `${isEstimate ? "≈" : ""}${count(tokens)} 个 token`;
  const ratio = (value: number): string => format.ratio(value);
  return {
    title: "说法对不对，用您的文字量一量",
    lead: "一个汉字等于几个 token，各有各的说法。这里把每一种都放到您自己的文字上重数一遍，对不对，看数字。",
    box: {
      title: "您的文字",
      empty: "在这里写一段，或者粘贴一段",
      samples: "还没有文字？放一段样例试试：",
      sample: { english: "英文样例", chinese: "中文样例", mixed: "中英混排样例" },
      isSample: "样例",
      model: "用哪个模型的分词器",
      files: "您给的文件",
      counting: "正在数…",
      whole: (tokens, isEstimate) => `整篇${isEstimate ? "约 " : " "}${count(tokens)} 个 token`,
      parts: {
        chinese: (units, tokens) => `中文部分 ${count(units)} 个字，${tokens} 个 token`,
        english: (units, tokens) => `英文部分 ${count(units)} 个单词，${tokens} 个 token`,
      },
      noPart: { chinese: "没有中文", english: "没有英文" },
      how: "这两部分是怎么取出来的",
      howText: [
        "中文部分：留下汉字和它们的标点、空白，别的都拿掉，剩下的当作一篇单独的文字来数。标点也算字，空白不算，和文档软件的“字数”一样。假名多的行是日文，不算在内。",
        "英文部分：留下拉丁字母的词，以及挨着它们的数字、标点和空格。本页分不出英文和法文。单词由浏览器的 Intl.Segmenter 来数。",
        "登录凭证和密钥不是话，两部分都不含它们。",
        "各部分的 token 数加起来不等于整篇：拿掉的地方，两边的字会重新组合。",
      ],
      cut: (units) => `文字很长，说法只量前 ${count(units)} 个字符；整篇的 token 数仍是全部的。`,
      failed: (title) => `${title} 的词表没有载入，下面都是估算。`,
      retry: "再试一次",
    },
    others: {
      title: "再和别的分词器比一比",
      note: "词表还没载入的，先用估算，前面标“≈”，淡色的条是可能的范围。按一下就载入词表，数出准确的结果。",
      all: (bytes) => `全部载入（${format.bytes(bytes)}）`,
      load: (title, bytes) => `${title}，${format.bytes(bytes)}`,
      loading: (title) => `${title}，正在载入…`,
      loaded: "已载入",
      failed: (title) => `${title}，没有载入，再试一次`,
      done: "全部已载入",
    },
    sayings: {
      title: "这些说法",
      said: "有人说",
      quotes: {
        words: "1 个 token ≈ 0.75 个英文单词，1,000 个 token ≈ 750 个单词",
        one: "1 个 token ≈ 1 个汉字",
        range: "1 个汉字 ≈ 1～2 个 token",
        "1.6": "1 个汉字 ≈ 1.6 个 token",
        "1.35": "字数乘以 1.35，就是 token 数",
        article: "一千字的文章 ≈ 2,000 个 token",
      },
      yours: {
        "words-per-token": ({ value, units, tokens }) =>
          `您的文字：1 个 token 合 ${ratio(value)} 个单词，1,000 个 token 合 ${count(Math.round(value * 1000))} 个（${count(units)} 个单词，${count(tokens)} 个 token）。`,
        "characters-per-token": ({ value, units, tokens }) =>
          `您的文字：1 个 token 合 ${ratio(value)} 个字（${count(units)} 个字，${count(tokens)} 个 token）。`,
        "tokens-per-character": ({ value, units, tokens }) =>
          `您的文字：1 个字合 ${ratio(value)} 个 token（${count(units)} 个字，${count(tokens)} 个 token）。`,
        "tokens-per-thousand-characters": ({ value, units, tokens }) =>
          `照您的文字推算，一千字合 ${count(Math.round(value))} 个 token（${count(units)} 个字，${count(tokens)} 个 token）。`,
      },
      range: (low, high) => `这是估算，实际在 ${low} 到 ${high} 之间。`,
      verdicts: {
        holds: "在这里成立",
        roughly: "在这里大致成立",
        fails: "在这里不成立",
        open: "估算还说不准",
      },
      short: { holds: "成立", roughly: "大致", fails: "不成立", open: "说不准" },
      deviation: (deviation) => `偏差 ${format.deviation(deviation)}`,
      within: "在范围之内",
      tooLittle: {
        chinese: (units) =>
          units === 0
            ? "您的文字里没有中文，量不了。"
            : `您的文字里只有 ${count(units)} 个中文字，不到 ${count(ENOUGH)} 个，说明不了什么。`,
        english: (units) =>
          units === 0
            ? "您的文字里没有英文，量不了。"
            : `您的文字里只有 ${count(units)} 个英文单词，不到 ${count(ENOUGH)} 个，说明不了什么。`,
      },
      counting: "正在数…",
      empty: "有了文字，这里就有结果。",
      turned: (characters) =>
        `倒过来说：1 个 token 合 ${characters} 个字。国产模型的厂家说的多是“1 个 token ≈ 1.5～1.8 个字”，传着传着就说反了。`,
      perWord: (tokens) => `也有人说的是英文：1 个单词 ≈ 1.35 个 token。您的英文部分是 ${tokens} 个。`,
      noWords: "也有人说的是英文：1 个单词 ≈ 1.35 个 token，差不多就是 0.75 的倒数。",
      rows: ({ holds, roughly, fails, open }, total) =>
        `${count(total)} 种分词器：${[
          `${count(holds)} 种成立`,
          `${count(roughly)} 种大致成立`,
          `${count(fails)} 种不成立`,
          ...(open > 0 ? [`${count(open)} 种还说不准`] : []),
        ].join("，")}`,
      columns: {
        tokenizer: "分词器",
        bar: "图",
        verdict: "对不对",
        units: {
          "words-per-token": "单词 / token",
          "characters-per-token": "字 / token",
          "tokens-per-character": "token / 字",
          "tokens-per-thousand-characters": "token / 千字",
        },
      },
      line: (value) => `竖线：说法里的 ${value}`,
      about: (value) => `≈${value}`,
      calibrated: "校准",
      rule: `偏差在 ${format.percent(HOLDS)} 以内算成立，在 ${format.percent(ROUGHLY)} 以内算大致成立。标“校准”的，是从公开记录的计数里还原出来的，不是官方词表。`,
      spoken: (holds, total) => `${count(total)} 种说法里，有 ${count(holds)} 种在这里成立或大致成立。`,
    },
    why: {
      title: "为什么各说各的",
      vocabulary: "词表不一样",
      vocabularyText:
        "分词器只认得词表里有的片段。老词表几乎没有中文，一个汉字只好按字节拆成两三块；新词表不但有单字，还有成千上万个词，一个 token 就是两三个字。",
      example: (text) => `同样是“${text}”：`,
      load: (title, bytes) => `载入 ${title} 的词表（${format.bytes(bytes)}），看看它怎么切`,
      unknownPieces: (title) => `${title} 只知道数目，不知道切在哪里。`,
      tokens: tokensOf,
      columns: {
        tokenizer: "分词器",
        all: "词表大小",
        chinese: "含汉字的",
        words: "两字以上的",
        share: "图",
        yours: "您的文字：token / 字",
      },
      source:
        "从各词表文件逐个解码数出来的；日文里的汉字也算在内。条的前一段是两个字以上的，后面灰色的一段是一个字的。",
      turned: "把话说反了",
      turnedText: (perToken, perCharacter) =>
        perToken === undefined || perCharacter === undefined
          ? "“1 个 token 合 1.6 个字”和“1 个字合 1.6 个 token”，听起来差不多，其实差了两倍半。"
          : `“1 个 token 合 1.6 个字”和“1 个字合 1.6 个 token”，听起来差不多，其实差了两倍半。您的文字是：1 个 token 合 ${perToken} 个字，也就是 1 个字合 ${perCharacter} 个 token。`,
      texts: "文字也不一样",
      textsText:
        "每个说法都是某些文字的平均数。常用词多，token 就少；人名、生僻字、标点和换行多，token 就多；代码和表格又是另一回事。所以最可靠的办法，是把自己的文字数一遍。",
    },
    surprises: {
      title: "想不到的",
      lead: (model) => `用 ${model} 的分词器，一块颜色是一个 token，相同的 token 颜色相同。`,
      sentence: "同一句话，九种语言",
      oddities: "不是话的话",
      columns: { language: "语言", pieces: "怎么切", tokens: "token" },
      tokens: tokensOf,
      times: (times) => `英文的 ${times}`,
      unknownPieces: "这个分词器只知道数目，不知道切在哪里，所以没有色块。",
      waiting: "词表还没有载入，先用估算；载入以后就能看到每一块。",
      names: {
        family: "一家四口的表情",
        line: "64 个下划线",
        base64: "一个像素的图片，写成 base64",
        digits: "32 位数字",
        spaces: "64 个空格",
        uuid: "一个 UUID",
      },
      notes: {
        family:
          "看起来是一个字，其实是四个人，用三个看不见的连接符连在一起。下面一行是每个 token：能显示的是文字，其余是十六进制的字节。",
        line: "很长的一条线，token 却不多：词表里就有成排的下划线，代码里常见。",
        base64: "图片变成文字，一个字符也省不掉，模型却看不懂。",
        digits: "有的词表三位一组，有的两位，有的一位一个。",
        spaces: "看不见的也要数。成排的空格在代码里常见，所以新词表往往一个 token 就装下。",
        uuid: "36 个字符没有一个是词，所以切得很碎。",
      },
    },
    other: {
      title: "另一种 token",
      lead: "登录时说的 token 是另一回事：它是一张通行证。最常见的一种叫 JSON Web Token，三段文字用点连起来。",
      parts: ["头部", "内容", "签名"],
      text: "前两段是 base64url，不是加密，谁都能读；第三段是签名，有了它就能登录。要是把它贴给模型，不但白花大模型的 token，还把钥匙交了出去。上面这一张是本页现做的，是假的，打不开任何门。",
      put: "放进文本框里，看看会怎样",
      already: "已经在文本框里了",
    },
  };
}
