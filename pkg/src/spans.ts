/** The tokens of a text and where each one ends. */
export interface Spans {
  /** The ids, in order. */
  readonly ids: Uint32Array;
  /**
   * Per token, where it ends in the text, in UTF-16 code units. A token that ends inside a character (a piece of
   * an emoji, say) ends before that character; the token that completes the character ends behind it.
   */
  readonly ends: Uint32Array;
}
