import type { CampaignDetail, ServiceProgress } from '../../contract/campaign.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { deliveryStateSchema } from '../../contract/subscription.ts';
import { timeLeftAt, timeLeftOverall, type ServicePace } from '../../core/time-left.ts';
import type { Dispatcher } from '../sender/dispatcher.ts';
import type { LaneRow } from '../store/lane-store.ts';
import { openOf } from './open-of.ts';
import { waitsWhole } from './part-pause.ts';

type Part = CampaignDetail['parts'][number];

/**
 * How far the campaign has come at each push service and as a whole, and how long it still takes.
 *
 * @param rates of a campaign that runs; `null`: it does not, so no time tells
 */
export function progressOf(
  parts: readonly Part[],
  lanes: readonly LaneRow[],
  rates: ReturnType<Dispatcher['rates']>,
): Pick<CampaignDetail, 'services' | 'ratePerSecond' | 'timeLeftMs'> {
  const services = [...new Set(parts.map(({ pushService }) => pushService))].map((pushService) => {
    const own = parts.filter((part) => part.pushService === pushService);
    const pace = paceOf(own, lanes, rates?.byService.get(pushService) ?? null);
    return { pace, progress: serviceProgress(pushService, own, pace, rates !== null) };
  });
  const all = rates?.all ?? null;
  return {
    services: services.map(({ progress }) => progress).sort((one, other) => other.total - one.total),
    ratePerSecond: all,
    timeLeftMs: timeLeftOverall(
      services.map(({ pace }) => pace),
      all,
    ),
  };
}

function paceOf(own: readonly Part[], lanes: readonly LaneRow[], perSecond: number | null): ServicePace {
  const going = own.filter((part) => part.pausedBecause === null || !waitsWhole(part, lanes));
  return {
    open: going.reduce((sum, { counts }) => sum + openOf(counts), 0),
    retrying: going.reduce((sum, { counts }) => sum + counts.retrying, 0),
    perSecond,
  };
}

function serviceProgress(
  pushService: PushServiceId,
  own: readonly Part[],
  pace: ServicePace,
  runs: boolean,
): ServiceProgress {
  const counts = Object.fromEntries(
    deliveryStateSchema.options.map((state) => [
      state,
      own.reduce((sum, part) => sum + part.counts[state], 0),
    ]),
  ) as ServiceProgress['counts'];
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const open = openOf(counts);
  return {
    pushService,
    counts,
    done: total - open,
    total,
    ratePerSecond: pace.perSecond,
    // What waits for the person has no end of its own.
    timeLeftMs: runs && (open === 0 || pace.open > 0) ? timeLeftAt(pace) : null,
    pausedBecause: own.find((part) => part.pausedBecause !== null)?.pausedBecause ?? null,
  };
}
