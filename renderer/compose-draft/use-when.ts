import { problemOfSchedule } from '../../electron/core/campaign/schedule-time.ts';
import type { CampaignId } from '../../electron/contract/ids.ts';
import type { Problem } from '../../electron/contract/problem.ts';
import type { CampaignSchedule } from '../../electron/contract/schedule.ts';
import { useKept, useKeptNote } from '../ui/kept.tsx';
import { nextMorning, scheduleOf, type TimeFields } from '../ui/schedule/time-fields.ts';

/** When what stands in Compose goes out, and how fast. */
export interface When {
  readonly kind: 'now' | 'at';
  readonly time: TimeFields;
  /** The most messages a minute; empty: what the settings say. */
  readonly perMinute: number | '';
  /** The scheduled campaign that is being edited. */
  readonly editing: { readonly id: CampaignId } | null;
}

const NAME = 'compose: when';

/** At once, unless the person says otherwise. */
export const sendNow = (): When => ({
  kind: 'now',
  time: nextMorning(Date.now()),
  perMinute: '',
  editing: null,
});

/** Kept while Compose is away: what was to wait must not be sent at once. */
export function useWhen() {
  const [when, set] = useKept(NAME, sendNow());
  return { when, set };
}

/** For screens that put something into Compose. */
export const useWhenNote = () => useKeptNote<When>(NAME, sendNow());

/** What goes with a start. */
export interface Timing {
  readonly schedule: CampaignSchedule | null;
  readonly messagesPerMinute: number | null;
  readonly editing: CampaignId | null;
  /** Why it cannot go out then. */
  readonly problem: Problem | null;
}

const NO_TIME: Problem = {
  code: 'no-time',
  cause: 'The date or the time is missing.',
  cure: 'Choose both under When.',
};

/** @param now ms since 1970 */
export function timingOf({ kind, time, perMinute, editing }: When, now: number): Timing {
  const schedule = kind === 'at' ? scheduleOf(time) : null;
  const isMissing = kind === 'at' && schedule === null;
  return {
    schedule,
    messagesPerMinute: perMinute === '' ? null : perMinute,
    editing: editing?.id ?? null,
    problem: isMissing ? NO_TIME : schedule === null ? null : problemOfSchedule(schedule, now),
  };
}

/** On the button that sends. */
export function sendLabel({ kind, editing }: Pick<When, 'kind' | 'editing'>): string {
  if (editing !== null) return 'Save changes';
  return kind === 'now' ? 'Send' : 'Schedule';
}
