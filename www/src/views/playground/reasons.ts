/**
 * Why a count is not exact, and why an encoding is assumed: the package and its book say so in English, in a few sentences that are put
 * together. Here they are in Chinese; a sentence that is not known stays as it is, and is marked as English.
 */
import { language } from "../../state/settings.ts";

export interface Reason {
  readonly text: string;
  /** The language of the text, if it is not that of the page. */
  readonly lang: "en" | undefined;
}

/** Returns a reason in the language of now. */
export function reasonOf(reason: string): Reason {
  if (language.value === "en") return { text: reason, lang: undefined };
  const text = SENTENCES.reduce((rest, [english, chinese]) => rest.replace(english, chinese), reason);
  const isWhole = !/[a-z]+ (?:is|are|has|have|that|the|of|not) /i.test(text);
  if (!isWhole) return { text: reason, lang: "en" };
  return { text: `${text.replaceAll("; ", "；").replace(/[。；]?$/, "")}。`, lang: undefined };
}

const GPT = "因为 GPT-4o 以来的 GPT 都用它，这里按 o200k_base 推定";
const GEMINI = "因为 Gemini 2.0 到 3.5 都用 Gemma 3 的词表，这里按它推定";

/** Longer ones first. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  // How messages are framed.
  [
    /The vendor has not published how it frames messages since GPT-4o; the range is from that of gpt-oss to the rule for GPT-4o/,
    "GPT-4o 以后，厂商没有公开消息的格式；范围取 gpt-oss 的格式到 GPT-4o 的规则之间",
  ],
  [
    /The vendor has not published how it frames messages; it bills the text and at most a few tokens more/,
    "厂商没有公开消息的格式；它按文字计费，最多再加几个 token",
  ],
  [
    /The vendor has not published how it frames messages: the frame around one message is measured, for further ones and tools it is a range/,
    "厂商没有公开消息的格式；一条消息的格式是实测的，更多消息和工具只知道范围",
  ],
  [
    /OpenAI's rule says nothing of calls and answers of tools, and is approximate about functions/,
    "OpenAI 的规则没有说工具的调用和结果怎么算，函数定义也只是近似",
  ],
  [
    /No package has this model's template; that of Qwen 2\.5 is taken, whose own message of the system is another/,
    "没有现成的模板，用 Qwen 2.5 的代替，它自带的系统消息不同",
  ],
  [
    /No package has this model's template; that of April 2025 is taken, whose tools have a shorter introduction/,
    "没有现成的模板，用 2025 年 4 月的代替，它的工具说明短一些",
  ],
  [
    /No package has this model's template, or the name does not say which model it is; that of ([\w. -]+?) is taken/,
    "没有现成的模板，或者名称没有说明是哪个模型，用 $1 的代替",
  ],
  [/No package has this model's template; that of ([\w. -]+?) is taken/, "没有现成的模板，用 $1 的代替"],
  [
    /Its template is another than that of DeepSeek R1, which is taken/,
    "它的模板与 DeepSeek R1 不同，这里用后者代替",
  ],
  [
    /Without a message of the system the template names the model, and that of MiniMax-M2\.7 is taken/,
    "没有系统消息时，模板会写上模型名，这里用 MiniMax-M2.7 的",
  ],
  [
    /The vendor has not said which version of its protocol it is; version (\d+) is taken/,
    "厂商没有说用哪一版协议，按第 $1 版算",
  ],
  [
    /The name does not say which version of the protocol it is; version (\d+) is taken/,
    "名称没有说明用哪一版协议，按第 $1 版算",
  ],
  [
    /how "[^"]*" frames messages is not known; the range is that of the frames that are/,
    "不知道这个模型的消息格式，范围按已知的各种格式给出",
  ],
  [/the texts' counts are estimated/, "文字的 token 数是估计的"],
  [/the texts' counts are calibrated/, "文字的 token 数是校准的"],
  [/the rule for images is approximate/, "图片的规则是近似的"],
  [/the template has no place for one of the messages/, "模板里没有地方放其中一条消息"],
  [/nothing is published about image and tools here/, "图片和工具怎么算，没有公开"],
  [/nothing is published about image here/, "图片怎么算，没有公开"],
  [/nothing is published about tools here/, "工具怎么算，没有公开"],
  // Which encoding it is.
  [
    /The vendor has not said which vocabulary this model has; o200k_base is assumed because every GPT model since GPT-4o uses it\.?/,
    `厂商没有说这个模型用哪个词表；${GPT}`,
  ],
  [
    /The name does not say which model it is; o200k_base is assumed because every GPT model since GPT-4o uses it\.?/,
    `名称没有说明是哪个模型；${GPT}`,
  ],
  [
    /Nobody has measured how this Claude counts; it is assumed to count as Claude Opus 5 does\.?/,
    "这个 Claude 还没有人测过，按 Claude Opus 5 推定",
  ],
  [
    /Nobody has measured how this Claude counts; it is assumed to count as Claude Fable 5 does, which is of its generation\.?/,
    "这个 Claude 还没有人测过，按同代的 Claude Fable 5 推定",
  ],
  [
    /The vendor has not said which vocabulary this model has; that of Gemma 3 is assumed because Gemini 2\.0 to 3\.5 use it\.?/,
    `厂商没有说这个模型用哪个词表；${GEMINI}`,
  ],
  [
    /The name does not say which model it is; the vocabulary of Gemma 3 is assumed because Gemini 2\.0 to 3\.5 use it\.?/,
    `名称没有说明是哪个模型；${GEMINI}`,
  ],
  [
    /The vendor has not said which vocabulary this model has; that of Qwen 3\.5 and 3\.6 is assumed\.?/,
    "厂商没有说这个模型用哪个词表，按 Qwen 3.5 和 3.6 推定",
  ],
  [
    /The vendor has not said which vocabulary this model has; that of MiniMax M1 to M3 is assumed\.?/,
    "厂商没有说这个模型用哪个词表，按 MiniMax M1 到 M3 推定",
  ],
  [
    /The vendor has not said which vocabulary this model has; that of (DeepSeek V4|GLM-5) is assumed\.?/,
    "厂商没有说这个模型用哪个词表，按 $1 推定",
  ],
  [
    /The name does not say which model it is; the vocabulary of Qwen 2 to 3 is assumed\.?/,
    "名称没有说明是哪个模型，按 Qwen 2 到 3 的词表推定",
  ],
  [
    /The name does not say which model it is; the vocabulary of Kimi K2 and K3 is assumed\.?/,
    "名称没有说明是哪个模型，按 Kimi K2 和 K3 的词表推定",
  ],
  [
    /The vendor has not said which vocabulary this model has, or the name does not say which model it is; tekken is assumed because Mistral's open models since Nemo use it\.?/,
    "厂商没有说这个模型用哪个词表，或者名称没有说明是哪个模型；Nemo 以来 Mistral 的开放模型都用 tekken，按它推定",
  ],
];
