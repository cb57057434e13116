import { procedure } from './procedure.ts';
import { z } from 'zod';
import {
  cursorSchema,
  instantSchema,
  listOf,
  messagesPerMinuteSchema,
  pageOf,
  pageSizeSchema,
  publicKeySchema,
} from './common.ts';
import { diagnosisSchema } from './diagnosis.ts';
import {
  attemptIdSchema,
  campaignIdSchema,
  deliveryIdSchema,
  keyPairIdSchema,
  segmentIdSchema,
  subscriptionIdSchema,
} from './ids.ts';
import { keptMessageSchema, messageSchema, newMessageSchema } from './message.ts';
import { problemSchema } from './problem.ts';
import { pushServiceSchema } from './push-service.ts';
import { externalIdSchema, tagSchema } from './people.ts';
import { deliveryStateSchema, subscriptionFilterSchema } from './subscriptions.ts';

const subscriptionIdsSchema = z.array(subscriptionIdSchema).min(1).max(1_000_000);

/** A part of an audience. Rows in the bin are in none. */
export const audiencePartSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('segment'), id: segmentIdSchema }),
  z.strictObject({ kind: z.literal('filter'), filter: subscriptionFilterSchema }),
  z.strictObject({ kind: z.literal('tag'), tag: tagSchema }),
  z.strictObject({ kind: z.literal('chosen'), ids: subscriptionIdsSchema }),
  z.strictObject({
    kind: z.literal('externalIds'),
    externalIds: z.array(externalIdSchema).min(1).max(10_000),
  }),
  z.strictObject({ kind: z.literal('endpoints'), endpoints: z.array(z.string().max(4096)).min(1).max(1000) }),
]);
export type AudiencePart = z.infer<typeof audiencePartSchema>;

/** Left out of it whatever else says that they are in. */
const leaveOut = z.array(audiencePartSchema).max(50).optional();

/**
 * Who gets a campaign. `chosen` of one id is a send to one; `matching`: who is in one of the parts at least, when it starts. Each less whom it
 * leaves out.
 */
export const audienceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everyone'), leaveOut }),
  z.strictObject({ kind: z.literal('chosen'), ids: subscriptionIdsSchema, leaveOut }),
  z.strictObject({
    kind: z.literal('matching'),
    anyOf: z.array(audiencePartSchema).min(1).max(50),
    leaveOut,
  }),
]);
export type Audience = z.infer<typeof audienceSchema>;

/** A part as it was meant when the campaign started: a segment with its name and filter, and how many were named. */
export const keptAudiencePartSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('segment'),
    id: segmentIdSchema,
    name: z.string(),
    filter: subscriptionFilterSchema,
  }),
  z.object({ kind: z.literal('filter'), filter: subscriptionFilterSchema }),
  z.object({ kind: z.literal('tag'), tag: z.string() }),
  z.object({ kind: z.enum(['chosen', 'externalIds', 'endpoints']), count: z.number().int() }),
]);
/** Whom a campaign meant. */
export const keptAudienceSchema = z.object({
  kind: z.enum(['everyone', 'chosen', 'matching']),
  /** For a person: `Newsletter or VIP, without tag staff`. */
  text: z.string(),
  anyOf: z.array(keptAudiencePartSchema),
  leaveOut: z.array(keptAudiencePartSchema),
});
export type KeptAudience = z.infer<typeof keptAudienceSchema>;
export type KeptAudiencePart = z.infer<typeof keptAudiencePartSchema>;

export const campaignKindSchema = z.enum(['campaign', 'test', 'rehearsal']);
export type CampaignKind = z.infer<typeof campaignKindSchema>;

/**
 * `preparing`: its deliveries are being written; `running`: they are being sent; `paused`: by the person;
 * `finished`: every delivery has its end; `cancelled`: by the person, what was not sent never will be.
 */
export const campaignStateSchema = z.enum(['preparing', 'running', 'paused', 'finished', 'cancelled']);
export type CampaignState = z.infer<typeof campaignStateSchema>;

