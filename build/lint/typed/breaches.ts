// Breaches each rule of the linter that needs types once: typed-rules.test.mjs demands each report and no more.

declare const anything: any;
declare const word: string;
declare const words: string[];
declare const yes: boolean;
declare const maybe: string | undefined;
declare const later: Promise<number>;
declare const thing: { readonly size: number };
declare const stores: Map<string, number>;

enum Colour {
  Red = 'red',
  Blue = 'blue',
}
enum Level {
  Low,
  High,
}

/** @deprecated */
declare function oldWay(): void;
declare function nothing(): void;
declare function taking(value: string): void;
declare function takingCallback(callback: () => void): void;

export async function waits() {
  await word.length; // breach: await-thenable
  later; // breach: no-floating-promises
  // breach below: no-misused-promises
  takingCallback(async () => {
    await later;
  });
}

export function deletes() {
  delete words[0]; // breach: no-array-delete
  return `${thing}`; // breach: no-base-to-string, restrict-template-expressions
}

export const gives = () => nothing(); // breach: no-confusing-void-expression

export function old() {
  oldWay(); // breach: no-deprecated
}

export type Twice = string | string; // breach: no-duplicate-type-constituents
export type Redundant = string | any; // breach: no-redundant-type-constituents

export type Emptied = Omit<{ size: number }, 'size'>; // breach: no-generated-empty-object-type

export function goesThrough() {
  for (const place in words) taking(place); // breach: no-for-in-array
  setTimeout('1 + 1', 1); // breach: no-implied-eval
  void nothing(); // breach: no-confusing-void-expression, no-meaningless-void-operator
  return { ...stores }; // breach: no-misused-spread
}

export enum Mixed {
  One = 1,
  Two = 'two', // breach: no-mixed-enums
}

export function compares() {
  if (yes === true) nothing(); // breach: no-unnecessary-boolean-literal-compare
  if (thing) nothing(); // breach: no-unnecessary-condition
  return `${word}`; // breach: no-unnecessary-template-expression
}

declare function withDefault<T = string>(value: T): T;
export function types(value: string) {
  withDefault<string>(word); // breach: no-unnecessary-type-arguments
  taking(value as string); // breach: no-unnecessary-type-assertion
  taking(String(word)); // breach: no-unnecessary-type-conversion
}

// breach below: no-unnecessary-type-parameters
export function once<T>(value: T): void {
  taking(typeof value);
}

export function unsafe() {
  taking(anything); // breach: no-unsafe-argument
  const kept: string = anything; // breach: no-unsafe-assignment
  taking(kept);
  anything(); // breach: no-unsafe-call
  taking(typeof anything.size); // breach: no-unsafe-member-access
  return anything; // breach: no-unsafe-return
}

export function enums(colour: Colour, level: Level) {
  if (colour === 'red') nothing(); // breach: no-unsafe-enum-comparison
  const other: Level = 1; // breach: no-unsafe-enum-assignment
  return other === level;
}

export const minus = -word; // breach: no-unsafe-unary-minus

export const defaults = (({ size = 1 }: { size: number }) => size)({ size: 2 }); // breach: no-useless-default-assignment

export function throws() {
  throw 'no'; // breach: only-throw-error
}

export const rejects = () => Promise.reject(new Array<string>()); // breach: prefer-promise-reject-errors
export const sums = words.reduce((all, one) => ({ ...all, [one]: 1 }), {} as Record<string, number>); // breach: prefer-reduce-type-parameter

export class Chain {
  // breach below: prefer-return-this-type
  itself(): Chain {
    return this;
  }

  // breach below: related-getter-setter-pairs
  get width(): number {
    return 1;
  }

  set width(value: string) {
    taking(value);
  }

  asks() {
    return this;
  }
}

export class Ring {
  size = 1;
}
export const ring: Ring = { size: 2 }; // breach: no-unsafe-class-instance-assignment

// breach below: require-await
export async function neverWaits() {
  nothing();
}

export const added = thing + word; // breach: no-base-to-string, restrict-plus-operands

export async function returns() {
  try {
    return later; // breach: return-await
  } catch {
    return 0;
  }
}

export function switches(colour: Colour) {
  switch (
    colour // breach: switch-exhaustiveness-check
  ) {
    case Colour.Red:
      return 1;
  }
  return 2;
}

export const loose = new Chain().asks; // breach: unbound-method

// breach below: use-unknown-in-catch-callback-variable
export const caught = later.catch((error) => {
  nothing();
  return Number(typeof error === 'string');
});

export { maybe };
