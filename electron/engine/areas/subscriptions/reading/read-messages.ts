import { z } from 'zod';
import {
  badImportRowSchema,
  importColumnSchema,
  importReasonSchema,
  importUnsubscribedSchema,
} from '../../../../contract/subscription-import.ts';
import type { ReadRows } from './row-reader.ts';

/**
 * To the worker thread that reads an import; it answers each with a `ReadRows`, in order. `null`: the text is over; to be repeated until
 * the answer says that nothing is left.
 */
export interface ReadRequest {
  piece: string | null;
  now: number;
}

const requestSchema = z.strictObject({ piece: z.string().nullable(), now: z.number() });

const rowsSchema = z.strictObject({
  batches: z.array(
    z.strictObject({
      json: z.string(),
      count: z.number().int(),
      lines: z.array(z.number()),
      people: z.string().nullable(),
    }),
  ),
  badCount: z.number().int(),
  bad: z.array(badImportRowSchema),
  reasons: z.array(importReasonSchema),
  otherCount: z.number().int(),
  unsubscribed: importUnsubscribedSchema.nullable(),
  columns: z.array(importColumnSchema).nullable(),
  isOver: z.boolean(),
});

/** A message that arrived at the thread; `null` if it is not a request. */
export function readRequest(message: unknown): ReadRequest | null {
  const parsed = requestSchema.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** A message that came from the thread; `null` if it is not an answer. */
export function readRows(message: unknown): ReadRows | null {
  const parsed = rowsSchema.safeParse(message);
  return parsed.success ? parsed.data : null;
}
