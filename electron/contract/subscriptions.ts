import { procedure } from './procedure.ts';
import { z } from 'zod';
import {
  cursorSchema,
  instantSchema,
  listOf,
  pageOf,
  pageSizeSchema,
  publicKeySchema,
  textsOf,
} from './common.ts';
import { deliveryStateSchema } from './deliveries.ts';
import { campaignIdSchema, deliveryIdSchema, keyPairIdSchema, subscriptionIdSchema } from './ids.ts';
import {
  attributeNameSchema,
  attributeValueSchema,
  externalIdSchema,
  MAX_NAMED,
  tagSchema,
} from './people.ts';
import { pushServiceSchema } from './push-service.ts';
import {
  importPreviewSchema,
  importResultSchema,
  importSubscriptionsInputSchema,
} from './subscription-import.ts';
import {
  namedSubscriptionsSchema,
  changedSchema,
  updateSubscriptionInputSchema,
  upsertSubscriptionInputSchema,
  storedSchema,
  upsertedRowSchema,
} from './subscription-changes.ts';

export const subscriptionStateSchema = z.enum(['active', 'expired', 'gone', 'unsubscribed', 'mismatched']);
export type SubscriptionState = z.infer<typeof subscriptionStateSchema>;

/** Where a subscription came from. */
export const subscriptionSourceSchema = z.enum(['page', 'import']);
export type SubscriptionSource = z.infer<typeof subscriptionSourceSchema>;

