import {
  localTimeSchema,
  type CampaignSchedule,
  type KeptSchedule,
} from '../../../electron/contract/schedule.ts';
import { dayAfter, localTimeOf } from '../../../electron/core/campaign/schedule-time.ts';

/** What is in the fields: `date` as `2026-11-30`, `time` as `09:00`, each may be empty. */
export interface TimeFields {
  readonly date: string;
  readonly time: string;
  readonly timeZone: string;
  /** Each recipient gets it at that time in their own zone. */
  readonly perRecipient: boolean;
}

export const OWN_TIME_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;
export const TIME_ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/** Tomorrow at nine. @param now ms since 1970 */
export const nextMorning = (now: number): TimeFields => ({
  date: dayAfter(localTimeOf(now, OWN_TIME_ZONE).slice(0, 10)),
  time: '09:00',
  timeZone: OWN_TIME_ZONE,
  perRecipient: false,
});

export const fieldsOfSchedule = ({
  at,
  timeZone,
  perRecipient,
}: Pick<KeptSchedule, 'at' | 'timeZone' | 'perRecipient'>): TimeFields => ({
  date: at.slice(0, 10),
  time: at.slice(11),
  timeZone,
  perRecipient,
});

/** `null` while something is missing. */
export function scheduleOf({ date, time, timeZone, perRecipient }: TimeFields): CampaignSchedule | null {
  const at = localTimeSchema.safeParse(`${date}T${time.slice(0, 5)}`);
  if (!at.success) return null;
  return { at: at.data, timeZone, ...(perRecipient ? { perRecipient: true as const } : {}) };
}