export const deliveryCountsSchema = z.record(deliveryStateSchema, z.number().int().nonnegative());
export type DeliveryCounts = z.infer<typeof deliveryCountsSchema>;

/** Deliveries that have not come to their end. */
export function unsettledCount(counts: DeliveryCounts): number {
  return counts.queued + counts.retrying + counts.sending;
}

/**
 * Why nothing goes out for now although the campaign runs. `rate-limit`: the push service asked for less (429); `no-connection`: it could
 * not be reached; `retry`: all that is left has failed for now and waits for its next try.
 */
export const waitReasonSchema = z.enum(['rate-limit', 'no-connection', 'retry']);
export type WaitReason = z.infer<typeof waitReasonSchema>;

/** A wait that ends without the person. `until`: when the next message may go out. */
export const waitSchema = z.object({ reason: waitReasonSchema, until: instantSchema });
export type Wait = z.infer<typeof waitSchema>;

/** The part of a campaign that goes to one push service with one key. */
export const campaignPartSchema = z.object({
  pushService: pushServiceSchema,
  keyPairId: keyPairIdSchema,
  counts: deliveryCountsSchema,
  /** Why this part waits although the campaign runs (design §5.6); `null` when it does not. */
  pausedBecause: diagnosisSchema.nullable(),
});

