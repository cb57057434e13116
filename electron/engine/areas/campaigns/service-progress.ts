import { unsettledCount, shownDeliveryStateSchema } from '../../../contract/deliveries.ts';
import type { CampaignDetail } from '../../../contract/campaigns.ts';
import type { ServiceProgress } from '../../../contract/campaign-progress.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import { timeLeftAt, timeLeftOverall, type ServicePace } from '../../../core/campaign/time-left.ts';
import type { CampaignPace, ServiceSpeed } from '../../dispatch/campaign-pace.ts';
import type { LaneRow } from '../../dispatch/lane-store.ts';
import { waitsWhole } from './part-pause.ts';

type Part = CampaignDetail['parts'][number];

/**
 * How far the campaign has got at each push service and as a whole, and how long it will still take.
 *
 * @param speed of a running campaign; `null`: it is not running, so no time can be given
 * @param now ms since 1970
 */
export function progressOf(
  parts: readonly Part[],
  lanes: readonly LaneRow[],
  speed: CampaignPace | null,
  now: number,
): Pick<CampaignDetail, 'services' | 'ratePerSecond' | 'timeLeftMs'> {
  const services = [...new Set(parts.map(({ pushService }) => pushService))].map((pushService) => {
    const own = parts.filter((part) => part.pushService === pushService);
    const speedHere = speed === null ? null : (speed.byService.get(pushService) ?? STANDS_STILL);
    const pace = paceOf(own, lanes, speedHere, now);
    return { pace, progress: serviceProgress(pushService, own, pace, speedHere) };
  });
  return {
    services: services.map(({ progress }) => progress).sort((one, other) => other.total - one.total),
    ratePerSecond: speed?.perSecond ?? null,
    timeLeftMs:
      speed === null
        ? null
        : timeLeftOverall(
            services.map(({ pace }) => pace),
            speed.steadyPerSecond,
          ),
  };
}

const STANDS_STILL: ServiceSpeed = { perSecond: null, steadyPerSecond: null, wait: null };

function paceOf(
  own: readonly Part[],
  lanes: readonly LaneRow[],
  speed: ServiceSpeed | null,
  now: number,
): ServicePace {
  const wait = speed?.wait ?? null;
  const going = own.filter((part) => part.pausedBecause === null || !waitsWhole(part, lanes));
  return {
    open: going.reduce((sum, { counts }) => sum + unsettledCount(counts), 0),
    later: going.reduce((sum, { counts }) => sum + counts.retrying + counts.waiting, 0),
    perSecond: speed?.steadyPerSecond ?? null,
    wait: wait === null ? null : { reason: wait.reason, leftMs: Math.max(0, wait.until - now) },
  };
}

function serviceProgress(
  pushService: PushServiceId,
  own: readonly Part[],
  pace: ServicePace,
  speed: ServiceSpeed | null,
): ServiceProgress {
  const counts = Object.fromEntries(
    shownDeliveryStateSchema.options.map((state) => [
      state,
      own.reduce((sum, part) => sum + part.counts[state], 0),
    ]),
  ) as ServiceProgress['counts'];
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const open = unsettledCount(counts);
  return {
    pushService,
    counts,
    done: total - open,
    total,
    ratePerSecond: speed?.perSecond ?? null,
    // When something that waits for the person will end cannot be predicted.
    timeLeftMs: speed !== null && (open === 0 || pace.open > 0) ? timeLeftAt(pace) : null,
    wait: pace.open > 0 ? (speed?.wait ?? null) : null,
    pausedBecause: own.find((part) => part.pausedBecause !== null)?.pausedBecause ?? null,
  };
}
