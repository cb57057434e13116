import { Temporal } from 'temporal-polyfill';
import { timeZoneSchema, type CampaignSchedule } from '../../contract/schedule.ts';
import type { Problem } from '../../contract/problem.ts';

/** How many days ahead a schedule may reach. */
export const MAX_DAYS_AHEAD = 400;

/** The zone whose clocks are the first to show a time: 14 hours ahead of UTC. */
export const FIRST_ZONE = 'Pacific/Kiritimati';

const zones = new Map<string, boolean>();

/** Whether the time zone database has that name. Remembered: a campaign asks for the same few a million times. */
export function isTimeZone(name: string): boolean {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const is = timeZoneSchema.safeParse(name).success;
  if (zones.size < 2000) zones.set(name, is);
  return is;
}

/** `skipped`: clocks go forward over that time; `repeated`: they go back, and show it twice; `null`: it comes once, as most do. */
export type Oddity = 'skipped' | 'repeated' | null;

export interface LocalInstant {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly oddity: Oddity;
}

/**
 * When a wall clock in that zone shows that time. A time that is skipped when clocks go forward moves by the same amount: 2:30 becomes
 * 3:30. If a time comes twice when they go back, the first one counts.
 *
 * @returns `null`: there is no such day or time, as with 30 February
 */
export function instantOf({ at, timeZone }: CampaignSchedule): LocalInstant | null {
  try {
    const local = Temporal.PlainDateTime.from(at, { overflow: 'reject' });
    const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
    const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
    if (earlier.epochMilliseconds === later.epochMilliseconds)
      return { at: earlier.epochMilliseconds, oddity: null };
    return later.toPlainDateTime().equals(local)
      ? { at: earlier.epochMilliseconds, oddity: 'repeated' }
      : { at: later.epochMilliseconds, oddity: 'skipped' };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What a wall clock in that zone shows at an instant, in ms since 1970: `2026-11-30T09:00`. */
export function localTimeOf(instant: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/**
 * The next day of the calendar. 24 hours after 23:00 it is the day after that when clocks go forward in between.
 *
 * @param day `2026-11-30`
 */
export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** When the first recipient may get it, in ms since 1970; `null`: there is no such time. */
export function startOf({ at, timeZone, perRecipient }: CampaignSchedule): number | null {
  const own = instantOf({ at, timeZone });
  return own === null || perRecipient !== true
    ? (own?.at ?? null)
    : (instantOf({ at, timeZone: FIRST_ZONE })?.at ?? null);
}

/**
 * Why nothing can be scheduled for that time; `null`: it can.
 *
 * @param now ms since 1970
 */
export function problemOfSchedule(schedule: CampaignSchedule, now: number): Problem | null {
  const start = startOf(schedule);
  if (start === null)
    return {
      code: 'no-such-time',
      cause: `There is no ${schedule.at.replace('T', ', ')} in the calendar.`,
      cure: 'Choose a day and time that exist.',
      field: 'schedule',
    };
  if (start <= now)
    return {
      code: 'time-is-over',
      cause:
        schedule.perRecipient === true
          ? 'That time has already passed in the first time zone, 14 hours ahead of UTC.'
          : 'The start time has already passed.',
      cure: 'Choose a later time, or send now.',
      field: 'schedule',
    };
  if (start > now + MAX_DAYS_AHEAD * 86_400_000)
    return {
      code: 'time-too-far',
      cause: `The time to start is more than ${MAX_DAYS_AHEAD} days ahead.`,
      cure: 'Choose an earlier time.',
      field: 'schedule',
    };
  return null;
}
