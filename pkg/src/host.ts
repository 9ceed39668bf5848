/** What a worker holds for a page: tokenizers, texts under edit and meters, all of this package as it is. */

import { estimate } from "./estimate.js";
import { type LoadJsonOptions, loadJson } from "./json.js";
import { LiveText } from "./live.js";
import { Meter, type MeterOptions, meter } from "./meter.js";
import { type Served, serve, type Watcher } from "./serve.js";
import { type LoadOptions, load, Tokenizer } from "./tokenizer.js";

const root = {
  load: (name: string, options: LoadOptions): Promise<Tokenizer> => load(name, options),
  loadJson: (source: Blob | string, options: LoadJsonOptions): Promise<Tokenizer<string>> =>
    // An address crosses as a string.
    loadJson(typeof source === "string" ? new URL(source) : source, options),
  estimate: (id: string): Promise<Tokenizer<string>> => estimate(id),
  meter: (id: string, { onShown, ...options }: MeterOptions & Watcher): Promise<Meter> =>
    meter(id, { ...options, ...(onShown && { onReading: onShown }) }),
};

const served: Served = { root, about, stateOf };

function about(thing: object): object {
  if (thing instanceof Tokenizer) {
    const { name, basis, engine, vocabSize, specials, hasBorders, assumption } = thing;
    return {
      name,
      basis,
      engine,
      vocabSize,
      specials,
      hasBorders,
      ...(assumption !== undefined && { assumption }),
    };
  }
  return thing instanceof Meter ? { model: thing.model, nearest: thing.nearest } : {};
}

function stateOf(thing: object): unknown {
  if (thing instanceof Meter) return thing.reading;
  if (thing instanceof LiveText) return thing.range();
  return undefined;
}

/** Serves this package on a port. */
export function host(port: MessagePort): void {
  serve(port, served);
}
