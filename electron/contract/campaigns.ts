import { z } from 'zod';
import { canaryProgressSchema, canaryRulesSchema, canarySchema } from './canary.ts';
import { audienceSchema, keptAudienceSchema } from './campaign-audience.ts';
import {
  curvePointSchema,
  diagnosisSumSchema,
  serviceProgressSchema,
  waitSchema,
} from './campaign-progress.ts';
import {
  cursorSchema,
  instantSchema,
  listOf,
  messagesPerMinuteSchema,
  pageOf,
  pageSizeSchema,
} from './common.ts';
import {
  deliveryCountsSchema,
  deliveryDetailSchema,
  deliveryPageSchema,
  listDeliveriesInputSchema,
} from './deliveries.ts';
import { diagnosisSchema } from './diagnosis.ts';
import { campaignIdSchema, deliveryIdSchema, keyPairIdSchema } from './ids.ts';
import { keptMessageSchema } from './message.ts';
import { newMessageSchema } from './message-checks.ts';
import { changeOwnFormatInputSchema, ownFormatsSchema } from './own-formats.ts';
import { recipientPreviewProcedures } from './recipient-preview.ts';
import { retentionProcedures } from './retention.ts';
import { preflightInputSchema, preflightSchema } from './preflight.ts';
import { procedure } from './procedure.ts';
import { pushServiceSchema } from './push-service.ts';
import { keptScheduleSchema, quietHoursSchema, recipientHoursSchema, scheduleSchema } from './schedule.ts';

export const campaignKindSchema = z.enum(['campaign', 'test', 'rehearsal']);
export type CampaignKind = z.infer<typeof campaignKindSchema>;

/**
 * `scheduled`: it waits for its time; `preparing`: its deliveries are being written; `running`: they are being sent; `paused`: by the
 * person; `finished`: every delivery has ended; `cancelled`: by the person, and what was not sent never will be.
 */
export const campaignStateSchema = z.enum([
  'scheduled',
  'preparing',
  'running',
  'paused',
  'finished',
  'cancelled',
]);
export type CampaignState = z.infer<typeof campaignStateSchema>;

/** The part of a campaign that goes to one push service with one key. */
export const campaignPartSchema = z.object({
  pushService: pushServiceSchema,
  keyPairId: keyPairIdSchema,
  counts: deliveryCountsSchema,
  /** Why this part waits although the campaign is running (design §5.6); `null` when it does not. */
  pausedBecause: diagnosisSchema.nullable(),
});

export const campaignSchema = z.object({
  id: campaignIdSchema,
  kind: campaignKindSchema,
  state: campaignStateSchema,
  message: keptMessageSchema,
  /** The encoded payload in bytes, before encryption. */
  payloadBytes: z.number().int(),
  /** When it was started; if it waits for its time, when it was scheduled. */
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** Whom it meant. */
  audience: keptAudienceSchema,
  recipients: z.number().int(),
  counts: deliveryCountsSchema,
  /**
   * It is running, but everything left waits for the person: each part was paused because its push service keeps refusing, or its canary
   * waits.
   */
  isHeld: z.boolean(),
  /** If push services keep refusing it: which ones, and the diagnosis code of the first. */
  heldBy: z.object({ pushServices: z.array(pushServiceSchema), diagnosis: z.string() }).optional(),
  /** It is running, but nothing goes out at the moment: the wait that ends first, and whom it concerns; `null` while something goes out. */
  wait: waitSchema.extend({ pushService: pushServiceSchema.optional() }).nullable(),
  /** What devices have reported so far; `null`: nothing, or they were not asked to. */
  seen: z.object({ shown: z.number().int(), clicked: z.number().int() }).nullable(),
  /** The small first share that must go well before the rest follows; `null`: there is none. */
  canary: canarySchema.nullable(),
  /**
   * It was under way in the backup that this store was restored from, and was paused because of that: what was sent after the backup was
   * made (`madeAt`; `null`: nobody knows when) is not recorded, and would be sent a second time. `null`: it was not.
   */
  restoredFrom: z.object({ madeAt: instantSchema.nullable() }).nullable(),
  /** When it starts, or was to start; `null`: it was sent at once. */
  schedule: keptScheduleSchema.nullable(),
  /** When its messages may go out, by each recipient's clock; `null`: at once. */
  hours: recipientHoursSchema.nullable(),
});
export type Campaign = z.infer<typeof campaignSchema>;

