import type { Problem } from '../../contract/problem.ts';

const COPY_WHOLE = 'Copy the whole text again.';

export function notJson(cause: string, cure = COPY_WHOLE): Problem {
  return { code: 'not-json', cause, cure };
}

export const CUT_OFF: Problem = {
  code: 'text-cut-off',
  cause: 'The text ends in the middle of this row.',
  cure: COPY_WHOLE,
};

export const TOO_DEEP: Problem = {
  code: 'too-deep',
  cause: 'The brackets are nested too deeply.',
  cure: 'Paste only the subscriptions.',
};

interface Form {
  readonly name: string;
  readonly isIt: RegExp;
  readonly wayOut: string;
}

/** In the order in which they are tried, each recognised by something that none before it has. */
const FORMS: readonly Form[] = [
  {
    name: 'an Elixir map',
    isIt: /^%/,
    wayOut: 'Print it with Jason.encode!(), and import that.',
  },
  {
    name: 'a Go value',
    isIt: /^(?:&|map\[|\[\])|^[\w.]*\{+(?:[^\s"':]{0,60} )?https?:/,
    wayOut: 'Print it with json.Marshal(), and import that.',
  },
  {
    name: 'a printed struct',
    isIt: /^[A-Z]\w*\s*\{/,
    wayOut: 'Print it as JSON, in Rust with serde_json::to_string(), and import that.',
  },
  {
    name: 'a Clojure map',
    isIt: /^\{\s*:\w+\s+(?!=>)/,
    wayOut: 'Print it as JSON, for example with cheshire, and import that.',
  },
  {
    name: 'a Ruby hash',
    isIt: /:\w+\s*=>|"\w+"\s*=>|\bnil\b/,
    wayOut: 'Print it with to_json, and import that.',
  },
  {
    name: 'a PHP array',
    isIt: /=>|\barray\s*\(|\b[as]:\d+:/,
    wayOut: 'Print it with json_encode(), and import that.',
  },
  {
    name: 'a Python dict',
    isIt: /\b(?:None|True|False)\b|^[{[]\s*u?'/,
    wayOut: 'Print it with json.dumps(), and import that.',
  },
  {
    name: 'a JavaScript object',
    isIt: /^\{\s*[\w$]+\s*:|undefined/,
    wayOut: 'Print it with JSON.stringify(), and import that.',
  },
];

/**
 * Why a literal cannot be read: the form that it seems to have, where it breaks, and the way out.
 *
 * @param before the word right before its bracket
 */
export function describeBreak(literal: string, breaksAt: string, linesDown: number, before = ''): Problem {
  const form = FORMS.find(({ isIt }) => isIt.test(before + literal));
  const where = linesDown === 0 ? '' : `, ${linesDown} ${linesDown === 1 ? 'line' : 'lines'} further down`;
  const cause =
    form === undefined
      ? 'This is not valid JSON.'
      : `This looks like ${form.name}, but part of it is missing.`;
  return notJson(`${cause} It breaks at \`${breaksAt}\`${where}.`, form?.wayOut);
}
