/** Whether a file that was handed in alone is a tokenizer, which one rather counts with than counts. */
import type { HandedIn } from "./given.ts";

const NAME = /^(?:.*[.-])?tokenizer\.json$|^tekken\.json$|\.tiktoken$/i;
const HEAD = 65_536;

export async function tokenizerIn({ files, failed }: HandedIn): Promise<File | undefined> {
  const [given, other] = files;
  if (!given || other || failed.length > 0 || given.path.includes("/")) return undefined;
  try {
    const file = await given.open();
    if (NAME.test(file.name)) return file;
    if (!/\.json$/i.test(file.name)) return undefined;
    const head = await file.slice(0, HEAD).text();
    return head.includes('"added_tokens"') || head.includes('"default_vocab_size"') ? file : undefined;
  } catch {
    // It cannot be read, which counting it says better.
    return undefined;
  }
}
