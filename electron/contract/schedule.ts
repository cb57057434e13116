import { z } from 'zod';
import { instantSchema } from './common.ts';
import { problemSchema } from './problem.ts';

/** A day and time as a wall calendar and clock show them, without a zone: `2026-11-30T09:00`. */
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

/** A name of the IANA time zone database: `Europe/Oslo`. An offset is not such a name: it knows nothing of daylight saving. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(
    (name) => /^[A-Za-z]/u.test(name) && isZone(name),
    'Use the name of a time zone, like Europe/Oslo or UTC.',
  );

/** When a campaign is to start. */
export const scheduleSchema = z.strictObject({
  at: localTimeSchema,
  timeZone: timeZoneSchema,
  /** Each recipient gets it at that time in the zone of their attribute `timeZone`; those without one, in the `timeZone` given here. */
  perRecipient: z.literal(true).optional(),
});
export type CampaignSchedule = z.infer<typeof scheduleSchema>;

const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use a time like 22:00.');

/** Nothing goes out in these hours of the recipient's zone, or of `timeZone` where that is not known. They may span midnight. */
export const quietHoursSchema = z
  .strictObject({ from: timeOfDaySchema, to: timeOfDaySchema, timeZone: timeZoneSchema })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'Choose two different times.' });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** When messages of a campaign may go out, by the clock of each recipient. */
export const recipientHoursSchema = z.object({
  /** Not before this local time of the recipient's zone, or of `timeZone` where that is not known; `null`: at once. */
  start: z.object({ at: z.string(), timeZone: timeZoneSchema }).nullable(),
  quiet: quietHoursSchema.nullable(),
});
export type RecipientHours = z.infer<typeof recipientHoursSchema>;

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
  /** Each recipient gets it at that time in their own zone. */
  perRecipient: z.boolean().default(false),
  /** When it starts, as an instant; if it is sent in each recipient's zone, when the first one gets it. */
  startsAt: instantSchema,
  /** When the campaign was scheduled. */
  scheduledAt: instantSchema,
  /** It was not started at its time and waits for a decision; `null`: it does not. */
  asks: z.object({ reason: askReasonSchema, since: instantSchema, problem: problemSchema }).nullable(),
});
export type KeptSchedule = z.infer<typeof keptScheduleSchema>;
