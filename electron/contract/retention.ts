import { z } from 'zod';
import { procedure } from './procedure.ts';

/** How many days the deliveries of campaigns that have ended are kept. */
export const keptDaysSchema = z.number().int().min(1).max(3650);

/** What would be removed: deliveries with their attempts. Campaigns stay, with their message, totals, causes and curve. */
export const removalPreviewSchema = z.object({
  deliveries: z.number().int().nonnegative(),
  campaigns: z.number().int().nonnegative(),
  /** An estimate of the room in the data file that becomes free for new data. */
  bytes: z.number().int().nonnegative(),
});
export type RemovalPreview = z.infer<typeof removalPreviewSchema>;

export const retentionProcedures = {
  /** Removes nothing. */
  previewRemoval: procedure
    .route({
      method: 'GET',
      path: '/campaigns/removal-preview',
      summary: 'See what keeping deliveries for a number of days would remove',
    })
    .input(z.strictObject({ days: keptDaysSchema }))
    .output(removalPreviewSchema),
};
