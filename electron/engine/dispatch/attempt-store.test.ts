import { describe, expect, it } from 'vitest';
import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import { CAMPAIGN_ANSWER_BYTES, sizeOfAnswer } from '../../core/diagnosis/kept-answer.ts';
import { tempStore } from '../testing/temp-store.ts';
import { createAttemptStore, type NewAttempt } from './attempt-store.ts';
import type { WritableDb } from '../store/database.ts';

const ENDPOINT = 'https://push.example/device/';

function storeWithDeliveries(count: number) {
  const { db } = tempStore();
  const run = (sql: string) => db.write<object>(sql).run({});
  run(
    `INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
     VALUES ('r', 'campaign', 'running', '{}', '{}', 2, '{}', 1, 5)`,
  );
  for (let id = 1; id <= count; id += 1) {
    run(
      `INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
       VALUES ('${ENDPOINT}${id}', randomblob(16), 'other', 'p', 'a', 'active', 'page', 1, 1)`,
    );
    run(
      `INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
       VALUES (1, ${id}, 1, 'other', 'sending', 1)`,
    );
  }
  return { db, attempts: createAttemptStore(db) };
}

function attempt(id: number, change: Partial<NewAttempt['attempt']> = {}): NewAttempt {
  return {
    lane: { campaignId: 1 as CampaignId },
    delivery: { id: id as DeliveryId, endpoint: `${ENDPOINT}${id}` },
    attempt: {
      number: 1,
      startedAt: 1000,
      durationMs: 12.5,
      request: {
        method: 'POST',
        url: `${ENDPOINT}${id}`,
        headers: [
          ['Authorization', 'vapid t=abc…, k=def'],
          ['TTL', '60'],
        ],
        bodyBytes: 400,
      },
      answer: { status: 201, headers: [['location', `/m/${id}`]], body: '' },
      error: null,
      diagnosis: null,
      notes: [],
      ...change,
    },
  };
}

const listsIn = (db: WritableDb) =>
  db.read<object, { headers: string }>('SELECT headers FROM header_lists ORDER BY id').all({});

const textsIn = (db: WritableDb) =>
  db.read<object, { uses: number }>('SELECT uses FROM answer_texts ORDER BY id').all({});

describe('attempts', () => {
  it('come back as they were written', () => {
    const { attempts } = storeWithDeliveries(1);
    const written = [
      attempt(1),
      attempt(1, {
        number: 2,
        answer: null,
        error: 'No answer came in time.',
        diagnosis: 'timeout',
        notes: ['Fitted.'],
      }),
    ];
    attempts.add(written);
    const read = attempts.list(1 as DeliveryId);
    expect(read.map(({ id, ...rest }) => ({ hasId: id > 0, ...rest }))).toEqual(
      written.map(({ attempt: { answer, ...rest } }) => ({
        hasId: true,
        ...rest,
        answer: answer === null ? null : { ...answer, receivedBytes: null },
      })),
    );
  });

  it('keep an address that is not the endpoint of the subscription', () => {
    const { attempts } = storeWithDeliveries(1);
    const { request } = attempt(1).attempt;
    attempts.add([attempt(1, { request: { ...request, url: 'https://other.example/' } })]);
    expect(attempts.list(1 as DeliveryId)[0]?.request.url).toBe('https://other.example/');
  });

  it('share a list of headers, and those with another one get their own', () => {
    const { db, attempts } = storeWithDeliveries(3);
    const { request } = attempt(3).attempt;
    attempts.add([attempt(1), attempt(2)]);
    attempts.add([attempt(3), attempt(3, { number: 2, request: { ...request, headers: [['TTL', '59']] } })]);
    expect(listsIn(db)).toHaveLength(2);
    expect(attempts.list(3 as DeliveryId).map((one) => one.request.headers)).toEqual([
      request.headers,
      [['TTL', '59']],
    ]);
  });

  it('find their headers although a transaction that wrote them first was taken back', () => {
    const { db, attempts } = storeWithDeliveries(2);
    const broken = () => {
      db.transaction(() => {
        attempts.add([attempt(1)]);
        throw new Error('disk full');
      });
    };
    expect(broken).toThrow('disk full');
    expect(listsIn(db)).toEqual([]);
    attempts.add([attempt(2)]);
    expect(attempts.list(1 as DeliveryId)).toEqual([]);
    expect(attempts.list(2 as DeliveryId)[0]?.request.headers).toEqual(attempt(2).attempt.request.headers);
  });

  it('keep equal answers once, and the values that differ with each', () => {
    const { db, attempts } = storeWithDeliveries(3);
    const answered = (id: number) =>
      attempt(id, {
        answer: {
          status: 403,
          headers: [
            ['server', 'push'],
            ['location', `/m/${id}`],
            ['x-note', 'same'],
          ],
          body: '{"reason":"BadJwtToken"}',
        },
      });
    attempts.add([answered(1), answered(2)]);
    attempts.add([answered(3)]);
    expect(textsIn(db).map(({ uses }) => uses)).toEqual([3, 3]);
    expect(attempts.list(2 as DeliveryId)[0]?.answer).toEqual({
      ...answered(2).attempt.answer,
      receivedBytes: null,
    });
  });

  it('keep 4 kB of an answer, until the room of the campaign is used up; then what matters', () => {
    const { db, attempts } = storeWithDeliveries(3);
    const talk = (id: number) =>
      attempt(id, {
        answer: {
          status: 500,
          headers: [['retry-after', '7']],
          body: `${id}`.repeat(60_000),
        },
      });
    const size = (id: number) => sizeOfAnswer(attempts.list(id as DeliveryId)[0]?.answer ?? fail());
    attempts.add([talk(1)]);
    expect(size(1)).toBeGreaterThan(3000);
    expect(size(1)).toBeLessThanOrEqual(4096);
    expect(attempts.list(1 as DeliveryId)[0]?.answer?.receivedBytes).toBe(60_016);
    db.write<object>(`UPDATE campaigns SET answer_bytes = ${CAMPAIGN_ANSWER_BYTES}`).run({});
    attempts.add([talk(2), attempt(3)]);
    expect(size(2)).toBeLessThanOrEqual(512);
    expect(attempts.list(2 as DeliveryId)[0]?.answer).toMatchObject({
      status: 500,
      headers: [['retry-after', '7']],
      receivedBytes: 60_016,
    });
    // A short answer is kept whole all the same, and not counted.
    expect(attempts.list(3 as DeliveryId)[0]?.answer?.receivedBytes).toBeNull();
    expect(db.read<object, object>('SELECT shortened_answers FROM campaigns').all({})).toEqual([
      { shortened_answers: 1 },
    ]);
  });

  it('from before answers were kept apart come back as they were', () => {
    const { db, attempts } = storeWithDeliveries(1);
    db.write<object>(
      `INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, body_bytes,
         answer_status, answer_headers, answer_body)
       VALUES (1, 1, 6, 2.5, 'u', '[]', 100, 400, '[["date","then"]]', 'no')`,
    ).run({});
    expect(attempts.list(1 as DeliveryId)[0]?.answer).toEqual({
      status: 400,
      headers: [['date', 'then']],
      body: 'no',
      receivedBytes: null,
    });
  });
});

function fail(): never {
  throw new Error('There is no answer.');
}
