/** 简体中文。 */
import { zhPhrases } from "tokimeter/codemirror";
import type { Format } from "../../i18n/full.ts";
import type { Told, Words } from "./words.ts";

const BASES = {
  exact: "准确",
  calibrated: "校准值，由记录下来的计数还原，非官方",
  assumed: "推定",
  estimated: "估算",
} as const;
const DATED = { published: "发布", checked: "核对" } as const;

/** CodeMirror 自己的词句。 */
const PHRASES: Readonly<Record<string, string>> = {
  ...zhPhrases,
  Find: "查找",
  Replace: "替换为",
  next: "下一个",
  previous: "上一个",
  all: "全选",
  "match case": "区分大小写",
  regexp: "正则表达式",
  "by word": "整词",
  replace: "替换",
  "replace all": "全部替换",
  close: "关闭",
  "current match": "当前匹配",
  "on line": "在第几行",
  "replaced $ matches": "已替换 $ 处",
  "replaced match on line $": "已替换第 $ 行的一处",
  "Go to line": "跳到行",
  go: "跳转",
  Diagnostics: "提示",
  "No diagnostics": "没有提示",
};

export function zh(f: Format): Words {
  const tokens = (count: number): string => `${f.count(count)} 个 token`;
  const about = (count: number, isEstimated: boolean): string =>
    `${isEstimated ? "约 " : ""}${tokens(count)}`;
  const told = ({ input, cached, output }: Told): string =>
    [input && `输入 ${input}`, cached && `命中缓存 ${cached}`, output && `输出 ${output}`]
      .filter(Boolean)
      .join("，");
  return {
    title: "试验台",
    lead: "贴一段提示词：多少 token、多少钱、窗口还剩多少、哪些话可以不说，都在这一屏。",

    meter: "计价器",
    model: "模型",
    files: "自己的文件",
    basis: (encoding, basis) => `${encoding} · ${BASES[basis]}`,
    tokens: "token 数",
    marks: { calibrated: "校准", assumed: "推定", estimated: "估算" },
    about: (count) => `≈${count}`,
    range: (range) => `大概在 ${range} 之间`,
    soFar: "还没数完",
    cost: { CNY: "输入费用（人民币）", USD: "输入费用（美元）" },
    remaining: "还可输入（token）",
    unknown: "未知",
    used: "已用的输入额度",
    levelOk: "充裕",
    levelNear: "接近上限",
    levelFull: "已到上限",
    levelOver: "已超出",
    detailOk: (used) => (used > 0 && used < 0.01 ? `已用不到 ${f.percent(0.01)}` : `已用 ${f.percent(used)}`),
    detailNear: (used, remaining) => `已用 ${f.percent(used)}，只剩 ${tokens(remaining)}，可以精简一些。`,
    detailFull: (remaining) => `已到上限，只剩 ${tokens(remaining)}，可以精简一些。`,
    detailOver: (excess) => `超出 ${tokens(excess)}。请删减文字，或换用窗口更大的模型。`,
    barText: (used, room) => `可输入 ${tokens(room)}，已用 ${f.count(used)} 个`,
    room: (window, reserve, room) =>
      `窗口 ${f.count(window)}，为回答预留 ${f.count(reserve)}，最多可输入 ${f.count(room)}`,
    roomCapped: (window, cap) => `窗口 ${f.count(window)}，其中最多可输入 ${f.count(cap)}`,
    noWindow: "这个模型的窗口大小未知",
    noOneWindow: "这些模型的窗口大小不一",
    sayOk: (remaining) => `已回到上限的八成以下，还剩 ${tokens(remaining)}。`,
    sayNear: (used, remaining) => `接近上限：已用 ${f.percent(used)}，还剩 ${tokens(remaining)}。`,
    sayFull: (remaining) => `已到上限，还剩 ${tokens(remaining)}。`,
    sayOver: (excess) => `已超出上限 ${tokens(excess)}。`,

    counting: (part) => `正在计数… ${f.percent(part)}`,
    progress: "计数进度",
    cancel: "停止",
    stopped: "计数已停止，所以还没有结果。您的文字还在。",
    resume: "重新计数",
    loading: (encoding) => `正在载入 ${encoding} 词表，先给出估算…`,
    reading: (file, part) => `正在读取 ${file}… ${f.percent(part)}`,
    failed: (encoding, isEstimated) =>
      isEstimated
        ? `${encoding} 词表没有载入，现在显示的是估算。您的文字还在。`
        : `${encoding} 词表没有载入，暂时无法计数。您的文字还在。`,
    failedFile: (file) => `${file} 不能用来计数，现在显示的是估算。您的文字还在。`,
    retry: "再试一次",
    pattern: "文件里没有写明怎样切分文字，请选一种",
    usePattern: "按这种方式读取",

    text: "您的文字",
    placeholder: "在这里写，或粘贴一段提示词…",
    ownFile: "用自己的 tokenizer.json…",
    dropHere: "松手，就用这个文件计数",
    samples: "试一段",
    sample: {
      english: "英文",
      chinese: "中文",
      emoji: "表情",
      code: "代码",
      wordy: "啰嗦的",
      invisible: "看不见的",
    },
    clear: "清空",
    colours: "用颜色分出 token",
    ids: "显示编号",
    noBoxes: {
      calibrated: "厂商没有公布词表：能还原出总数，不知道 token 从哪里断开，所以没有颜色。",
      estimated: "现在是估算，还不知道 token 从哪里断开，所以没有颜色。",
    },
    characters: (count) => `${f.count(count)} 个字符`,
    words: (count) => `${f.count(count)} 个词`,
    statsPending: "正在数字符和词…",
    selected: (count, all, mark) => `选中的部分单独是 ${mark(tokens(count))}，全文 ${mark(f.count(all))} 个`,
    edit: (change, cost, mark) =>
      cost === undefined
        ? `这次修改：${mark(f.change(change))} 个 token`
        : `这次修改：${mark(f.change(change))} 个 token，${mark(cost)}`,

    tokenCount: tokens,
    idsAre: (ids) => `编号 ${ids.join("、")}`,
    bytesAre: (bytes) => `字节 ${bytes}`,
    special: (name, id) =>
      `看上去是特殊标记 ${name}（编号 ${id}）。这里按普通文字计数；直接发给模型时，可能被当成标记。`,
    invisible: {
      space: "空格",
      tab: "制表符",
      break: "换行",
      "no-break": "不换行空格",
      wide: "全角空格",
      "other-space": "特殊空格",
      "zero-width": "零宽字符",
      bom: "字节顺序标记（BOM）",
      bidi: "文字方向控制符",
      tag: "隐形的标签字符",
      control: "控制字符",
    },

    hints: "可以不说的",
    hintsLead: "每条省多少，都是去掉以后重新数出来的。",
    hintsNone: "没有发现可以省的地方。",
    hintsEmpty: "写下文字以后，这里会列出可以省的地方。",
    hintsPending: "正在找…",
    hintsTooLong: (limit) => `超过 ${f.count(limit)} 个字符的文字，不再逐处查找。`,
    hintKind: {
      spaces: "多余的空格",
      "trailing-spaces": "行尾的空格",
      "blank-lines": "多余的空行",
      repeat: "重复的话",
      base64: "变成文字的文件",
      credential: "登录凭证",
      courtesy: "客套话",
      chatter: "闲话",
    },
    hintSaves: (count, isEstimated) => `省 ${about(count, isEstimated)}`,
    hintCosts: (count, isEstimated) => `不要发出去；发出去要花 ${about(count, isEstimated)}`,
    hintsTogether: (count, cost, isEstimated) =>
      cost === undefined
        ? `一起去掉，省 ${about(count, isEstimated)}`
        : `一起去掉，省 ${about(count, isEstimated)}，${cost}`,
    apply: { shorten: "去掉", remove: "删除" },
    applyLabel: (action, kind, excerpt) => `${action}${kind}：${excerpt}`,
    applyAll: (count) => `全部去掉（${f.count(count)} 处）`,
    jump: (excerpt) => `在文中找到：${excerpt}`,
    more: (count) => `再列出 ${f.count(count)} 处`,
    applied: (count) => `已去掉，省了 ${tokens(count)}。`,

    tokenList: "逐个看 token",
    tokenListOf: (count) => `选中的地方有 ${tokens(count)}（连同被切到的）`,
    tokenAtCaret: "光标前的 token。选中一段文字，就列出那一段的。",
    tokenNumber: "第几个",
    tokenText: "文字",
    tokenId: "编号",
    tokenBytes: "字节",
    tokenPart: "字符的一部分",
    tokensMore: (count) => `还有 ${tokens(count)}没有列出。`,

    settings: "设置",
    currency: "金额",
    currencies: { CNY: "人民币", USD: "美元" },
    reserve: "为回答预留（token）",
    reserveHint: (most) => `回答也占窗口，最多 ${f.count(most)}。`,
    reserveUnlimited: "回答也占窗口。",
    reserveWrong: (used) => `请输入范围内的整数；目前按 ${f.count(used)} 计算。`,
    rate: "1 美元合人民币（元）",
    rateNote: ({ name, date, dateIs }) => `${name} 的折算汇率，${f.date(date)}${DATED[dateIs]}，可以改。`,
    rateOwn: (original) => `您自己的汇率；原为 ${original}。`,
    rateWrong: (used) => `请输入数字，小数最多六位；目前按 ${used} 计算。`,
    rateReset: "还原汇率",

    prices: "价格",
    pricesCaption: (model) => `${model}，每百万 token`,
    priceKind: "项目",
    priceInput: "输入",
    priceCached: "输入（命中缓存）",
    priceOutput: "输出",
    priceIn: (currency, isConverted) => {
      const name = currency === "USD" ? "美元" : "人民币";
      return isConverted ? `折合${name}` : name;
    },
    priceBelow: (limit) => `输入不超过 ${tokens(limit)}`,
    priceAbove: (limit) => `输入超过 ${tokens(limit)}（整次请求）`,
    priceTier: { standard: "高峰时段", "off-peak": "空闲时段", batch: "批量" },
    priceNow: "当前适用",
    priceSource: ({ name, date, dateIs }) => `价格取自 ${name}，${f.date(date)}${DATED[dateIs]}。`,
    priceOld: (days, date) => `${f.date(date)} 的价格已过去 ${days} 天以上，厂商可能已经调整。`,
    priceOther: ({ name, date }, prices) => `${name}（${f.date(date)}）的价格不同：${told(prices)}。`,
    vendorPage: (vendor) => `${vendor} 的价格页`,
    noPrice: "这个模型的价格未知。",
    noOnePrice: "几个模型共用这个词表，价格各不相同。",
    assumedNote: (encoding) => `厂商没有公布这个模型的分词方式，这里推定为 ${encoding}，数字仅供参考。`,
    retires: (date) => `厂商将于 ${f.date(date)} 停用这个模型。`,
    retired: (date) => `厂商已于 ${f.date(date)} 停用这个模型。`,

    phrases: PHRASES,
  };
}
