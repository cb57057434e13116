const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const FORMS = [
  /^\w{3}, (?<day>\d{2}) (?<month>\w{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/i,
  /^\w{6,9}, (?<day>\d{2})-(?<month>\w{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/i,
  /^\w{3} (?<month>\w{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/i,
];

/**
 * Reads an HTTP date in all three forms of RFC 9110 §5.6.7. `Date.parse` is not used: it reads the third form in local time and accepts
 * much that is not an HTTP date.
 *
 * @returns milliseconds since 1970, or `null` when the text is not an HTTP date
 */
export function parseHttpDate(text: string): number | null {
  for (const form of FORMS) {
    const parts = form.exec(text.trim())?.groups;
    if (parts) return toInstant(parts);
  }
  return null;
}

function toInstant(parts: Record<string, string | undefined>): number | null {
  const month = MONTHS.indexOf((parts['month'] ?? '').toLowerCase());
  const day = Number(parts['day']);
  const [hour = 0, minute = 0, second = 0] = (parts['time'] ?? '').split(':').map(Number);
  const instant = Date.UTC(fullYear(Number(parts['year'])), month, day, hour, minute, Math.min(second, 59));
  const fits =
    month >= 0 && new Date(instant).getUTCDate() === day && hour < 24 && minute < 60 && second <= 60;
  return fits ? instant : null;
}

/** Two-digit years of RFC 850: nothing here is older than the web itself. */
function fullYear(year: number): number {
  if (year >= 100) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}
