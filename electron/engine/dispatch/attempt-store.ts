import { headerListSchema, type Attempt } from '../../contract/deliveries.ts';
import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import type { Answer } from '../../core/diagnosis/answer.ts';
import {
  CAMPAIGN_ANSWER_BYTES,
  keepAnswer,
  KEPT_ANSWER_BYTES,
  KEPT_SHORT_ANSWER_BYTES,
  type KeptAnswer,
} from '../../core/diagnosis/kept-answer.ts';
import { createAnswerTextStore, putTogether, takeApart, type AnswerTextBatch } from './answer-text-store.ts';
import type { WritableDb } from '../store/database.ts';
import { soundCount, soundCountOrNull, soundInstant, soundJson, soundLines } from '../store/sound.ts';

/** One HTTP request of a delivery as it is kept: the diagnosis as a code, the header fields with the token shortened. */
export interface AttemptRow {
  readonly id: number;
  readonly number: number;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly request: Attempt['request'];
  readonly answer: KeptAnswer | null;
  readonly error: string | null;
  readonly diagnosis: string | null;
  readonly notes: string[];
}

/** An attempt on its way into the store. */
export interface NewAttempt {
  readonly lane: { readonly campaignId: CampaignId };
  readonly delivery: { readonly id: DeliveryId; readonly endpoint: string };
  /** With its original answer, after it was judged. */
  readonly attempt: Omit<AttemptRow, 'id' | 'answer'> & { readonly answer: Answer | null };
}

export interface AttemptStore {
  /** To be called within a transaction. It keeps as much of each answer as core/kept-answer.ts says. */
  add(attempts: readonly NewAttempt[]): void;
  /** In the order they were made. */
  list(deliveryId: DeliveryId): AttemptRow[];
}

interface Raw {
  id: number;
  number: number;
  started_at: number;
  duration_ms: number;
  request_url: string;
  request_headers: string;
  body_bytes: number;
  answer_status: number | null;
  answer_headers: string | null;
  answer_body: string | null;
  answer_list: string | null;
  answer_received_bytes: number | null;
  error: string | null;
  diagnosis: string | null;
  notes: string;
}

export function createAttemptStore(db: WritableDb): AttemptStore {
  const insert = db.write<object>(
    `INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, header_list_id, body_bytes,
       answer_status, answer_headers, answer_list_id, answer_body_id, answer_received_bytes, error, diagnosis, notes)
     VALUES (@deliveryId, @number, @startedAt, @durationMs, @url, '', @headerListId, @bodyBytes, @status, @values, @listId, @bodyId,
       @receivedBytes, @error, @diagnosis, @notes)`,
  );
  const all = db.read<{ deliveryId: number }, Raw>(
    `SELECT a.id, a.number, a.started_at, a.duration_ms, iif(a.request_url = '', s.endpoint, a.request_url) AS request_url,
       ifnull(h.headers, a.request_headers) AS request_headers, a.body_bytes, a.answer_status, a.answer_headers,
       ifnull(b.text, a.answer_body) AS answer_body, l.text AS answer_list, a.answer_received_bytes, a.error, a.diagnosis, a.notes
     FROM attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN subscriptions s ON s.id = d.subscription_id
       LEFT JOIN header_lists h ON h.id = a.header_list_id
       LEFT JOIN answer_texts l ON l.id = a.answer_list_id LEFT JOIN answer_texts b ON b.id = a.answer_body_id
     WHERE a.delivery_id = @deliveryId ORDER BY a.number`,
  );
  const findList = db.read<{ headers: string }, { id: number }>(
    'SELECT id FROM header_lists WHERE headers = @headers',
  );
  const addList = db.write<{ headers: string }>('INSERT INTO header_lists (headers) VALUES (@headers)');
  const texts = createAnswerTextStore(db);
  const rooms = createAnswerRooms(db);

  /** Remembers nothing beyond one call, because a transaction that is rolled back takes its lists with it. */
  const createListFinder = () => {
    const known = new Map<Attempt['request']['headers'] | string, number>();
    return (list: Attempt['request']['headers']): number => {
      // Requests of one batch share the same list object.
      const same = known.get(list);
      if (same !== undefined) return same;
      const headers = JSON.stringify(list);
      const id = known.get(headers) ?? findList.get({ headers })?.id ?? addList.run({ headers }).lastId;
      known.set(list, id);
      known.set(headers, id);
      return id;
    };
  };

  return {
    add(attempts) {
      const listOf = createListFinder();
      const batch = texts.begin();
      const room = rooms.begin();
      for (const { lane, delivery, attempt } of attempts) {
        const { number, startedAt, durationMs, request, answer, error, diagnosis, notes } = attempt;
        insert.run({
          deliveryId: delivery.id,
          number,
          startedAt,
          durationMs,
          url: request.url === delivery.endpoint ? '' : request.url,
          headerListId: listOf(request.headers),
          bodyBytes: request.bodyBytes,
          ...(answer === null ? NO_ANSWER : store(answer, batch, room(lane.campaignId))),
          error,
          diagnosis,
          notes: JSON.stringify(notes),
        });
      }
      batch.end();
      room.end();
    },
    list: (deliveryId) => all.all({ deliveryId }).map(toRow),
  };
}

