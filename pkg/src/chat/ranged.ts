/** The frames that are only known within a range: rules that leave something open, and vendors that publish none. */

import type { Format, FormatSource } from "./formats.js";
import type { Chat } from "./messages.js";
import type { Prompt } from "./prompt.js";
import { cookbook, cookbookMargin, cookbookOld, gpt5Margin, type Margin, texts } from "./rules.js";

const COOKBOOK: FormatSource = {
  name: "OpenAI Cookbook, How to count tokens with tiktoken",
  url: "https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken",
};

const NO_TEMPLATE = "The vendor has not published how it frames messages";

/** Returns them. */
export function ranged(): readonly Format[] {
  return [
    {
      name: "openai",
      models: "gpt-4o chatgpt-4o",
      source: COOKBOOK,
      specials: [],
      write: cookbook,
      margin: cookbookMargin,
      why: "OpenAI's rule says nothing of calls and answers of tools, and is approximate about functions",
    },
    {
      name: "openai-2023",
      models: "gpt-4 gpt-3-5 gpt-35",
      source: COOKBOOK,
      specials: [],
      write: cookbookOld,
      margin: cookbookMargin,
      why: "OpenAI's rule says nothing of calls and answers of tools, and is approximate about functions",
    },
    {
      name: "openai-later",
      models: "gpt-4-1 gpt-4-5 o1 o3 o4 gpt-5* gpt-6* chatgpt chat-latest gpt-chat-latest codex-mini",
      source: COOKBOOK,
      specials: [],
      write: cookbook,
      margin: gpt5Margin,
      why: `${NO_TEMPLATE} since GPT-4o; the range is from that of gpt-oss to the rule for GPT-4o`,
    },
    ...claude(),
    {
      name: "gemini",
      models: "gemini-1-0 gemini-1-5 gemini-2-0 gemini-2-5 gemini-3* gemini-4* gemini-pro gemini-flash",
      source: {
        name: "Gemini API, Understand and count tokens: a prompt of 10 tokens is billed as 10 or 11",
        url: "https://ai.google.dev/gemini-api/docs/tokens",
      },
      specials: [],
      write: (prompt, chat) => texts(prompt, chat, { message: 0, system: 0, tools: 8, reply: 0 }),
      margin: ({ turns, tools }) => [8 * Math.sign(tools.length), 2 * turns.length + 1 + 20 * tools.length],
      why: `${NO_TEMPLATE}; it bills the text and at most a few tokens more`,
    },
  ];
}

/**
 * Claude's frame around one message of the user is that of data/encodings.toml. Anthropic's example of token counting, 14 tokens, is
 * that frame and the texts under the vocabulary up to Opus 4.6, so a system message is taken to add its text only; of further messages
 * nothing is known. What tools add besides their text is published by model.
 */
function claude(): Format[] {
  const lines: readonly (readonly [models: string, frame: number])[] = [
    [
      "claude-3 claude-3-5 claude-3-7 claude-4 claude-4-1 claude-4-5 claude-4-6 claude-sonnet-3-5 claude-sonnet-3-7 claude-haiku-3 claude-haiku-3-5 claude-opus-3 claude-opus-4 claude-opus-4-0 claude-opus-4-1 claude-opus-4-5 claude-opus-4-6 claude-sonnet-4 claude-sonnet-4-0 claude-sonnet-4-5 claude-sonnet-4-6 claude-haiku-4-5",
      7,
    ],
    ["claude-opus-4-7 claude-4-7", 11],
    [
      "claude-opus-4-8 claude-4-8 claude-sonnet-5* claude-fable-5* claude-opus-5* claude-haiku-5-5 claude-mythos* claude-5*",
      6,
    ],
  ];
  return lines.map(([models, frame]) => ({
    name: `claude-${frame}`,
    models,
    source: {
      name: "PyPI ctok 1.3.0 for one message; Anthropic, Pricing of tool use, for what tools add",
      url: "https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/overview#pricing",
    },
    specials: [],
    write: (prompt: Prompt, chat: Chat) =>
      texts(prompt, chat, { message: 4, system: 0, tools: 346, reply: frame - 4 }),
    margin: ({ turns, tools }: Chat): Margin => {
      const systems = turns.filter(({ role }) => role === "system").length;
      const more = Math.max(0, turns.length - systems - 1);
      const [less, most] = tools.length > 0 ? [187, 184 + 40 * tools.length] : [0, 0];
      return [4 * more + less, 6 * more + 8 * systems + most];
    },
    why: `${NO_TEMPLATE}: the frame around one message is measured, for further ones and tools it is a range`,
  }));
}

interface Relative {
  readonly models: string;
  readonly of: string;
  readonly margin?: (chat: Chat) => Margin;
  readonly why: string;
}

const OTHER_TEMPLATE = "No package has this model's template";

