import { describe, expect, it } from 'vitest';
import { createRequestRecorder, type RequestEntry } from './request-record.ts';

type Seen = Omit<RequestEntry, 'sequence'>;

const ACCEPTED: Seen = {
  at: 0,
  protocol: 'h2',
  token: 'one',
  dialect: 'mozilla',
  accepted: true,
  status: 201,
  refusal: null,
  fault: null,
  aborted: false,
  handover: 'shown',
  messageId: 'message-1',
  payload: '{}',
};
const REFUSED: Seen = {
  ...ACCEPTED,
  token: 'two',
  accepted: false,
  status: 401,
  refusal: 'key-mismatch',
  handover: null,
  messageId: null,
  payload: null,
};

const recorder = (keep: number) =>
  createRequestRecorder({ keep, tokenOf: (endpoint) => endpoint.split('/').at(-1) ?? null });

describe('the record of requests', () => {
  it('holds every request in order, and those of one subscription', () => {
    const record = recorder(Number.POSITIVE_INFINITY);
    for (const seen of [ACCEPTED, REFUSED, ACCEPTED]) record.add(seen);
    expect(record.entries().map(({ sequence, token }) => [sequence, token])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'one'],
    ]);
    expect(record.of('https://127.0.0.1:1/wpush/v2/two')).toEqual([{ ...REFUSED, sequence: 2 }]);
  });

  it('keeps the newest where it is bounded, and counts all the same', () => {
    const record = recorder(3);
    for (let n = 1; n <= 20; n += 1) {
      record.add(n % 2 === 0 ? ACCEPTED : REFUSED);
      expect(record.entries().map(({ sequence }) => sequence)).toEqual(
        [n - 2, n - 1, n].filter((sequence) => sequence > 0),
      );
    }
    expect(record.counts()).toMatchObject({
      received: 20,
      accepted: 10,
      refused: 10,
      shown: 10,
      byStatus: { 201: 10, 401: 10 },
    });
  });

  it('may keep nothing but the counts', () => {
    const record = recorder(0);
    record.add({ ...ACCEPTED, handover: 'undecryptable' });
    record.add({ ...REFUSED, refusal: null, status: null, fault: 'drop' });
    record.add({ ...REFUSED, refusal: null, status: null, aborted: true });
    expect(record.entries()).toEqual([]);
    expect(record.counts()).toEqual({
      received: 3,
      accepted: 1,
      refused: 0,
      aborted: 1,
      faulted: 1,
      shown: 0,
      undecryptable: 1,
      byStatus: { 201: 1 },
    });
  });

  it('tells whoever listens until they stop', () => {
    const record = recorder(10);
    const told: number[] = [];
    const stop = record.observe(({ sequence }) => told.push(sequence));
    record.add(ACCEPTED);
    stop();
    record.add(ACCEPTED);
    expect(told).toEqual([1]);
  });

  it('starts anew when it is cleared', () => {
    const record = recorder(10);
    record.add(ACCEPTED);
    record.clear();
    record.add(REFUSED);
    expect(record.counts()).toMatchObject({ received: 1, accepted: 0, byStatus: { 401: 1 } });
    expect(record.entries()).toHaveLength(1);
  });
});
