import mustache from 'mustache';
import { attributeNameSchema } from '../../../contract/people.ts';

/** A text with variables, read. */
export type Part = string | Variable;
export interface Variable {
  readonly name: string;
  /** Replaces a missing value; `null`: there is none. */
  readonly fallback: string | null;
}

export type Template = { readonly parts: readonly Part[]; readonly fault: null } | { readonly fault: string };

/** Variables in one text. */
const MAX_VARIABLES = 50;
const NOT_CLOSED = 'Close the variable with }}, such as {{city}}.';
const NO_VARIABLE = 'Only variables such as {{city}} or {{city|your town}} can be in double braces.';

// A writer of its own: the shared one caches every text that was ever typed.
const writer = new mustache.Writer();
writer.clearCache();

/**
 * Reads `{{name}}` and `{{name|fallback}}`. The tokens are Mustache's; sections, partials and changed delimiters are refused, so nothing in
 * a text is ever run.
 */
export function readTemplate(text: string): Template {
  if (!text.includes('{{')) return { parts: text === '' ? [] : [text], fault: null };
  let tokens: readonly [kind: string, value: string, ...rest: unknown[]][];
  try {
    tokens = writer.parse(text) as typeof tokens;
  } catch {
    return { fault: NOT_CLOSED };
  } finally {
    writer.clearCache();
  }
  const parts: Part[] = [];
  for (const [kind, value] of tokens) {
    if (kind === 'text') parts.push(value);
    else if (kind !== 'name') return { fault: NO_VARIABLE };
    else {
      const variable = readVariable(value);
      if (variable === null) return { fault: NO_VARIABLE };
      parts.push(variable);
    }
  }
  if (parts.filter((part) => typeof part !== 'string').length > MAX_VARIABLES)
    return { fault: `Use at most ${MAX_VARIABLES} variables in one text.` };
  return { parts, fault: null };
}

function readVariable(written: string): Variable | null {
  const bar = written.indexOf('|');
  const name = (bar === -1 ? written : written.slice(0, bar)).trim();
  const fallback = bar === -1 ? null : written.slice(bar + 1).trim();
  return attributeNameSchema.safeParse(name).success ? { name, fallback } : null;
}

/** A variable's value, put into a text. */
export function fill(
  parts: readonly Part[],
  values: Readonly<Record<string, string>>,
  encode: (value: string) => string = (value) => value,
): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : encode(valueOf(part, values) ?? '')))
    .join('');
}

/** `null`: it has no value and no fallback. */
export function valueOf(
  { name, fallback }: Variable,
  values: Readonly<Record<string, string>>,
): string | null {
  return Object.hasOwn(values, name) ? (values[name] ?? fallback) : fallback;
}

/**
 * What is wrong with the fallbacks of a text; `null`: nothing. `{{city|{{label}}}}` is read only up to the first `}}`: people would get
 * braces instead of a label.
 */
export function faultOfFallbacks(parts: readonly Part[]): string | null {
  const isNested = parts.some((part) => typeof part !== 'string' && part.fallback?.includes('{{') === true);
  return isNested
    ? 'A fallback can’t hold another variable: write plain text, such as {{city|your town}}.'
    : null;
}

/** Bases that an address could be resolved against: a single one would hide a host that a variable changes. */
const BASE = 'https://base.invalid/';
const PROBES = ['', 'x', 'y', '1', '..', '@'];

/** Why an address cannot have its variables where they are; `null`: it can. */
export function faultOfLink(parts: readonly Part[]): string | null {
  if (parts.every((part) => typeof part === 'string')) return null;
  const origins = PROBES.map((probe) => {
    const address = parts
      .map((part) => (typeof part === 'string' ? part : encodeURIComponent(probe)))
      .join('');
    if (!URL.canParse(address, BASE)) return null;
    const { origin, username, password } = new URL(address, BASE);
    return JSON.stringify([origin, username, password]);
  });
  return origins.every((origin) => origin !== null && origin === origins[0]) ? null : VARIABLE_IN_HOST;
}

export const VARIABLE_IN_HOST =
  'A variable can’t be in the first part of an address: put it after the host, such as https://example.com/{{city}}.';
