/* One breach of each rule that the linter asks of TypeScript, and that needs no types. */
/// <reference path="other.ts" /> // breach: triple-slash-reference
import { Thing } from './thing.ts'; // breach: consistent-type-imports
import fs = require('node:fs'); // breach: no-require-imports

export declare const a: any; // breach: no-explicit-any
declare const maybe: { size?: { width: number } } | undefined;
declare const list: unknown[];
declare function use(...values: unknown[]): void;

// breach below: ban-ts-comment
// @ts-expect-error short
// @ts-ignore // breach: ban-ts-comment
use(fs, new Array(1, 2)); // breach: no-array-constructor
maybe?.size; // breach: no-unused-expressions
var old = 1; // breach: no-var
let never = 1; // breach: prefer-const
use(old, never);

export function rest() {
  use.apply(undefined, list); // breach: prefer-spread
  return arguments[0]; // breach: prefer-rest-params
}

export enum Twice {
  One = 1, // breach: no-duplicate-enum-values
  Two = 1,
  Three = use.length, // breach: prefer-literal-enum-member
}

export function remove(from: Record<string, Thing>, name: string) {
  delete from[name + 'x']; // breach: no-dynamic-delete
  use(maybe!!.size); // breach: no-extra-non-null-assertion, no-non-null-assertion
  use(maybe! ?? 1); // breach: no-non-null-asserted-nullish-coalescing, no-non-null-assertion
  use(maybe?.size!); // breach: no-non-null-asserted-optional-chain, no-non-null-assertion
  use(maybe!.size); // breach: no-non-null-assertion
  use('x' as 'x'); // breach: prefer-as-const
}

export interface Nothing {} // breach: no-empty-object-type

export class Static { // breach: no-extraneous-class
  static value = 1;
}

export class Useless {
  readonly value = 1;
  constructor() {} // breach: no-useless-constructor
}

export type Void = string | void; // breach: no-invalid-void-type

export interface New {
  new (): New; // breach: no-misused-new
}

export namespace Space { // breach: no-namespace
  export const value = 1;
}
export module Module {} // breach: prefer-namespace-keyword, no-namespace

export class Alias {
  value = 1;
  get() {
    const that = this; // breach: no-this-alias
    return () => that.value;
  }
}

export function constraint<T extends unknown>(value: T) { // breach: no-unnecessary-type-constraint
  return value;
}

export interface Merged { // breach: no-unsafe-declaration-merging
  one: string;
}
export class Merged {
  two = 1;
}

export type Fn = Function; // breach: no-unsafe-function-type
export type Wrapped = String; // breach: no-wrapper-object-types

export interface Overloads {
  take(value: string): void;
  take(value: number): void; // breach: unified-signatures
}
