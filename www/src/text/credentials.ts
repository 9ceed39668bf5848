/** Keys and login tokens in a text: whoever has one can log in with it, so it is never a part of what the page keeps or hands on. */
import { applyHints, credentials } from "tokimeter/hints";

/** Returns whether a text holds a key or a login token. Linear. */
export function hasCredential(text: string): boolean {
  return credentials(text).length > 0;
}

/** Returns a text with each key and each login token replaced by what it was, such as "[JWT]", or by a mark. Linear. */
export function withoutCredentials(text: string, mark?: string): string {
  const found = credentials(text);
  return applyHints(text, mark === undefined ? found : found.map((each) => ({ ...each, replacement: mark })));
}
