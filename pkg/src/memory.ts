/**
 * Gives memory back. A wasm memory never shrinks, so when little of it is needed any more and the page is idle, the engine is started
 * anew: texts are read before and written after, encodings are made again of their files, both in turns. Whoever asks meanwhile has it
 * made at once.
 */

import type { Encoding, EngineText } from "./engine.js";
import { type Engine, type Freed, Handle, mend } from "./handle.js";
import { nextTask, Turn } from "./turn.js";

/** What is gone may be followed by something as large: so long it is waited, in milliseconds. */
const PAUSE = 2000;
/** The tables of an encoding take less than so many bytes a token, and so many besides. */
const TOKEN = 110;
const ENCODING = 4 << 20;
/** A text takes less than so many bytes a code unit. */
const UNIT = 8;
/** More code units are not moved. */
const MOST = 4 << 20;
/** So many cross at a time. */
const SLICE = 65_536;

type Text = Handle<EngineText>;

let isTidying = false;
let mustTidy = false;

/** Starts the engine anew when the page is idle, if less than half of its memory can be in use by then. */
export async function tidy(
  engine: Engine,
  handles: ReadonlySet<WeakRef<Handle<Freed>>>,
  size: () => number,
): Promise<void> {
  mustTidy = true;
  // What is made again is not made twice at a time.
  if (isTidying) return;
  isTidying = true;
  while (mustTidy) {
    await idle();
    mustTidy = false;
    try {
      await restart(engine, handles, size);
    } catch {
      // It has failed, and is started anew for that.
    }
  }
  isTidying = false;
}

async function restart(
  engine: Engine,
  handles: ReadonlySet<WeakRef<Handle<Freed>>>,
  size: () => number,
): Promise<void> {
  if (engine.isBroken) return;
  const encodings: Handle<Freed>[] = [];
  const texts: Text[] = [];
  let needed = 0;
  let units = 0;
  for (const held of handles) {
    const handle = held.deref();
    if (handle?.instance !== engine.instance) continue;
    const object: Partial<Encoding & EngineText & { step(): boolean }> = handle.use((object) => object);
    // What is being loaded cannot be moved.
    if (object.step) {
      mustTidy = true;
      return;
    }
    if (object.vocabSize !== undefined) {
      encodings.push(handle);
      needed += ENCODING + TOKEN * object.vocabSize;
    } else if (object.length !== undefined && handle.origin) {
      texts.push(handle as Text);
      units += object.length * (1 + handle.others.length);
    }
  }
  if (units > MOST || size() < 2 * (needed + UNIT * units)) return;
  for (const text of texts) text.steps = writing(engine, text);
  engine.isBroken = true;
  mend(engine);
  const turn = new Turn(nextTask);
  for (const handle of [...encodings, ...texts]) {
    try {
      for (const _ of handle.renew()) {
        await turn.passes();
        if (handle.isDisposed) break;
      }
    } catch {
      // Whoever asks for it hears of it.
    }
  }
}

/** Reads a text; returns how it is written again. */
function writing(engine: Engine, handle: Text): () => Generator<undefined, EngineText> {
  const { length } = handle.use((text) => text);
  const parts: Uint16Array[] = [];
  for (let at = 0; at < length; at += SLICE)
    parts.push(handle.use((text) => text.sliceUnits(at, Math.min(length, at + SLICE))));
  const { origin, others: all } = handle;
  // Behind the last one that still counts, numbers are given out anew.
  const others = all.slice(0, 1 + all.findLastIndex((encoding) => encoding));
  return function* (): Generator<undefined, EngineText> {
    const text = new Handle(engine, origin?.());
    let at = 0;
    for (const part of parts) {
      text.use((text) => text.updateUnits(Uint32Array.of(at, at, part.length), part));
      at += part.length;
      yield;
    }
    // A number that is free now is taken all the same until the others have theirs.
    const any = others.at(-1) as Handle<Encoding>;
    for (const encoding of others as Handle<Encoding>[]) {
      const other = encoding ?? any;
      const number = text.use((text) => other.use((encoding) => text.also(encoding, other)));
      while (encoding && !text.use((text) => text.catchUp(number, SLICE))) yield;
    }
    for (const [number, encoding] of others.entries())
      if (!encoding) text.use((text) => text.alsoNoMore(number));
    return text.use((text) => text);
  };
}

async function idle(): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PAUSE) as { unref?(): void };
    // Nobody stays for that in Node.
    timer.unref?.();
  });
  const { requestIdleCallback: ask } = globalThis as { requestIdleCallback?: (call: () => void) => unknown };
  if (ask) await new Promise<void>((resolve) => ask(resolve));
}
