import { z } from 'zod';
import { problemOfSchedule } from '../../electron/core/campaign/schedule-time.ts';
import { campaignIdSchema, type CampaignId } from '../../electron/contract/ids.ts';
import type { Problem } from '../../electron/contract/problem.ts';
import {
  quietHoursSchema,
  type CampaignSchedule,
  type KeptSchedule,
  type QuietHours,
} from '../../electron/contract/schedule.ts';
import { fieldsOfSchedule, nextMorning, scheduleOf, type TimeFields } from '../ui/schedule/time-fields.ts';

/** When what is in Compose goes out, and how fast. */
export interface When {
  readonly kind: 'now' | 'at';
  readonly time: TimeFields;
  /** The most messages a minute; empty: what the settings say. */
  readonly perMinute: number | '';
  /** Hours in which nobody is woken. */
  readonly quiet: { readonly isOn: boolean; readonly from: string; readonly to: string };
  /** The scheduled campaign that is being edited. */
  readonly editing: Editing | null;
}

export interface Editing {
  readonly id: CampaignId;
  /** The one that was taken to be edited; `null`: a draft from an earlier version did not note it. */
  readonly edition: string | null;
}

/** The name under which a draft keeps it among its other choices: what was to wait must not be sent at once. */
export const WHEN = 'when';

const NO_QUIET: When['quiet'] = { isOn: false, from: '22:00', to: '07:00' };

/** At once, unless the person says otherwise. */
export const sendNow = (): When => ({
  kind: 'now',
  time: nextMorning(Date.now()),
  perMinute: '',
  quiet: NO_QUIET,
  editing: null,
});

/** The quiet hours of a campaign as Compose has them. */
const quietFields = (quiet: QuietHours | null): When['quiet'] =>
  quiet === null ? NO_QUIET : { isOn: true, from: quiet.from, to: quiet.to };

/** How a campaign goes out, apart from its time. */
export interface Care {
  readonly hours: { readonly quiet: QuietHours | null } | null;
  readonly messagesPerMinute: number | null;
}

/** A campaign that waits for its time, to be edited. */
export const editOf = (
  editing: Editing,
  schedule: KeptSchedule,
  { hours, messagesPerMinute }: Care,
): When => ({
  kind: 'at',
  time: fieldsOfSchedule(schedule),
  perMinute: messagesPerMinute ?? '',
  quiet: quietFields(hours?.quiet ?? null),
  editing,
});

/** As careful as a campaign was, but sent at once; `null`: it had no quiet hours, and no pace. */
export function repeatOf({ hours, messagesPerMinute }: Care): When | null {
  const quiet = hours?.quiet ?? null;
  if (quiet === null && messagesPerMinute === null) return null;
  const now = sendNow();
  return {
    ...now,
    time: quiet === null ? now.time : { ...now.time, timeZone: quiet.timeZone },
    perMinute: messagesPerMinute ?? '',
    quiet: quietFields(quiet),
  };
}

const whenSchema: z.ZodType<When> = z.object({
  kind: z.enum(['now', 'at']),
  time: z.object({
    date: z.string(),
    time: z.string(),
    timeZone: z.string(),
    perRecipient: z.boolean(),
  }),
  perMinute: z.union([z.number(), z.literal('')]),
  quiet: z.object({ isOn: z.boolean(), from: z.string(), to: z.string() }),
  editing: z.object({ id: campaignIdSchema, edition: z.string().nullable().default(null) }).nullable(),
});

/** What a draft keeps of it. Where that cannot be read, the person has to choose again. */
export function whenOf(choices: Readonly<Record<string, unknown>>): When {
  const kept = choices[WHEN];
  if (kept === undefined) return sendNow();
  const read = whenSchema.safeParse(kept);
  return read.success
    ? read.data
    : { ...sendNow(), kind: 'at', time: { ...nextMorning(Date.now()), date: '' } };
}

/** What goes with a start. */
export interface Timing {
  readonly schedule: CampaignSchedule | null;
  readonly messagesPerMinute: number | null;
  readonly quietHours: QuietHours | null;
  readonly editing: Editing | null;
  /** Why it cannot go out then. */
  readonly problem: Problem | null;
}

const NO_TIME: Problem = {
  code: 'no-time',
  cause: 'The date or the time is missing.',
  cure: 'Choose both under When.',
  field: 'schedule',
};

const NO_HOURS: Problem = {
  code: 'no-quiet-hours',
  cause: 'The quiet hours are not complete, or begin and end at the same time.',
  cure: 'Choose both times under When.',
  field: 'quietHours',
};

/** @param now ms since 1970 */
export function timingOf({ kind, time, perMinute, quiet, editing }: When, now: number): Timing {
  const schedule = kind === 'at' ? scheduleOf(time) : null;
  const { isOn, ...hours } = quiet;
  const asked = quietHoursSchema.safeParse({ ...hours, timeZone: time.timeZone });
  const isMissing = kind === 'at' && schedule === null;
  return {
    schedule,
    messagesPerMinute: perMinute === '' ? null : perMinute,
    quietHours: isOn && asked.success ? asked.data : null,
    editing,
    problem:
      isOn && !asked.success
        ? NO_HOURS
        : isMissing
          ? NO_TIME
          : schedule === null
            ? null
            : problemOfSchedule(schedule, now),
  };
}

/** On the button that sends. */
export function sendLabel({ kind, editing }: Pick<When, 'kind' | 'editing'>): string {
  if (editing !== null) return 'Save changes';
  return kind === 'now' ? 'Send' : 'Schedule';
}
