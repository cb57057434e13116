import { z } from 'zod';
import { canaryRulesSchema } from './canary.ts';
import { audienceSchema } from './campaign-audience.ts';
import { messagesPerMinuteSchema } from './common.ts';
import { keyPairIdSchema, subscriptionIdSchema } from './ids.ts';
import { messageSchema } from './message.ts';
import { problemSchema } from './problem.ts';
import { quietHoursSchema, scheduleSchema } from './schedule.ts';
import { pushServiceSchema } from './push-service.ts';

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

/** Codes of the problems that keep Send from sending and that a screen of the app can solve. */
export const SEND_BLOCKERS = {
  noKeys: 'no-keys',
  keyNotHeld: 'key-not-held',
  nobody: 'nobody-to-send-to',
} as const;

export const preflightInputSchema = z.strictObject({
  /** As typed so far: it may be incomplete. */
  message: messageSchema.extend({ title: z.string().max(500) }),
  audience: audienceSchema,
  /** As for starting a campaign: the canary's rules, or none. */
  canary: canaryRulesSchema.nullable().optional(),
  schedule: scheduleSchema.optional(),
  messagesPerMinute: messagesPerMinuteSchema.optional(),
  quietHours: quietHoursSchema.nullable().optional(),
});

/** For a message with variables or languages. */
export const personalPreflightSchema = z.object({
  /** Recipients without a value for a variable that has no fallback. */
  missing: z.array(z.object({ variable: z.string(), count: z.number().int() })),
  /** Recipients who lack at least one value. */
  leftOut: z.number().int(),
  /** Who gets which language; an empty one is the default. */
  languages: z.array(z.object({ language: z.string(), count: z.number().int() })),
  /** Who gets the longest text; `null`: nobody gets one. */
  longest: subscriptionIdSchema.nullable(),
  /** `false`: it is the longest of the first 200,000; others may get a longer one. */
  isLongestExact: z.boolean(),
});
export type PersonalPreflight = z.infer<typeof personalPreflightSchema>;

export const preflightSchema = z.object({
  /** Size of the longest one, where texts depend on who gets them. */
  payloadBytes: z.number().int(),
  /** `null`: the text is the same for all. */
  personal: personalPreflightSchema.nullable(),
  payloadLimit: z.number().int(),
  recipients: z.number().int(),
  /** What each push service of the audience gets, largest first. */
  services: z.array(
    z.object({
      pushService: pushServiceSchema,
      count: z.number().int(),
      /** Size of the encrypted body, and the largest that the service accepts. */
      bodyBytes: z.number().int(),
      bodyLimit: z.number().int(),
      /** As sent, adapted to the service; an empty topic is none. */
      ttlSeconds: z.number().int(),
      topic: z.string(),
    }),
  ),
  byPart: z.array(
    z.object({
      pushService: pushServiceSchema,
      keyPairId: keyPairIdSchema,
      keyPairName: z.string(),
      /** The contact that the push service is given (RFC 8292 §2.1). */
      subject: z.string(),
      count: z.number().int(),
    }),
  ),
  /** Who would go first; `null`: no canary was asked for. */
  canary: z
    .object({
      recipients: z.number().int(),
      /** The canary would be the whole audience, so all of it is sent at once. */
      isEveryone: z.boolean(),
      byPart: z.array(
        z.object({ pushService: pushServiceSchema, keyPairId: keyPairIdSchema, count: z.number().int() }),
      ),
    })
    .nullable(),
  /** All of this in words, one sentence each. */
  sentences: z.array(z.string()),
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
