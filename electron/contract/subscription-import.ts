import { z } from 'zod';
import { publicKeySchema } from './common.ts';
import { problemSchema } from './problem.ts';
import { pushServiceSchema } from './push-service.ts';

/** 25 MB: about 60,000 rows at once. What is larger comes in pieces (import-stream.ts). */
export const importTextSchema = z.string().min(1).max(25_000_000);

/** What a column of a table means. Without such an entry it is what the column's name says, if that says anything. */
export const columnTargetSchema = z.enum([
  'endpoint',
  'p256dh',
  'auth',
  'label',
  'externalId',
  'tags',
  'attribute',
  /** A yes, a time or a word such as "gone" in it says that the person unsubscribed. */
  'unsubscribed',
  'nothing',
]);
export type ColumnTarget = z.infer<typeof columnTargetSchema>;
/** Those that decide which rows come in. */
export const decidesOverRows = (target: ColumnTarget | undefined): boolean =>
  target === 'endpoint' || target === 'p256dh' || target === 'auth' || target === 'unsubscribed';
/** By the names of the columns. */
export const columnMappingSchema = z.record(z.string().max(500), columnTargetSchema);
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

export const importSubscriptionsInputSchema = z.strictObject({
  text: importTextSchema,
  /** The key that the rows were made with, as the person says; `null`: not known. */
  publicKey: publicKeySchema.nullable(),
  /** What each column of a table means. */
  mapping: columnMappingSchema.optional(),
  /** Also takes rows that the text marks as unsubscribed, such as `is_active = 0`. Left out: they are not imported. */
  includeUnsubscribed: z.boolean().optional(),
});

export const badImportRowSchema = z.object({
  /** Line of the pasted text, counted from 1. */
  line: z.number().int().positive(),
  problem: problemSchema,
  /** The start of the text there. */
  excerpt: z.string(),
});

/** Rejected rows with the same reason. */
export const importReasonSchema = z.object({
  problem: problemSchema,
  count: z.number().int(),
  /** The first of their lines. */
  lines: z.array(z.number().int().positive()),
  /** The start of the first one. */
  excerpt: z.string(),
});
export type ImportReason = z.infer<typeof importReasonSchema>;

/** A column of a table that is imported. */
export const importColumnSchema = z.object({
  name: z.string(),
  /** What its name says it is, in words; `null`: the name says nothing, and the column is left out unless a mapping says otherwise. */
  readAs: z.string().nullable(),
  /** Its values in the first rows, shortened. */
  samples: z.array(z.string()),
});
export type ImportColumn = z.infer<typeof importColumnSchema>;

/** Rows that the text itself marks as no longer subscribed. They are left out unless the import says to take them. */
export const importUnsubscribedSchema = z.object({
  count: z.number().int(),
  /** The first of their lines. */
  lines: z.array(z.number().int().positive()),
  /** What says so, as it appears in the first one: `is_active = 0`. */
  mark: z.string(),
});
export type ImportUnsubscribed = z.infer<typeof importUnsubscribedSchema>;

export const importPreviewSchema = z.object({
  newCount: z.number().int(),
  knownCount: z.number().int(),
  /** The same endpoint more than once in this text: counted once above. */
  repeatedCount: z.number().int(),
  badCount: z.number().int(),
  /** Lines of other text around the rows, such as prose or comments, which were skipped. */
  otherCount: z.number().int(),
  /** Those whom the text marks as unsubscribed, whether they are taken or left out; `null`: none. */
  unsubscribed: importUnsubscribedSchema.nullable(),
  /** Why rows are bad, the most frequent reason first. */
  reasons: z.array(importReasonSchema),
  /** `null`: the text is not a table. */
  columns: z.array(importColumnSchema).nullable(),
  /** The first 200 bad rows. */
  bad: z.array(badImportRowSchema),
  remarks: z.array(z.object({ line: z.number().int().positive(), text: z.string() })),
  /** The first 20 good rows. */
  sample: z.array(
    z.object({
      line: z.number().int(),
      endpoint: z.string(),
      pushService: pushServiceSchema,
      known: z.boolean(),
    }),
  ),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importResultSchema = z.object({
  addedCount: z.number().int(),
  updatedCount: z.number().int(),
  badCount: z.number().int(),
  /** Rows that were left out because the text marks them as unsubscribed. */
  unsubscribedCount: z.number().int(),
});
export type ImportResult = z.infer<typeof importResultSchema>;
