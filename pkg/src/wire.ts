/**
 * What a page and its worker say to each other. Each call has a number and gets one answer, in any order; what the worker
 * holds for the page has a number too, which the page gives, so that a new worker can hold it under the same one.
 */

import { type ErrorCode, TokimeterError } from "./errors.js";

/** A call of a method of what has the number `target`; 0 is the package itself. */
export interface Call {
  readonly kind: "call";
  readonly id: number;
  readonly target: number;
  readonly method: string;
  readonly args: readonly unknown[];
  /** Whether its last argument are options that lack what does not cross: a signal and a listener. */
  readonly isWatched: boolean;
  /** The number that the result is held under; what it is goes back in its stead. */
  readonly makes?: number | undefined;
  /** Whether what the target shows changes with it. */
  readonly changes: boolean;
}

/** From the page to the worker. */
export type Asked =
  | Call
  | { readonly kind: "abort"; readonly id: number }
  | { readonly kind: "free"; readonly target: number }
  | { readonly kind: "ping" };

/** What something in the worker shows, and a number that grows with each message: of two, the later one holds. */
export interface Shown {
  readonly order: number;
  readonly state: unknown;
}

/** From the worker to the page. */
export type Told =
  | {
      readonly kind: "answer";
      readonly id: number;
      readonly value: unknown;
      readonly shown?: Shown | undefined;
    }
  | { readonly kind: "failed"; readonly id: number; readonly error: Failure }
  | { readonly kind: "progress"; readonly id: number; readonly progress: unknown }
  | { readonly kind: "shown"; readonly target: number; readonly shown: Shown }
  /** The engine trapped on that call: what it holds can no longer be trusted. */
  | { readonly kind: "died"; readonly id?: number; readonly why: string }
  | { readonly kind: "pong" };

/** The first message, which brings the port. */
export interface Hello {
  readonly tokimeter: true;
}

/** An error on its way. A class does not cross, a name does. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: ErrorCode;
}

const ERRORS: Readonly<Record<string, new (message: string) => Error>> = { RangeError, TypeError };

export function packed(error: unknown): Failure {
  if (error instanceof TokimeterError) {
    return { name: error.name, message: error.message, code: error.code };
  }
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: "", message: String(error) };
}

export function unpacked({ name, message, code }: Failure): Error {
  if (code !== undefined) return new TokimeterError(code, message);
  return new (ERRORS[name] ?? Error)(message);
}
