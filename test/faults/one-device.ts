import { expect } from 'vitest';
import type { Message } from '../../electron/contract/message.ts';
import type { DeliveryState } from '../../electron/contract/deliveries.ts';
import type { SubscriptionState } from '../../electron/contract/subscriptions.ts';
import type { DialectName } from '../../electron/core/push-services/dialects/dialect.ts';
import type { VirtualDevice } from '../../electron/engine/local-push-service/device-push-service.ts';
import { faultRig, type Effect, type FaultRig, type RigOptions } from './fault-rig.ts';

/** What goes wrong for one device. */
export interface Trouble {
  /** Default: Mozilla's. */
  at?: DialectName | undefined;
  effect?: Effect;
  /** How many of its requests it affects; default: all. */
  times?: number;
  /** The device subscribed with another key than its row says. */
  madeWithAnotherKey?: boolean;
  /** Anything else. */
  arrange?: (rig: FaultRig, device: VirtualDevice) => void;
  message?: Partial<Message>;
  rig?: RigOptions;
}

/** How it has to end. */
export interface Expected {
  state: DeliveryState;
  /** Diagnosis of the delivery. */
  diagnosis: string | null;
  /** The outcome of each attempt: its status, or the diagnosis when no answer came. */
  attempts: readonly (number | string)[];
  /** Default: `active`. */
  subscription?: SubscriptionState;
  /** How often the service took the message; default: once for an accepted delivery, else never. */
  taken?: number;
  /** The least time between the first attempt and the second, in seconds. */
  waitsAtLeast?: number;
  /** What the cause mentions in words. */
  cause?: RegExp;
  /** What is shown beside the last attempt. */
  note?: RegExp;
}

/** Sends a campaign to one device that meets the trouble, and looks at everything that is said about it afterwards. */
export async function meet(trouble: Trouble, expected: Expected): Promise<void> {
  const rig = await faultRig(trouble.rig);
  const { at: dialect = 'mozilla', effect, times } = trouble;
  const key = trouble.madeWithAnotherKey === true ? rig.addKeyPair('Another') : rig.mainPair;
  const [device] = rig.devices(dialect, 1, key.publicKey);
  if (device === undefined) throw new Error('There is no device.');
  const { endpoint } = device;
  if (effect !== undefined)
    rig.push.faults.add({ endpoint, effect, ...(times === undefined ? {} : { times }) });
  trouble.arrange?.(rig, device);
  const id = rig.start(trouble.message);
  const campaign = await rig.run(id);
  const [delivery] = rig.deliveries(id);
  if (delivery === undefined) throw new Error('There is no delivery.');
  const attempts = rig.attempts(delivery.id);

  expect({
    campaign: campaign.state,
    state: delivery.state,
    diagnosis: delivery.diagnosis?.code ?? null,
    attempts: attempts.map(({ answer, diagnosis }) => answer?.status ?? diagnosis?.code),
    subscription: rig.subscriptionStates(),
    taken: device.acceptedCount(),
    nextAttemptAt: delivery.nextAttemptAt,
  }).toEqual({
    campaign: 'finished',
    state: expected.state,
    diagnosis: expected.diagnosis,
    attempts: expected.attempts,
    subscription: [expected.subscription ?? 'active'],
    taken: expected.taken ?? (expected.state === 'accepted' ? 1 : 0),
    nextAttemptAt: null,
  });
  expect(campaign.counts).toMatchObject({
    [expected.state]: 1,
    queued: 0,
    sending: 0,
    retrying: 0,
    unknown: 0,
  });
  expect(campaign.diagnoses.map(({ diagnosis, count }) => [diagnosis.code, count])).toEqual(
    expected.diagnosis === null ? [] : [[expected.diagnosis, 1]],
  );
  expect(delivery.attemptCount).toBe(attempts.length);
  expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_attempt, index) => index + 1));
  for (const { diagnosis } of attempts)
    if (diagnosis !== null) expect([diagnosis.cause, diagnosis.cure].every((text) => text !== '')).toBe(true);
  const [first, second] = attempts;
  if (expected.waitsAtLeast !== undefined && first !== undefined && second !== undefined)
    expect(second.startedAt - first.startedAt).toBeGreaterThanOrEqual(expected.waitsAtLeast * 1000);
  if (expected.cause !== undefined) expect(delivery.diagnosis?.cause).toMatch(expected.cause);
  if (expected.note !== undefined) expect(attempts.at(-1)?.error).toMatch(expected.note);
}

/** The same outcome for each of the eight attempts that there are at most. */
export function eight<Item>(outcome: Item): Item[] {
  return Array.from({ length: 8 }, () => outcome);
}
