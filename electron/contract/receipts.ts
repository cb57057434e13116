import { z } from 'zod';
import { instantSchema } from './common.ts';
import { campaignIdSchema, deliveryIdSchema } from './ids.ts';
import { procedure } from './procedure.ts';

const count = z.number().int().nonnegative();

/** What a service worker reports about a message, in the order in which it happens. */
export const receiptEventSchema = z.enum(['received', 'shown', 'clicked', 'closed']);
export type ReceiptEvent = z.infer<typeof receiptEventSchema>;

/** What one device reported about one delivery; `null`: not reported. */
export const deliveryReceiptsSchema = z.object({
  /** Whether the message asked for receipts, and this device is known to send them: otherwise silence says nothing. */
  canReport: z.boolean(),
  receivedAt: instantSchema.nullable(),
  shownAt: instantSchema.nullable(),
  clickedAt: instantSchema.nullable(),
  /** The button that was pressed; `null`: the notification itself, or nothing. */
  clickedAction: z.string().nullable(),
  closedAt: instantSchema.nullable(),
});
export type DeliveryReceipts = z.infer<typeof deliveryReceiptsSchema>;

export const campaignReceiptsSchema = z.object({
  /** Whether the message asked for receipts: not if the setting was off when it was sent. */
  asked: z.boolean(),
  /** Deliveries that the push services accepted. */
  accepted: count,
  /** Those among them whose device is known to send receipts. The others cannot report, and are not counted here. */
  canReport: count,
  received: count,
  shown: count,
  clicked: count,
  closed: count,
  /** Clicks by button, most first; `action` `null`: the notification itself. */
  clicks: z.array(z.object({ action: z.string().nullable(), count: count })),
  /** How many were shown and clicked from one time to the next, oldest first; times without any are left out. */
  curve: z.array(z.object({ from: instantSchema, shown: count, clicked: count })),
});
export type CampaignReceipts = z.infer<typeof campaignReceiptsSchema>;

export const receiptTopics = ['receipts'] as const;

export const receiptProcedures = {
  ofCampaign: procedure
    .route({
      method: 'GET',
      path: '/campaigns/{id}/receipts',
      summary: 'What devices reported about a campaign',
    })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignReceiptsSchema),
  ofDelivery: procedure
    .route({
      method: 'GET',
      path: '/deliveries/{id}/receipts',
      summary: 'What one device reported about one delivery',
    })
    .input(z.strictObject({ id: deliveryIdSchema }))
    .output(deliveryReceiptsSchema),
};
