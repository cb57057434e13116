import { z } from 'zod';
import { canaryRulesSchema } from './canary.ts';
import { audienceSchema } from './campaign-audience.ts';
import { messagesPerMinuteSchema } from './common.ts';
import { campaignIdSchema, keyPairIdSchema } from './ids.ts';
import { newMessageSchema } from './message-checks.ts';
import { pushServiceSchema } from './push-service.ts';
import { quietHoursSchema, scheduleSchema } from './schedule.ts';

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
