import { shownName } from './characters.ts';
import { z } from 'zod';

type RawIssue = z.core.$ZodRawIssue;

const TYPES: Readonly<Partial<Record<string, string>>> = {
  string: 'text',
  number: 'a number',
  nan: 'a number',
  int: 'a whole number',
  safeint: 'a whole number',
  int32: 'a whole number',
  uint32: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  map: 'an object',
  array: 'a list',
  tuple: 'a list',
  set: 'a list',
  null: 'null',
  undefined: 'nothing: leave it out',
  date: 'a date',
};

const FORMATS: Readonly<Partial<Record<string, string>>> = {
  uuid: 'a UUID',
  guid: 'a UUID',
  url: 'a full address, such as https://example.com/',
  email: 'an email address',
  base64: 'base64',
  base64url: 'base64url',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  datetime: 'a date and time as in 2026-01-31T12:00:00Z',
  date: 'a date as in 2026-01-31',
  time: 'a time as in 12:00:00',
  json_string: 'JSON',
};

/** What a size counts, for one and for many. */
const COUNTED: Readonly<Partial<Record<string, readonly [one: string, many: string]>>> = {
  string: ['character', 'characters'],
  array: ['item', 'items'],
  set: ['item', 'items'],
  map: ['entry', 'entries'],
  record: ['entry', 'entries'],
  file: ['byte', 'bytes'],
};

/** How the sentence about a missing value begins. */
export const MISSING = 'It is missing. ';

const MAX_NAMED = 12;

/**
 * What to do about a value that a schema refuses, as one sentence with its limit. Every code of zod's has one; a schema that has words of
 * its own keeps them.
 */
export function wordsOfIssue(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return use(issue.input, TYPES[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return use(issue.input, oneOf(issue.values));
    case 'too_big':
      return atMost(issue);
    case 'too_small':
      return atLeast(issue);
    case 'not_multiple_of':
      return `Use a multiple of ${issue.divisor.toLocaleString('en-US')}.`;
    case 'invalid_format':
      return formatted(issue);
    case 'unrecognized_keys':
      return `Leave out ${listed(issue.keys.map(quoted), 'and')}, or check the spelling.`;
    case 'invalid_union':
      return unionWords(issue);
    case 'invalid_key':
      return `One of its names cannot be used. ${issue.issues[0]?.message ?? ''}`.trim();
    case 'invalid_element':
      return `One of its values cannot be used. ${issue.issues[0]?.message ?? ''}`.trim();
    case 'custom':
    default:
      return 'Use another value.';
  }
}

function use(input: unknown, what: string): string {
  return `${input === undefined ? MISSING : ''}Use ${what}.`;
}

function atMost(issue: RawIssue & { code: 'too_big' }): string {
  const limit = issue.maximum.toLocaleString('en-US');
  const counted = COUNTED[issue.origin];
  const size = counted === undefined ? null : `${limit} ${counted[Number(issue.maximum) === 1 ? 0 : 1]}`;
  if (issue.exact === true) return `Use exactly ${size ?? limit}.`;
  if (size !== null) return issue.inclusive === false ? `Use fewer than ${size}.` : `Use at most ${size}.`;
  return issue.inclusive === false ? `Use a number below ${limit}.` : `Use a number up to ${limit}.`;
}

function atLeast(issue: RawIssue & { code: 'too_small' }): string {
  const limit = issue.minimum.toLocaleString('en-US');
  const counted = COUNTED[issue.origin];
  const size = counted === undefined ? null : `${limit} ${counted[Number(issue.minimum) === 1 ? 0 : 1]}`;
  if (issue.exact === true) return `Use exactly ${size ?? limit}.`;
  if (size !== null) return issue.inclusive === false ? `Use more than ${size}.` : `Use at least ${size}.`;
  return issue.inclusive === false ? `Use a number above ${limit}.` : `Use a number from ${limit}.`;
}

function formatted(issue: RawIssue & { code: 'invalid_format' }): string {
  switch (issue.format) {
    case 'starts_with':
      return `Begin it with ${quoted(issue['prefix'])}.`;
    case 'ends_with':
      return `End it with ${quoted(issue['suffix'])}.`;
    case 'includes':
      return `It must contain ${quoted(issue['includes'])}.`;
    default:
      return `Use ${FORMATS[issue.format] ?? 'another spelling: this is not in the expected format'}.`;
  }
}

function unionWords(issue: RawIssue & { code: 'invalid_union' }): string {
  const { options, inclusive } = issue as { options?: unknown; inclusive?: unknown };
  if (Array.isArray(options) && options.length > 0) return `Use ${oneOf(options)}.`;
  return inclusive === false
    ? 'It can be read in more than one way.'
    : 'It matches none of the allowed forms.';
}

function oneOf(values: readonly unknown[]): string {
  const named = values.slice(0, MAX_NAMED).map((value) => String(value));
  const others = values.length - named.length;
  return listed(others === 0 ? named : [...named, `one of ${others.toLocaleString('en-US')} others`], 'or');
}

function listed(names: readonly string[], joint: 'and' | 'or'): string {
  const last = names.at(-1) ?? 'nothing';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${joint} ${last}`;
}

const quoted = (name: unknown): string => `"${shownName(String(name))}"`;

// Set where the words are made: whoever reads an issue, in a form, over HTTP or in a log, finds these and never the library's own.
z.config({ localeError: (issue) => wordsOfIssue(issue) });
