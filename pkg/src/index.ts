/**
 * Tokens of texts, at once and while they are edited, for every model: `load` and `loadJson` make a {@link Tokenizer}, its `live` a
 * {@link LiveText}, and `meter` a {@link Meter}, which knows the model's window and prices too.
 *
 * Positions and lengths are UTF-16 code units. Amounts of money are bigints, in 10⁻¹² of a currency; {@link decimal} writes them.
 *
 * @module tokimeter
 */

export { AlsoCounter } from "./also.js";
export { encodingInfo, encodings, type Resolved, resolve } from "./encodings.js";
export { initSync } from "./engine.js";
export { type ErrorCode, TokimeterError } from "./errors.js";
export { estimate } from "./estimate.js";
export { Feed, type MakeMeter, type Metered, type MeterHostOptions } from "./feed.js";
export { configure, type Host } from "./files.js";
export type { Chunk, Fit, FitOptions } from "./fit.js";
export { type LoadJsonOptions, loadJson } from "./json.js";
export type { JsonSource } from "./json-source.js";
export {
  type Change,
  type Edit,
  LiveText,
  type Progress,
  type SliceOptions,
  type SpansIn,
  type TokenRange,
} from "./live.js";
export {
  type Cost,
  Meter,
  type MeterOptions,
  type MeterSettings,
  meter,
  meterBy,
  type Reading,
} from "./meter.js";
export {
  type Bill,
  type BillLine,
  type Conversion,
  decimal,
  type PriceOptions,
  price,
  type Tier,
  type Usage,
} from "./price.js";
export type { EncodingInfo, EncodingName } from "./registry.js";
export type { Spans } from "./spans.js";
export { type EncodeOptions, type Engine, type LoadOptions, load, Tokenizer } from "./tokenizer.js";
