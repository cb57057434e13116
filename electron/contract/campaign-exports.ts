import { z } from 'zod';
import { cursorSchema, listOf } from './common.ts';
import { campaignFilterSchema } from './campaigns.ts';
import { shownDeliveryStateSchema } from './deliveries.ts';
import { campaignIdSchema } from './ids.ts';
import { procedure } from './procedure.ts';

/** `csv`: a table with a header row (RFC 4180); `jsonl`: one JSON object per line. */
export const campaignExportFormatSchema = z.enum(['csv', 'jsonl']);
export type CampaignExportFormat = z.infer<typeof campaignExportFormatSchema>;

const position = {
  format: campaignExportFormatSchema.default('jsonl'),
  cursor: cursorSchema.default(null),
  /** Rows of one piece. */
  limit: z.number().int().min(1).max(500).default(500),
};

/** A piece of a file: all of them, one after the other, are the file. */
export const exportPieceSchema = z.object({
  text: z.string(),
  rows: z.number().int().nonnegative(),
  /** Where the next piece begins; `null`: this was the last. */
  nextCursor: z.string().nullable(),
});
export type ExportPiece = z.infer<typeof exportPieceSchema>;

export const exportCampaignsInputSchema = campaignFilterSchema.extend(position);
export const exportDeliveriesInputSchema = z.strictObject({
  id: campaignIdSchema,
  states: listOf(shownDeliveryStateSchema),
  /** Endpoints in full; else their secret part is shortened. */
  whole: z.boolean().default(false),
  ...position,
});

export const campaignExportProcedures = {
  exportList: procedure
    .route({ method: 'GET', path: '/campaigns/export', summary: 'Campaigns as CSV or JSON lines' })
    .input(exportCampaignsInputSchema)
    .output(exportPieceSchema),
  exportDeliveries: procedure
    .route({
      method: 'GET',
      path: '/campaigns/{id}/deliveries/export',
      summary: 'Deliveries of a campaign as CSV or JSON lines',
    })
    .input(exportDeliveriesInputSchema)
    .output(exportPieceSchema),
  /** One page for people: without scripts, and it loads nothing from anywhere. Requested as `text/html`, the answer is the page itself. */
  report: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/report', summary: 'A report of one page, as HTML' })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(z.object({ html: z.string() })),
};