const NO_ANSWER = { status: null, values: null, listId: null, bodyId: null, receivedBytes: null };

/** Writes what is kept of an answer, and counts the room it takes. */
function store(answer: Answer, batch: AnswerTextBatch, room: Room): Record<keyof typeof NO_ANSWER, unknown> {
  const isRoom = room.used < CAMPAIGN_ANSWER_BYTES;
  const kept = keepAnswer(answer, isRoom ? KEPT_ANSWER_BYTES : KEPT_SHORT_ANSWER_BYTES);
  const { list, values } = takeApart(kept.headers);
  const shared = batch.add(list);
  const body = kept.body === '' ? null : batch.add(kept.body);
  const taken = shared.bytes + (body?.bytes ?? 0) + values.length;
  room.used += Math.max(0, taken - KEPT_SHORT_ANSWER_BYTES);
  if (!isRoom && kept.receivedBytes !== null) room.shortened += 1;
  return {
    status: kept.status,
    values,
    listId: shared.id,
    bodyId: body?.id ?? null,
    receivedBytes: kept.receivedBytes,
  };
}

/** Attempts from before [Note: kept answers] contain their own header fields. */
export function answerHeadersOf({
  answer_headers: values,
  answer_list: list,
}: Pick<Raw, 'answer_headers' | 'answer_list'>): [string, string][] {
  if (list !== null) return putTogether({ list, values: values ?? '[]' });
  return soundJson(headerListSchema, values ?? '[]') ?? [];
}

/** How much room the answers of one campaign have taken, and how many came after all of it was used up. */
interface Room {
  used: number;
  shortened: number;
}

/** The room left for each campaign of a batch; `end` writes what has changed. */
function createAnswerRooms(db: WritableDb) {
  const read = db.read<{ id: CampaignId }, Room>(
    'SELECT answer_bytes AS used, shortened_answers AS shortened FROM campaigns WHERE id = @id',
  );
  const write = db.write<Room & { id: CampaignId }>(
    'UPDATE campaigns SET answer_bytes = @used, shortened_answers = @shortened WHERE id = @id',
  );
  return {
    begin() {
      const rooms = new Map<CampaignId, { before: Room; room: Room }>();
      const roomOf = (id: CampaignId): Room => {
        const known = rooms.get(id);
        if (known !== undefined) return known.room;
        const before = read.get({ id }) ?? { used: 0, shortened: 0 };
        const room = { ...before };
        rooms.set(id, { before, room });
        return room;
      };
      const end = () => {
        for (const [id, { before, room }] of rooms) {
          if (before.used !== room.used || before.shortened !== room.shortened) write.run({ id, ...room });
        }
      };
      return Object.assign(roomOf, { end });
    },
  };
}

function toRow(raw: Raw): AttemptRow {
  return {
    id: raw.id,
    number: soundCount(raw.number, 1),
    startedAt: soundInstant(raw.started_at),
    durationMs: Math.max(0, raw.duration_ms),
    request: {
      method: 'POST',
      url: raw.request_url,
      headers: soundJson(headerListSchema, raw.request_headers) ?? [],
      bodyBytes: soundCount(raw.body_bytes),
    },
    answer:
      raw.answer_status === null
        ? null
        : {
            status: soundCount(raw.answer_status),
            headers: answerHeadersOf(raw),
            body: raw.answer_body ?? '',
            receivedBytes: soundCountOrNull(raw.answer_received_bytes),
          },
    error: raw.error,
    diagnosis: raw.diagnosis,
    notes: soundLines(raw.notes),
  };
}
