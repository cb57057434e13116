import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFromWorker, readToWorker } from './areas/rehearsal/worker-messages.ts';
import {
  packReply,
  readReply,
  readRequest as readEncryptRequest,
} from './wire/encryption/worker-messages.ts';
import { readRequest as readReadRequest, readRows } from './areas/subscriptions/reading/read-messages.ts';

const REPLY = packReply(1, [
  { kind: 'body', body: Buffer.from('abc') },
  { kind: 'failed', detail: 'x' },
]);
const ROW = { endpoint: 'https://a', pushService: 'fcm', p256dh: 'B', auth: 'A' };

const GOOD: Readonly<Record<string, readonly [(message: unknown) => unknown, object]>> = {
  'to the encryption': [
    readEncryptRequest,
    { id: 1, payload: '{}', recipients: [{ p256dh: 'B', auth: 'A' }] },
  ],
  'from the encryption': [readReply, REPLY],
  'to the reading': [readReadRequest, { piece: '{}', now: 1 }],
  'from the reading': [
    readRows,
    {
      batches: [{ json: '[]', count: 0, lines: [], people: null }],
      badCount: 0,
      bad: [],
      reasons: [],
      otherCount: 0,
      unsubscribed: null,
      columns: null,
      isOver: true,
    },
  ],
  'to the rehearsal': [readToWorker, { type: 'more' }],
  'from the rehearsal': [readFromWorker, { type: 'rows', rows: [ROW] }],
};

describe.each(Object.entries(GOOD))('a message %s', (_name, [read, good]) => {
  it('is read as it is', () => {
    expect(read(good)).toEqual(good);
  });

  it('that is wild is none, or has the names that it should have, and nothing is thrown', () => {
    const names = fc.constantFrom(...Object.keys(good), '__proto__', 'constructor', 'x');
    const changed = fc
      .tuple(names, fc.anything())
      .map(([key, value]) => Object.defineProperty({ ...good }, key, { value, enumerable: true }));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), changed), (message) => {
        const found = read(message);
        if (found !== null) expect(Object.keys(found as object)).toEqual(Object.keys(good));
      }),
      { numRuns: 10_000 },
    );
  });
});
