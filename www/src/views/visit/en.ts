/** Words of the first view, in English. */
import type { Format } from "../../i18n/index.ts";
import type { Words } from "./words.ts";

const BASES = {
  exact: "counted exactly",
  calibrated: "calibrated count, unofficial",
  estimated: "an estimate, the vocabulary is on its way",
} as const;

export function en(f: Format): Words {
  const n = (count: number): string => f.count(count);
  const minutes = (count: number): string => `${n(count)} min`;
  const units = (count: number, isReal: boolean): string => (isReal ? tokens(count) : minutes(count));
  const tokens = (count: number): string =>
    `${n(count)} ${f.plural(count, { one: "token", other: "tokens" })}`;
  return {
    title: "A token is one minute of a cleaner's time",
    lead: "A visit is four hours at most: 240 minutes. What you say on the phone and what she does afterwards are both paid by the minute. The more you chat, the less gets done.",
    call: "You say on the phone",
    placeholder: "Say here what you want her to do…",
    samples: "Another call",
    sampleShort: "A sample call",
    sampleLong: "A call without end",
    clear: "Clear, and say your own",
    strikeSelection: "Strike the selection",
    fare: {
      title: "Meter",
      scale: "Window",
      scaleVisit: "240 minutes",
      scaleWindow: "A real model",
      currency: "Currency",
      model: "Model",
      files: "Your files",
      basis: (count) => (count.kind === "counted" ? BASES[count.basis] : "counting…"),
      failed: (reason) => `The vocabulary did not load, so this is an estimate. (${reason})`,
      retry: "Try again",
      talk: (isReal) => (isReal ? "Input" : "Talk"),
      work: (isReal) => (isReal ? "Answer" : "Work"),
      left: "Left",
      outside: "Too much",
      bill: "Bill",
      units,
      about: (count, isReal) => `≈ ${units(count, isReal)}`,
      range: (low, high) => `between ${n(low)} and ${n(high)}`,
      soFar: (count, isReal) => `${units(count, isReal)} so far`,
      unknown: "unknown",
      chatter: (count, amount, isReal) =>
        isReal
          ? `${tokens(count)} of this text are chatter, worth ${amount}.`
          : `${minutes(count)} of this call are chatter, worth ${amount}.`,
      strike: "Strike the chatter",
      cameBack: (count, amount, isReal) => `${units(count, isReal)} and ${amount} came back.`,
      restore: "Restore",
      reserved: "Minutes kept for the work",
      say: (outside, isReal) =>
        outside > 0 ? `${units(outside, isReal)} too much: the rest is not heard.` : "It fits again.",
    },
    tiles: {
      title: (isReal, window) => {
        if (!isReal) return "Her visit: 240 minutes";
        return window === undefined ? "This model's window is not known" : `The window: ${tokens(window)}`;
      },
      kinds: { talk: "talk", chatter: "chatter", kept: "work", free: "free" },
      worth: (count) => `In this window a tile is ${minutes(count)}, which is ${tokens(count)}.`,
      hour: (hour, isReal) => (isReal ? f.percent(hour / 4) : `hour ${n(hour)}`),
      summary: (told, chatter, kept, free, outside) =>
        outside > 0
          ? `${minutes(told)} of talk, ${n(chatter)} tiles of it chatter; ${minutes(kept)} of work; ${minutes(outside)} too much.`
          : `${minutes(told)} of talk, ${n(chatter)} tiles of it chatter; ${minutes(kept)} of work; ${minutes(free)} free.`,
      waiting: "Nothing is counted yet",
      outside: (count, isReal) =>
        isReal
          ? `${tokens(count)} too many: the model does not read the words underlined in red.`
          : `${minutes(count)} too much: she does not hear the words underlined in red.`,
      more: (count) => `${n(count)} more`,
      unfinished: (kept, work, isReal) =>
        isReal
          ? `If all of it were told, ${tokens(work)} would be left for the answer, not ${n(kept)}.`
          : `If all of it were told, ${minutes(work)} would be left for the work, not ${n(kept)}: it stays unfinished, or is done carelessly.`,
    },
  };
}
