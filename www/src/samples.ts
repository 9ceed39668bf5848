/** Texts to try: short ones whose counts surprise. They are examples, so they do not follow the page's language. */
export type SampleName = "english" | "chinese" | "emoji" | "code";

export const SAMPLES: Readonly<Record<SampleName, string>> = {
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
};
