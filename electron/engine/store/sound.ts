import { z } from 'zod';
import { publicKeySchema } from '../../contract/common.ts';

/**
 * What is read from a column may be anything that fits its type: a disk may have failed, or someone may have edited the file. A value that
 * Pushdesk never writes is read as the nearest one that can be shown, so that one bad row makes neither its list nor anything around it
 * unusable. [Note: damaged rows]
 */

/** The last instant that a `Date` can hold, in milliseconds since 1970 (ECMA-262 §21.4.1.1). */
const LATEST = 8.64e15;
/** More than a store can hold of anything, yet few enough that no sum of them exceeds the safe integers. */
const MOST = 1e12;

/** Whether it can be read as milliseconds since 1970. */
export const isInstant = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= LATEST;

/** Milliseconds since 1970. */
export function soundInstant(value: number): number {
  return soundCount(value, 0, LATEST);
}

export function soundInstantOrNull(value: number | null): number | null {
  return value === null ? null : soundInstant(value);
}

/** A whole number between two bounds. */
export function soundCount(value: number, least = 0, most = MOST): number {
  return Number.isFinite(value) ? Math.trunc(Math.min(most, Math.max(least, value))) : least;
}

/**
 * A count, in SQL, for adding something to it: beyond the range of integers the file would refuse the sum, and with it whatever changes the
 * count.
 */
export const soundCountSql = (column: string) => `max(${-MOST}, min(${column}, ${MOST}))`;

export function soundCountOrNull(value: number | null, least?: number, most?: number): number | null {
  return value === null ? null : soundCount(value, least, most);
}

/** One of the words of a schema. */
export function soundWord<Word extends string>(
  { options }: { readonly options: readonly Word[] },
  value: string,
  otherwise: Word,
): Word {
  return options.find((word) => word === value) ?? otherwise;
}

/** A public key, or `null` for anything else. */
export function soundPublicKey(value: string | null): string | null {
  return publicKeySchema.safeParse(value).success ? value : null;
}

/** `null` if it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** JSON that a schema accepts; `null` if it is not JSON, or says something else. */
export function soundJson<Value>(schema: z.ZodType<Value>, text: string): Value | null {
  return schema.safeParse(parsed(text)).data ?? null;
}

/** A list of lines in JSON. Anything else is left out. */
export function soundLines(text: string): string[] {
  return (soundJson(z.array(z.unknown()), text) ?? []).filter((line) => typeof line === 'string');
}

/** Texts by name, in JSON. Anything else is left out. Checked by hand: with a schema, an export takes twice as long. */
export function soundTexts(text: string): Record<string, string> {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  if (areTexts(value)) return value;
  const entries = Object.entries(value);
  const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
  return Object.fromEntries(entries.filter(isText));
}

function areTexts(value: object): value is Record<string, string> {
  return Object.values(value).every((text) => typeof text === 'string');
}
