/* One breach of each rule that the linter asks of every file. A line says behind it which, `below` where the next one breaches it. */
export function breaches(a, b, list, object) {
  for (let i = 0; i < 10; i--) a(i); // breach: for-direction
  void new Promise(async (resolve) => resolve(await a)); // breach: no-async-promise-executor
  switch (a) {
    case 1:
      let inCase = b; // breach: no-case-declarations
      a(inCase); // breach below: no-fallthrough
    case 2: // breach: no-duplicate-case
      break;
    case 2:
      break;
  }
  if (a === -0) b(); // breach: no-compare-neg-zero
  if ((a = b)) b();
  if (a === 1) b(); // breach: no-dupe-else-if
  else if (a === 1) a();
  // breach below: no-cond-assign
  while (a = b) b(); // oxfmt-ignore
  b({} ?? a); // breach: no-constant-binary-expression
  if (true) b(); // breach: no-constant-condition
  b(/\x1f/); // breach: no-control-regex
  debugger; // breach: no-debugger
  if (a) {} // breach: no-empty
  b(/^abc[]/); // breach: no-empty-character-class
  const {} = a; // breach: no-empty-pattern
  try {
    a();
  } catch (error) {
    error = 1; // breach: no-ex-assign
    b(error);
  }
  if (!!a) b(); // breach: no-extra-boolean-cast
  b(new RegExp('[')); // breach: no-invalid-regexp
  b(5123000000000000000000000000001); // breach: no-loss-of-precision
  b(/[👍]/); // breach: no-misleading-character-class
  b(a.hasOwnProperty('b')); // breach: no-prototype-builtins
  b(/a   b/); // breach: no-regex-spaces
  a.x = a.x; // breach: no-self-assign
  b([, , 1]); // breach: no-sparse-arrays
  let never; // breach: no-unassigned-vars
  b(never);
  const called = b // breach below: no-unexpected-multiline
  (a || b).toString(); // oxfmt-ignore
  b(called);
  try {
    a();
  } finally {
    if (b) return; // breach: no-unsafe-finally
  }
  b((a?.c)()); // breach: no-unsafe-optional-chaining
  unused: for (const one of list) b(one); // breach: no-unused-labels
  let useless = 1; // breach: no-useless-assignment
  useless = 2;
  b(useless);
  b(/(?:a|\1b)(c)/.test(/\1(a)/)); // breach: no-useless-backreference
  try {
    a(); // breach below: no-useless-catch
  } catch (error) {
    throw error;
  }
  b('\d'); // breach: no-useless-escape
  try {
    a();
  } catch (error) {
    throw new Error(`It failed: ${error}`); // breach: preserve-caught-error
  }
  if (a === NaN) b(); // breach: use-isnan
  if (typeof a === 'strnig') b(); // breach: valid-typeof
  if (a == b) b(); // breach: eqeqeq
  const fixed = 1; // breach: no-const-assign
  fixed = 2;
  b(fixed, { a: 1, a: 2 }); // breach: no-dupe-keys
  b(Symbol.iterator, new Symbol()); // breach: no-new-native-nonconstructor
  b(Math()); // breach: no-obj-calls
  b(unknownGlobal); // breach: no-undef
  if (!a in object) b(); // breach: no-unsafe-negation
  return a;
  b(); // breach: no-unreachable
}

export function more(b, undefined) { // breach: no-shadow-restricted-names, no-unused-vars
  const a = 1, _unused = 2; // breach: no-unused-vars
  const caught = (/** @type {unknown} */ _first, second, third) => second; // breach: no-unused-vars
  try {
    caught();
  } catch (_error) { // breach: no-unused-vars
    b();
  }
}

String = breaches; // breach: no-global-assign
const tooMuch = 1; // breach: no-irregular-whitespace

export class Base { // breach: no-class-assign
  #never = 1; // breach: no-unused-private-class-members
  static {} // breach: no-empty-static-block
  get value() {} // breach: getter-return
  set value(to) {
    return to; // breach: no-setter-return
  }
  twice() {} // breach: no-dupe-class-members
  twice() {}
}

export class Derived extends Base {
  constructor() {} // breach: constructor-super
}
export class Late extends Base {
  constructor() { // breach: no-this-before-super
    this.a = 1;
    super();
  }
}
Base = 1;
more = 1; // breach: no-func-assign
import path from 'node:path'; // breach: no-unused-vars
path = tooMuch; // breach: no-import-assign

export function* none() { // breach: require-yield
  return 1;
}

export var twice = 1; // breach: no-redeclare
var twice = 2;
