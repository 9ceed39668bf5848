/** The texts of the page that depend on nothing but the language. */
import { byId, element, setText } from "./elements.ts";
import type { Locale, Messages } from "./i18n/index.ts";

const LABELS: Readonly<Record<string, (m: Messages) => string>> = {
  "lang-label": (m) => m.language,
  tagline: (m) => m.tagline,
  "meter-title": (m) => m.meter,
  "model-label": (m) => m.model,
  "tokens-label": (m) => m.tokens,
  "cost-cny-label": (m) => m.costCny,
  "cost-usd-label": (m) => m.costUsd,
  "remaining-label": (m) => m.remaining,
  "used-label": (m) => m.used,
  "progress-label": (m) => m.progress,
  "own-file": (m) => m.ownFile,
  assumed: (m) => m.assumed,
  calibrated: (m) => m.calibrated,
  "so-far": (m) => m.soFar,
  cancel: (m) => m.cancel,
  "stopped-message": (m) => m.stopped,
  resume: (m) => m.resume,
  retry: (m) => m.retry,
  "text-label": (m) => m.text,
  "samples-label": (m) => m.samples,
  "sample-english": (m) => m.sampleEnglish,
  "sample-chinese": (m) => m.sampleChinese,
  "sample-emoji": (m) => m.sampleEmoji,
  "sample-code": (m) => m.sampleCode,
  clear: (m) => m.clear,
  "colours-label": (m) => m.colours,
  "settings-title": (m) => m.settings,
  "reserve-label": (m) => m.reserve,
  "rate-label": (m) => m.rate,
  "rate-reset": (m) => m.rateReset,
  "prices-title": (m) => m.prices,
  "compare-title": (m) => m.compare,
  "compare-note": (m) => m.compareNote,
  "compare-caption": (m) => m.compareCaption,
  "compare-name": (m) => m.compareName,
  "compare-tokens": (m) => m.tokens,
  "compare-times": (m) => m.compareTimes,
  "compare-choose": (m) => m.compareChoose,
  privacy: (m) => m.privacy,
};

/** Puts the page's fixed texts into `locale`, and says so to the browser and to screen readers. */
export function showLabels(locale: Locale): void {
  const { messages } = locale;
  document.documentElement.lang = locale.tag;
  document.title = messages.title;
  for (const [id, message] of Object.entries(LABELS)) setText(element(id), message(messages));
  element("lang-zh").setAttribute("aria-pressed", String(locale.language === "zh"));
  element("lang-en").setAttribute("aria-pressed", String(locale.language === "en"));
  byId("text", HTMLTextAreaElement).placeholder = messages.placeholder;
}
