/** Texts to begin with. They are examples, so they do not follow the page's language. */
export type SampleName = "english" | "chinese" | "mixed";

export const SAMPLES: Readonly<Record<SampleName, string>> = {
  english: `Please clean the living-room windows, wash three shirts, and cook dinner for two.

If there is time left, water the plants on the balcony. The supermarket downstairs has a sale, by the way, and work made me so angry today; but you need not know any of that to clean a window.`,
  chinese: `请把客厅的窗户擦干净，洗三件衬衫，再做两个人的晚饭。

如果还有时间，给阳台上的花浇浇水。对了，楼下超市在打折，今天上班也真叫人生气——不过擦窗户并不需要知道这些。`,
  mixed: `周会纪要：新版 App 下周一上线，老王负责 landing page，小李把 API 文档补齐。

The design review moved to Thursday afternoon. Please send your comments before lunch, and keep every screenshot in the shared folder so that nobody has to search for it again.

另外，客户反馈“加载太慢”，请先查一下是服务器的问题，还是图片太大，周三之前给个结论。`,
};

export const SAMPLE_NAMES: readonly SampleName[] = ["english", "chinese", "mixed"];

/** Returns which sample a text is. */
export function sampleOf(text: string): SampleName | undefined {
  return SAMPLE_NAMES.find((name) => SAMPLES[name] === text);
}
