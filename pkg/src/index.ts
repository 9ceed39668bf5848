export { type ErrorCode, TokimeterError } from "./errors.js";
export {
  type EncodeOptions,
  type LoadOptions,
  load,
  type Spans,
  Tokenizer,
} from "./tokenizer.js";
export { type EncodingName, encodings } from "./vocab.js";
