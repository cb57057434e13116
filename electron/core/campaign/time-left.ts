import type { WaitReason } from '../../contract/campaign-progress.ts';

/** What goes to one push service of a campaign that runs. */
export interface ServicePace {
  /** Deliveries that have not ended and do not wait for the person. */
  readonly open: number;
  /** Those among them that go out at a time of their own: a next try, or the hour of their recipient. */
  readonly later: number;
  /** Done per second over the last seconds; `null`: none. */
  readonly perSecond: number | null;
  /** Set while nothing of it may go out: what it waits for, and for how many more milliseconds. */
  readonly wait: { readonly reason: WaitReason; readonly leftMs: number } | null;
}

/**
 * Milliseconds until a push service is done at its pace: 0 when nothing is open, `null` when unknown. While it may not be sent to, its pace
 * means nothing; where all that is left waits for its next try, that try is the end that can be named.
 */
export function timeLeftAt({ open, perSecond, wait }: ServicePace): number | null {
  if (open === 0) return 0;
  if (wait !== null) return wait.reason === 'retry' ? wait.leftMs : null;
  return perSecond === null || perSecond === 0 ? null : Math.round((open / perSecond) * 1000);
}

/**
 * Milliseconds until the whole campaign is done: as long as its slowest push service needs, and never less than all of it at the pace of
 * all. `null` when unknown, when a service may not be sent to for a while, and when one stands still with messages that nothing holds back.
 * If everything left at one waits for its next try, the end is not before that try.
 *
 * @param perSecond pace of the whole campaign; `null`: none
 */
export function timeLeftOverall(services: readonly ServicePace[], perSecond: number | null): number | null {
  const open = services.reduce((sum, service) => sum + service.open, 0);
  const known = services.flatMap((service) => timeLeftAt(service) ?? []);
  const standsStill = services.some(
    (service) => timeLeftAt(service) === null && (service.wait !== null || service.open > service.later),
  );
  if (standsStill || open === 0) return null;
  if (services.every((service) => service.open === 0 || service.wait !== null)) return Math.max(...known);
  const atThePaceOfAll = timeLeftAt({ open, later: 0, perSecond, wait: null });
  return atThePaceOfAll === null ? null : Math.max(atThePaceOfAll, ...known);
}
