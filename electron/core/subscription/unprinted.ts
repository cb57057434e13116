import type { Problem } from '../../contract/problem.ts';

interface Trace {
  readonly language: string;
  readonly isIt: RegExp;
  readonly wayOut: string;
}

/** What languages print in place of an object whose content they do not print. */
const TRACES: readonly Trace[] = [
  {
    language: 'JavaScript',
    isIt: /\[object [\w$]{1,60}\]/,
    wayOut: 'Print it with JSON.stringify(), and import that.',
  },
  {
    language: 'JavaScript',
    isIt: /Promise \{ ?<pending> ?\}/,
    wayOut: 'Put await before what is printed, print it with JSON.stringify(), and import that.',
  },
  {
    language: 'Node.js',
    isIt: /\[(?:Object|Array|Getter|Getter\/Setter|PushSubscription\w*)(?:: null prototype)?\]|\bPushSubscription ?\{ ?\}/,
    wayOut: 'Print it with JSON.stringify(), or with console.dir(value, { depth: null }), and import that.',
  },
  {
    language: 'Python',
    isIt: /<(?:[\w.]{1,80} object(?: at 0x[\da-f]+)?|[\w.]{1,80} at 0x[\da-f]+|[A-Z]\w{0,60}(?:: [^<>\n]{0,80}| \d+))>/i,
    wayOut: 'Print a dict of it with json.dumps(), and import that.',
  },
  {
    language: 'Ruby',
    isIt: /#<[\w:]{1,80}(?::0x[\da-f]+)?>/,
    wayOut: 'Print it with to_json, and import that.',
  },
  {
    language: 'Elixir',
    isIt: /#[A-Z][\w.]{0,80}<\.\.\.>/,
    wayOut: 'Print it with Jason.encode!(), and import that.',
  },
  {
    language: 'Java',
    isIt: /\b[a-zA-Z][\w.$]{0,120}@[\da-f]{5,8}\b(?!\.)/,
    wayOut: 'Print it with a JSON library such as Jackson or Gson, and import that.',
  },
  {
    language: 'Go',
    isIt: /(?:^|[\s{&(])0xc[\da-f]{5,12}\b|^\s*&\{0x[\da-f]+/,
    wayOut: 'Print it with json.Marshal(), and import that.',
  },
  {
    language: 'Dart',
    isIt: /\bInstance of '[\w<>, ?]{1,80}'/,
    wayOut: 'Print it with jsonEncode(), and import that.',
  },
  {
    language: 'Swift',
    isIt: /\bOptional\([\w.]{1,80}\)/,
    wayOut: 'Print it with JSONEncoder, and import that.',
  },
  {
    language: 'PHP',
    isIt: /[\w\\]{1,80} Object\s{0,20}\(\s{0,20}\)/,
    wayOut: 'Print it with json_encode(), and import that.',
  },
  {
    language: 'C#',
    isIt: /^\s*(?:[A-Z]\w{0,60}\.){1,8}[A-Z]\w{0,60}(?:`\d\[[\w.,[\] ]{1,200}\])?\s*$/m,
    wayOut: 'Print it with JsonSerializer.Serialize(), and import that.',
  },
];

/** What one of them contains; checked for each bad row. */
const ANY =
  /\[(?:object |Object|Array|Getter|PushS)|PushSubscription ?\{|Promise|<\w|#[A-Z<]|\w@[\da-f]{5}|0x[\da-f]|Instance of '|Optional\(|Object\s{0,20}\(|[A-Z]\w{0,60}\.[A-Z]/;

/** How far into the text it is looked for. */
export const UNPRINTED_LOOK = 300;

/** The problem of a text that names an object without its content, such as `[object Object]`; `null`: it is not such a text. */
export function unprinted(text: string): Problem | null {
  const look = text.slice(0, UNPRINTED_LOOK);
  if (!ANY.test(look)) return null;
  for (const { language, isIt, wayOut } of TRACES) {
    const trace = isIt.exec(look)?.[0].trim();
    if (trace === undefined) continue;
    return {
      code: 'object-not-printed',
      cause: `${language} printed that there is an object, “${trace.slice(0, 60)}”, but not what is in it.`,
      cure: wayOut,
    };
  }
  return null;
}
