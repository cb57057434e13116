import type { CampaignSchedule, QuietHours, RecipientHours } from '../../../../contract/schedule.ts';

/** What a schedule and quiet hours mean for each recipient; `null`: each may get it at once. */
export function hoursOf(schedule: CampaignSchedule | null, quiet: QuietHours | null): RecipientHours | null {
  const start = schedule?.perRecipient === true ? { at: schedule.at, timeZone: schedule.timeZone } : null;
  return start === null && quiet === null ? null : { start, quiet };
}

/** The quiet hours of a campaign, as they were asked for. */
export const quietOf = ({ hours }: { hours: RecipientHours | null }): QuietHours | null =>
  hours?.quiet ?? null;
