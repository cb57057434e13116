import type { Attempt } from '../../contract/campaign.ts';
import type { DeliveryId } from '../../contract/ids.ts';
import type { WritableDb } from './database.ts';

/** One HTTP request of a delivery as it is kept: diagnosis as a code, header fields without the whole token. */
export interface AttemptRow {
  readonly id: number;
  readonly number: number;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly request: Attempt['request'];
  readonly answer: Attempt['answer'];
  readonly error: string | null;
  readonly diagnosis: string | null;
  readonly notes: string[];
}

/** An attempt on its way into the store. */
export interface NewAttempt {
  readonly delivery: { readonly id: DeliveryId; readonly endpoint: string };
  readonly attempt: Omit<AttemptRow, 'id'>;
}

export interface AttemptStore {
  /** To be called within a transaction. */
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
  error: string | null;
  diagnosis: string | null;
  notes: string;
}

export function createAttemptStore(db: WritableDb): AttemptStore {
  const insert = db.write<object>(
    `INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, header_list_id, body_bytes,
       answer_status, answer_headers, answer_body, error, diagnosis, notes)
     VALUES (@deliveryId, @number, @startedAt, @durationMs, @url, '', @headerListId, @bodyBytes, @status, @answerHeaders, @body,
       @error, @diagnosis, @notes)`,
  );
  const all = db.read<{ deliveryId: number }, Raw>(
    `SELECT a.id, a.number, a.started_at, a.duration_ms, iif(a.request_url = '', s.endpoint, a.request_url) AS request_url,
       ifnull(h.headers, a.request_headers) AS request_headers, a.body_bytes, a.answer_status, a.answer_headers,
       a.answer_body, a.error, a.diagnosis, a.notes
     FROM attempts a JOIN deliveries d ON d.id = a.delivery_id JOIN subscriptions s ON s.id = d.subscription_id
       LEFT JOIN header_lists h ON h.id = a.header_list_id
     WHERE a.delivery_id = @deliveryId ORDER BY a.number`,
  );
  const findList = db.read<{ headers: string }, { id: number }>(
    'SELECT id FROM header_lists WHERE headers = @headers',
  );
  const addList = db.write<{ headers: string }>('INSERT INTO header_lists (headers) VALUES (@headers)');

  /** Remembers no longer than a call: a transaction that is taken back takes its lists with it. */
  const createListFinder = () => {
    const known = new Map<Attempt['request']['headers'] | string, number>();
    return (list: Attempt['request']['headers']): number => {
      // Requests of one batch share the very list.
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
      for (const { delivery, attempt } of attempts) {
        const { number, startedAt, durationMs, request, answer, error, diagnosis, notes } = attempt;
        insert.run({
          deliveryId: delivery.id,
          number,
          startedAt,
          durationMs,
          url: request.url === delivery.endpoint ? '' : request.url,
          headerListId: listOf(request.headers),
          bodyBytes: request.bodyBytes,
          status: answer?.status ?? null,
          answerHeaders: answer === null ? null : JSON.stringify(answer.headers),
          body: answer?.body ?? null,
          error,
          diagnosis,
          notes: JSON.stringify(notes),
        });
      }
    },
    list: (deliveryId) => all.all({ deliveryId }).map(toRow),
  };
}

function toRow(raw: Raw): AttemptRow {
  return {
    id: raw.id,
    number: raw.number,
    startedAt: raw.started_at,
    durationMs: raw.duration_ms,
    request: {
      method: 'POST',
      url: raw.request_url,
      headers: JSON.parse(raw.request_headers) as [string, string][],
      bodyBytes: raw.body_bytes,
    },
    answer:
      raw.answer_status === null
        ? null
        : {
            status: raw.answer_status,
            headers: JSON.parse(raw.answer_headers ?? '[]') as [string, string][],
            body: raw.answer_body ?? '',
          },
    error: raw.error,
    diagnosis: raw.diagnosis,
    notes: JSON.parse(raw.notes) as string[],
  };
}