export const subscriptionSchema = z.object({
  id: subscriptionIdSchema,
  endpoint: z.string(),
  pushService: pushServiceSchema,
  state: subscriptionStateSchema,
  /** The application server key it was made with, or `null` where it is not known (pasted JSON does not contain it). */
  publicKey: publicKeySchema.nullable(),
  /** The key pair of that key, where this machine holds it. */
  keyPairId: keyPairIdSchema.nullable(),
  keyPairName: z.string().nullable(),
  expirationTime: instantSchema.nullable(),
  label: z.string().nullable(),
  /** The owner's own name for the person who subscribed; several browsers of one person share it. */
  externalId: z.string().nullable(),
  tags: z.array(z.string()),
  /** Some are reported by the subscribe page (`PAGE_ATTRIBUTES`). */
  attributes: z.record(z.string(), z.string()),
  source: subscriptionSourceSchema,
  /** A remark of the import, such as an auth secret of 32 bytes where RFC 8291 says 16. */
  remark: z.string().nullable(),
  addedAt: instantSchema,
  /** When the state last changed, for example when the push service answered 410. */
  stateChangedAt: instantSchema,
  lastDelivery: z.object({ at: instantSchema, state: deliveryStateSchema }).nullable(),
  /** When a push service last took a message for it; `null`: never. */
  lastAcceptedAt: instantSchema.nullable(),
  /** When it was moved to the bin, or `null`. */
  deletedAt: instantSchema.nullable(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

/** Up to now. Ten years is longer than any browser keeps a subscription. */
const daysSchema = z.number().int().min(1).max(3650).nullable().default(null);

/**
 * A condition on one attribute. As text, for a query: `plan=pro`, `plan!=pro`, `plan` (it is set) and `!plan` (it is not). An attribute
 * that is not set matches `noneOf`.
 */
export const attributeConditionSchema = z.union([
  z.strictObject({ name: attributeNameSchema, anyOf: z.array(attributeValueSchema).min(1).max(MAX_NAMED) }),
  z.strictObject({ name: attributeNameSchema, noneOf: z.array(attributeValueSchema).min(1).max(MAX_NAMED) }),
  z.strictObject({ name: attributeNameSchema, isSet: z.boolean() }),
  z
    .string()
    .max(600)
    .transform(conditionOfText)
    .pipe(
      z.union([
        z.strictObject({ name: attributeNameSchema, anyOf: z.array(attributeValueSchema) }),
        z.strictObject({ name: attributeNameSchema, noneOf: z.array(attributeValueSchema) }),
        z.strictObject({ name: attributeNameSchema, isSet: z.boolean() }),
      ]),
    ),
]);
export type AttributeCondition = z.output<typeof attributeConditionSchema>;

function conditionOfText(text: string) {
  const at = text.indexOf('=');
  if (at > 0 && text[at - 1] === '!') return { name: text.slice(0, at - 1), noneOf: [text.slice(at + 1)] };
  if (at > 0) return { name: text.slice(0, at), anyOf: [text.slice(at + 1)] };
  return text.startsWith('!') ? { name: text.slice(1), isSet: false } : { name: text, isSet: true };
}

/** Conditions on subscriptions; all of them must hold. A condition that is left out matches everything. */
export const subscriptionFilterSchema = z.strictObject({
  /** Part of the endpoint, the label, the external ID, a tag or a value of an attribute; case is ignored. */
  search: z.string().max(500).default(''),
  states: listOf(subscriptionStateSchema),
  pushServices: listOf(pushServiceSchema),
  keyPairId: keyPairIdSchema.nullable().default(null),
  /** Show the bin instead of the list. */
  inBin: z.boolean().default(false),
  /** Has at least one of these tags. Case is ignored in tags. */
  tagsAnyOf: textsOf(tagSchema, MAX_NAMED),
  tagsAllOf: textsOf(tagSchema, MAX_NAMED),
  tagsNoneOf: textsOf(tagSchema, MAX_NAMED),
  attributes: textsOf(attributeConditionSchema, 50),
  addedFrom: instantSchema.nullable().default(null),
  /** Before this instant, not at the instant itself. */
  addedBefore: instantSchema.nullable().default(null),
  /** The state of its last delivery is one of these. */
  lastResults: listOf(deliveryStateSchema),
  /** `true`: no push service ever took a message for it; `false`: one did. */
  neverReached: z.boolean().nullable().default(null),
  /** Its device reported showing a message within this many days before the filter is applied. */
  shownWithinDays: daysSchema,
  clickedWithinDays: daysSchema,
  /** `true`: its device can send receipts but never reported showing a message; `false`: it did at least once. */
  neverShown: z.boolean().nullable().default(null),
  /** Whether its device is known to send receipts. */
  canReport: z.boolean().nullable().default(null),
  /**
   * What its device reported about one campaign. Nobody matches once that campaign's deliveries were removed. `notShown…`: its push service
   * accepted the message and its device can report, but never reported showing it; `notClicked…`: it was shown and not clicked.
   */
  shownInCampaign: campaignIdSchema.nullable().default(null),
  notShownInCampaign: campaignIdSchema.nullable().default(null),
  clickedInCampaign: campaignIdSchema.nullable().default(null),
  notClickedInCampaign: campaignIdSchema.nullable().default(null),
  externalIds: textsOf(externalIdSchema, 10_000),
});
export type SubscriptionFilter = z.infer<typeof subscriptionFilterSchema>;

export const listSubscriptionsInputSchema = z.strictObject({
  filter: subscriptionFilterSchema.prefault({}),
  order: z.enum(['newest', 'oldest']).optional(),
  cursor: cursorSchema.default(null),
  limit: pageSizeSchema,
});
export const subscriptionPageSchema = pageOf(subscriptionSchema);

export const subscriptionCountsSchema = z.object({
  /** Rows that fit the filter. */
  matching: z.number().int(),
  /** Rows outside the bin, by state. */
  byState: z.record(subscriptionStateSchema, z.number().int()),
  inBin: z.number().int(),
});

/** A subscription as `PushSubscription.toJSON()` gives it, with what else is known. Any import accepts it. */
export const exportedSubscriptionSchema = z.object({
  id: subscriptionIdSchema,
  endpoint: z.string(),
  expirationTime: z.number().nullable(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
  applicationServerKey: z.string().nullable(),
  state: z.string(),
  addedAt: instantSchema,
  label: z.string().nullable(),
  externalId: z.string().nullable(),
  tags: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
});

const subscriptionIds = z.strictObject({ ids: z.array(subscriptionIdSchema).min(1).max(10_000) });

/** What changed the state of a subscription, or moved it into or out of the bin. */
export const stateCauseSchema = z.enum(['delivery', 'page', 'import', 'person', 'expiry', 'api', 'unknown']);

/** A change of the state of one subscription. */
export const stateChangeSchema = z.object({
  id: z.number().int(),
  at: instantSchema,
  from: subscriptionStateSchema,
  to: subscriptionStateSchema,
  /** Set if it moved into or out of the bin. */
  bin: z.enum(['in', 'out']).nullable(),
  cause: stateCauseSchema,
  /** The delivery that brought the answer, and its campaign; `null`: none did, or it was erased. */
  delivery: z.object({ id: deliveryIdSchema, campaignId: campaignIdSchema }).nullable(),
});
export type StateChange = z.infer<typeof stateChangeSchema>;

export const subscriptionTopics = ['subscriptions'] as const;

export const subscriptionProcedures = {
  list: procedure
    .route({ method: 'GET', path: '/subscriptions', summary: 'Subscriptions, newest first' })
    .input(listSubscriptionsInputSchema)
    .output(subscriptionPageSchema),
  counts: procedure
    .route({ method: 'GET', path: '/subscriptions/counts', summary: 'How many there are' })
    .input(z.strictObject({ filter: subscriptionFilterSchema.prefault({}) }))
    .output(subscriptionCountsSchema),
  get: procedure
    .route({ method: 'GET', path: '/subscriptions/{id}', summary: 'One subscription' })
    .input(z.strictObject({ id: subscriptionIdSchema }))
    .output(subscriptionSchema),
  /** Reads the text and stores nothing. */
  previewImport: procedure
    .route({
      method: 'POST',
      path: '/subscriptions/import/preview',
      summary: 'See what an import would do',
    })
    .input(importSubscriptionsInputSchema)
    .output(importPreviewSchema),
  import: procedure
    .route({ method: 'POST', path: '/subscriptions/import', summary: 'Import subscriptions' })
    .input(importSubscriptionsInputSchema)
    .output(importResultSchema),
  /** The rows as `PushSubscription.toJSON()` gives them: one object for one id, an array for several. */
  exportJson: procedure
    .route({
      method: 'POST',
      path: '/subscriptions/export',
      summary: 'Subscriptions as browsers give them',
    })
    .input(subscriptionIds)
    .output(z.object({ text: z.string() })),
  /** Rows with their keys and what is known about the person; pages through all of them. */
  export: procedure
    .route({
      method: 'GET',
      path: '/subscriptions/export',
      summary: 'Subscriptions with their keys, to be imported again',
    })
    .input(listSubscriptionsInputSchema)
    .output(pageOf(exportedSubscriptionSchema)),
  /** To the bin; `restore` is the undo. */
  remove: procedure
    .route({ method: 'POST', path: '/subscriptions/remove', summary: 'Move subscriptions to the bin' })
    .input(namedSubscriptionsSchema)
    .output(changedSchema),
  restore: procedure
    .route({
      method: 'POST',
      path: '/subscriptions/restore',
      summary: 'Restore subscriptions from the bin',
    })
    .input(namedSubscriptionsSchema)
    .output(changedSchema),
  update: procedure
    .route({
      method: 'PATCH',
      path: '/subscriptions/{id}',
      summary: 'Change label, external ID, tags and attributes of one subscription',
    })
    .input(updateSubscriptionInputSchema)
    .output(subscriptionSchema),
  /** Stores it, or brings a known one up to date as an import does. */
  upsert: procedure
    .route({ method: 'POST', path: '/subscriptions', summary: 'Store one subscription, new or known' })
    .input(upsertSubscriptionInputSchema)
    .output(z.object({ id: subscriptionIdSchema, stored: storedSchema })),
  /** One answer for each row, in their order; a bad row does not keep the others out. */
  upsertMany: procedure
    .route({ method: 'POST', path: '/subscriptions/batch', summary: 'Store up to 500 subscriptions' })
    .input(z.strictObject({ rows: z.array(upsertSubscriptionInputSchema).min(1).max(500) }))
    .output(z.object({ rows: z.array(upsertedRowSchema) })),
  /** The last 100 at most. */
  states: procedure
    .route({
      method: 'GET',
      path: '/subscriptions/{id}/states',
      summary: 'How the state of one subscription changed, newest first',
    })
    .input(z.strictObject({ id: subscriptionIdSchema }))
    .output(z.object({ items: z.array(stateChangeSchema) })),
};
