/** What an image is in tokens, by the rules that vendors publish. */

import { type Before, byPrefix, prefixes } from "../encodings.js";
import type { ImagePart } from "./messages.js";

/** A number of tokens, and between which it is. */
export interface Range {
  readonly tokens: number;
  readonly low: number;
  readonly high: number;
}

type Rule = (image: ImagePart) => Range;

/** Where a rule is published. */
interface ImageRule {
  readonly models: string;
  readonly rule: Rule;
}

const OPENAI = "https://platform.openai.com/docs/guides/images-vision#calculating-costs";
const CLAUDE = "https://platform.claude.com/docs/en/build-with-claude/vision";
const GEMINI = "https://ai.google.dev/gemini-api/docs/image-understanding";
const GEMINI_3 = "https://ai.google.dev/gemini-api/docs/media-resolution";
const QWEN = "https://help.aliyun.com/zh/model-studio/user-guide/vision";
const MISTRAL = "PyPI mistral-common 1.13.1, mistral_common/tokens/tokenizers/image.py";
const GEMMA = "https://ai.google.dev/gemma/docs/core/model_card_3";

/** Returns the rules by their source. */
function rules(): readonly (readonly [source: string, rules: readonly ImageRule[]])[] {
  return [
    [
      OPENAI,
      [
        { models: "gpt-4o gpt-4-1 gpt-4-5 gpt-4-turbo gpt-4-vision chatgpt-4o", rule: tiles(85, 170) },
        { models: "gpt-4o-mini", rule: tiles(2833, 5667) },
        { models: "gpt-5 gpt-5-chat", rule: tiles(70, 140) },
        { models: "o1 o3", rule: tiles(75, 150) },
        { models: "computer-use-preview", rule: tiles(65, 129) },
        { models: "gpt-4-1-mini", rule: patches(1.62) },
        { models: "gpt-4-1-nano", rule: patches(2.46) },
        { models: "o4-mini", rule: patches(1.72) },
        // What is billed, measured up to June 2026 (community.openai.com/t/1344040 and 1377015); the guide says 1.62 and 2.46.
        { models: "gpt-5-mini gpt-5-4-mini gpt-5-4-nano", rule: patches(1.2, 1.62) },
        { models: "gpt-5-nano", rule: patches(1.5, 2.46) },
      ],
    ],
    [
      CLAUDE,
      [
        {
          models:
            "claude-3 claude-3-5 claude-3-7 claude-4 claude-4-1 claude-4-5 claude-4-6 claude-sonnet-3-5 claude-sonnet-3-7 claude-haiku-3 claude-haiku-3-5 claude-opus-3 claude-opus-4 claude-opus-4-0 claude-opus-4-1 claude-opus-4-5 claude-opus-4-6 claude-sonnet-4 claude-sonnet-4-0 claude-sonnet-4-5 claude-sonnet-4-6 claude-haiku-4-5",
          rule: claude(1568, 1568),
        },
        {
          models:
            "claude-opus-4-7 claude-opus-4-8 claude-4-7 claude-4-8 claude-opus-5* claude-sonnet-5* claude-fable-5* claude-haiku-5-5 claude-mythos* claude-5*",
          rule: claude(2576, 4784),
        },
      ],
    ],
    [GEMINI, [{ models: "gemini-1-5 gemini-2-0 gemini-2-5", rule: geminiTiles }]],
    [
      GEMINI_3,
      // The most that an image has by default; a lower resolution, which a request may ask for, has 280.
      [{ models: "gemini-3 gemini-3-0 gemini-3-1", rule: () => ({ tokens: 1120, low: 280, high: 1120 }) }],
    ],
    [
      QWEN,
      [
        { models: "qwen2-vl qwen2-5-vl qwen-vl-max qwen-vl-plus", rule: grid(28, 4, 1280, 16384) },
        { models: "qwen3-vl qwen3-5 qwen3-6", rule: grid(32, 4, 2560, 16384) },
      ],
    ],
    [
      MISTRAL,
      [
        { models: "pixtral pixtral-12b pixtral-large", rule: rows(16, 1024) },
        {
          models:
            "mistral-small-3-1 mistral-small-3-2 mistral-small-2503 mistral-small-2506 mistral-medium-3 mistral-medium-2505",
          rule: rows(28, 1540),
        },
      ],
    ],
    [GEMMA, [{ models: "gemma-3 gemma3", rule: () => ({ tokens: 260, low: 258, high: 262 }) }]],
  ];
}

let entries: Map<string, { before: Before; source: string; rule: Rule }> | undefined;