export const campaignDetailSchema = campaignSchema.extend({
  /** How far its canary has got; `null`: it has none. */
  canaryProgress: canaryProgressSchema.nullable(),
  /** Largest first. */
  services: z.array(serviceProgressSchema),
  parts: z.array(campaignPartSchema),
  diagnoses: z.array(diagnosisSumSchema),
  /** Deliveries that may have arrived twice: sent again after an attempt whose outcome is unknown. */
  possibleRepeats: z.number().int().nonnegative(),
  /** Recipients who got nothing because a variable of the message had neither a value for them nor a fallback. */
  leftOut: z.number().int().nonnegative(),
  /** When its deliveries were removed because the settings say so; totals, causes and curve stayed. `null`: they are still there. */
  removedAt: instantSchema.nullable(),
  /** Long answers of which little more than the status is kept, because this campaign had already stored 32 MB of answers. */
  shortenedAnswers: z.number().int().nonnegative(),
  /** Deliveries done per second over the last seconds; `null` when it is not running, and while all of it waits. */
  ratePerSecond: z.number().nullable(),
  /** Milliseconds until it is done, never less than for its slowest push service; `null` when unknown. */
  timeLeftMs: z.number().nullable(),
  /** The most that may go out per minute; `null`: no limit. */
  messagesPerMinute: messagesPerMinuteSchema,
  edition: z
    .string()
    .nullable()
    .describe('Changes with each edit of a scheduled campaign; `null`: it is not waiting for its time'),
  /** Its course over time, oldest first; empty for a campaign from before this was recorded. */
  curve: z.array(curvePointSchema),
  payload: z
    .string()
    .describe(
      'The payload before encryption. In a campaign with variables or languages it is the default text with its placeholders, such as {{city}}: what a recipient gets is `personal.payload` of their delivery.',
    ),
});
export type CampaignDetail = z.infer<typeof campaignDetailSchema>;

/** `total`: how many match, over all pages; said on the first one. */
export const campaignPageSchema = pageOf(campaignSchema).extend({
  total: z.number().int().nonnegative().optional(),
});

/** Which campaigns; a field that is left out excludes none. */
export const campaignFilterSchema = z.strictObject({
  /** Part of a title, a body or a tag; letter case makes no difference. */
  search: z.string().trim().max(200).optional(),
  states: listOf(campaignStateSchema),
  /** Made at this time or later. */
  from: instantSchema.optional(),
  /** Made before this time. */
  to: instantSchema.optional(),
});
export const listCampaignsInputSchema = campaignFilterSchema.extend({
  cursor: cursorSchema.default(null),
  limit: pageSizeSchema,
});

export const startCampaignInputSchema = z.strictObject({
  /** Made by the caller, one for each press of Send: the same id never starts a second campaign. */
  requestId: z.uuid(),
  message: newMessageSchema,
  audience: audienceSchema,
  /** The most that may go out per minute, over all push services; left out or `null`: what the settings say. */
  messagesPerMinute: messagesPerMinuteSchema.optional(),
  /** Sends a small share first, by these rules, each of which has a default; left out or `null`: everyone at once. */
  canary: canaryRulesSchema.nullable().optional(),
  /**
   * It is a test, such as one to the tag `test group`: it is never taken for the campaign itself. Left out: a send to one chosen
   * subscription is a test.
   */
  test: z.boolean().optional(),
  /** When it is to start; left out: now. Who is in the audience is found then. */
  schedule: scheduleSchema.optional(),
  /** Hours in which nothing goes out; left out or `null`: none. */
  quietHours: quietHoursSchema.nullable().optional(),
});

/** What is left out stays as it is. */
export const changeScheduledInputSchema = z.strictObject({
  id: campaignIdSchema,
  message: newMessageSchema.optional(),
  audience: audienceSchema.optional(),
  messagesPerMinute: messagesPerMinuteSchema.optional(),
  /** Another time. A campaign that waits for a decision then waits for this time. */
  schedule: scheduleSchema.optional(),
  /** Hours in which nothing goes out; `null`: none. */
  quietHours: quietHoursSchema.nullable().optional(),
  /** Sends a small share first, by these rules, each of which has a default; `null`: everyone at once. */
  canary: canaryRulesSchema.nullable().optional(),
  was: z
    .strictObject({ schedule: scheduleSchema, edition: z.string() })
    .partial()
    .optional()
    .describe('The time or the edition that you saw; if it is no longer that, nothing is changed'),
});

