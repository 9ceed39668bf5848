/** The meter's words in Chinese. In English they stand where they are used, which is CodeMirror's way. */

/** Chinese for `EditorState.phrases.of(…)`. Of `"en"` is the language of numbers, amounts of money, and hints. */
export const zhPhrases: Readonly<Record<string, string>> = {
  en: "zh-CN",
  "Token meter": "Token 计量器",
  "Token meter: $": "Token 计量器：$",
  "$ token": "$ 个 token",
  "$ tokens": "$ 个 token",
  "estimated: $1 to $2": "估算：$1 到 $2",
  "calibrated: $1 to $2": "校准值：$1 到 $2",
  "$1% of $2": "$2 的 $1%",
  fits: "放得下",
  "nearly full": "快满了",
  "over by $": "超出 $",
  "$1 at prices of $2": "$1（$2 的价格）",
  "$ selected": "已选 $",
  "$1 selected in $2 parts": "已选 $2 处，共 $1",
  "counting…": "正在计数……",
  "unknown model": "未知模型",
  "unknown model; is it $?": "未知模型；是不是 $？",
  "no exact count": "没有准确的计数",
  "try again": "重试",
  "beyond the limit": "超出限额的部分",
  full: "已满",
  Remove: "删除",
  Shorten: "缩短",
};