/** Models whose template no package has, and whose frame that is taken. */
const RELATIVES: readonly Relative[] = [
  {
    models: "qwen2 qwen-2 qwen2-vl qwen-vl qwen2-5-vl qwen2-5-omni qwen2-5-math qvq",
    of: "qwen2.5",
    margin: ({ turns, tools }) => [
      (turns[0]?.role === "system" ? 0 : 16) + 150 * Math.sign(tools.length),
      (turns[0]?.role === "system" ? 0 : 8) + 150 * Math.sign(tools.length),
    ],
    why: `${OTHER_TEMPLATE}; that of Qwen 2.5 is taken, whose own message of the system is another`,
  },
  {
    models:
      "qwen3-max qwen3-coder qwen3-vl qwen3-next qwen3-omni qwen-max qwen-plus qwen-turbo qwen-flash qwen-long qwq qwen3-4b-instruct qwen3-4b-thinking qwen3-30b-a3b-instruct qwen3-30b-a3b-thinking qwen3-235b-a22b-instruct qwen3-235b-a22b-thinking",
    of: "qwen3",
    margin: ({ turns, tools }) => [
      4 + 200 * Math.sign(tools.length),
      4 + 4 * turns.length + 300 * Math.sign(tools.length),
    ],
    why: `${OTHER_TEMPLATE}; that of Qwen 3 is taken`,
  },
  {
    models: "qwen3-7 qwen-3-7 qwen3-8 qwen-3-8",
    of: "qwen3.5",
    margin: ({ turns, tools }) => [
      4 + 100 * Math.sign(tools.length),
      4 + 4 * turns.length + 100 * Math.sign(tools.length),
    ],
    why: `${OTHER_TEMPLATE}; that of Qwen 3.5 is taken`,
  },
  {
    models: "deepseek-v3-2 deepseek-chat deepseek-reasoner",
    of: "deepseek-v3.1",
    margin: ({ turns }) => [2, 2 + 2 * turns.length],
    why: `${OTHER_TEMPLATE}, or the name does not say which model it is; that of DeepSeek V3.1 is taken`,
  },
  {
    models: "deepseek-r1-distill-llama deepseek-r1-distill-qwen deepseek-r1-0528-qwen3",
    of: "deepseek-r1",
    margin: ({ turns }) => [2, 2 + 2 * turns.length],
    why: "Its template is another than that of DeepSeek R1, which is taken",
  },
  {
    models: "kimi-k2-thinking kimi-k2-7* kimi-k2-8* kimi-k2-9* kimi-k3* kimi-latest kimi-thinking moonshot",
    of: "kimi-k2.5",
    margin: ({ turns, tools }) => [
      2 * turns.length + 60 * tools.length,
      20 + 4 * turns.length + 60 * tools.length,
    ],
    why: `${OTHER_TEMPLATE}; that of Kimi K2.5 is taken`,
  },
  {
    models: "glm-4 glm4 chatglm-4",
    of: "glm-4",
    margin: ({ tools }) => [0, 60 * Math.sign(tools.length)],
    why: `${OTHER_TEMPLATE}; that of April 2025 is taken, whose tools have a shorter introduction`,
  },
  {
    models: "glm-4-6 glm4-6 glm-4-1v",
    of: "glm-4.5",
    margin: ({ turns }) => [2, 2 + 2 * turns.length],
    why: `${OTHER_TEMPLATE}; that of GLM-4.5 is taken`,
  },
  {
    models: "glm-5-3* glm-5-4* glm-5-5*",
    of: "glm-5.2",
    margin: ({ turns }) => [10, 10 + 4 * turns.length],
    why: `${OTHER_TEMPLATE}; that of GLM-5.2 is taken`,
  },
  {
    models: "minimax-m2 minimax-m2-1 minimax-m2-5 m2-her",
    of: "minimax-m2",
    margin: ({ turns }) => (turns[0]?.role === "system" ? [0, 0] : [3, 0]),
    why: "Without a message of the system the template names the model, and that of MiniMax-M2.7 is taken",
  },
  {
    models: "llama-3-1 llama-3-3 llama3-1 llama3-3 meta-llama-3-1 meta-llama-3-3",
    of: "llama3.1",
    why: `${OTHER_TEMPLATE}; that of Llama 3.2 is taken`,
  },
  {
    models: "mistral-tiny mistral-small-2312 mistral-small-2402 mistral-medium-2312 mistral-large-2402",
    of: "mistral-v1",
    margin: ({ turns }) => [0, 4 + 2 * turns.length],
    why: "The vendor has not said which version of its protocol it is; version 1 is taken",
  },
  {
    models: "mistral-tiny-2407 mistral-small-2409 codestral-2405 codestral-mamba open-codestral-mamba",
    of: "mistral-v3",
    margin: ({ turns }) => [4, 4 + 2 * turns.length],
    why: "The vendor has not said which version of its protocol it is; version 3 is taken",
  },
  {
    models:
      "mistral-small mistral-small-4 mistral-medium mistral-medium-3* mistral-large codestral mistral-code mistral-vibe-cli mistral-saba magistral devstral voxtral",
    of: "mistral-v13",
    margin: ({ turns, tools }) => {
      const called = turns.reduce((sum, { calls, role }) => sum + calls.length + Number(role === "tool"), 0);
      return [4 + 4 * tools.length, 4 + 16 * called];
    },
    why: "The name does not say which version of the protocol it is; version 13 is taken",
  },
  {
    models: "gemma-2 gemma2",
    of: "gemma3",
    why: `${OTHER_TEMPLATE}; that of Gemma 3 is taken`,
  },
  {
    models: "gemma-4-26b gemma-4-31b",
    of: "gemma4",
    margin: ({ turns, thinking }) => {
      const answers = turns.filter(({ role }) => role === "assistant").length;
      return [0, thinking === true ? 0 : 4 + 4 * answers];
    },
    why: "Unless it thinks, its template puts an empty thought before the reply, and before earlier ones in some revisions",
  },
];

/** Returns the frames of models whose template no package has. */
export function relatives(all: readonly Format[]): Format[] {
  return RELATIVES.flatMap(({ of, ...rest }) => {
    const format = all.find(({ name }) => name === of);
    return format ? [{ ...format, ...rest }] : [];
  });
}
