const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const dayOfYearFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const exactFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
const minuteFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const clockFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** `Tuesday 3 March 2026 at 14:02:11`, in the time zone of this machine. */
export const formatExact = (at: number): string => exactFormat.format(at);

/** `14:02:11` */
export const formatClock = (at: number): string => clockFormat.format(at);

/** `14:02` */
export const formatMinute = (at: number): string => minuteFormat.format(at);

/** `3 Mar` */
export const formatDay = (at: number): string => dayOfYearFormat.format(at);

/** `3 Mar 2026` */
export const formatDate = (at: number): string => dayFormat.format(at);

/** How long ago, or in how long: `just now`, `4 min ago`, `in 2 h`, `yesterday`, `5 days ago`, then the date. */
export function formatRelative(at: number, now: number): string {
  const distance = Math.abs(now - at);
  const wrap = (text: string) => (at > now ? `in ${text}` : `${text} ago`);
  if (distance < 45_000) return at > now + 1_000 ? 'in a moment' : 'just now';
  if (distance < HOUR_MS) return wrap(`${Math.max(1, Math.round(distance / MINUTE_MS))} min`);
  if (distance < 22 * HOUR_MS) return wrap(`${Math.round(distance / HOUR_MS)} h`);
  const days = Math.max(1, Math.round(distance / DAY_MS));
  if (days === 1) return at > now ? 'tomorrow' : 'yesterday';
  if (days < 7) return wrap(`${days} days`);
  return dayFormat.format(at);
}
