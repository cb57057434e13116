import type { ServiceMix } from '../../../contract/rehearsal.ts';
import { createRandom, type Random } from '../../local-push-service/random.ts';
import { PUSH_SERVICES } from '../../../core/push-services/all.ts';
import { dialectNameSchema } from '../../local-push-service/dialects.ts';
import type { DialectName } from '../../../core/push-services/dialects/dialect.ts';

/** What the push service will answer for a device, faults of single requests aside. */
export type Fate = 'good' | 'gone' | 'wrong-key';

export interface PlannedDevice {
  readonly dialect: DialectName;
  readonly fate: Fate;
}

/** Which virtual device lives at which push service, and what became of it before the send. Two bytes per device. */
export interface FleetPlan {
  readonly count: number;
  of(index: number): PlannedDevice;
  /** How many devices there are of each sort, leaving out sorts without any. */
  readonly sorts: readonly (PlannedDevice & { readonly count: number })[];
}

export interface FleetPlanOptions {
  readonly devices: number;
  /** In percent of the devices. */
  readonly gone: number;
  /** In percent of the devices; with `gone` at most 100. */
  readonly wrongKey: number;
  /**
   * Push services, each with its own share of the devices and its own fates, instead of those above; empty: all alike, in their usual
   * shares.
   */
  readonly services?: readonly ServiceMix[];
  /** The same seed gives the same plan. */
  readonly seed: string;
}

/** In percent, the largest first: it absorbs the rounding. */
const DIALECTS: readonly (readonly [DialectName, number])[] = dialectNameSchema.options
  .map((name) => [name, PUSH_SERVICES[name].usualShare] as const)
  .toSorted(([, one], [, other]) => other - one);
const FATES: readonly Fate[] = ['good', 'gone', 'wrong-key'];

/** The shares are exact to the device, and the devices are shuffled: no push service and no part of the list gets more than its share. */
export function createFleetPlan({
  devices,
  gone,
  wrongKey,
  services = [],
  seed,
}: FleetPlanOptions): FleetPlan {
  const random = createRandom(`${seed} fleet plan`);
  const sorts = DIALECTS.flatMap(([dialect]) => FATES.map((fate) => ({ dialect, fate, count: 0 })));
  const place =
    services.length === 0
      ? placesOfAll(devices, fatesOf(devices, gone, wrongKey), random)
      : placesOfEach(devices, services, random);
  const sortOf = (index: number) => {
    const sort = sorts[place(index)];
    if (sort === undefined) throw new RangeError(`No device ${index} of ${devices}.`);
    return sort;
  };
  for (let index = 0; index < devices; index += 1) sortOf(index).count += 1;

  return { count: devices, of: sortOf, sorts: sorts.filter(({ count }) => count > 0) };
}

/** How many of the devices have each fate, in the order of `FATES`. */
function fatesOf(devices: number, gone: number, wrongKey: number): number[] {
  const goneCount = Math.round((devices * gone) / 100);
  const wrongCount = Math.min(devices - goneCount, Math.round((devices * wrongKey) / 100));
  return [devices - goneCount - wrongCount, goneCount, wrongCount];
}

/** The first part makes up for the rounding of the others. */
function partsOf(devices: number, shares: readonly number[]): number[] {
  const all = shares.reduce((sum, share) => sum + share, 0);
  const others = shares.slice(1).map((share) => Math.round((devices * share) / all));
  return [devices - others.reduce((sum, count) => sum + count, 0), ...others];
}

/** Dialect and fate are independent of each other. */
function placesOfAll(devices: number, fateCounts: readonly number[], random: Random) {
  const fates = shuffled(fateCounts, random);
  const dialects = shuffled(
    partsOf(
      devices,
      DIALECTS.map(([, share]) => share),
    ),
    random,
  );
  return (index: number) => (dialects[index] ?? 0) * FATES.length + (fates[index] ?? 0);
}

/** Each dialect has fates of its own. */
function placesOfEach(devices: number, services: readonly ServiceMix[], random: Random) {
  const largestFirst = services.toSorted((one, other) => other.share - one.share);
  const parts = partsOf(
    devices,
    largestFirst.map(({ share }) => share),
  );
  const counts = DIALECTS.flatMap(([dialect]) => {
    const at = largestFirst.findIndex(({ pushService }) => pushService === dialect);
    const mix = largestFirst[at];
    return mix === undefined
      ? FATES.map(() => 0)
      : fatesOf(Math.max(0, parts[at] ?? 0), mix.faults.gone, mix.faults.wrongKey);
  });
  const sorts = shuffled(counts, random);
  return (index: number) => sorts[index] ?? 0;
}

/** `counts[kind]` times each kind, in any order (Fisher and Yates). */
function shuffled(counts: readonly number[], random: Random): Uint8Array {
  const kinds = new Uint8Array(counts.reduce((sum, count) => sum + count, 0));
  let end = 0;
  counts.forEach((count, kind) => {
    kinds.fill(kind, end, end + count);
    end += count;
  });
  for (let last = kinds.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kind = kinds[last] ?? 0;
    kinds[last] = kinds[other] ?? 0;
    kinds[other] = kind;
  }
  return kinds;
}
