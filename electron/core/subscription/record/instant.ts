/** A time from some export: read, absent, or text that says something else. */
export type ReadInstant =
  | { kind: 'none' }
  | { kind: 'at'; ms: number }
  | { kind: 'unreadable'; text: string };

const NONE: ReadInstant = { kind: 'none' };
/** What databases and languages print for an empty value. */
const NOTHING =
  /^(?:|-?0+|null|nil|none|undefined|nan|never|false|\\n|0000-00-00(?:[ t]00:00:00(?:\.0+)?)?)$/i;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e\+?\d+)?$/i;
const ISO =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;
/** Without signs between: `20270101`, `20270101T000000Z`. */
const COMPACT = /^(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z?)?$/i;
/** What Firestore and Protocol Buffers have for a time. */
const SECONDS = /^_?seconds$/;
const LATEST = 8.64e15;
const MAX_TEXT = 60;

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
  const ms = ofIso(text) ?? (/[a-z]{3}/i.test(text) && /\d{4}/.test(text) ? Date.parse(text) : Number.NaN);
  return Number.isFinite(ms) ? { kind: 'at', ms } : { kind: 'unreadable', text: text.slice(0, MAX_TEXT) };
}

function ofCompact(text: string): ReadInstant | null {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = COMPACT.exec(text) ?? [];
  return year === undefined
    ? null
    : { kind: 'at', ms: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) };
}

/** Ten digits are seconds until 2286, thirteen milliseconds, sixteen microseconds, nineteen nanoseconds. */
function ofNumber(value: number): ReadInstant {
  if (value === 0 || value === -1) return NONE;
  const ms =
    value < 1e11 ? value * 1000 : value < 1e14 ? value : value < 1e17 ? value / 1000 : value / 1_000_000;
  if (!(ms > 0 && ms <= LATEST) || value > 1e20) return { kind: 'unreadable', text: String(value) };
  return { kind: 'at', ms: Math.trunc(ms) };
}

function ofIso(text: string): number | null {
  const found = ISO.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = found;
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Math.trunc(Number(`0.${fraction}`) * 1000),
  );
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (offset === null) return ms;
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  return ms - (offset[1] === '-' ? -minutes : minutes) * 60_000;
}
