/** Texts to try: short ones whose counts surprise. They are examples, so they do not follow the page's language. */
export const SAMPLES = {
  english: `Please clean the living-room windows, wash three shirts, and cook dinner for two.

If there is time left, water the plants on the balcony. The supermarket downstairs has a sale, by the way, and work made me so angry today; but you need not know any of that to clean a window.`,
  chinese: `请把客厅的窗户擦干净，洗三件衬衫，再做两个人的晚饭。

如果还有时间，给阳台上的花浇浇水。对了，楼下超市在打折，今天上班也真叫人生气——不过擦窗户并不需要知道这些。`,
  emoji: `👍 好的 👌🏽
👨‍👩‍👧‍👦 一家四口，是一个字符，却是许多 token
🇨🇳 🇺🇳 🏳️‍🌈 ❤️‍🔥 🫠
𠮷野家 · 𓀀 · ①②③`,
  code: `def fare(tokens: int, per_million: Decimal) -> Decimal:
    """What a text costs as input."""
    return per_million * tokens / 1_000_000


if __name__ == "__main__":
    print(f"¥{fare(12_345, Decimal('11.79')):.4f}")  # ________________`,
  wordy: `你好！麻烦你了，请把客厅的窗户  擦干净，再洗三件衬衫。

今天上班真是气死我了。楼下超市正在打折。


擦完窗户以后，把抹布洗净，晾在阳台上，不要放在水池里。
擦完窗户以后，把抹布洗净，晾在阳台上，不要放在水池里。
衬衫用冷水洗，领口多搓两遍。   

非常感谢！`,
  invisible: `\ufeffBOM 在最前面。
不换行空格：10\u00a0kg；全角空格：甲\u3000乙；制表符：a\tb。
零宽字符藏在这\u200b里，方向控制符藏在\u202ethere\u202c。
<|endoftext|> 是普通文字，还是特殊标记？`,
} as const;

export type SampleName = keyof typeof SAMPLES;
