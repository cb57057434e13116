import {
  attributeNameSchema,
  attributeValueSchema,
  externalIdSchema,
  labelSchema,
  MAX_ATTRIBUTES,
  MAX_TAGS,
  tagSchema,
  type Person,
} from '../../../contract/people.ts';
import { readPhpSerialized } from '../../text/php-serialized.ts';

/** What a record says about the subscriber, before it is checked. */
export interface PersonFacts {
  label?: unknown;
  /** First and last name, which together are one label. */
  firstName?: unknown;
  lastName?: unknown;
  email?: unknown;
  /** What the browser is on: somebody is called so only if nothing else says what they are called. */
  device?: unknown;
  externalId?: unknown;
  tags: unknown[];
  attributes: [name: string, value: unknown][];
}

/**
 * What texts that look like nothing are: in a form that has a `null` of its own, as JSON has, the text "None" is one that somebody wrote,
 * and what Pushdesk exported is as people gave it.
 */
export type Writing = 'plain' | 'typed' | 'exported';

export const noFacts = (): PersonFacts => ({ tags: [], attributes: [] });

/** Text that no schema refuses or changes: printable ASCII, single blanks between words, shorter than the shortest limit. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const MAX_PLAIN = 64;
const PLAIN_NAME = /^[a-zA-Z][\w.-]{0,63}$/;

/** What databases and languages print for an empty value. */
const NOTHING = /^(?:|null|nil|none|undefined|nan|n\/a|-|\\n)$/i;

/** What spreadsheets, pandas, shells and database tools leave in place of a value: nothing that a person or a tag is called. */
const LEFTOVER =
  /^(?:#?(?:VALUE|REF|NUM|NULL|SPILL|CALC|FIELD|DIV\/0)!|#N\/A|#NAME\?|#(?:WERT|NV|BEZUG)!?|<NA>|NaN|nan|NaT|NoneType|undefined|<NoneType>|[([<](?:null|empty|nil|none|blank|undefined)[)\]>])$/i;
const LONGEST_LEFTOVER = 12;

/** How spreadsheets keep the zeros of a number: `="0017"`. */
const AS_TEXT = /^="([^"]*)"$/;

/** A long number as spreadsheets show it: of its digits only the first are there. */
const LOST_DIGITS = /^\d(?:[.,]\d{1,14})?E\+\d{1,3}$/i;

/** A template tag or a printed object instead of a value. */
const NOT_FILLED_IN = /^(?:<%=.*%>|#<[\w:]+:0x[\da-f].*>|<[\w.: ]+ object (?:at 0x|\().*>)$/s;

/**
 * Makes a person from what a record says, and reports what could not be kept. `person` is `null` if the record says nothing. No field of a
 * person ever causes the row to be rejected.
 *
 * @param writing what texts that look like nothing are in the form that it has
 */
export function personOf(
  facts: PersonFacts,
  writing: Writing = 'plain',
): { person: Person | null; leftOut: string[] } {
  const leftOut: string[] = [];
  const checked = (
    value: unknown,
    what: string,
    schema: { safeParse(input: unknown): { success: boolean; data?: string } },
    isRead = false,
  ): string | null => {
    const text = textOf(value, isRead && writing === 'plain' ? 'typed' : writing);
    if (text === null) return null;
    // The schemas leave most texts on one line without anything odd as they are.
    if (text.length <= MAX_PLAIN && PLAIN.test(text)) return text;
    for (const one of [text, text.replaceAll(/\s+/g, ' ')]) {
      const result = schema.safeParse(one);
      if (result.success && result.data !== undefined) return result.data;
    }
    leftOut.push(what);
    return null;
  };
  const email = textOf(facts.email, writing);
  const label = checked(nameOf(facts, writing) ?? facts.device ?? facts.email, 'label', labelSchema);
  const given = textOf(facts.externalId, writing);
  const isCut = writing !== 'exported' && given !== null && LOST_DIGITS.test(given);
  if (isCut) leftOut.push(`external ID (${given} has lost its last digits in a spreadsheet)`);
  const externalId = isCut ? null : checked(facts.externalId, 'external ID', externalIdSchema);

  const tags = new Map<string, string>();
  for (const text of facts.tags.flatMap((value) => tagTexts(value, writing))) {
    const tag = checked(text, 'tag', tagSchema, true);
    if (tag === null || tags.has(tag.toLowerCase())) continue;
    if (tags.size < MAX_TAGS) tags.set(tag.toLowerCase(), tag);
    else leftOut.push('tag');
  }

  const attributes = new Map<string, string>();
  const all =
    email !== null && email !== label ? [...facts.attributes, ['email', email] as const] : facts.attributes;
  for (const [name, value] of all) {
    const known = PLAIN_NAME.test(name) ? name : attributeNameSchema.safeParse(attributeName(name)).data;
    const text = checked(value, `attribute ${name.slice(0, 64)}`, attributeValueSchema);
    if (text === null) continue;
    if (known !== undefined && attributes.size < MAX_ATTRIBUTES) attributes.set(known, text);
    else leftOut.push(`attribute ${name.slice(0, 64)}`);
  }
  const isNothing = label === null && externalId === null && tags.size === 0 && attributes.size === 0;
  const person = isNothing
    ? null
    : { label, externalId, tags: [...tags.values()], attributes: Object.fromEntries(attributes) };
  return { person, leftOut: [...new Set(leftOut)] };
}

/** Somebody's name. If `Name` comes with a first name, it is the last name. */
function nameOf({ label, firstName, lastName }: PersonFacts, writing: Writing): unknown {
  const first = textOf(firstName, writing);
  const last = textOf(lastName, writing);
  if (label !== undefined) {
    const name = textOf(label, writing);
    return first === null || last !== null || name === null || /\s/.test(name) || name === first
      ? label
      : `${first} ${name}`;
  }
  const both = [first, last].filter((one) => one !== null);
  // For languages in which the family name comes first.
  if (both.every((one) => /^[\p{Script=Han}\p{Script=Hangul}]+$/u.test(one))) both.reverse();
  return both.length === 0 ? undefined : both.join(' ');
}

/** Whether a text is an id that programs give: an address, a number, a UUID or one of hexadecimal digits. */
export const looksLikeId = (text: string): boolean =>
  /^[^\s@]+@[^\s@]+\.\w+$|^\d+$|^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$|^[\da-f]{24,}$/i.test(text);

/** Whether a text is one or several words, like people's names, and not a name that a program gave. */
export const looksLikeName = (text: string): boolean =>
  /^\p{L}[\p{L}\p{M}.'’-]*(?:\s+[\p{L}(][\p{L}\p{M}.'’()-]*)*$/u.test(text) && !/^\S{25,}$/.test(text);

