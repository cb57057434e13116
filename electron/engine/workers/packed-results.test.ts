import { expect, it } from 'vitest';
import type { DeliveryId } from '../../contract/ids.ts';
import { CONNECTION_FAULTS } from '../../core/diagnosis/answer.ts';
import type { Reply } from '../wire/transport/reply.ts';
import { packResults, unpackResults, type WorkerResult } from './packed-results.ts';

const idOf = (number: number) => number as DeliveryId;
const urlOf = (id: DeliveryId) => `https://push.example/${id}`;
const attempted = (number: number, reply: Reply): WorkerResult => ({
  kind: 'attempted',
  deliveryId: idOf(number),
  request: { url: urlOf(idOf(number)), headers: [['TTL', '60']], bodyBytes: 200 },
  startedAt: 5,
  durationMs: 1.5,
  reply,
});

it('gives back what it was given, whatever came of the requests', () => {
  const results: WorkerResult[] = [
    { kind: 'not-sent', deliveryId: idOf(1) },
    attempted(2, {
      kind: 'answer',
      answer: { status: 429, headers: [['Retry-After', '3']], body: 'é\n' },
      cutOff: 'deadline',
    }),
    ...CONNECTION_FAULTS.map((fault, index) =>
      attempted(10 + index, { kind: 'fault', fault, detail: 'what happened', mayHaveLeft: index % 2 === 0 }),
    ),
  ];
  expect(unpackResults(packResults(results), urlOf)).toEqual(results);
});

it('writes header fields once that many have in common', () => {
  const results = Array.from({ length: 50 }, (_item, index) =>
    attempted(index, {
      kind: 'answer',
      answer: { status: 201, headers: [['A', 'b']], body: '' },
      cutOff: null,
    }),
  );
  expect(packResults(results).match(/"TTL"|"A"/g)).toEqual(['"TTL"', '"A"']);
});

it.each([
  '',
  'null',
  '{}',
  '{"requests":[],"answers":[],"rows":[[1,2]]}',
  '{"requests":[],"answers":[],"rows":[["x"]]}',
])('takes nothing of what is none of ours: %s', (packed) => {
  expect(unpackResults(packed, urlOf)).toBeNull();
});
