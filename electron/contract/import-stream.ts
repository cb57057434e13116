import { z } from 'zod';
import { publicKeySchema } from './common.ts';
import { procedure } from './procedure.ts';
import { columnMappingSchema, importPreviewSchema, importResultSchema } from './subscription-import.ts';

/** Whether the rows are only checked, or stored, or the rejected ones saved as a file. */
export const importPurposeSchema = z.enum(['preview', 'import', 'rejects']);
export type ImportPurpose = z.infer<typeof importPurposeSchema>;

export const importStreamIdSchema = z.uuid().brand<'ImportStreamId'>();
export type ImportStreamId = z.infer<typeof importStreamIdSchema>;

/** Characters that fit into one piece. */
export const MAX_PIECE_CHARACTERS = 1_000_000;

/** Rows that have been read and, in an import, stored by now. */
export const importProgressSchema = z.object({ goodCount: z.number().int(), badCount: z.number().int() });
export type ImportProgress = z.infer<typeof importProgressSchema>;

export const importEndSchema = z.discriminatedUnion('purpose', [
  z.object({ purpose: z.literal('preview'), preview: importPreviewSchema }),
  z.object({ purpose: z.literal('import'), result: importResultSchema }),
  /** `path`: where they are now; `null`: the person cancelled. */
  z.object({ purpose: z.literal('rejects'), path: z.string().nullable(), count: z.number().int() }),
]);
export type ImportEnd = z.infer<typeof importEndSchema>;

const byId = z.strictObject({ id: importStreamIdSchema });

/**
 * An import of any length, in pieces: a window hands over the text of a file that the person chose, and the engine reads no file itself.
 * [Note: not over HTTP] A script of this machine has the 25 MB of `subscriptions.import`, as often as it needs.
 */
export const importStreamProcedures = {
  /** When there are too many, the one idle for longest is ended. */
  open: procedure
    .input(
      z.strictObject({
        purpose: importPurposeSchema,
        /** The key that the rows were made with, as the person says; `null`: not known. */
        publicKey: publicKeySchema.nullable(),
        /** What each column of a table means. */
        mapping: columnMappingSchema.optional(),
        /** Also takes rows that the text marks as unsubscribed. */
        includeUnsubscribed: z.boolean().optional(),
      }),
    )
    .output(byId),
  /** Resolves when the next piece may be sent. Pieces may be cut anywhere. */
  write: procedure
    .input(byId.extend({ piece: z.string().min(1).max(MAX_PIECE_CHARACTERS) }))
    .output(importProgressSchema),
  /** Resolves when all of it has been read and, in an import, stored. */
  finish: procedure.input(byId).output(importEndSchema),
  /** Ends it; what is stored stays. Answers with what was read until then. */
  cancel: procedure.input(byId).output(importProgressSchema),
};