export const resumeInputSchema = z.strictObject({
  id: campaignIdSchema,
  missed: z
    .enum(['send', 'leave-out'])
    .optional()
    .describe(
      'For a campaign that missed the hours of some recipients (`schedule.asks`): whether they get the message now, late, or not at all. Left out: they get it.',
    ),
});

/** The waiting part that is to go on because the person says so. */
export const resumePartInputSchema = z.strictObject({
  id: campaignIdSchema,
  pushService: pushServiceSchema,
  keyPairId: keyPairIdSchema,
});

/** Which deliveries are queued again: all in that state, or only those that came to it for one reason at one push service. */
export const sendAgainInputSchema = z.strictObject({
  id: campaignIdSchema,
  state: z.enum(['unknown', 'failed']),
  cause: z.strictObject({ pushService: pushServiceSchema, diagnosis: z.string().min(1).max(100) }).optional(),
});

export const campaignTopics = ['campaigns', 'deliveries'] as const;

/** What can be done with a campaign that was started; the campaign of a rehearsal has the same. */
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
    .input(resumeInputSchema)
    .output(campaignSchema),
  cancel: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/cancel', summary: 'Cancel it' })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignSchema),
  /** The person judges the canary: the rest follows. */
  goOnAfterCanary: procedure
    .route({
      method: 'POST',
      path: '/campaigns/{id}/canary/go-on',
      summary: 'Send the rest after the canary',
    })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignSchema),
  /** The rest is cancelled. */
  stopAfterCanary: procedure
    .route({
      method: 'POST',
      path: '/campaigns/{id}/canary/stop',
      summary: 'Cancel the rest after the canary',
    })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignSchema),
  /** "Try again" for a waiting part: it continues, and what was refused for the same reason is queued again. */
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
    .input(sendAgainInputSchema)
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
  ...recipientPreviewProcedures,
  /** Writes the campaign and returns at once; the sending goes on by itself. */
  start: procedure
    .route({ method: 'POST', path: '/campaigns', successStatus: 201, summary: 'Send' })
    .input(startCampaignInputSchema)
    .output(campaignSchema),
  list: procedure
    .route({ method: 'GET', path: '/campaigns', summary: 'Campaigns, newest first' })
    .input(listCampaignsInputSchema)
    .output(campaignPageSchema),
  scheduled: procedure
    .route({ method: 'GET', path: '/campaigns/scheduled', summary: 'Scheduled campaigns, soonest first' })
    .output(z.array(campaignSchema)),
  /** Those with `schedule.asks`, whether they wait for their time or were under way. */
  asking: procedure
    .route({
      method: 'GET',
      path: '/campaigns/asking',
      summary: 'Campaigns that missed their time and wait for a decision',
    })
    .output(z.array(campaignSchema)),
  /** Refused with CONFLICT once it has started. */
  changeScheduled: procedure
    .route({
      method: 'PATCH',
      path: '/campaigns/{id}',
      summary: 'Edit or move a scheduled campaign',
    })
    .input(changeScheduledInputSchema)
    .output(campaignSchema),
  sendNow: procedure
    .route({
      method: 'POST',
      path: '/campaigns/{id}/send-now',
      summary: 'Send a scheduled campaign now',
      description:
        'Everyone gets it at once, also with `perRecipient`; quiet hours and a canary stay. If the first recipient’s own time has passed, those whose time has passed get it now, the others at theirs. One that has started already is answered as it is: if it is paused, `/resume` continues it.',
    })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(campaignSchema),
  /** The audience as it was asked for; `null`: it cannot be read. */
  audienceOf: procedure.input(z.strictObject({ id: campaignIdSchema })).output(audienceSchema.nullable()),
  ...startedCampaignProcedures,
  ...retentionProcedures,
  /** Payload formats that the person wrote and named, for Compose. */
  ownFormats: procedure.output(ownFormatsSchema),
  /** Returns all of them as they are afterwards. */
  changeOwnFormat: procedure.input(changeOwnFormatInputSchema).output(ownFormatsSchema),
};
