import { FIRST_PUSH, readInstant } from './instant.ts';
import { textOf } from './person-of.ts';

/** What Pushdesk exported is in milliseconds, however far that is from the present; `null`: a program in between rewrote it. */
export function writtenExpiry(value: unknown): number | null {
  const text = String(value);
  return /^\d{1,16}$/.test(text) ? Number(text) : null;
}

/** The first expiry that can be read, in milliseconds; for each that can’t, a remark is added. */
export function readExpiry(values: readonly unknown[], remarks: string[]): number | null {
  const leftOut: string[] = [];
  for (const value of values) {
    const instant = readInstant(value);
    if (instant.kind === 'none') continue;
    if (instant.kind === 'at' && instant.ms >= FIRST_PUSH) return instant.ms;
    const text = instant.kind === 'at' ? (textOf(value) ?? 'an object') : instant.text;
    leftOut.push(`The expiry “${text}” ${NOT_AN_EXPIRY[instant.kind]} and was left out.`);
  }
  remarks.push(...leftOut);
  return null;
}

const NOT_AN_EXPIRY = {
  at: 'is before Web Push existed',
  impossible: 'is a day or time that doesn’t exist',
  'too-small': 'is too small a number for a time',
  unreadable: 'can’t be read as a time',
} as const;
