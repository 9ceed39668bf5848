export { AlsoCounter } from "./also.js";
export { encodingInfo, encodings, type Resolved, resolve } from "./encodings.js";
export { type ErrorCode, TokimeterError } from "./errors.js";
export type { Chunk, Fit, FitOptions } from "./fit.js";
export { type JsonSource, type LoadJsonOptions, loadJson } from "./json.js";
export { type Change, type Edit, LiveText, type Progress, type SliceOptions, type SpansIn } from "./live.js";
export type { EncodingInfo, EncodingName } from "./registry.js";
export type { Spans } from "./spans.js";
export { type EncodeOptions, type Engine, type LoadOptions, load, Tokenizer } from "./tokenizer.js";
