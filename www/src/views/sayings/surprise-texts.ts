/** Texts whose counts surprise: one sentence in many languages, and things that are no language. */

interface Sentence {
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly text: string;
}

/** The same sentence; the first one is what the others are compared with. */
export const SENTENCES: readonly Sentence[] = [
  { lang: "en", dir: "ltr", text: "Please clean the living-room windows." },
  { lang: "zh-CN", dir: "ltr", text: "请把客厅的窗户擦干净。" },
  { lang: "ja", dir: "ltr", text: "リビングの窓を拭いてください。" },
  { lang: "ko", dir: "ltr", text: "거실 창문을 닦아 주세요." },
  { lang: "ru", dir: "ltr", text: "Пожалуйста, помойте окна в гостиной." },
  { lang: "tr", dir: "ltr", text: "Lütfen oturma odasının pencerelerini temizleyin." },
  { lang: "ar", dir: "rtl", text: "من فضلك نظّف نوافذ غرفة المعيشة." },
  { lang: "hi", dir: "ltr", text: "कृपया बैठक की खिड़कियाँ साफ़ कर दीजिए।" },
  { lang: "th", dir: "ltr", text: "กรุณาทำความสะอาดหน้าต่างห้องนั่งเล่น" },
];

export type OddityName = "family" | "line" | "base64" | "digits" | "spaces" | "uuid";

export const ODDITIES: Readonly<Record<OddityName, string>> = {
  family: "👨‍👩‍👧‍👦",
  line: "_".repeat(64),
  // A picture of one transparent pixel.
  base64: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  digits: "31415926535897932384626433832795",
  spaces: " ".repeat(64),
  uuid: "3f2b8c1e-7d4a-4b9e-9c61-0e5f7a2d8b34",
};

export const ODDITY_NAMES: readonly OddityName[] = ["family", "line", "base64", "digits", "spaces", "uuid"];
