import { formatCount } from './numbers.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  { seconds: DAY, one: 'day', many: 'days' },
  { seconds: HOUR, one: 'hour', many: 'hours' },
  { seconds: MINUTE, one: 'minute', many: 'minutes' },
  { seconds: 1, one: 'second', many: 'seconds' },
] as const;

/** Seconds in words, in the two largest units: `1 day`, `1 hour 30 minutes`. */
export function formatSeconds(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.seconds);
    if (count > 0) parts.push(`${count} ${count === 1 ? unit.one : unit.many}`);
    rest -= count * unit.seconds;
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(' ') : '0 seconds';
}

const SHORT = ['d', 'h', 'min', 's'] as const;

/** The same for a cell of a table: `12 s`, `1 min 5 s`, `2 h`. */
export function formatShortSeconds(seconds: number): string {
  return UNITS.reduce(
    (words, { one, many }, index) =>
      words.replace(new RegExp(`\\b(?:${many}|${one})\\b`), SHORT[index] ?? one),
    formatSeconds(seconds),
  );
}

/** Messages a second as people count them: `1,394 a second`, `6 a minute` where it is less than one a second. */
export function formatRate(perSecond: number): string {
  return perSecond < 1
    ? `${formatCount(Math.round(perSecond * 60))} a minute`
    : `${formatCount(Math.round(perSecond))} a second`;
}

/** How long one request took: `48 ms`, `1.24 s`. */
export function formatMilliseconds(ms: number): string {
  if (ms < 1) return '<1 ms';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** How long after something else: `48 ms`, `1.24 s`, `3 minutes 5 seconds`. */
export function formatGap(ms: number): string {
  return ms < 60_000 ? formatMilliseconds(ms) : formatSeconds(ms / 1000);
}
