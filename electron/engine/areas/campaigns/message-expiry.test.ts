import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import { answer } from '../../testing/scripted-sender.ts';
import { campaignRig, fcm, message } from './testing/campaign-rig.ts';

const MINUTE = 60_000;

function start(expiresInMs: number, status: number) {
  const ttls: number[] = [];
  const rig = campaignRig({
    script: (job) => {
      ttls.push(job.ttlSeconds);
      return status === 201 || ttls.length > 1 ? answer(201) : answer(503, '', [['Retry-After', '600']]);
    },
  });
  rig.subscribe(fcm(1));
  const expiresAt = rig.time.clock.now() + expiresInMs;
  const begin = () =>
    rig.service.start({
      requestId: randomUUID(),
      message: message({ ttlSeconds: 86_400, expiresAt }),
      audience: { kind: 'everyone' },
    });
  return { rig, begin, ttls };
}

it('a message goes out with no more TTL than is left until it expires', async () => {
  const { rig, begin, ttls } = start(30 * MINUTE, 201);
  begin();
  await rig.time.pass(1000);
  expect(ttls).toHaveLength(1);
  expect(ttls[0]).toBeLessThanOrEqual(1800);
  expect(ttls[0]).toBeGreaterThan(1790);
});

it('nothing is sent of it once it has expired', async () => {
  const { rig, begin, ttls } = start(5 * MINUTE, 503);
  const { id } = begin();
  await rig.time.pass(30 * MINUTE);
  expect(ttls).toHaveLength(1);
  expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { failed: 1 } });
});

it('one that has expired before is refused', () => {
  const { begin } = start(-1, 201);
  expect(begin).toThrow(Refusal);
});

it('one that would expire before its campaign starts is neither scheduled nor moved there', async () => {
  const rig = campaignRig();
  rig.subscribe(fcm(1));
  const expiresAt = Date.UTC(2026, 0, 15, 15);
  const at = (time: string) => ({ at: `2026-01-15T${time}`, timeZone: 'UTC' });
  const begin = (time: string) =>
    rig.service.start({
      requestId: randomUUID(),
      message: message({ expiresAt }),
      audience: { kind: 'everyone' },
      schedule: at(time),
    });
  expect(() => begin('15:00')).toThrow(Refusal);
  const { id } = begin('14:00');
  const refused = { problem: { code: 'expires-before-start', field: 'expiresAt' } };
  await expect(rig.service.changeScheduled({ id, schedule: at('16:00') })).rejects.toMatchObject(refused);
  const early = message({ expiresAt: Date.UTC(2026, 0, 15, 13) });
  await expect(rig.service.changeScheduled({ id, message: early })).rejects.toMatchObject(refused);
  const later = message({ expiresAt: Date.UTC(2026, 0, 15, 17) });
  await rig.service.changeScheduled({ id, schedule: at('16:00'), message: later });
  expect(rig.service.get({ id })).toMatchObject({
    schedule: at('16:00'),
    message: { expiresAt: later.expiresAt },
  });
});