/** A name turned into one that a message variable may have; one that is already valid stays as it is. */
function attributeName(name: string): string {
  if (attributeNameSchema.safeParse(name).success) return name;
  const fitting = name
    .trim()
    .replaceAll(/[^\p{L}\p{M}\p{N}_.-]+/gu, '_')
    .replaceAll(/^_+(?=\p{L})|_+$/gu, '')
    .slice(0, 64);
  return /^[\p{L}_]/u.test(fitting) ? fitting : `_${fitting}`.slice(0, 64);
}

/**
 * The text of a value on one line; `null` if it says nothing. MongoDB's `{"$oid": …}` is its inner value.
 *
 * @param writing `plain`: the text "None" may be nothing
 */
export function textOf(value: unknown, writing: Writing = 'plain'): string | null {
  switch (typeof value) {
    case 'string': {
      const trimmed = value.trim();
      if (writing === 'exported') return trimmed === '' ? null : trimmed;
      if (trimmed.length <= LONGEST_LEFTOVER && isLeftover(trimmed)) return null;
      const text = (writing === 'typed' ? undefined : AS_TEXT.exec(trimmed)?.[1]?.trim()) ?? trimmed;
      return (writing === 'typed' ? text === '' : NOTHING.test(text) || NOT_FILLED_IN.test(text))
        ? null
        : text;
    }
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object': {
      if (value === null || Array.isArray(value)) return null;
      const entries = Object.entries(value);
      const [only] = entries;
      return entries.length === 1 && only?.[0].startsWith('$') === true ? textOf(only[1]) : null;
    }
    default:
      return null;
  }
}

/** "Nan" is a name. */
const isLeftover = (text: string): boolean => LEFTOVER.test(text) && text !== 'Nan';

/** Tags as lists, as JSON, as PHP, Python or PostgreSQL write them, or separated by commas, semicolons or lines. */
function tagTexts(value: unknown, writing: Writing): string[] {
  // The elements of a list are texts, or its own kind of `null`.
  if (Array.isArray(value)) return value.slice(0, 1000).flatMap((one) => nameIn(one, writing) ?? []);
  const text = textOf(value, writing);
  if (text === null) return [];
  if (/^a:\d+:\{/.test(text)) {
    const list = readPhpSerialized(text, 0, text.length, new Map())?.value;
    return typeof list === 'object' && list !== null ? tagTexts(Object.values(list), ofList(writing)) : [];
  }
  if (text.startsWith('[')) {
    try {
      return tagTexts(JSON.parse(text) as unknown, ofList(writing));
    } catch {
      return elementsIn(text, writing);
    }
  }
  if (/^\{.*\}$/s.test(text)) return elementsIn(text, writing);
  return text
    .split(/[,;|\n]/)
    .map(bareTag)
    .filter((tag) => textOf(tag, writing) !== null);
}

/** A list has its own kind of nothing. */
const ofList = (writing: Writing): Writing => (writing === 'plain' ? 'typed' : writing);

const bareTag = (tag: string): string => tag.trim().replaceAll(/^["'#]+|["']+$/g, '');

/** A list in the notation of a program; an element in quotes may hold commas. */
const LIST = /^(?:\[[^[\]{}]*\]|\{.*\})$/s;
const ELEMENT = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|[^,;|\n]+/g;
/** An object that was printed, not a list of words. */
const PRINTED = /^\[(?:object|array|circular|function)\b[^,]*\]$/i;

function elementsIn(text: string, writing: Writing): string[] {
  if (!LIST.test(text) || PRINTED.test(text)) return [];
  return [...text.slice(1, -1).matchAll(ELEMENT)]
    .map(([whole, double, single]) => (double ?? single)?.replaceAll(/\\(.)/g, '$1') ?? bareTag(whole))
    .filter((tag) => textOf(tag, writing) !== null);
}

function nameIn(value: unknown, writing: Writing): string | null {
  if (typeof value !== 'object' || value === null) return textOf(value, ofList(writing));
  const named = new Map<string, unknown>(Object.entries(value));
  return textOf(named.get('name') ?? named.get('title') ?? named.get('slug'), ofList(writing));
}
