/** What goes to one push service of a campaign that runs. */
export interface ServicePace {
  /** Deliveries that have not come to their end and do not wait for the person. */
  readonly open: number;
  /** Those among them that wait for their next try. */
  readonly retrying: number;
  /** Settled a second over the last seconds; `null`: none. */
  readonly perSecond: number | null;
}

/** Milliseconds until a push service is done at its pace: 0 when nothing is open, `null` when nothing tells. */
export function timeLeftAt({ open, perSecond }: ServicePace): number | null {
  if (open === 0) return 0;
  return perSecond === null || perSecond === 0 ? null : Math.round((open / perSecond) * 1000);
}

/**
 * Milliseconds until the whole campaign is done: as long as its slowest push service needs, and never less than all of it at the pace
 * of all. `null` when nothing tells, and when a service stands still with messages that nobody holds back. Where all that is left of one
 * waits for its next try, the others tell the time: a retry comes when it comes.
 *
 * @param perSecond pace of the whole campaign; `null`: none
 */
export function timeLeftOverall(services: readonly ServicePace[], perSecond: number | null): number | null {
  const open = services.reduce((sum, service) => sum + service.open, 0);
  const known = services.flatMap((service) => timeLeftAt(service) ?? []);
  const standsStill = services.some(
    (service) => timeLeftAt(service) === null && service.open > service.retrying,
  );
  const atThePaceOfAll = timeLeftAt({ open, retrying: 0, perSecond });
  if (standsStill || atThePaceOfAll === null || open === 0) return null;
  return Math.max(atThePaceOfAll, ...known);
}
