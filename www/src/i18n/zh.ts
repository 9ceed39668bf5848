/** 简体中文。 */
import type { Format } from "../format.ts";
import type { Messages } from "./messages.ts";

const THEMES = { auto: "跟随系统", light: "浅色", dark: "深色" } as const;
const FAILURES = {
  fetch: "文件没有取到。请检查网络，再试一次。",
  blocked: "这个页面的安全策略不允许运行 WebAssembly，请联系网站管理员。",
  damaged: "取到的文件不完整，或不是词表。请再试一次；如果仍然不行，请刷新页面。",
  other: "原因不明。请再试一次；如果仍然不行，请刷新页面。",
} as const;

const BASES = {
  exact: "准确",
  calibrated: "校准：由记录下来的计数还原，非官方",
  assumed: "推定",
} as const;

export function zh(f: Format): Messages {
  const dated = { published: "发布", checked: "核对" } as const;
  return {
    title: "Tokimeter：token 计价器",
    tagline: "边写边看：多少 token，多少钱，上下文还剩多少。",
    privacy: "计数全部在本页完成，您写的内容不会离开浏览器。",

    language: "语言",
    theme: (theme) => `外观：${THEMES[theme]}`,

    meter: "计价器",
    model: "模型",
    basis: (encoding, basis) => `${encoding} · ${BASES[basis]}`,
    tokens: "token 数",
    assumed: "推定",
    calibrated: "校准",
    assumedNote: (encoding) => `厂商没有公布这个模型的分词方式，这里推定为 ${encoding}，数字仅供参考。`,
    costCny: "输入费用（人民币）",
    costUsd: "输入费用（美元）",
    remaining: "还可输入（token）",
    used: "已用的输入额度",
    characters: (count) => `${f.count(count)} 个字符`,
    words: (count) => `${f.count(count)} 个词`,
    counting: "正在统计…",
    countingPart: (part) => `正在计数… ${f.percent(part)}`,
    soFar: "尚未数完",
    progress: "计数进度",
    cancel: "取消",
    stopped: "计数已停止，所以还没有结果。您的文字还在。",
    resume: "重新计数",
    unknown: "未知",

    levelOk: "充裕",
    levelNear: "接近上限",
    levelOver: "已超出",
    detailOk: (used) => (used > 0 && used < 0.01 ? `已用不到 ${f.percent(0.01)}` : `已用 ${f.percent(used)}`),
    detailNear: (used, remaining) =>
      `已用 ${f.percent(used)}，只剩 ${f.count(remaining)} 个 token，请考虑精简。`,
    detailOver: (excess) => `超出 ${f.count(excess)} 个 token，请删减文字，或换用窗口更大的模型。`,
    barText: (tokens, budget) => `可输入 ${f.count(budget)} 个 token，已用 ${f.count(tokens)} 个`,
    budget: (window, reserve, budget) =>
      `窗口 ${f.count(window)}，为输出预留 ${f.count(reserve)}，输入最多 ${f.count(budget)}`,
    budgetCapped: (window, cap) => `窗口 ${f.count(window)}，其中输入最多 ${f.count(cap)}`,
    noWindow: "这个模型的上下文窗口未知",
    noOneWindow: "这些模型的窗口大小不一",

    ownFile: "用自己的 tokenizer.json…",
    ownFiles: "自己的文件",
    loading: (encoding) => `正在载入 ${encoding} 词表…`,
    failed: (encoding) => `${encoding} 词表没有载入成功，暂时无法计数。您的文字还在。`,
    failedHelp: (kind) => FAILURES[kind],
    retry: "重试",

    text: "您的文字",
    placeholder: "在这里写，或粘贴一段文字…",
    samples: "试一段",
    sampleEnglish: "英文",
    sampleChinese: "中文",
    sampleEmoji: "表情",
    sampleCode: "代码",
    clear: "清空",
    colours: "用颜色分出 token",
    coloursMissing: "这个浏览器不支持就地着色，计数不受影响。",
    coloursTooLong: (limit) => `超过 ${f.count(limit)} 个字符后不再着色，计数照常。`,
    coloursUnknown: "厂商没有公布 token 的边界，所以没有颜色。",

    compare: "对比",
    compareNote: "同一段文字，用别的词表各是多少。勾选时才下载相应的词表。",
    compareCaption: "这段文字在各个词表中的 token 数",
    compareName: "词表",
    compareTimes: "与最少之比",
    compareChoose: "选择词表",
    compareBasis: (encoding, basis) => `${encoding} · ${basis === "exact" ? "准确" : "校准，非官方"}`,
    compareSize: (bytes) => `${f.count(Math.ceil(bytes / 1000))} kB`,
    compareLoading: "正在载入…",
    compareFailed: "没有载入成功。",

    settings: "设置",
    reserve: "为输出预留（token）",
    reserveHint: (most) => `模型的回答也占窗口，最多 ${f.count(most)}。`,
    reserveUnlimited: "模型的回答也占窗口。",
    reserveWrong: (used) => `请输入范围内的整数；目前按 ${f.count(used)} 计算。`,
    rate: "1 美元合人民币（元）",
    rateNote: ({ name, date, dateIs }) => `${name} 的折算汇率，${f.date(date)}${dated[dateIs]}，可以改。`,
    rateOwn: (original) => `您自己的汇率；原为 ${f.rate(original)}。`,
    rateWrong: (used) => `请输入数字，小数最多六位；目前按 ${f.rate(used)} 计算。`,
    rateReset: "还原汇率",

    prices: "价格",
    pricesCaption: (model) => `${model}，每百万 token`,
    priceKind: "项目",
    priceInput: "输入",
    priceCached: "输入（命中缓存）",
    priceOutput: "输出",
    currency: (currency, isConverted) => {
      const name = currency === "USD" ? "美元" : "人民币";
      return isConverted ? `折合${name}` : name;
    },
    priceBelow: (limit) => `输入不超过 ${f.count(limit)} 个 token`,
    priceAbove: (limit) => `输入超过 ${f.count(limit)} 个 token（整次请求）`,
    priceNow: "当前适用",
    priceSource: ({ name, date, dateIs }) => `价格取自 ${name}，${f.date(date)}${dated[dateIs]}。`,
    priceOld: (days, date) => `${f.date(date)} 的价格已过去 ${days} 天以上，厂商可能已经调整。`,
    priceOffPeak: (prices) => `以上是高峰时段的价格。空闲时段：${prices.join("，")}。`,
    priceOther: ({ name, date }, prices) => `${name}（${f.date(date)}）的价格不同：${prices.join("，")}。`,
    vendorPage: (vendor) => `${vendor} 的价格页`,
    noPrice: "这个模型的价格未知",
    noOnePrice: "几个模型共用这个词表，价格各不相同。",
    retires: (date) => `厂商将于 ${f.date(date)} 停用这个模型。`,
    retired: (date) => `厂商已于 ${f.date(date)} 停用这个模型。`,

    sayNear: (used, remaining) => `接近上限：已用 ${f.percent(used)}，还剩 ${f.count(remaining)} 个 token。`,
    sayOver: (excess) => `已超出上限 ${f.count(excess)} 个 token。`,
    sayOk: (remaining) => `已回到上限的八成以下，还剩 ${f.count(remaining)} 个 token。`,
  };
}
