import { z } from 'zod';
import { publicKeySchema } from './common.ts';
import { subscriptionIdSchema } from './ids.ts';
import {
  attributeNameSchema,
  attributeValueSchema,
  externalIdSchema,
  labelSchema,
  MAX_NAMED,
  personSchema,
  tagSchema,
} from './people.ts';
import { problemSchema } from './problem.ts';

/** Rows by their id, the owner's own id or their endpoint; at least one in all. Unknown ones are ignored. */
export const namedSubscriptionsSchema = z
  .strictObject({
    ids: z.array(subscriptionIdSchema).max(10_000).optional(),
    externalIds: z.array(externalIdSchema).max(10_000).optional(),
    endpoints: z.array(z.string().min(1).max(4096)).max(1000).optional(),
  })
  .refine(
    ({ ids = [], externalIds = [], endpoints = [] }) =>
      ids.length + externalIds.length + endpoints.length > 0,
    'Name at least one subscription: ids, externalIds or endpoints.',
  );
export type NamedSubscriptions = z.output<typeof namedSubscriptionsSchema>;

/** How many were changed, and which ones. */
export const changedSchema = z.object({ count: z.number().int(), ids: z.array(subscriptionIdSchema) });

/** What the owner changes in one subscription. What is left out stays; `null` for an attribute removes it. */
export const updateSubscriptionInputSchema = z.strictObject({
  id: subscriptionIdSchema,
  label: labelSchema.nullable().optional(),
  externalId: externalIdSchema.nullable().optional(),
  /** All of its tags. */
  tags: personSchema.shape.tags.optional(),
  addTags: personSchema.shape.tags.optional(),
  removeTags: z.array(tagSchema).max(MAX_NAMED).optional(),
  attributes: z.record(attributeNameSchema, attributeValueSchema.nullable()).optional(),
  /** What the caller saw before: if that is out of date, nothing is changed. `null` for an attribute: it was not set. */
  was: z
    .strictObject({
      label: z.string().nullable(),
      externalId: z.string().nullable(),
      attributes: z.record(attributeNameSchema, z.string().nullable()),
    })
    .partial()
    .optional(),
});

/** One subscription as a site's backend has it, with what the owner knows about the person who subscribed. */
export const upsertSubscriptionInputSchema = z.strictObject({
  /** What `PushSubscription.toJSON()` gives. */
  subscription: z.strictObject({
    endpoint: z.string().min(1).max(4096),
    expirationTime: z.number().nullable().optional(),
    keys: z.strictObject({ p256dh: z.string().min(1).max(200), auth: z.string().min(1).max(200) }),
  }),
  /** The key it was made with; left out: not known. */
  publicKey: publicKeySchema.nullable().default(null),
  label: labelSchema.nullable().optional(),
  externalId: externalIdSchema.nullable().optional(),
  /** These tags are added; existing ones stay. */
  tags: personSchema.shape.tags.optional(),
  /** Attributes that are named are set; the others stay. */
  attributes: z.record(attributeNameSchema, attributeValueSchema).optional(),
});

export const storedSchema = z.enum(['new', 'updated']);

/** What became of one of several rows. */
export const upsertedRowSchema = z.discriminatedUnion('stored', [
  z.object({ stored: storedSchema, id: subscriptionIdSchema }),
  z.object({ stored: z.literal('refused'), problem: problemSchema }),
]);
