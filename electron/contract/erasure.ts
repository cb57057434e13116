import { procedure } from './procedure.ts';
import { z } from 'zod';
import { subscriptionIdSchema } from './ids.ts';
import { subscriptionFilterSchema } from './subscriptions.ts';

/** Which subscriptions are erased: these (`null`: all that lie in the bin), or all that match when it begins. */
export const eraseInputSchema = z.union([
  z.strictObject({ ids: z.array(subscriptionIdSchema).min(1).max(10_000).nullable() }),
  z.strictObject({
    /** Of the bin only: a filter that was left empty by mistake must not cost the list. */
    filter: subscriptionFilterSchema.refine(({ inBin }) => inBin, {
      path: ['inBin'],
      error: 'Use true: a filter erases only what is in the bin.',
    }),
    /** Those that match and are left out. */
    except: z.array(subscriptionIdSchema).max(100_000).default([]),
  }),
]);
export type EraseInput = z.output<typeof eraseInputSchema>;

/** Copies of the store from before an update: erasing does not change them. */
const backupsSchema = z.object({ folder: z.string(), count: z.number().int().nonnegative() });

export const erasePreviewSchema = z.object({
  subscriptions: z.number().int().nonnegative(),
  /** Deliveries to them, with every request and answer; `null` where there are too many to count at once. */
  deliveries: z.number().int().nonnegative().nullable(),
  /** Those of them that have not ended. */
  open: z.number().int().nonnegative().nullable(),
  backups: backupsSchema,
});
export type ErasePreview = z.infer<typeof erasePreviewSchema>;

export const erasedSchema = z.object({
  count: z.number().int().nonnegative(),
  deliveries: z.number().int().nonnegative(),
  /** Whether the file still holds old bytes of them, which no program reads: it is then rewritten at the next start. */
  traces: z.enum(['gone', 'at-next-start']),
  backups: backupsSchema,
});
export type Erased = z.infer<typeof erasedSchema>;

export const erasureProcedures = {
  /** What `erase` would do; stores nothing. */
  previewErase: procedure
    .route({
      method: 'POST',
      path: '/subscriptions/erase/preview',
      summary: 'See what erasing subscriptions would remove',
    })
    .input(eraseInputSchema)
    .output(erasePreviewSchema),
  /** For good: subscriptions, their deliveries, attempts and answers. There is no undo. */
  erase: procedure
    .route({
      method: 'POST',
      path: '/subscriptions/erase',
      summary: 'Erase subscriptions and everything about them for good',
    })
    .input(eraseInputSchema)
    .output(erasedSchema),
};
