import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { answer, fault, type Script } from '../../testing/scripted-sender.ts';
import { createSubscriptionHistory } from './subscription-history.ts';
import { apple, campaignRig, fcm, hosted, message } from './testing/campaign-rig.ts';

const HOUR = 3_600_000;

async function sent(endpoints: string[], script: Script) {
  const rig = campaignRig({ script });
  const ids = rig.subscribe(endpoints);
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message({}),
    audience: { kind: 'everyone' },
  });
  await rig.time.pass(HOUR);
  const page = rig.service.deliveries({ campaignId: id, states: [], cursor: null, limit: 50 });
  return { rig, ids, campaign: rig.service.get({ id }), deliveries: page.items };
}

it('quotes the answer wherever the reason is told: list, delivery, attempt, subscription and campaign', async () => {
  const { rig, ids, campaign, deliveries } = await sent(fcm(1), () => answer(400, 'payload of the moon'));
  const quote = /“payload of the moon”/;
  const [delivery] = deliveries;
  const detail = rig.service.delivery({ id: delivery?.id ?? (0 as never) });
  const history = createSubscriptionHistory({ db: rig.store.db });
  const past = history.deliveries({ id: ids[0] ?? (0 as never), cursor: null, limit: 5 });
  for (const diagnosis of [
    delivery?.diagnosis,
    detail.diagnosis,
    detail.attempts[0]?.diagnosis,
    past.items[0]?.diagnosis,
    campaign.diagnoses[0]?.diagnosis,
  ])
    expect(diagnosis?.cause).toMatch(quote);
});

it('quotes it in the reason of a pause, also after a restart', async () => {
  const { rig, campaign } = await sent(apple(30), () => answer(403, '{"reason":"Forbidden"}'));
  expect(campaign.parts[0]?.pausedBecause?.cause).toMatch(/\(HTTP 403\).*One answer: “Forbidden”\.$/);
  const [part] = rig.restart().get({ id: campaign.id }).parts;
  expect(part?.pausedBecause?.cause).toContain('“Forbidden”');
});

it('says that there was no reason only where it was asked for and none came', async () => {
  const { campaign, deliveries } = await sent(fcm(1), () => answer(400, ''));
  expect(deliveries[0]?.diagnosis?.cause).toMatch(/It gave no reason\.$/);
  // Others may have given one.
  expect(campaign.diagnoses[0]?.diagnosis.cause).not.toMatch(/no reason/);
  const broken = await sent(fcm(1), () => fault('dns'));
  expect(broken.deliveries[0]?.diagnosis?.cause).not.toMatch(/says:|no reason/);
});

it('keeps the first words for each reason, and neither endpoint nor token in them', async () => {
  const endpoint = 'https://ntfy.example/upAbCdEfGh?up=1';
  const { rig, campaign } = await sent([endpoint, ...hosted('ntfy.example', 2)], ({ endpoint: at }) =>
    answer(400, `{"error":"cannot send to ${at}: bad request"}`),
  );
  expect(campaign.diagnoses[0]?.diagnosis.cause).toMatch(/“cannot send to …: bad request”/);
  expect(rig.rows('SELECT diagnosis, status, words FROM answer_examples')).toEqual([
    { diagnosis: 'bad-request', status: 400, words: 'cannot send to …: bad request' },
  ]);
});

it('has no example for what was accepted', async () => {
  const { rig } = await sent(fcm(3), () => answer(201, 'fine'));
  expect(rig.rows('SELECT * FROM answer_examples')).toEqual([]);
});
