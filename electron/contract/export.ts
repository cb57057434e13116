import { z } from 'zod';
import { targetSchema } from './acts.ts';
import { problemSchema } from './problem.ts';
import { procedure } from './procedure.ts';

/** `json`: an array of `PushSubscription.toJSON()`; `jsonl`: one per line; both also with what is known about the person. */
export const exportFormatSchema = z.enum(['json', 'jsonl', 'csv']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

export const exportInputSchema = z.strictObject({
  target: targetSchema,
  format: exportFormatSchema,
  /** Endpoints and keys in full, so that the file can be imported again; else they are shortened. */
  whole: z.boolean(),
});
export type ExportInput = z.output<typeof exportInputSchema>;

export const exportIdSchema = z.uuid().brand<'ExportId'>();
export type ExportId = z.infer<typeof exportIdSchema>;

export const exportProgressSchema = z.object({
  id: exportIdSchema,
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  /** Rows that it is about. */
  total: z.number().int(),
  /** Rows that have been written. */
  done: z.number().int(),
  /** Where the file is. */
  path: z.string(),
  problem: problemSchema.nullable(),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

const byId = z.strictObject({ id: exportIdSchema });

/**
 * [Note: not over HTTP] The engine writes through the desktop, which asks where: a window never holds the file. A script has
 * `GET /subscriptions/export` of the local API, which streams.
 */
export const exportFileProcedures = {
  /** Asks where to save and begins; `null`: the person cancelled. */
  start: procedure.input(exportInputSchema).output(exportProgressSchema.nullable()),
  progress: procedure.input(byId).output(exportProgressSchema),
  /** Ends it, and removes what was written. */
  stop: procedure.input(byId).output(exportProgressSchema),
};
