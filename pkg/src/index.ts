export { type ErrorCode, TokimeterError } from "./errors.js";
export type { Chunk, Fit, FitOptions } from "./fit.js";
export { type Change, type Edit, LiveText, type Progress, type SliceOptions, type SpansIn } from "./live.js";
export type { Spans } from "./spans.js";
export { type EncodeOptions, type LoadOptions, load, Tokenizer } from "./tokenizer.js";
export { type EncodingName, encodings } from "./vocab.js";
