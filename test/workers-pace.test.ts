import { expect, it } from 'vitest';
import { fcm } from '../electron/engine/areas/campaigns/testing/campaign-rig.ts';
import { answer } from '../electron/engine/testing/scripted-sender.ts';
import { rigWithWorkers } from './support/rig-with-workers.ts';

const RECIPIENTS = 2000;
/** How much the push service takes in a second; it refuses whatever comes beyond that as too much. */
const PER_SECOND = 100;

/** A campaign through this many workers: how much the service was asked, and how much it refused. */
async function campaignThrough(count: number) {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(RECIPIENTS));
  let second = 0;
  let inSecond = 0;
  let refused = 0;
  const workers = Array.from({ length: count }, () =>
    rig.worker(() => {
      const now = Math.floor(rig.time.clock.now() / 1000);
      if (now !== second) [second, inSecond] = [now, 0];
      inSecond += 1;
      if (inSecond <= PER_SECOND) return answer(201);
      refused += 1;
      return answer(429, '', [['Retry-After', '1']]);
    }),
  );
  await rig.time.pass(3000);
  const id = rig.begin();
  while (rig.service.get({ id }).state !== 'finished') await rig.time.pass(1000);
  expect(rig.service.get({ id }).counts).toMatchObject({
    accepted: RECIPIENTS,
  });
  return { refused, sentBy: workers.map(({ push }) => push.sent.length) };
}

it('asks too much of a push service through three workers hardly more often than through one: they share its gate', async () => {
  const one = await campaignThrough(1);
  const three = await campaignThrough(3);
  expect(one.refused).toBeGreaterThan(0);
  expect(Math.min(...three.sentBy)).toBeGreaterThan(0);
  // Three gates would be refused three times as often.
  expect(three.refused).toBeLessThan(one.refused * 2);
});
