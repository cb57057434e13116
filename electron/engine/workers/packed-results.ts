import { z } from 'zod';
import type { DeliveryId } from '../../contract/ids.ts';
import { CONNECTION_FAULTS } from '../../core/diagnosis/answer.ts';
import { soundJson } from '../store/sound.ts';
import type { SendBatch, SendResult } from '../wire/batch-sender.ts';
import type { Reply } from '../wire/transport/reply.ts';

/** What a worker can report about a delivery. */
export type WorkerResult = Exclude<SendResult, { kind: 'lost' }>;

type Fields = [string, string][];

/** What thousands of results have in common is included only once. */
interface PackedResults {
  /** Header fields of requests. */
  readonly requests: Fields[];
  /** Header fields of answers. */
  readonly answers: Fields[];
  readonly rows: PackedRow[];
}

type PackedRow =
  | [id: number]
  | [
      id: number,
      startedAt: number,
      durationMs: number,
      bodyBytes: number,
      request: number,
      reply: PackedReply,
    ];
type PackedReply =
  | [status: number, headers: number, body: string, cutOff: string | null]
  | [fault: string, detail: string, mayHaveLeft: boolean];

const headersSchema = z.array(z.array(z.tuple([z.string(), z.string()])));
const replySchema = z.union([
  z.tuple([z.number(), z.number(), z.string(), z.enum(['too-large', 'line-dropped', 'deadline']).nullable()]),
  z.tuple([z.enum(CONNECTION_FAULTS), z.string(), z.boolean()]),
]);
const packedSchema = z.object({
  requests: headersSchema,
  answers: headersSchema,
  rows: z.array(
    z.union([
      z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), replySchema]),
      z.tuple([z.number()]),
    ]),
  ),
});

/** Lists of header fields, each stored once: found by identity, or by content. */
function createLists() {
  const lists: Fields[] = [];
  const known = new Map<string | Fields, number>();
  let last: { list: Fields; index: number } | null = null;
  return {
    lists,
    indexOf(list: Fields): number {
      const same = known.get(list);
      if (same !== undefined) return same;
      // Most answers say the same as the previous one, and comparing is cheaper than serializing.
      if (last !== null && isSame(last.list, list)) return last.index;
      const text = JSON.stringify(list);
      const index = known.get(text) ?? lists.push(list) - 1;
      known.set(list, index);
      known.set(text, index);
      last = { list, index };
      return index;
    },
  };
}

const isSame = (one: Fields, other: Fields): boolean =>
  one.length === other.length &&
  one.every(([name, value], at) => name === other[at]?.[0] && value === other[at][1]);

/** The results of one batch in transit, as a single text. */
export function packResults(results: readonly WorkerResult[]): string {
  const requests = createLists();
  const answers = createLists();
  const rows = results.map((result): PackedRow => {
    if (result.kind === 'not-sent') return [result.deliveryId];
    const { deliveryId, startedAt, durationMs, request, reply } = result;
    const packed: PackedReply =
      reply.kind === 'answer'
        ? [reply.answer.status, answers.indexOf(reply.answer.headers), reply.answer.body, reply.cutOff]
        : [reply.fault, reply.detail, reply.mayHaveLeft];
    return [deliveryId, startedAt, durationMs, request.bodyBytes, requests.indexOf(request.headers), packed];
  });
  const packed: PackedResults = { requests: requests.lists, answers: answers.lists, rows };
  return JSON.stringify(packed);
}

/**
 * @param urlOf the endpoint of a delivery, which did not travel back
 * @returns `null` if it is not one of ours
 */
export function unpackResults(packed: string, urlOf: (id: DeliveryId) => string): WorkerResult[] | null {
  const found = soundJson(packedSchema, packed);
  if (found === null) return null;
  const { requests, answers, rows } = found;
  return rows.map((row): WorkerResult => {
    const deliveryId = row[0] as DeliveryId;
    if (row.length === 1) return { kind: 'not-sent', deliveryId };
    const [, startedAt, durationMs, bodyBytes, request, reply] = row;
    return {
      kind: 'attempted',
      deliveryId,
      request: { url: urlOf(deliveryId), headers: requests[request] ?? [], bodyBytes },
      startedAt,
      durationMs,
      reply: replyOf(reply, answers),
    };
  });
}

function replyOf(reply: z.infer<typeof replySchema>, answers: Fields[]): Reply {
  if (reply.length === 3) {
    const [fault, detail, mayHaveLeft] = reply;
    return { kind: 'fault', fault, detail, mayHaveLeft };
  }
  const [status, headers, body, cutOff] = reply;
  return { kind: 'answer', answer: { status, headers: answers[headers] ?? [], body }, cutOff };
}

/** The endpoints of a batch, by delivery. */
export function endpointsOf(batch: SendBatch): (id: DeliveryId) => string {
  const known = new Map(batch.jobs.map(({ deliveryId, endpoint }) => [deliveryId, endpoint]));
  return (id) => known.get(id) ?? '';
}
