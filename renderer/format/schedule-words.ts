import type { CampaignSchedule } from '../../electron/contract/schedule.ts';
import { instantOf, startOf, type Oddity } from '../../electron/core/campaign/schedule-time.ts';
import { formatMinute } from './moments.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** `in 14 hours`, `3 days ago`: never a name of a day, which depends on the zone. */
export function formatWait(at: number, now: number): string {
  const ms = at - now;
  const size = Math.abs(ms);
  if (size < 90 * MINUTE_MS)
    return relative.format(Math.sign(ms) * Math.max(1, Math.round(size / MINUTE_MS)), 'minute');
  if (size < 48 * HOUR_MS) return relative.format(Math.round(ms / HOUR_MS), 'hour');
  return relative.format(Math.round(ms / DAY_MS), 'day');
}

/** `Monday 30 November 2026 at 09:00`, as a clock in that zone shows it. @param at ms since 1970 */
export const formatInZone = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at);

const shortHere = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** `Mon 09:00`, in the time zone of this machine. */
export const formatShortHere = (at: number): string => shortHere.format(at);

const dayHere = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });

/** `Mon at 09:00`, for a sentence, in the time zone of this machine. */
export const formatDayAndTimeHere = (at: number): string => `${dayHere.format(at)} at ${formatMinute(at)}`;

/** `Central European Standard Time`: what the clocks there are called on that day. */
export function zoneName(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'long' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** `Monday, 30 November 2026 at 09:00, Central European Standard Time`; `null`: there is no such time. */
export function startWords({
  at,
  timeZone,
  perRecipient: isOwnTime = false,
}: Pick<CampaignSchedule, 'at' | 'timeZone'> & { perRecipient?: boolean | undefined }): string | null {
  // The recipients' own clocks show what was chosen. UTC stands in for them because it skips no time.
  const zone = isOwnTime ? 'UTC' : timeZone;
  const local = instantOf({ at, timeZone: zone });
  if (local === null) return null;
  return `${formatInZone(local.at, zone)}${isOwnTime ? ' where each recipient is' : `, ${zoneName(local.at, zone)}`}`;
}

/** The same with the wait: `…, in 14 hours`. */
export function scheduleWords(schedule: CampaignSchedule, now: number): string | null {
  const words = startWords(schedule);
  const starts = startOf(schedule);
  if (words === null || starts === null) return null;
  return `${words}${schedule.perRecipient === true ? '; the first get it' : ','} ${formatWait(starts, now)}`;
}

/** What is done about a time that clocks skip or show twice; `null`: it is one like any other. */
export function oddityWords(schedule: CampaignSchedule): string | null {
  const start = instantOf(schedule);
  if (start === null || start.oddity === null) return null;
  return (schedule.perRecipient === true ? ODDITIES_OF_SOME : ODDITIES)[start.oddity];
}

type OddityWords = Record<NonNullable<Oddity>, string>;
const ODDITIES: OddityWords = {
  skipped: 'Clocks go forward and skip that time, so it starts that much later.',
  repeated: 'Clocks go back, so that time comes twice. It starts the first time.',
};
/** Clocks change only where some of the recipients are. */
const ODDITIES_OF_SOME: OddityWords = {
  skipped: 'Where clocks go forward and skip that time, recipients get it that much later.',
  repeated: 'Where clocks go back and that time comes twice, recipients get it the first time.',
};
