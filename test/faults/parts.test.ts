import { describe, expect, it } from 'vitest';
import type { PushServiceId } from '../../electron/contract/push-service.ts';
import { faultRig, type Effect, type FaultRig } from './fault-rig.ts';

type Dialect = Extract<PushServiceId, 'mozilla' | 'fcm' | 'apple' | 'wns'>;

const SICK = 60;
const HEALTHY = 20;
/** How many of the same refusal in a row stop a part. */
const REFUSALS = 10;
const MISMATCHES = 25;
const refuse = (refusal: Extract<Effect, { kind: 'refuse' }>['refusal']): Effect => ({
  kind: 'refuse',
  refusal,
});

const partOf = (rig: FaultRig, id: Parameters<FaultRig['run']>[0], pushService: PushServiceId) =>
  rig.service.get({ id }).parts.find((part) => part.pushService === pushService);

describe('a run of the same refusal', () => {
  it.each<[Dialect, Dialect, Effect, string, string]>([
    ['mozilla', 'fcm', refuse('token-invalid'), '401 errno 109', 'token-refused'],
    ['mozilla', 'fcm', refuse('ttl-missing'), '400 errno 111', 'header-lost'],
    ['fcm', 'mozilla', refuse('token-invalid'), '403 invalid JWT', 'token-refused'],
    ['fcm', 'mozilla', refuse('authorization-malformed'), '401', 'token-refused'],
    [
      'fcm',
      'mozilla',
      refuse('authorization-missing'),
      '400 UnauthorizedRegistration',
      'registration-refused',
    ],
    ['apple', 'fcm', refuse('token-invalid'), '403 BadJwtToken', 'apple-token-refused'],
    ['wns', 'fcm', refuse('token-invalid'), '401', 'token-refused'],
    ['apple', 'fcm', { kind: 'answer', status: 403, body: '' }, '403 without a word', 'auth-refused'],
    ['mozilla', 'fcm', { kind: 'answer', status: 400, body: '' }, '400 without a word', 'bad-request'],
  ])('of %s stops that part and not %s: %o (%s)', async (sick, healthy, effect, _says, code) => {
    const rig = await faultRig();
    const devices = rig.devices(sick, SICK);
    rig.devices(healthy, HEALTHY);
    rig.push.faults.add({ dialect: sick, effect });
    const id = rig.start();
    const stopped = await rig.run(id);

    expect(stopped.state).toBe('running');
    expect(stopped.counts).toMatchObject({ failed: REFUSALS, queued: SICK - REFUSALS, accepted: HEALTHY });
    expect(partOf(rig, id, sick)?.pausedBecause).toMatchObject({ code });
    expect(partOf(rig, id, healthy)?.pausedBecause).toBeNull();
    expect(stopped.diagnoses).toMatchObject([{ pushService: sick, count: REFUSALS, diagnosis: { code } }]);
    // No answer of this kind ever changes a subscription.
    expect(new Set(rig.subscriptionStates())).toEqual(new Set(['active']));

    rig.push.faults.clear();
    rig.service.resumePart({ id, pushService: sick, keyPairId: rig.mainPair.id });
    const ended = await rig.run(id);
    expect(ended).toMatchObject({ state: 'finished', counts: { accepted: SICK + HEALTHY, failed: 0 } });
    expect(devices.map((device) => device.acceptedCount())).toEqual(devices.map(() => 1));
  });

  it('that comes back after "Try again" stops the part at the first', async () => {
    const rig = await faultRig();
    rig.devices('fcm', SICK);
    rig.push.faults.add({ effect: refuse('token-invalid') });
    const id = rig.start();
    await rig.run(id);
    const before = rig.push.requests.counts().received;
    rig.service.resumePart({ id, pushService: 'fcm', keyPairId: rig.mainPair.id });
    await rig.run(id);
    expect(rig.push.requests.counts().received - before).toBe(1);
    expect(partOf(rig, id, 'fcm')?.pausedBecause?.code).toBe('token-refused');
  });

  it('for a wrong clock stops every part, and says so', async () => {
    const rig = await faultRig({ serviceAheadMs: 26 * 3_600_000 });
    rig.devices('mozilla', SICK);
    rig.devices('fcm', SICK);
    const id = rig.start();
    const { parts, counts } = await rig.run(id);
    expect(parts.map(({ pausedBecause }) => pausedBecause?.code)).toEqual(['clock-wrong', 'clock-wrong']);
    expect(counts).toMatchObject({ failed: 2 * REFUSALS, queued: 2 * (SICK - REFUSALS) });
  });
});

describe('subscriptions that were made with another key', () => {
  it.each<Dialect>(['mozilla', 'fcm', 'apple', 'wns'])(
    'at %s stop their part after a run of them',
    async (dialect) => {
      const rig = await faultRig();
      rig.devices(dialect, SICK, rig.addKeyPair('Another').publicKey);
      const id = rig.start();
      const { state, counts } = await rig.run(id);
      expect(state).toBe('running');
      expect(counts).toMatchObject({ failed: MISMATCHES, queued: SICK - MISMATCHES });
      expect(partOf(rig, id, dialect)?.pausedBecause?.code).toBe('made-with-another-key');
      const marked = rig.subscriptionStates().filter((one) => one === 'mismatched');
      expect(marked).toHaveLength(MISMATCHES);
    },
  );

  it('among others do not', async () => {
    const rig = await faultRig();
    const another = rig.addKeyPair('Another').publicKey;
    for (let turn = 0; turn < 30; turn += 1) {
      rig.devices('fcm', 1, another);
      rig.devices('fcm', 2);
    }
    const id = rig.start();
    expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { failed: 30, accepted: 60 } });
  });
});

it('a private key that has gone stops its part before anything is sent', async () => {
  const rig = await faultRig();
  rig.devices('fcm', SICK);
  rig.signing.clear();
  const id = rig.start();
  const { state, counts } = await rig.run(id);
  expect(state).toBe('running');
  expect(counts).toMatchObject({ queued: SICK, failed: 0 });
  expect(partOf(rig, id, 'fcm')?.pausedBecause?.code).toBe('key-not-held');
  expect(rig.push.requests.counts().received).toBe(0);
});

it('trouble of one service does not hold up another', async () => {
  const rig = await faultRig();
  rig.devices('mozilla', SICK);
  rig.devices('wns', SICK);
  rig.devices('fcm', SICK);
  rig.push.faults.add({
    dialect: 'mozilla',
    effect: { kind: 'answer', status: 429, retryAfter: { seconds: 3600, form: 'seconds' } },
  });
  rig.push.faults.add({ dialect: 'wns', effect: { kind: 'drop', cut: 'stream' } });
  const id = rig.start();
  const begun = rig.time.clock.now();
  await rig.run(id, () => partOf(rig, id, 'fcm')?.counts.accepted === SICK);
  expect(rig.time.clock.now() - begun).toBeLessThan(60_000);
  expect(partOf(rig, id, 'mozilla')?.counts.accepted).toBe(0);
});
