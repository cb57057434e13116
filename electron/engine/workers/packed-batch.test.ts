import { expect, it } from 'vitest';
import type { DeliveryId } from '../../contract/ids.ts';
import type { SendBatch } from '../wire/batch-sender.ts';
import { packBatch, unpackBatch } from './packed-batch.ts';

const batch: SendBatch = {
  pushService: 'fcm',
  origin: 'https://push.example',
  authorization: { header: 'vapid t=whole', shown: 'vapid t=…' },
  payload: ['one', 'Grüße 😀 "\0'],
  urgency: 'normal',
  topic: '',
  jobs: [1, 2].map((number) => ({
    deliveryId: number as DeliveryId,
    endpoint: `https://push.example/${number}`,
    p256dh: 'key',
    auth: 'secret',
    ttlSeconds: 60,
  })),
};

it('gives back what it was given', () => {
  expect(unpackBatch(packBatch(batch))).toEqual(batch);
  expect(unpackBatch(packBatch({ ...batch, payload: 'for all' }))).toEqual({ ...batch, payload: 'for all' });
});

it.each([
  ['nothing', ''],
  ['no batch', '{}'],
  ['a job without its keys', packBatch(batch).replace('"key","secret",', '')],
  ['another push service', packBatch(batch).replace('"fcm"', '"nobody"')],
])('takes nothing of what is none of ours: %s', (_what, packed) => {
  expect(unpackBatch(packed)).toBeNull();
});
