/**
 * A prompt under construction: what a frame writes, and whose it is.
 *
 * Tokenizers cut at special tokens first, and read what is between two of them as one text. So the prompt is a list of texts
 * with special tokens between them, and its count is the number of these plus the counts of the texts: exact, because text of
 * the frame and of the message next to it are counted joined, as they are read.
 */

/** Whose a part of the prompt is: the index of a message, or one of these. */
export type Owner = number;

/** What declares the tools. */
export const TOOLS = -1;

/** What belongs to no message: the beginning, what the template adds by itself, and the prompt for the reply. */
export const REPLY = -2;

interface Piece {
  readonly owner: Owner;
  readonly text: string;
}

/** A prompt that a frame writes. */
export class Prompt {
  readonly #specials: RegExp | undefined;
  readonly #runs: Piece[][] = [];
  readonly #tokens = new Map<Owner, number>();
  #run: Piece[] = [];
  #owner: Owner = REPLY;

  /** `specials` are the special tokens in the frame's own text; the longest that matches is taken. */
  constructor(specials: readonly string[]) {
    if (specials.length === 0) return;
    const longestFirst = [...specials].sort((a, b) => b.length - a.length);
    this.#specials = new RegExp(
      longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"),
    );
  }

  /** What follows is of that message, or of one of the other owners. */
  of(owner: Owner): this {
    this.#owner = owner;
    return this;
  }

  /**
   * As the tag of a template, writes a frame: special tokens are found in its literals, and what stands in `${}` is text of
   * people, in which nothing is special.
   */
  readonly put = (literals: TemplateStringsArray, ...texts: readonly string[]): void => {
    for (const [at, literal] of literals.entries()) {
      this.frame(literal);
      this.text(texts[at] ?? "");
    }
  };

  /** Writes text of the frame, in which special tokens are found. */
  frame(text: string): void {
    let from = text;
    for (let found = this.#specials?.exec(from); found; found = this.#specials?.exec(from)) {
      this.text(from.slice(0, found.index));
      this.special();
      from = from.slice(found.index + found[0].length);
    }
    this.text(from);
  }

  /** Writes text in which nothing is special. */
  text(text: string): void {
    if (text !== "") this.#run.push({ owner: this.#owner, text });
  }

  /** Writes special tokens. */
  special(tokens = 1): void {
    this.#end();
    this.add(tokens);
  }

  /** Ends the text: what follows is counted by itself, as where a vendor tokenizes it by itself. */
  cut(): void {
    this.#end();
  }

  /** Adds tokens that are counted elsewhere, and that cut no text. */
  add(tokens: number): void {
    this.#tokens.set(this.#owner, (this.#tokens.get(this.#owner) ?? 0) + tokens);
  }

  /** Returns the texts between special tokens and cuts; none any more after {@link count}. */
  texts(): string[] {
    this.#end();
    return this.#runs.map((run) => run.map(({ text }) => text).join(""));
  }

  /**
   * Returns the tokens of each owner. A text of several owners is counted from its beginning to the end of each one's part;
   * each one has what the count grows by, so that the sum is the count of the whole. If there are very many, each one's part is
   * counted by itself, and the last one has the difference to the whole.
   *
   * Linear in the text.
   */
  count(count: (text: string) => number): ReadonlyMap<Owner, number> {
    this.#end();
    for (const run of this.#runs) {
      const parts = joined(run);
      const isLong = parts.length > MOST_PREFIXES;
      let [text, tokens] = ["", 0];
      for (const [at, part] of parts.entries()) {
        text += part.text;
        const isLast = at === parts.length - 1;
        const upTo = isLong && !isLast ? tokens + count(part.text) : count(text);
        this.of(part.owner).add(upTo - tokens);
        tokens = upTo;
      }
    }
    this.#runs.length = 0;
    return this.#tokens;
  }

  #end(): void {
    if (this.#run.length > 0) this.#runs.push(this.#run);
    this.#run = [];
  }
}

/** Up to so many owners, a text that they share is counted to the end of each one's part. */
const MOST_PREFIXES = 8;

/** Returns the parts of a text, one for each owner in a row. */
function joined(run: readonly Piece[]): Piece[] {
  const parts: { owner: Owner; texts: string[] }[] = [];
  for (const { owner, text } of run) {
    const last = parts.at(-1);
    if (last?.owner === owner) last.texts.push(text);
    else parts.push({ owner, texts: [text] });
  }
  return parts.map(({ owner, texts }) => ({ owner, text: texts.join("") }));
}
