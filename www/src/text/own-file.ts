/** Reads a tokenizer file of the reader's. Apart, because most readers have none. */
export { loadJson } from "tokimeter";
