import { z } from 'zod';
import { audienceSchema } from './campaign-audience.ts';
import { subscriptionIdSchema } from './ids.ts';
import { messageSchema } from './message.ts';
import { procedure } from './procedure.ts';
import { pushServiceSchema } from './push-service.ts';

/** As typed so far: it may be incomplete. */
const draftMessageSchema = messageSchema.extend({ title: z.string().max(500) });

export const previewInputSchema = z.strictObject({
  message: draftMessageSchema,
  audience: audienceSchema,
  /** Whose message it is; left out: the first of the audience. */
  of: subscriptionIdSchema.optional(),
  /** The recipient after or before that one instead, in the order in which they were added; after the last comes the first. */
  step: z.enum(['next', 'previous']).optional(),
});

const shownRecipientSchema = z.object({
  id: subscriptionIdSchema,
  label: z.string().nullable(),
  externalId: z.string().nullable(),
  endpoint: z.string(),
  pushService: pushServiceSchema,
});

/** A message as one subscription gets it. */
export const recipientPreviewSchema = z.object({
  subscription: shownRecipientSchema,
  /** It is in the audience and can be reached. One who lacks a value is a recipient in name only. */
  isRecipient: z.boolean(),
  /** Whose text it gets; empty: the default. */
  language: z.string(),
  /** Values of the variables in the message, as they appear in the text. */
  values: z.record(z.string(), z.string()),
  /**
   * Variables that have neither a value nor a fallback: with one of these it gets nothing. In `message` they appear as they were written.
   */
  missing: z.array(z.string()),
  message: draftMessageSchema,
  payload: z.string().describe('What would be encrypted for it.'),
  payloadBytes: z.number().int(),
});
export type RecipientPreview = z.infer<typeof recipientPreviewSchema>;

export const findRecipientsInputSchema = z.strictObject({
  audience: audienceSchema,
  /** As in the filter of subscriptions; empty: all of them. */
  search: z.string().max(500).default(''),
  limit: z.number().int().min(1).max(100).default(20),
});

export const foundRecipientsSchema = z.object({
  /** Newest first. */
  items: z.array(shownRecipientSchema),
  /** There are others that are not among these. */
  hasMore: z.boolean(),
});
export type FoundRecipients = z.infer<typeof foundRecipientsSchema>;

export const recipientPreviewProcedures = {
  previewFor: procedure
    .route({ method: 'POST', path: '/campaigns/preview', summary: 'See a message as one recipient gets it' })
    .input(previewInputSchema)
    // `null`: there is nobody, or no such subscription.
    .output(recipientPreviewSchema.nullable()),
  findRecipients: procedure
    .route({ method: 'POST', path: '/campaigns/recipients', summary: 'Find somebody in an audience' })
    .input(findRecipientsInputSchema)
    .output(foundRecipientsSchema),
};
