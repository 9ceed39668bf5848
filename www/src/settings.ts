/**
 * What the page remembers between visits: model, language, theme, what is compared. Never the text. Storage can be refused (private
 * windows, policies), and then the page simply forgets.
 */
import { type EncodingName, encodings } from "tokimeter";
import type { Language } from "./format.ts";

export type Theme = "auto" | "light" | "dark";
export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export interface Settings {
  readonly model: string;
  readonly language: Language;
  readonly theme: Theme;
  /** The encodings that the text is counted in besides. */
  readonly compared: readonly EncodingName[];
}

const KEY = "tokimeter";

/** Returns what was saved and is still valid. */
export function loadSettings(): Partial<Settings> {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof saved !== "object" || saved === null) return {};
    const { model, language, theme, compared } = saved as Record<string, unknown>;
    return {
      ...(typeof model === "string" ? { model } : {}),
      ...(language === "zh" || language === "en" ? { language } : {}),
      ...(theme === "auto" || theme === "light" || theme === "dark" ? { theme } : {}),
      ...(Array.isArray(compared) ? { compared: encodings.filter((name) => compared.includes(name)) } : {}),
    };
  } catch {
    return {};
  }
}

/** Saves the settings where the browser allows it. */
export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Nothing is lost but the memory of a choice.
  }
}