/** Returns what an image is under a model, and the rule's source; `undefined` if no rule is published, or the size is none. */
export function imageTokens(model: string, image: ImagePart): (Range & { source: string }) | undefined {
  entries ??= new Map(
    rules().flatMap(([source, list]) =>
      list.flatMap(({ models, rule }) =>
        [...prefixes(models)].map(([key, before]) => [key, { before, source, rule }] as const),
      ),
    ),
  );
  const entry = byPrefix(entries, model);
  const isSized = image.width >= 1 && image.height >= 1 && Number.isFinite(image.width * image.height);
  return entry && isSized ? { ...entry.rule(image), source: entry.source } : undefined;
}

function exactly(tokens: number): Range {
  return { tokens, low: tokens, high: tokens };
}

/** So many for an image and for each tile of 512, in 2048 by 2048 and 768 at the shorter side; without detail the first only. */
function tiles(base: number, tile: number): Rule {
  return ({ width, height, detail }) => {
    if (detail === "low") return exactly(base);
    const fit = Math.min(1, 2048 / Math.max(width, height));
    const shrink = Math.min(1, 768 / (Math.min(width, height) * fit)) * fit;
    const across = Math.max(1, Math.ceil(Math.round(width * shrink) / 512));
    const down = Math.max(1, Math.ceil(Math.round(height * shrink) / 512));
    return exactly(base + tile * across * down);
  };
}

/** So many for each square of 32, at most 1,536 of them: a larger image is shrunk until they fit. */
function patches(each: number, most = each): Rule {
  return ({ width, height }) => {
    let [across, down] = [Math.ceil(width / 32), Math.ceil(height / 32)];
    const isShrunk = across * down > 1536;
    if (isShrunk) {
      const ratio = Math.sqrt((32 * 32 * 1536) / (width * height));
      const [w, h] = [(width * ratio) / 32, (height * ratio) / 32];
      const fit = ratio * Math.min(Math.max(1, Math.floor(w)) / w, Math.max(1, Math.floor(h)) / h);
      across = Math.ceil((width * fit) / 32 - 1e-9);
      down = Math.ceil((height * fit) / 32 - 1e-9);
    }
    const count = Math.min(1536, across * down);
    // Where it is shrunk, the most has been billed too.
    return {
      tokens: Math.round(count * each),
      low: Math.floor(count * each),
      high: Math.ceil((isShrunk ? 1536 : count) * most),
    };
  };
}

/** One for 750 pixels, shrunk to an edge and a number of squares of 28. */
function claude(edge: number, most: number): Rule {
  return ({ width, height }) => {
    const byEdge = Math.min(1, edge / Math.max(width, height));
    const area = width * height * byEdge * byEdge;
    const squares = Math.ceil((width * byEdge) / 28) * Math.ceil((height * byEdge) / 28);
    const tokens = Math.max(1, Math.min(Math.round(area / 750), Math.ceil((most * 784) / 750)));
    return {
      tokens,
      low: Math.min(tokens, Math.floor(Math.min(area / 784, most * 0.95))),
      high: Math.max(tokens, Math.min(squares, most)) + 8,
    };
  };
}

/** 258 for a small image and for each tile of a larger one; how it is cut is not published in full. */
function geminiTiles({ width, height }: ImagePart): Range {
  if (width <= 384 && height <= 384) return exactly(258);
  const tile = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)));
  const tokens = 258 * Math.ceil(width / tile) * Math.ceil(height / tile);
  const least = 258 * Math.ceil(width / 768) * Math.ceil(height / 768);
  return { tokens, low: Math.min(tokens, least), high: Math.max(tokens, least) };
}

/** One for each square, sides rounded to whole ones, with a mark at both ends; how many at most is the server's setting. */
function grid(side: number, fewest: number, usual: number, most: number): Rule {
  const count = ({ width, height }: ImagePart, limit: number): number => {
    let [across, down] = [Math.max(1, Math.round(width / side)), Math.max(1, Math.round(height / side))];
    if (across * down > limit) {
      const shrink = Math.sqrt((width * height) / (limit * side * side));
      across = Math.max(1, Math.floor(width / shrink / side));
      down = Math.max(1, Math.floor(height / shrink / side));
    } else if (across * down < fewest) {
      const grow = Math.sqrt((fewest * side * side) / (width * height));
      across = Math.ceil((width * grow) / side);
      down = Math.ceil((height * grow) / side);
    }
    return Math.min(across * down, limit) + 2;
  };
  return (image) => ({ tokens: count(image, usual), low: count(image, usual), high: count(image, most) });
}

/** One for each square, and one at the end of each row. */
function rows(side: number, edge: number): Rule {
  return ({ width, height }) => {
    const shrink = Math.max(1, width / edge, height / edge);
    const across = Math.max(1, Math.ceil(Math.round(width / shrink) / side));
    const down = Math.max(1, Math.ceil(Math.round(height / shrink) / side));
    return exactly((across + 1) * down);
  };
}
