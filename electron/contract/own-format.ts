import { pushPayloadSchema, type PushPayload } from './http.ts';

/**
 * A payload format that a person writes: JSON in which `{{title}}` and the like stand for the parts of a message. A text that is only one
 * placeholder becomes the value itself (a list, a number, true); within a longer text it is written out. A member or an item whose
 * placeholder has no value is left out.
 */

/** The names that may stand between the braces, which are those of the payload. */
export const OWN_PLACEHOLDERS = Object.keys(pushPayloadSchema.shape) as OwnPlaceholder[];
export type OwnPlaceholder = keyof PushPayload;

export type OwnValues = Readonly<Partial<Record<OwnPlaceholder, unknown>>>;

/** How deep JSON may be nested; anything deeper could not be walked through. */
const MAX_DEPTH = 20;
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const ALONE = /^\s*\{\{([^{}]*)\}\}\s*$/;

/** What is wrong with such a format, as a sentence; `null`: nothing. */
export function ownFormatFault(text: string): string | null {
  if (text.trim() === '') return 'Write the payload as JSON, with placeholders such as {{title}}.';
  const read = readOwnFormat(text);
  if ('fault' in read) return read.fault;
  const names = placeholdersIn(read.value);
  const unknown = names.find((name) => !isPlaceholder(name));
  if (unknown !== undefined)
    return `There is no placeholder {{${unknown.slice(0, 40)}}}. Use ${OWN_PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ')}.`;
  return names.includes('title') ? null : 'Add {{title}}: without it the message has no title.';
}

/** The placeholders in a format; none if the text is not a format. */
export function ownFormatNames(text: string): ReadonlySet<string> {
  const read = readOwnFormat(text);
  return new Set('fault' in read ? [] : placeholdersIn(read.value));
}

/**
 * The payload of a message in such a format. Values are never searched for placeholders again.
 *
 * @returns `null` if it is not a format
 */
export function fillOwnFormat(text: string, values: OwnValues): object | null {
  if (ownFormatFault(text) !== null) return null;
  const read = readOwnFormat(text);
  if ('fault' in read) return null;
  const filled = fill(read.value, values);
  return typeof filled === 'object' && filled !== null ? filled : null;
}

const isPlaceholder = (name: string): name is OwnPlaceholder =>
  (OWN_PLACEHOLDERS as readonly string[]).includes(name);

function readOwnFormat(text: string): { value: object } | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error ? placeOf(error.message, text) : '';
    return { fault: `This is not JSON${where}. Put placeholders in quotes: "{{title}}".` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fault: 'Write a JSON object: start with { and end with }.' };
  if (depthOf(value) > MAX_DEPTH) return { fault: `Nest it at most ${MAX_DEPTH} deep.` };
  return { value };
}

/** The line that the JavaScript engine names, if it names a position. */
function placeOf(words: string, text: string): string {
  const at = /position (\d+)/.exec(words)?.[1];
  return at === undefined ? '' : ` (line ${text.slice(0, Number(at)).split('\n').length})`;
}

function depthOf(value: unknown, deepest = MAX_DEPTH + 1): number {
  if (typeof value !== 'object' || value === null || deepest <= 0) return 0;
  return 1 + Math.max(0, ...Object.values(value).map((inner) => depthOf(inner, deepest - 1)));
}

function placeholdersIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim());
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(placeholdersIn);
}

function fill(value: unknown, values: OwnValues): unknown {
  if (typeof value === 'string') return fillText(value, values);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((item) => fill(item, values)).filter((item) => item !== undefined);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const filled = fill(inner, values);
      return filled === undefined ? [] : [[name, filled]];
    }),
  );
}

function fillText(text: string, values: OwnValues): unknown {
  const alone = ALONE.exec(text)?.[1]?.trim();
  if (alone !== undefined) return valueOf(alone, values);
  return text.replaceAll(PLACEHOLDER, (_whole, name: string) => wordsOf(valueOf(name.trim(), values)));
}

const valueOf = (name: string, values: OwnValues): unknown =>
  isPlaceholder(name) ? values[name] : undefined;

function wordsOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
