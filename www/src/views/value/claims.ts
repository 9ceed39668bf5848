/** The sayings about gifts and current, each in yuan as it is said, and the models of the book that it can be checked with. */
import { findModel, type Model } from "tokimeter/models";
import { offered } from "./offered.ts";

const YUAN = 1_000_000_000_000n;

export interface Claim {
  readonly id: "gpt-4o" | "kimi" | "deepseek" | "chinese" | "openai";
  /** In 10⁻¹² yuan. */
  readonly low: bigint;
  readonly high: bigint;
  readonly models: readonly Model[];
}

/** What a gift of ten million tokens is said to be worth. */
export const GIFT_CLAIMS: readonly Claim[] = [
  claim("gpt-4o", 300n, 400n, "gpt-4o"),
  claim("kimi", 100n, 200n, "kimi-k3.1-pro kimi-k3 kimi-k2.6 kimi-k2-thinking"),
  claim("deepseek", 20n, 30n, "deepseek-v4-pro deepseek-flash deepseek-chat"),
];
export const CLAIMED_GIFT = 10_000_000;

/** What the tokens of a kilowatt-hour are said to be worth. */
export const KWH_CLAIMS: readonly Claim[] = [
  claim("chinese", 11n, 11n, "deepseek-v4-pro deepseek-flash qwen3.8-max qwen3.8-flash kimi-k3 glm-5.3"),
  claim("openai", 400n, 400n, "gpt-6.1-sol gpt-5.5 gpt-5.2 gpt-4o"),
];
export const CLAIMED_KWH = 5_000_000;

/** What a public supercomputing network is said to sell tokens at: ¥0.1 for a million, input and output. */
export const NETWORK: Pick<Model, "prices"> = {
  prices: [
    {
      currency: "CNY",
      standard: { input: 100_000, output: 100_000 },
      asOf: "2026",
      source: { name: "passed around, without a source", date: "2026" },
    },
  ],
};

function claim(id: Claim["id"], low: bigint, high: bigint, ids: string): Claim {
  const models = ids.split(" ").flatMap((each) => findModel(each) ?? []);
  return { id, low: low * YUAN, high: high * YUAN, models: models.map(offered) };
}
