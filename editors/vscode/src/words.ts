/**
 * What a reading says: the few words of the status bar, a sentence for who does not see it, and all of it.
 */

import type { Cost, Meter, MeterSettings, Reading } from "tokimeter";
import { l10n, MarkdownString } from "vscode";
import type { CountedDocument, Selected } from "./counted.ts";
import { type Format, literal } from "./format.ts";

/** Returns what the status bar shows. */
export function shortWords(
  format: Format,
  { reading, settings, error }: CountedDocument,
  selected?: Selected,
): string {
  if (!reading) return error ? `$(error) ${l10n.t("no count")}` : `$(loading~spin) ${l10n.t("counting")}`;
  const about = reading.basis === "exact" ? "" : "≈";
  const tokens = about + format.tokens(reading.tokens);
  const parts = [
    selected ? l10n.t("{0} ({1} selected)", tokens, about + format.count(selected.tokens)) : tokens,
  ];
  const share = shareOf(reading, settings.meter);
  if (share !== undefined) parts.push(format.share(share));
  const level = levelWords(format, reading);
  if (level) parts.push(level);
  return `$(${ICONS[reading.level ?? "ok"]}) ${parts.join(" · ")}`;
}

/** Returns one sentence that says the same to a screen reader. */
export function spokenWords(format: Format, counted: CountedDocument, selected?: Selected): string {
  const { meter, reading, settings } = counted;
  if (!meter || !reading) return l10n.t("Tokimeter: no count yet");
  const words = [l10n.t("{0} for {1}", format.tokens(reading.tokens), nameOf(meter, settings.model))];
  if (reading.basis !== "exact")
    words.push(l10n.t("between {0} and {1}", format.count(reading.low), format.count(reading.high)));
  if (selected) words.push(selectedWords(format, selected));
  const share = shareOf(reading, settings.meter);
  if (share !== undefined) words.push(l10n.t("{0} of the room", format.share(share)));
  const level = levelWords(format, reading);
  if (level) words.push(level);
  return words.join(l10n.t(", "));
}

/** Returns the tooltip. */
export function longWords(format: Format, counted: CountedDocument, selected?: Selected): MarkdownString {
  const { meter, reading, settings, error } = counted;
  const lines: string[] = [];
  if (meter && reading) {
    lines.push(`**${literal(nameOf(meter, settings.model))}**`);
    lines.push(`${format.tokens(reading.tokens)}${l10n.t(", ")}${basisWords(format, meter, reading)}`);
    if (selected) lines.push(selectedWords(format, selected));
    lines.push(roomWords(format, meter, reading, settings.meter));
    lines.push(...costWords(format, reading.cost));
    const assumption = meter.tokenizer.assumption ?? meter.model?.assumption;
    if (assumption !== undefined) lines.push(`$(info) ${literal(assumption)}`);
    if (!meter.model) lines.push(`$(info) ${unknownWords(meter, settings.model)}`);
  }
  if (error !== undefined) {
    const why = literal(error instanceof Error ? error.message : String(error));
    lines.push(`$(error) ${why} [${l10n.t("Count again")}](command:tokimeter.retry)`);
  }
  const links = [
    `[${l10n.t("Choose a model")}](command:tokimeter.chooseModel)`,
    `[${l10n.t("Settings")}](command:workbench.action.openSettings?%5B%22tokimeter.%22%5D)`,
  ];
  const text = new MarkdownString([...lines, links.join(" · ")].join("\n\n"), true);
  text.isTrusted = {
    enabledCommands: ["tokimeter.chooseModel", "tokimeter.retry", "workbench.action.openSettings"],
  };
  return text;
}

/** Returns a cost, with its range if the count has one. */
export function costRange(format: Format, { total, low, high, currency }: Cost): string {
  const money = format.money(total, currency);
  if (low === high) return money;
  return l10n.t("{0} (from {1} to {2})", money, format.money(low, currency), format.money(high, currency));
}

