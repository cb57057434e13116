import { describe, expect, it } from 'vitest';
import { answer } from '../testing/scripted-sender.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { PART_SIZE, type MayGo, type SendBatch, type SendResult } from './batch-sender.ts';
import type { Encryptor } from './encryption/encryptor.ts';
import { createLocalBatchSender } from './local-batch-sender.ts';
import type { Transport } from './transport/transport.ts';

const ORIGIN = 'https://push.example';

/** Leaves messages unencrypted, so that what went out can be read. */
const inTheClear: Encryptor = {
  getReady: () => undefined,
  encrypt: (payload, recipients) =>
    Promise.resolve(
      recipients.map((_recipient, index) => ({
        kind: 'body',
        body: Buffer.from(typeof payload === 'string' ? payload : (payload[index] ?? 'none')),
      })),
    ),
  close: () => Promise.resolve(),
};

async function sendAll(change: Partial<SendBatch>, mayGo?: MayGo) {
  const posted: { url: string; authorization: string | undefined; body: string }[] = [];
  const transport: Transport = {
    post({ url, headers, body }) {
      posted.push({ url: url.href, authorization: headers['Authorization'], body: body.toString() });
      return Promise.resolve(answer(201));
    },
    close: () => Promise.resolve(),
  };
  const sender = createLocalBatchSender({ encryptor: inTheClear, transport, clock: fakeClock() });
  const results: SendResult[] = [];
  const batch: SendBatch = {
    pushService: 'other',
    origin: ORIGIN,
    authorization: { header: 'vapid t=whole.token, k=key', shown: 'vapid t=who…, k=key' },
    payload: 'Hello',
    urgency: 'normal',
    topic: '',
    jobs: [],
    ...change,
  };
  await sender.send(batch, (result) => results.push(result), new AbortController().signal, mayGo);
  return { posted, results };
}

const jobs = (endpoints: readonly string[]) =>
  endpoints.map((endpoint, index) => ({
    deliveryId: (index + 1) as never,
    endpoint,
    p256dh: 'p',
    auth: 'a',
    ttlSeconds: 60,
  }));
const many = Array.from({ length: 150 }, (_item, index) => `${ORIGIN}/${index}`);

describe('a batch', () => {
  it('sends one payload to all', async () => {
    const { posted } = await sendAll({ jobs: jobs(many) });
    expect(posted.map(({ body }) => body)).toEqual(many.map(() => 'Hello'));
  });

  it('sends a payload of its own to each', async () => {
    const { posted } = await sendAll({
      jobs: jobs(many),
      payload: many.map((endpoint) => `for ${endpoint}`),
    });
    expect(posted.map(({ url, body }) => body === `for ${url}`)).toEqual(many.map(() => true));
    expect(posted).toHaveLength(150);
  });

  it('asks before a part goes out, and leaves out those that may not', async () => {
    const asked: number[] = [];
    const { posted, results } = await sendAll({ jobs: jobs(many) }, (part) => {
      asked.push(part);
      return Promise.resolve(part !== 1);
    });
    expect(asked).toEqual([0, 1, 2]);
    expect(results).toHaveLength(150);
    expect(results.flatMap((result) => (result.kind === 'not-sent' ? [result.deliveryId] : []))).toEqual(
      Array.from({ length: PART_SIZE }, (_item, index) => PART_SIZE + index + 1),
    );
    expect(posted).toHaveLength(150 - PART_SIZE);
  });

  it('takes its token to its own origin only', async () => {
    const elsewhere = [
      'https://push.example:444/2',
      'https://evil.example/3',
      'http://push.example/4',
      'none',
    ];
    const { posted, results } = await sendAll({ jobs: jobs([`${ORIGIN}/1`, ...elsewhere]) });
    expect(posted).toEqual([
      { url: `${ORIGIN}/1`, authorization: 'vapid t=whole.token, k=key', body: 'Hello' },
    ]);
    expect(results).toHaveLength(5);
    const faults = results.flatMap((result) =>
      result.kind === 'attempted' && result.reply.kind === 'fault' ? [result.reply.fault] : [],
    );
    expect(faults).toEqual(elsewhere.map(() => 'invalid-endpoint'));
  });
});
