import { expect, it } from 'vitest';
import { campaignStateSchema } from '../../../contract/campaigns.ts';
import { tempStore } from '../../testing/temp-store.ts';
import { createLastCampaign } from './last-campaign.ts';

function storeWith(...statements: string[]) {
  const { db } = tempStore();
  for (const statement of statements) db.write(statement).run({});
  return createLastCampaign(db);
}

const campaign = (id: number, { kind = 'campaign', state = 'finished', finishedAt = id * 1000 } = {}) =>
  `INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, audience_end, recipients, created_at, finished_at)
   VALUES (${id}, 'request-${id}', '${kind}', '${state}', '{"title":"No. ${id}","body":""}', '{}', 2, '{}', 0, 10, 0, ${finishedAt})`;
const sum = (id: number, service: string, state: string, count: number, diagnosis = '') =>
  `INSERT INTO campaign_sums (campaign_id, push_service, key_pair_id, state, diagnosis, count)
   VALUES (${id}, '${service}', 1, '${state}', '${diagnosis}', ${count})`;

it('has none at first', () => {
  expect(storeWith()()).toBeNull();
});

it('sums how deliveries ended, over all push services', () => {
  const last = storeWith(
    campaign(1),
    sum(1, 'fcm', 'accepted', 60),
    sum(1, 'mozilla', 'accepted', 25),
    sum(1, 'fcm', 'gone', 5, 'subscription-gone'),
    sum(1, 'mozilla', 'gone', 5, 'subscription-gone'),
    sum(1, 'wns', 'failed', 5, 'service-unavailable'),
  );
  expect(last()).toMatchObject({
    title: 'No. 1',
    finishedAt: 1000,
    recipients: 10,
    faults: { gone: 10, serviceErrors: 5, droppedLines: 0 },
    services: [
      { pushService: 'fcm', share: 65, faults: { gone: 7.7, serviceErrors: 0 } },
      { pushService: 'mozilla', share: 30, faults: { gone: 16.7, serviceErrors: 0 } },
      { pushService: 'wns', share: 5, faults: { gone: 0, serviceErrors: 100 } },
    ],
  });
});

it('leaves push services out that cannot be imitated', () => {
  const last = storeWith(campaign(1), sum(1, 'other', 'accepted', 9), sum(1, 'apple', 'accepted', 1));
  expect(last()?.services).toMatchObject([{ pushService: 'apple', share: 100 }]);
  expect(storeWith(campaign(1), sum(1, 'other', 'accepted', 9))()?.services).toEqual([]);
});

it('takes the one that finished last, not the one that was made last', () => {
  const last = storeWith(
    campaign(1, { finishedAt: 9000 }),
    campaign(2),
    sum(1, 'fcm', 'gone', 1),
    sum(2, 'fcm', 'accepted', 1),
  );
  expect(last()?.title).toBe('No. 1');
});

it.each([
  { kind: 'test' },
  { kind: 'rehearsal' },
  ...campaignStateSchema.options.filter((state) => state !== 'finished').map((state) => ({ state })),
])('leaves out %o', (other) => {
  const last = storeWith(campaign(2, other), sum(2, 'fcm', 'accepted', 1));
  expect(last()).toBeNull();
});

it('leaves out one of which nothing was sent', () => {
  expect(storeWith(campaign(1), sum(1, 'fcm', 'cancelled', 3))()).toBeNull();
});
