import { z } from 'zod';
import { instantSchema } from './common.ts';
import { problemSchema } from './problem.ts';

/** A day and a time of it as a calendar and a clock on the wall show them, without a zone: `2026-11-30T09:00`. */
export const localTimeSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Use a date and time like 2026-11-30T09:00.');

const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** A name of the IANA time zone database: `Europe/Oslo`. An offset is none: it knows no daylight saving. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(
    (name) => /^[A-Za-z]/u.test(name) && isZone(name),
    'Use the name of a time zone, like Europe/Oslo or UTC.',
  );

/** When a campaign is to start. */
export const scheduleSchema = z.strictObject({ at: localTimeSchema, timeZone: timeZoneSchema });
export type CampaignSchedule = z.infer<typeof scheduleSchema>;

/**
 * Why a scheduled campaign did not start at its time and asks what to do. `late`: nothing was running then, or the computer slept; `clock`:
 * the clock was set forward past it; `blocked`: there was no key or nobody to send to; `restored`: it comes from a backup, and may have
 * been sent since that was made.
 */
export const askReasonSchema = z.enum(['late', 'clock', 'blocked', 'restored']);
export type AskReason = z.infer<typeof askReasonSchema>;

/** A schedule as it is kept with its campaign. */
export const keptScheduleSchema = z.object({
  at: z.string(),
  timeZone: z.string(),
  /** The same as an instant. */
  startsAt: instantSchema,
  /** When the campaign was scheduled. */
  scheduledAt: instantSchema,
  /** It was not started at its time and waits for a decision; `null`: it does not. */
  asks: z.object({ reason: askReasonSchema, since: instantSchema, problem: problemSchema }).nullable(),
});
export type KeptSchedule = z.infer<typeof keptScheduleSchema>;
