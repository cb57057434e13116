import type { DeliveryState } from '../../electron/contract/deliveries.ts';
import type { FaultRuleInput } from '../../electron/engine/local-push-service/faults/fault.ts';
import type { Random } from '../../electron/engine/local-push-service/random.ts';
import type { SeededDevice } from './seed-campaign.ts';

type Effect = FaultRuleInput['effect'];

/** A share of the devices, what goes wrong with them, and how their deliveries end. */
interface Trouble {
  readonly name: string;
  readonly share: number;
  readonly end: Extract<DeliveryState, 'accepted' | 'gone' | 'failed'>;
  /** How many of a device's requests it affects at most; `null`: all. */
  readonly times: number | null;
  readonly effect: (random: Random) => Effect;
}

const DELAY_MS = 15;

const answer = (status: number): Effect => ({ kind: 'answer', status });
const drop = (accepts: boolean, cut: 'connection' | 'stream'): Effect => ({ kind: 'drop', accepts, cut });
const throttled = (random: Random): Effect => ({
  kind: 'refuse',
  refusal: 'throttled',
  retryAfter: { seconds: random() < 0.1 ? 1 : 0, form: random() < 0.5 ? 'seconds' : 'date' },
});
const unavailable = (random: Random): Effect => ({
  kind: 'answer',
  status: 503,
  retryAfter: { seconds: random() < 0.5 ? 1 : 0, form: 'seconds' },
});
const slow = (random: Random): Effect => ({ kind: 'delay', milliseconds: 100 + Math.floor(600 * random()) });

const TROUBLES: readonly Trouble[] = [
  { name: 'throttled', share: 0.03, end: 'accepted', times: 2, effect: throttled },
  { name: 'error', share: 0.03, end: 'accepted', times: 2, effect: () => answer(500) },
  { name: 'unavailable', share: 0.03, end: 'accepted', times: 2, effect: unavailable },
  { name: 'slow', share: 0.04, end: 'accepted', times: 1, effect: slow },
  { name: 'reset before', share: 0.02, end: 'accepted', times: 1, effect: () => drop(false, 'stream') },
  { name: 'reset after', share: 0.02, end: 'accepted', times: 1, effect: () => drop(true, 'stream') },
  {
    name: 'cut in the answer',
    share: 0.01,
    end: 'accepted',
    times: 1,
    effect: () => ({ kind: 'drop-in-answer', cut: 'stream' }),
  },
  { name: 'not found', share: 0.01, end: 'gone', times: null, effect: () => answer(404) },
  { name: 'gone', share: 0.02, end: 'gone', times: null, effect: () => answer(410) },
  { name: 'too large', share: 0.01, end: 'failed', times: null, effect: () => answer(413) },
];

/** Cutting a line takes along whatever else is on it, so what it affects is not known beforehand; how it ends is. */
const LINE_CUTS: readonly Trouble[] = [
  {
    name: 'line cut before',
    share: 0.003,
    end: 'accepted',
    times: 1,
    effect: () => drop(false, 'connection'),
  },
  { name: 'line cut after', share: 0.003, end: 'accepted', times: 1, effect: () => drop(true, 'connection') },
];

/**
 * Mixes faults into the services, by the seed: each affects the first requests of the devices that chance gives it, so that the outcome of
 * every device is known beforehand.
 *
 * @returns how the delivery of each endpoint ends when it is not interrupted
 */
export function planFaults(
  devices: readonly SeededDevice[],
  random: Random,
  { lineCuts }: { lineCuts: boolean },
): ReadonlyMap<string, Trouble['end']> {
  const troubles = lineCuts ? [...LINE_CUTS, ...TROUBLES] : TROUBLES;
  for (const service of new Set(devices.map((device) => device.service)))
    // Slow enough that every kill finds something on the wire.
    service.faults.add({ effect: { kind: 'delay', milliseconds: DELAY_MS } });
  return new Map(
    devices.map(({ endpoint, service }) => {
      const trouble = draw(troubles, random());
      if (trouble !== null) {
        const { times, effect } = trouble;
        const limit = times === null ? {} : { times: 1 + Math.floor(times * random()) };
        service.faults.add({ endpoint, effect: effect(random), ...limit });
      }
      return [endpoint, trouble?.end ?? 'accepted'];
    }),
  );
}

function draw(troubles: readonly Trouble[], chance: number): Trouble | null {
  let upTo = 0;
  for (const trouble of troubles) {
    upTo += trouble.share;
    if (chance < upTo) return trouble;
  }
  return null;
}