export const campaignSchema = z.object({
  id: campaignIdSchema,
  kind: campaignKindSchema,
  state: campaignStateSchema,
  message: keptMessageSchema,
  /** The encoded payload in bytes, before encryption. */
  payloadBytes: z.number().int(),
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** Whom it meant. */
  audience: keptAudienceSchema,
  recipients: z.number().int(),
  counts: deliveryCountsSchema,
  /** It runs, but all that is left of it waits for the person: each part was paused because its push service keeps refusing. */
  isHeld: z.boolean(),
  /** It runs, but nothing goes out for now: the wait that ends first; `null` while something does. */
  wait: waitSchema.nullable(),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** How many deliveries ended for one reason at one push service. */
export const diagnosisSumSchema = z.object({
  pushService: pushServiceSchema,
  diagnosis: diagnosisSchema,
  count: z.number().int(),
});

/** How far a campaign has come at one push service, over all key pairs. */
export const serviceProgressSchema = z.object({
  pushService: pushServiceSchema,
  counts: deliveryCountsSchema,
  /** Deliveries that have come to their end. */
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  /** Deliveries done a second over the last seconds; `null` when nothing of it runs, and while it waits. */
  ratePerSecond: z.number().nullable(),
  /** Milliseconds until its end, without what waits for the person; `null` when unknown. */
  timeLeftMs: z.number().nullable(),
  /** Why nothing goes to it for now, and until when; `null` when something does, or nothing is left. */
  wait: waitSchema.nullable(),
  /** Why a part of it waits for the person; `null` when none does. */
  pausedBecause: diagnosisSchema.nullable(),
});
export type ServiceProgress = z.infer<typeof serviceProgressSchema>;

export const campaignDetailSchema = campaignSchema.extend({
  /** Largest first. */
  services: z.array(serviceProgressSchema),
  parts: z.array(campaignPartSchema),
  diagnoses: z.array(diagnosisSumSchema),
  /** Deliveries that may have arrived twice: sent again after an attempt whose outcome is unknown. */
  possibleRepeats: z.number().int().nonnegative(),
  /** Long answers of which little more than the status is kept, because this campaign had stored 32 MB of answers before. */
  shortenedAnswers: z.number().int().nonnegative(),
  /** Deliveries done a second over the last seconds; `null` when it does not run, and while all of it waits. */
  ratePerSecond: z.number().nullable(),
  /** Milliseconds until the end, never less than that of the slowest push service; `null` when unknown. */
  timeLeftMs: z.number().nullable(),
  /** The most that may go out in a minute; `null`: no limit. */
  messagesPerMinute: messagesPerMinuteSchema,
  /** The payload as it was encrypted for each recipient. */
  payload: z.string(),
});
export type CampaignDetail = z.infer<typeof campaignDetailSchema>;

export const campaignPageSchema = pageOf(campaignSchema);

export const startCampaignInputSchema = z.strictObject({
  /** Made by the caller, one for each press of Send: the same id never starts a second campaign. */
  requestId: z.uuid(),
  message: newMessageSchema,
  audience: audienceSchema,
  /** The most that may go out in a minute, over all push services; left out or `null`: what the settings say. */
  messagesPerMinute: messagesPerMinuteSchema.optional(),
});

/** The part that waits, and is to go on because the person says so. */
export const resumePartInputSchema = z.strictObject({
  id: campaignIdSchema,
  pushService: pushServiceSchema,
  keyPairId: keyPairIdSchema,
});

export const deliverySchema = z.object({
  id: deliveryIdSchema,
  campaignId: campaignIdSchema,
  subscriptionId: subscriptionIdSchema,
  endpoint: z.string(),
  pushService: pushServiceSchema,
  state: deliveryStateSchema,
  attemptCount: z.number().int(),
  lastStatus: z.number().int().nullable(),
  diagnosis: diagnosisSchema.nullable(),
  /** When a `retrying` delivery is tried again; `null` while its campaign or its part is paused. */
  nextAttemptAt: instantSchema.nullable(),
  /** It was sent again after an attempt whose outcome is unknown (time-out, line dropped, app ended). */
  mayHaveArrivedTwice: z.boolean(),
  updatedAt: instantSchema,
});
export type Delivery = z.infer<typeof deliverySchema>;

export const listDeliveriesInputSchema = z.strictObject({
  campaignId: campaignIdSchema,
  states: listOf(deliveryStateSchema),
  /** Only those that may have arrived twice. */
  mayHaveArrivedTwice: z.boolean().optional(),
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
      /** Set where the answer was longer than what is kept of it, in bytes of header fields and body. */
      cut: z.object({ receivedBytes: z.number().int(), keptBytes: z.number().int() }).nullable(),
    })
    .nullable(),
  /** What broke the connection, when nothing came back; or why the answer is not whole. */
  error: z.string().nullable(),
  diagnosis: diagnosisSchema.nullable(),
  /** What was fitted to the push service (TTL, topic), one sentence each. */
  notes: z.array(z.string()),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const deliveryDetailSchema = deliverySchema.extend({
  /** Of the key pair that signs it; `null` when it is no longer known. */
  publicKey: publicKeySchema.nullable(),
  attempts: z.array(attemptSchema),
});

/** Why a subscription of the audience is left out before the send. */
export const exclusionReasonSchema = z.enum([
  'expired',
  'gone',
  'unsubscribed',
  'mismatched',
  'deleted',
  'key-closed',
  'key-not-held',
  'no-key',
]);
export type ExclusionReason = z.infer<typeof exclusionReasonSchema>;

/** Codes of the problems that keep Send from sending and that a screen of the app mends. */
export const SEND_BLOCKERS = { noKeys: 'no-keys', nobody: 'nobody-to-send-to' } as const;

export const preflightInputSchema = z.strictObject({
  /** As typed so far: it may be incomplete. */
  message: messageSchema.extend({ title: z.string().max(500) }),
  audience: audienceSchema,
});

export const preflightSchema = z.object({
  payloadBytes: z.number().int(),
  payloadLimit: z.number().int(),
  recipients: z.number().int(),
  /** What each push service of the audience gets, largest first. */
  services: z.array(
    z.object({
      pushService: pushServiceSchema,
      count: z.number().int(),
      /** Size of the encrypted body, and the largest that the service takes. */
      bodyBytes: z.number().int(),
      bodyLimit: z.number().int(),
      /** As sent, fitted to the service; an empty topic is none. */
      ttlSeconds: z.number().int(),
      topic: z.string(),
    }),
  ),
  byPart: z.array(
    z.object({
      pushService: pushServiceSchema,
      keyPairId: keyPairIdSchema,
      keyPairName: z.string(),
      /** Contact that the push service is given (RFC 8292 §2.1). */
      subject: z.string(),
      count: z.number().int(),
    }),
  ),
  /** How long it will take in milliseconds, by the pace of the last campaign and the limit; `null`: unknown. */
  timeNeededMs: z.number().nonnegative().nullable(),
  excluded: z.array(
    z.object({ reason: exclusionReasonSchema, count: z.number().int(), cause: z.string(), cure: z.string() }),
  ),
  /** Anything here keeps Send from sending. */
  blockers: z.array(problemSchema),
  warnings: z.array(problemSchema),
});
export type Preflight = z.infer<typeof preflightSchema>;

/** What stands in Compose, kept so that closing the window loses nothing. */
export const draftSchema = z.strictObject({
  message: z.record(z.string(), z.unknown()),
  /** `null`: it is still to be chosen. */
  audience: audienceSchema.nullable(),
});
export type Draft = z.infer<typeof draftSchema>;

export const campaignTopics = ['campaigns', 'deliveries'] as const;

/** What one does with a campaign that was started; those of a rehearsal have the same. */
export const startedCampaignProcedures = {
  get: procedure
    .route({
      method: 'GET',
      path: '/campaigns/{id}',
      summary: 'One campaign, with its parts and what failed',
    })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignDetailSchema),
  pause: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/pause', summary: 'Pause it' })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignSchema),
  resume: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/resume', summary: 'Resume it' })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignSchema),
  cancel: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/cancel', summary: 'Cancel it' })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignSchema),
  /** "Try again" at a part that waits: it goes on, and what was refused for the same reason is queued again. */
  resumePart: procedure
    .route({
      method: 'POST',
      path: '/campaigns/{id}/parts/resume',
      summary: 'Try a part again that needs attention',
    })
    .input(resumePartInputSchema)
    .output(campaignSchema),
  /** Queues deliveries whose outcome is `unknown` or `failed` again, because the person says so. */
  sendAgain: procedure
    .route({
      method: 'POST',
      path: '/campaigns/{id}/send-again',
      summary: 'Send unknown or failed deliveries again',
    })
    .input(z.strictObject({ id: campaignIdSchema, state: z.enum(['unknown', 'failed']) }))
    .output(campaignSchema),
  deliveries: procedure
    .route({
      method: 'GET',
      path: '/campaigns/{campaignId}/deliveries',
      summary: 'Deliveries of a campaign',
    })
    .input(listDeliveriesInputSchema)
    .output(deliveryPageSchema),
  delivery: procedure
    .route({ method: 'GET', path: '/deliveries/{id}', summary: 'One delivery, with its attempts' })
    .input(z.strictObject({ id: deliveryIdSchema }))
    .output(deliveryDetailSchema),
};

export const campaignProcedures = {
  preflight: procedure
    .route({ method: 'POST', path: '/campaigns/preflight', summary: 'See what a send would do' })
    .input(preflightInputSchema)
    .output(preflightSchema),
  /** Writes the campaign and returns at once; the sending goes on by itself. */
  start: procedure
    .route({ method: 'POST', path: '/campaigns', successStatus: 201, summary: 'Send' })
    .input(startCampaignInputSchema)
    .output(campaignSchema),
  list: procedure
    .route({ method: 'GET', path: '/campaigns', summary: 'Campaigns, newest first' })
    .input(z.strictObject({ cursor: cursorSchema.default(null), limit: pageSizeSchema }))
    .output(campaignPageSchema),
  ...startedCampaignProcedures,
  draft: procedure.output(draftSchema.nullable()),
  saveDraft: procedure.input(draftSchema.nullable()).output(draftSchema.nullable()),
};

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
