import type { Attempt } from '../../contract/deliveries.ts';
import type { WritableDb } from '../store/database.ts';
import { z } from 'zod';
import { soundCountSql, soundJson, soundLines } from '../store/sound.ts';
import { textKey } from '../store/endpoint-key.ts';

/** The header fields of an answer, taken apart: what thousands of answers share, and what only this answer has. */
export interface HeaderParts {
  /** JSON of [name, value][], with `null` for each value that differs. */
  readonly list: string;
  /** JSON of the values for the `null`s, in order. */
  readonly values: string;
}

/** Texts of answers, each kept once ([Note: kept answers]). */
export interface AnswerTextStore {
  /**
   * Stores texts within one transaction; each text is written the first time it occurs. It remembers nothing beyond that, because a
   * transaction that is rolled back takes its texts with it.
   */
  begin(): AnswerTextBatch;
}

export interface AnswerTextBatch {
  /** @returns its id, and how many bytes it added to the store: 0 if it was already there */
  add(text: string): { id: number; bytes: number };
  /** Writes how often each text was used; to be called last. */
  end(): void;
}

/** Fields whose value differs with each message, whatever the push service. */
const DIFFERING = new Set([
  'apns-id',
  'apns-unique-id',
  'cf-ray',
  'content-length',
  'date',
  'expires',
  'last-modified',
  'link',
  'location',
  'set-cookie',
  'x-amz-cf-id',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-cloud-trace-context',
  'x-correlation-id',
  'x-request-id',
  'x-trace-id',
  'x-wns-debug-trace',
  'x-wns-msg-id',
]);

export function takeApart(headers: NonNullable<Attempt['answer']>['headers']): HeaderParts {
  const list: [string, string | null][] = [];
  const values: string[] = [];
  for (const [name, value] of headers) {
    // Transports give names in lower case.
    const isOwn = DIFFERING.has(name) || DIFFERING.has(name.toLowerCase());
    list.push([name, isOwn ? null : value]);
    if (isOwn) values.push(value);
  }
  return { list: JSON.stringify(list), values: JSON.stringify(values) };
}

/** Names of header fields, with the value of each field that was the same in all answers. */
const LIST = z.array(z.tuple([z.string(), z.string().nullable()]));

export function putTogether({ list, values }: HeaderParts): [string, string][] {
  const own = soundLines(values).values();
  return (soundJson(LIST, list) ?? []).map(([name, value]) => [name, value ?? own.next().value ?? '']);
}

export function createAnswerTextStore(db: WritableDb): AnswerTextStore {
  const find = db.read<{ key: Buffer; text: string }, { id: number }>(
    'SELECT id FROM answer_texts WHERE key = @key AND text = @text',
  );
  const insert = db.write<{ key: Buffer; text: string }>(
    'INSERT INTO answer_texts (key, text, uses) VALUES (@key, @text, 0)',
  );
  const use = db.write<{ id: number; uses: number }>(
    `UPDATE answer_texts SET uses = ${soundCountSql('uses')} + @uses WHERE id = @id`,
  );
  return {
    begin() {
      const known = new Map<string, { id: number; uses: number }>();
      return {
        add(text) {
          const same = known.get(text);
          if (same !== undefined) {
            same.uses += 1;
            return { id: same.id, bytes: 0 };
          }
          const key = textKey(text);
          const found = find.get({ key, text })?.id;
          const id = found ?? insert.run({ key, text }).lastId;
          known.set(text, { id, uses: 1 });
          return { id, bytes: found === undefined ? Buffer.byteLength(text) : 0 };
        },
        end() {
          for (const { id, uses } of known.values()) use.run({ id, uses });
        },
      };
    },
  };
}
