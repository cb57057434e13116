import { z } from 'zod';

/** Row ids are positive integers; the brand keeps one kind from being used as another. */
const rowId = z.number().int().positive();

export const keyPairIdSchema = rowId.brand<'KeyPairId'>();
export type KeyPairId = z.infer<typeof keyPairIdSchema>;

export const subscriptionIdSchema = rowId.brand<'SubscriptionId'>();
export type SubscriptionId = z.infer<typeof subscriptionIdSchema>;

export const campaignIdSchema = rowId.brand<'CampaignId'>();
export type CampaignId = z.infer<typeof campaignIdSchema>;

export const deliveryIdSchema = rowId.brand<'DeliveryId'>();
export type DeliveryId = z.infer<typeof deliveryIdSchema>;

export const attemptIdSchema = rowId.brand<'AttemptId'>();
export type AttemptId = z.infer<typeof attemptIdSchema>;

export const accessTokenIdSchema = rowId.brand<'AccessTokenId'>();
export type AccessTokenId = z.infer<typeof accessTokenIdSchema>;

export const segmentIdSchema = rowId.brand<'SegmentId'>();
export type SegmentId = z.infer<typeof segmentIdSchema>;

export const draftIdSchema = rowId.brand<'DraftId'>();
export type DraftId = z.infer<typeof draftIdSchema>;

export const templateIdSchema = rowId.brand<'TemplateId'>();
export type TemplateId = z.infer<typeof templateIdSchema>;