/** Returns the date and the source of the prices. */
export function priceWords({ asOf, source, converted }: Pick<Cost, "asOf" | "source" | "converted">): string {
  const { name, version } = source;
  const words = l10n.t("Prices of {0}, from {1}", asOf, version === undefined ? name : `${name} ${version}`);
  if (!converted) return words;
  const { cnyPerUsd, source: bank } = converted;
  const rate = l10n.t("; converted at {0} yuan a dollar ({1}, {2})", cnyPerUsd / 1e6, bank.name, bank.date);
  return words + rate;
}

/** Returns what may have been meant by the name of a model that is not known. */
export function unknownWords({ nearest }: Pick<Meter, "nearest">, model: string): string {
  return l10n.t(
    "No model {0} is known; near it are {1}.",
    literal(model),
    nearest.map(literal).join(l10n.t(", ")),
  );
}

const ICONS = { ok: "dashboard", near: "warning", over: "error" } as const;

function nameOf({ model }: Meter, id: string): string {
  return model?.name ?? id;
}

function basisWords(format: Format, { tokenizer }: Meter, { basis, low, high }: Reading): string {
  if (basis === "exact") return l10n.t("exact ({0})", literal(tokenizer.name));
  const range = l10n.t("between {0} and {1}", format.count(low), format.count(high));
  const how = basis === "calibrated" ? l10n.t("calibrated on recorded counts") : l10n.t("estimated");
  return `${how}${l10n.t(", ")}${range}`;
}

function selectedWords(format: Format, { parts, tokens }: Selected): string {
  if (parts === 1) return l10n.t("Selection: {0}", format.tokens(tokens));
  return l10n.t("{0} selections, joined by line breaks: {1}", format.count(parts), format.tokens(tokens));
}

/** What of the room for the input is taken. */
function shareOf({ tokens, remaining }: Reading, { context = 0 }: MeterSettings): number | undefined {
  if (remaining === undefined) return undefined;
  const room = context + tokens + remaining;
  return room > 0 ? (context + tokens) / room : undefined;
}

function levelWords(format: Format, { level, remaining = 0 }: Reading): string | undefined {
  if (level === "over" && remaining < 0) return l10n.t("over by {0}", format.count(-remaining));
  if (level === "over") return l10n.t("at the limit");
  if (level === "near") return l10n.t("nearly full");
  return undefined;
}

function roomWords(format: Format, { model }: Meter, reading: Reading, settings: MeterSettings): string {
  const { window, remaining } = reading;
  const { context = 0, reserveOutput = 0 } = settings;
  if (remaining === undefined) return l10n.t("The model's window is not known.");
  const words = [
    remaining < 0
      ? l10n.t("{0} too many", format.tokens(-remaining))
      : l10n.t("{0} left", format.tokens(remaining)),
  ];
  if (window !== undefined) words.push(l10n.t("window {0}", format.count(window)));
  if (model?.maxInput !== undefined) words.push(l10n.t("input at most {0}", format.count(model.maxInput)));
  if (context > 0) words.push(l10n.t("context {0}", format.count(context)));
  if (reserveOutput > 0) words.push(l10n.t("reply {0}", format.count(reserveOutput)));
  return words.join(" · ");
}

function costWords(format: Format, cost: Cost | undefined): string[] {
  if (!cost) return [l10n.t("No price of the model is known.")];
  const tier =
    cost.tier === "off-peak" ? l10n.t(", off-peak") : cost.tier === "batch" ? l10n.t(", in a batch") : "";
  const step = cost.above === undefined ? "" : l10n.t(", at the price for more than {0}", String(cost.above));
  const reply = cost.output
    ? l10n.t(", of that for the reply {0}", format.money(cost.output, cost.currency))
    : "";
  return [l10n.t("Cost: {0}", costRange(format, cost)) + reply + tier + step, literal(priceWords(cost))];
}
