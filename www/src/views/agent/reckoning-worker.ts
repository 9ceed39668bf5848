/** Reckons apart from the page, so that ten thousand turns never hold up a key. */
import { answer, type Question, savings } from "./reckoning.ts";

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  postMessage({ answer: answer(data) });
  postMessage({ savings: savings(data) });
});
