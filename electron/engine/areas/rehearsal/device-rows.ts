import type { DevicePushService } from '../../local-push-service/device-push-service.ts';
import type { Fleet } from '../../local-push-service/devices/fleet.ts';
import { faultRulesOf } from './fault-rules.ts';
import { createFleetPlan, type PlannedDevice } from './fleet-plan.ts';
import type { DeviceRow, RehearsalWorkerData } from './worker-messages.ts';

/** Rows that travel between the threads at a time: a few milliseconds of work on either side. */
const BATCH = 250;

/** Subscribes the virtual devices at the service, and sets its faults. The rows are made on demand. */
export function subscribeDevices(
  service: Pick<DevicePushService, 'registerFleet' | 'faults'>,
  { devices, faults, services, seed, publicKey, otherPublicKey }: RehearsalWorkerData,
): Generator<DeviceRow[], void, undefined> {
  const { gone, wrongKey } = faults;
  const plan = createFleetPlan({ devices, gone, wrongKey, services, seed });
  const fleets = new Map<PlannedDevice, Fleet>();
  for (const sort of plan.sorts) {
    const { dialect, fate, count } = sort;
    const applicationServerKey = fate === 'wrong-key' ? otherPublicKey : publicKey;
    const fleet = service.registerFleet({ count, dialect, applicationServerKey });
    fleets.set(sort, fleet);
    if (fate === 'gone') for (let index = 0; index < count; index += 1) fleet.unsubscribe(index);
  }
  const rules =
    services.length === 0
      ? faultRulesOf(faults)
      : services.flatMap((mix) => faultRulesOf(mix.faults, mix.pushService));
  for (const rule of rules) service.faults.add(rule);
  return rowsOf(plan.count, (index) => plan.of(index), fleets);
}

function* rowsOf(
  count: number,
  deviceAt: (index: number) => PlannedDevice,
  fleets: ReadonlyMap<PlannedDevice, Fleet>,
): Generator<DeviceRow[], void, undefined> {
  const taken = new Map<Fleet, number>();
  for (let start = 0; start < count; start += BATCH) {
    const batch: DeviceRow[] = [];
    for (let index = start; index < Math.min(count, start + BATCH); index += 1) {
      const device = deviceAt(index);
      const fleet = fleets.get(device);
      if (fleet === undefined) throw new Error(`Device ${index} belongs to no fleet.`);
      const own = taken.get(fleet) ?? 0;
      taken.set(fleet, own + 1);
      const { endpoint, keys } = fleet.subscription(own);
      batch.push({ endpoint, pushService: device.dialect, p256dh: keys.p256dh, auth: keys.auth });
    }
    yield batch;
  }
}
