import { z } from 'zod';
import { cursorSchema, instantSchema, listOf, pageOf, pageSizeSchema, publicKeySchema } from './common.ts';
import { diagnosisSchema } from './diagnosis.ts';
import { attemptIdSchema, campaignIdSchema, deliveryIdSchema, subscriptionIdSchema } from './ids.ts';
import { keptMessageSchema } from './message.ts';
import { procedure } from './procedure.ts';
import { pushServiceSchema } from './push-service.ts';

export const deliveryStateSchema = z.enum([
  'queued',
  'sending',
  'accepted',
  'retrying',
  'failed',
  'gone',
  'cancelled',
  'unknown',
]);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

/**
 * As people see it. `waiting`: held back until its time in the recipient's time zone, or until quiet hours end there; in the store it is
 * `retrying`, because it too goes out at a time of its own.
 */
export const shownDeliveryStateSchema = z.enum([
  'queued',
  'waiting',
  ...deliveryStateSchema.exclude(['queued']).options,
]);
export type ShownDeliveryState = z.infer<typeof shownDeliveryStateSchema>;

export const deliveryCountsSchema = z.record(shownDeliveryStateSchema, z.number().int().nonnegative());
export type DeliveryCounts = z.infer<typeof deliveryCountsSchema>;

/** Deliveries that have not ended. */
export function unsettledCount(counts: DeliveryCounts): number {
  return counts.queued + counts.waiting + counts.retrying + counts.sending;
}

export const deliverySchema = z.object({
  id: deliveryIdSchema,
  campaignId: campaignIdSchema,
  subscriptionId: subscriptionIdSchema,
  /** What its owner calls the subscription now. */
  label: z.string().nullable(),
  externalId: z.string().nullable(),
  endpoint: z.string(),
  pushService: pushServiceSchema,
  state: shownDeliveryStateSchema,
  attemptCount: z.number().int(),
  lastStatus: z.number().int().nullable(),
  diagnosis: diagnosisSchema.nullable(),
  /** When a `retrying` delivery is tried again, or a `waiting` one goes out; `null` while its campaign or its part is paused. */
  nextAttemptAt: instantSchema.nullable(),
  /** It was sent again after an attempt whose outcome is unknown (time-out, line dropped, app ended). */
  mayHaveArrivedTwice: z.boolean(),
  updatedAt: instantSchema,
});
export type Delivery = z.infer<typeof deliverySchema>;

export const listDeliveriesInputSchema = z.strictObject({
  campaignId: campaignIdSchema,
  states: listOf(shownDeliveryStateSchema),
  /** Only those that may have arrived twice. */
  mayHaveArrivedTwice: z.boolean().optional(),
  /** By when they were written; left out: the oldest first. */
  order: z.enum(['oldest', 'newest']).optional(),
  cursor: cursorSchema.default(null),
  limit: pageSizeSchema,
});
export const deliveryPageSchema = pageOf(deliverySchema);

/** A delivery in the history of its subscription. */
export const subscriptionDeliverySchema = deliverySchema.extend({ messageTitle: z.string() });
export type SubscriptionDelivery = z.infer<typeof subscriptionDeliverySchema>;
export const subscriptionDeliveriesInputSchema = z.strictObject({
  id: subscriptionIdSchema,
  cursor: cursorSchema.default(null),
  limit: pageSizeSchema,
});
export const subscriptionDeliveryPageSchema = pageOf(subscriptionDeliverySchema);

export const headerListSchema = z.array(z.tuple([z.string(), z.string()]));

/** One HTTP request of a delivery, as sent (the token shortened) and as answered. */
export const attemptSchema = z.object({
  id: attemptIdSchema,
  number: z.number().int().positive(),
  startedAt: instantSchema,
  durationMs: z.number().nonnegative(),
  request: z.object({
    method: z.literal('POST'),
    url: z.string(),
    headers: headerListSchema,
    /** Size of the encrypted body. */
    bodyBytes: z.number().int(),
  }),
  /** What came back; `null` when nothing did. */
  answer: z
    .object({
      status: z.number().int(),
      headers: headerListSchema,
      body: z.string(),
      /** Size of the answer (header fields and body, in bytes), where it was longer than what is kept of it. */
      cut: z.object({ receivedBytes: z.number().int(), keptBytes: z.number().int() }).nullable(),
    })
    .nullable(),
  /** What broke the connection, when nothing came back; or why the answer is not whole. */
  error: z.string().nullable(),
  diagnosis: diagnosisSchema.nullable(),
  /** What was adapted to the push service (TTL, topic), one sentence each. */
  notes: z.array(z.string()),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const deliveryDetailSchema = deliverySchema.extend({
  /** Of the key pair that signs it; `null` when it is no longer known. */
  publicKey: publicKeySchema.nullable(),
  attempts: z.array(attemptSchema),
  /** What this recipient gets where texts differ; `null`: the campaign has one payload for all, or nobody can tell. */
  personal: z
    .object({
      /** Of the texts by language; empty: the default. */
      language: z.string(),
      /** Of the variables that the message uses, as they were when the delivery was written. */
      values: z.record(z.string(), z.string()),
      title: z.string(),
      body: z.string(),
      /** The whole message as this recipient sees it: text, links and buttons. */
      message: keptMessageSchema,
      /** The plaintext that is encrypted. */
      payload: z.string(),
    })
    .nullable(),
});

/** What was sent to one subscription. */
export const subscriptionHistoryProcedures = {
  deliveries: procedure
    .route({
      method: 'GET',
      path: '/subscriptions/{id}/deliveries',
      summary: 'What was sent to one subscription, newest first',
    })
    .input(subscriptionDeliveriesInputSchema)
    .output(subscriptionDeliveryPageSchema),
};
