import { isObject } from '../shared/is-object.ts';

/** Readers for the fields of a message from anybody: each returns what it promises, or `undefined`. None throws. */

export type Fields = Readonly<Partial<Record<string, unknown>>>;

export const asFields = (value: unknown): Fields | undefined =>
  isObject(value) && !Array.isArray(value) ? value : undefined;

/** Text with something to read in it. A number counts as its digits. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Google's messages have nothing but texts in them. */
export const asTrue = (value: unknown): true | undefined =>
  value === true || value === 'true' ? true : undefined;

export function asDirection(value: unknown): NotificationDirection | undefined {
  return value === 'ltr' || value === 'rtl' || value === 'auto' ? value : undefined;
}

/** Milliseconds since 1970, within what a `Date` can hold. */
export function asInstant(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15 ? Math.trunc(value) : undefined;
}

/** Zero or more, whole; a number in digits is one. */
export function asCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

/** Milliseconds of buzzing and silence in turn. */
export function asVibration(value: unknown): number[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const times = value.filter((time): time is number => Number.isInteger(time) && time >= 0 && time <= 10_000);
  return times.length === value.length ? times : undefined;
}

/** An address that may be opened or loaded: http or https, relative ones resolved against the site. */
export function asWebAddress(value: unknown, base: string): string | undefined {
  return asAddress(value, base, ['http:', 'https:']);
}

/** An address of a picture: like a web address, or the picture itself. */
export function asPicture(value: unknown, base: string): string | undefined {
  return typeof value === 'string' && /^data:image\//i.test(value)
    ? value
    : asAddress(value, base, ['http:', 'https:']);
}

function asAddress(value: unknown, base: string, protocols: string[]): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  try {
    const url = new URL(value, base);
    return protocols.includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** What this app identifies its messages by, and nobody else's messages have: a UUID (RFC 9562 §4). */
export const isMessageId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
