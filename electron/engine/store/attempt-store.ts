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

export interface AttemptStore {
  add(deliveryId: DeliveryId, attempt: Omit<AttemptRow, 'id'>): void;
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
    `INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, body_bytes,
       answer_status, answer_headers, answer_body, error, diagnosis, notes)
     VALUES (@deliveryId, @number, @startedAt, @durationMs, @url, @headers, @bodyBytes, @status, @answerHeaders, @body,
       @error, @diagnosis, @notes)`,
  );
  const all = db.read<{ deliveryId: number }, Raw>(
    `SELECT id, number, started_at, duration_ms, request_url, request_headers, body_bytes, answer_status, answer_headers,
       answer_body, error, diagnosis, notes
     FROM attempts WHERE delivery_id = @deliveryId ORDER BY number`,
  );

  return {
    add(deliveryId, { number, startedAt, durationMs, request, answer, error, diagnosis, notes }) {
      insert.run({
        deliveryId,
        number,
        startedAt,
        durationMs,
        url: request.url,
        headers: JSON.stringify(request.headers),
        bodyBytes: request.bodyBytes,
        status: answer?.status ?? null,
        answerHeaders: answer === null ? null : JSON.stringify(answer.headers),
        body: answer?.body ?? null,
        error,
        diagnosis,
        notes: JSON.stringify(notes),
      });
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
