/** What the reader sets of an agent. All start values are assumptions; the presets are only places to begin from. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Stated } from "../../state/current.ts";

/** What makes the agent cheaper, each a switch. */
export const ECONOMIES = ["cache", "index", "apart", "helper", "plan"] as const;
export type Economy = (typeof ECONOMIES)[number];

export const PRESETS = ["personal", "coding", "support"] as const;
export type Preset = (typeof PRESETS)[number];

/** When a new conversation begins. */
export type Compaction = "never" | "above" | "turns";

/** Where the heartbeat goes if it has a model of its own. */
export type Helper = "model" | "home";

/** Numbers of the setup: tokens, turns, minutes, hours and days. */
export interface Numbers {
  readonly configuration: number;
  readonly skills: number;
  readonly knowledge: number;
  readonly turns: number;
  readonly message: number;
  readonly toolResults: number;
  readonly output: number;
  /** Hours of the day. */
  readonly from: number;
  readonly to: number;
  readonly days: number;
  /** Minutes between heartbeats. */
  readonly every: number;
  readonly beatMessage: number;
  readonly beatOutput: number;
  readonly compactAbove: number;
  readonly compactTurns: number;
  readonly summary: number;
  readonly retrieved: number;
  readonly cacheLeast: number;
  readonly planRequests: number;
  readonly longAbove: number;
  readonly longCounts: number;
  readonly ahead: number;
}

export interface Setup extends Numbers {
  readonly hasHeartbeat: boolean;
  readonly compaction: Compaction;
  /** Whether what is written to the cache is kept for the longer of the times that the vendor offers. */
  readonly isCacheLong: boolean;
  /** Minutes that a cache lives; absent, as the vendor has it. */
  readonly cacheMinutes?: number;
  readonly cacheLongMinutes?: number;
  readonly helper: Helper;
  readonly helperModel: string;
  readonly plan: Stated;
  readonly isLongDearer: boolean;
  readonly isByHand: boolean;
  readonly on: Readonly<Record<Economy, boolean>>;
}

const COMMON = {
  days: 30,
  every: 30,
  beatMessage: 300,
  beatOutput: 20,
  compactAbove: 100_000,
  compactTurns: 6,
  summary: 2000,
  retrieved: 1500,
  cacheLeast: 1024,
  planRequests: 18_000,
  longAbove: 32_000,
  longCounts: 2,
  ahead: 10,
  hasHeartbeat: false,
  compaction: "above",
  isCacheLong: false,
  helper: "model",
  helperModel: "deepseek-flash",
  plan: { amount: 40_000_000_000_000n, currency: "CNY" },
  isLongDearer: true,
  isByHand: false,
  on: { cache: true, index: false, apart: false, helper: false, plan: false },
} as const;

const STARTS: Readonly<Record<Preset, Setup>> = {
  personal: {
    ...COMMON,
    configuration: 12_000,
    skills: 6000,
    knowledge: 10_000,
    turns: 30,
    message: 80,
    toolResults: 1500,
    output: 400,
    from: 0,
    to: 24,
    hasHeartbeat: true,
  },
  coding: {
    ...COMMON,
    configuration: 18_000,
    skills: 3000,
    knowledge: 40_000,
    turns: 120,
    message: 60,
    toolResults: 2500,
    output: 500,
    from: 9,
    to: 18,
    compactAbove: 160_000,
    summary: 4000,
    retrieved: 6000,
  },
  support: {
    ...COMMON,
    configuration: 3000,
    skills: 0,
    knowledge: 40_000,
    turns: 200,
    message: 150,
    toolResults: 300,
    output: 250,
    from: 8,
    to: 22,
    compaction: "turns",
    summary: 0,
  },
};

export const setup: Signal<Setup> = signal(STARTS.personal);

/** The preset that the setup still is, to the last number. */
export const preset: ReadonlySignal<Preset | undefined> = computed(() =>
  PRESETS.find((each) => STARTS[each] === setup.value),
);

/** Whether the configuration is the reader's own text. */
export const isOwnText: Signal<boolean> = signal(false);

export function change(changes: Partial<Setup>): void {
  setup.value = { ...setup.peek(), ...changes };
}

export function begin(preset: Preset): void {
  setup.value = STARTS[preset];
}

export function toggle(economy: Economy, isOn: boolean): void {
  change({ on: { ...setup.peek().on, [economy]: isOn } });
}
