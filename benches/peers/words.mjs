// @ts-check
/**
 * What the READMEs say around the figures.
 *
 * @typedef {object} Words
 * @property {(machine: string, chromium: string, date: string) => string} where
 * @property {string} busy
 * @property {(encoding: string) => string} unseen
 * @property {string} repeated
 * @property {string} first
 * @property {string} keystroke
 * @property {string} native
 * @property {string} more
 * @property {string} time
 * @property {string} wire
 * @property {string} memory
 * @property {string} size
 * @property {Record<string, string>} texts
 */

/** @type {Record<"en" | "zh", Words>} */
const WORDS = {
  en: {
    where: (machine, chromium, date) =>
      `Measured by \`make bench\` on ${machine}, Chromium ${chromium}, ${date}. ✗: it does not count what the reference counts.`,
    busy: "**The machine was busy: trust ratios, not figures.**",
    unseen: (encoding) =>
      `Counting text never seen before, \`${encoding}\`, MB of UTF-8 per second, in Chromium (most others count by making the ids):\n\n![Dots: MB per second of each package with each text](benches/results/unseen.svg)`,
    repeated: "The same text again and again, which shows the caches most of all:",
    first:
      "On a fresh page, from import to the count of 100 kB of English; what came over the network, under brotli; and the memory that it keeps:",
    keystroke: "A key in a text of English, to the new number; the others count the whole again:",
    native: "Natively, text never seen before, MB per second:",
    more: "All tables, with `encode`, other vocabularies, Node and hostile texts: [benches/results/bench.md](benches/results/bench.md).",
    time: "time",
    wire: "on the wire",
    memory: "memory",
    size: "",
    texts: {
      english: "English",
      chinese: "Chinese",
      code: "code",
      mixed: "mixed scripts",
      json: "JSON",
      chat: "chat with emoji",
    },
  },
  zh: {
    where: (machine, chromium, date) =>
      `由 \`make bench\` 测得：${machine}，Chromium ${chromium}，${date}。✗：数目与参考实现不同。`,
    busy: "**测量时机器繁忙：请看比例，别看数值。**",
    unseen: (encoding) =>
      `数从未见过的文字，\`${encoding}\`，Chromium 中每秒多少 MB（UTF-8；多数别家要先得出 id 才能计数）：\n\n![点图：各个包对各种文字每秒处理多少 MB](benches/results/unseen.svg)`,
    repeated: "反复数同一段文字，这主要看缓存：",
    first: "全新的页面：从导入到数完 100 kB 英文的时间；下载量（brotli 压缩后）；之后占用的内存：",
    keystroke: "在英文文字里敲一个键，到得出新的数目为止；其他各家都要把全文重数一遍：",
    native: "原生运行，从未见过的文字，每秒多少 MB：",
    more: "全部表格（`encode`、其他词表、Node、刁钻的文字）见 [benches/results/bench.md](benches/results/bench.md)。",
    time: "时间",
    wire: "下载量",
    memory: "内存",
    size: "",
    texts: {
      english: "英文",
      chinese: "中文",
      code: "代码",
      mixed: "多种文字",
      json: "JSON",
      chat: "带 emoji 的聊天",
    },
  },
};

/** @param {"en" | "zh"} language */
export function wordsOf(language) {
  return WORDS[language];
}
