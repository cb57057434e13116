import type { RecipientHours } from '../../contract/schedule.ts';
import { dayAfter, instantOf, isTimeZone, localTimeOf } from './schedule-time.ts';

/** Whether nobody is to be woken at that time of day (`23:30`). A time that ends before it begins spans midnight. */
export function isQuiet({ from, to }: { from: string; to: string }, time: string): boolean {
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/**
 * When a message may go to somebody in that zone: not before the local time that was asked for, and not in quiet hours.
 *
 * @param zone as the recipient's browser reported it; `null`, or one that is unknown: the zone of the schedule or of the quiet hours counts
 * @param now ms since 1970
 * @returns ms since 1970; if that is not after `now`: at once
 */
export function opensAt({ start, quiet }: RecipientHours, zone: string | null, now: number): number {
  const known = zone !== null && isTimeZone(zone) ? zone : null;
  const begins =
    start === null ? now : (instantOf({ at: start.at, timeZone: known ?? start.timeZone })?.at ?? now);
  const at = Math.max(now, begins);
  if (quiet === null) return at;
  const timeZone = known ?? quiet.timeZone;
  const local = localTimeOf(at, timeZone);
  if (!isQuiet(quiet, local.slice(11))) return at;
  const endOn = (day: string) => instantOf({ at: `${day}T${quiet.to}`, timeZone })?.at ?? at;
  const today = endOn(local.slice(0, 10));
  return today > at ? today : endOn(dayAfter(local.slice(0, 10)));
}
