/** A time from some export: read, absent, or what says something else. */
export type ReadInstant =
  | { kind: 'none' }
  | { kind: 'at'; ms: number }
  /** In the form of a date, but the calendar or the clock has no such day or time. */
  | { kind: 'impossible'; text: string }
  /** A number that is a time in no unit, such as that of a duration. */
  | { kind: 'too-small'; text: string }
  | { kind: 'unreadable'; text: string };

const NONE: ReadInstant = { kind: 'none' };
/** What databases and languages print for an empty value. */
const NOTHING =
  /^(?:|-?0+|null|nil|none|undefined|nan|never|false|\\n|0000-00-00(?:[ t]00:00:00(?:\.0+)?)?)$/i;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e\+?\d+)?$/i;
const ISO =
  /^(\d{4}|[+-]\d{6})-(\d\d?)-(\d\d?)(?:[ T](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;
/** Without signs between: `20270101`, `20270101T000000Z`. */
const COMPACT = /^(20\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)Z?)?$/i;
/** The day in what HTTP, mail and people write: `31 Dec 2027`, `31-Dec-2027`, `December 31, 2027`. */
const DAY_FIRST = /\b(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})\b/i;
const MONTH_FIRST = /\b([a-z]{3})[a-z]* (\d{1,2}),? (?:[\d:]{5,8} )?(\d{4})\b/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** What Firestore and Protocol Buffers have for a time. */
const SECONDS = /^_?seconds$/;
/** Before there was Web Push, nothing of it expired. */
export const FIRST_PUSH = Date.UTC(2015, 0);
const LATEST = 8.64e15;
const MAX_TEXT = 60;

/**
 * Up to which number it counts seconds, milliseconds and microseconds since 1970; above, nanoseconds. Milliseconds are what browsers give:
 * a greater number is taken for microseconds only if that is a time at which there was Web Push.
 */
const UNITS: readonly [below: number, msEach: number][] = [
  [Date.UTC(2000, 0), 1000],
  [FIRST_PUSH * 1000, 1],
  [FIRST_PUSH * 1_000_000, 1 / 1000],
  [Infinity, 1 / 1_000_000],
];
const SMALLEST_SECONDS = Date.UTC(2000, 0) / 1000;

/**
 * Reads a time: milliseconds, seconds, microseconds or nanoseconds since 1970 (told apart by their size), ISO 8601, SQL dates and times,
 * the dates of HTTP and mail, and what MongoDB (`$date`, `$numberLong`) and Firestore (`_seconds`) export. Without a time zone it is UTC.
 */
export function readInstant(value: unknown): ReadInstant {
  if (value === null || value === undefined || value === false) return NONE;
  if (typeof value === 'number') return ofCompact(String(value)) ?? ofNumber(value);
  if (typeof value === 'object') {
    const inner = Object.entries(value);
    const [only] = inner;
    if (inner.length === 0) return NONE;
    if (inner.length === 1 && only?.[0].startsWith('$') === true) return readInstant(only[1]);
    const seconds = inner.find(([name]) => SECONDS.test(name))?.[1] as unknown;
    return seconds === undefined ? { kind: 'unreadable', text: 'an object' } : readInstant(seconds);
  }
  if (typeof value !== 'string') return { kind: 'unreadable', text: typeof value };
  const text = value.trim();
  if (NOTHING.test(text)) return NONE;
  const compact = ofCompact(text);
  if (compact !== null) return compact;
  if (NUMBER.test(text)) return ofNumber(Number(text));
  const date = ofIso(text);
  if (date !== null) return date;
  const ms = /[a-z]{3}/i.test(text) && /\d{4}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(ms)) return { kind: 'unreadable', text: text.slice(0, MAX_TEXT) };
  return hasDay(text) ? { kind: 'at', ms } : { kind: 'impossible', text: text.slice(0, MAX_TEXT) };
}

/** Whether the day that a text names exists: `Date.parse` takes 30 February for 2 March. */
function hasDay(text: string): boolean {
  const [, dayBefore, monthAfter, yearAfter] = DAY_FIRST.exec(text) ?? [];
  const [, monthBefore, dayAfter, year = yearAfter] = MONTH_FIRST.exec(text) ?? [];
  const month = MONTHS.indexOf((monthAfter ?? monthBefore ?? '').toLowerCase());
  return month === -1 || Number(dayBefore ?? dayAfter) <= daysIn(Number(year), month + 1);
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

function ofCompact(text: string): ReadInstant | null {
  const [, year, ...parts] = COMPACT.exec(text) ?? [];
  return year === undefined ? null : ofParts(text, [year, ...parts], 0);
}

function ofNumber(value: number): ReadInstant {
  if (value === 0 || value === -1) return NONE;
  const text = String(value);
  const [, msEach = 1] = UNITS.find(([below]) => value < below) ?? [];
  const ms = msEach < 1 ? value / Math.round(1 / msEach) : value * msEach;
  if (!(ms > 0 && ms <= LATEST)) return { kind: 'unreadable', text };
  return value < SMALLEST_SECONDS ? { kind: 'too-small', text } : { kind: 'at', ms: Math.trunc(ms) };
}

function ofIso(text: string): ReadInstant | null {
  const found = ISO.exec(text);
  if (found === null) return null;
  const [, year = '', month, day, hour, minute, second, fraction = '0', zone = 'Z'] = found;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  return ofParts(
    text,
    [year, month, day, hour, minute, second],
    Math.trunc(Number(`0.${fraction}`) * 1000) - offset,
  );
}

/** @param beside milliseconds to add */
function ofParts(text: string, parts: readonly (string | undefined)[], beside: number): ReadInstant {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    part === undefined ? undefined : Number(part),
  );
  const ms = Date.UTC(year, month - 1, day, hour, minute, second) + beside;
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  // A day ends at 24:00, and a minute may have a leap second.
  const isTime = (hour < 24 || (hour === 24 && minute + second === 0)) && minute < 60 && second <= 60;
  return isDay && isTime && Number.isFinite(ms)
    ? { kind: 'at', ms }
    : { kind: 'impossible', text: text.slice(0, MAX_TEXT) };
}
