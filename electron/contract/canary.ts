import { z } from 'zod';
import { instantSchema } from './common.ts';
import { keyPairIdSchema } from './ids.ts';
import { pushServiceSchema } from './push-service.ts';

const percent = z.number().min(0).max(100);
/** A week. */
const MAX_WAIT_MINUTES = 7 * 24 * 60;
const minutes = z.number().int().min(1).max(MAX_WAIT_MINUTES);

/** The rules of a canary: how large it is, when it counts as having gone well, and what follows. Each has a default. */
export const canaryRulesSchema = z.strictObject({
  sharePercent: z.number().min(0.01).max(50).default(1).describe('Share of each part that goes first.'),
  leastPerPart: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .describe('But at least this many for each push service and key pair.'),
  maxFailedPercent: percent
    .default(10)
    .describe(
      'It goes badly when more than this share of a part was refused or failed. Gone subscriptions do not count.',
    ),
  anyRefusedToken: z
    .boolean()
    .default(true)
    .describe(
      'A single 401 or 403 means that it goes badly, unless it only says that a subscription has another key.',
    ),
  minAcceptedPercent: percent
    .default(50)
    .describe('At least this share of each part must be accepted by the time it is done or time is up.'),
  waitMinutes: minutes.default(30).describe('Judged after this many minutes of sending at the latest.'),
  minShownPercent: percent
    .nullable()
    .default(null)
    .describe(
      'At least this share of the devices that send receipts must show it; null: receipts do not count.',
    ),
  shownWaitMinutes: minutes.default(10).describe('How long to wait for receipts after the last answer.'),
  whenGood: z.enum(['go-on', 'wait']).default('go-on').describe('What follows when it went well.'),
  whenBad: z
    .enum(['wait', 'stop'])
    .default('wait')
    .describe('What follows when it went badly; stop cancels the rest.'),
});
export type CanaryRules = z.infer<typeof canaryRulesSchema>;

/**
 * `sending`: only the canary is sent, and is not judged yet; `waiting`: for the person, who lets it go on or stops it; `passed`: the rest
 * follows; `stopped`: the rest was cancelled; `everyone`: the canary would have been the whole audience, so there is none.
 */
export const canaryStateSchema = z.enum(['sending', 'waiting', 'passed', 'stopped', 'everyone']);
export type CanaryState = z.infer<typeof canaryStateSchema>;

export const canaryVerdictSchema = z.object({
  outcome: z.enum(['good', 'bad']),
  /** For a person: `Google refused 14 of 20: …`. */
  reason: z.string(),
  at: instantSchema,
});
export type CanaryVerdict = z.infer<typeof canaryVerdictSchema>;

/** A short form of a canary, as lists show it. */
export const canarySchema = z.object({
  state: canaryStateSchema,
  /** How many deliveries belong to it; 0 while they are being chosen. */
  recipients: z.number().int().nonnegative(),
  rules: canaryRulesSchema,
  /** `null`: not judged yet. */
  verdict: canaryVerdictSchema.nullable(),
  /** Who let it go on or stopped it; `null`: nobody yet. */
  decidedBy: z.enum(['rules', 'person']).nullable(),
  decidedAt: instantSchema.nullable(),
});
export type Canary = z.infer<typeof canarySchema>;

const count = z.number().int().nonnegative();
/** The canary of one part, by what became of its deliveries. */
export const canaryPartSchema = z.object({
  pushService: pushServiceSchema,
  keyPairId: keyPairIdSchema,
  total: count,
  accepted: count,
  /** Refused for good, or given up. */
  failed: count,
  gone: count,
  unknown: count,
  cancelled: count,
  /** Failed for now: its next try is to come. */
  retrying: count,
  /** Held back until the hour of its recipient. */
  waiting: count,
  /** Still open: queued, waiting, being sent or retrying. */
  open: count,
});
export type CanaryPart = z.infer<typeof canaryPartSchema>;

/** What devices reported about the canary's accepted deliveries. */
export const canaryShownSchema = z.object({
  /** How many were accepted for devices that send receipts. */
  canReport: count,
  shown: count,
});
export type CanaryShown = z.infer<typeof canaryShownSchema>;

/** How far a canary has got. */
export const canaryProgressSchema = z.object({
  parts: z.array(canaryPartSchema),
  /** `null`: this message asks for no receipts. */
  shown: canaryShownSchema.nullable(),
  /**
   * What it is waiting for while it is being sent. `retry`: everything open waits for its next try; `hours`: everything open waits for the
   * hour of its recipient; `retry-or-hours`: some of it waits for its next try, and the rest for the hour of its recipient.
   */
  waitsFor: z
    .object({
      what: z.enum(['answers', 'retry', 'hours', 'retry-or-hours', 'receipts']),
      until: instantSchema.nullable(),
    })
    .nullable(),
});
export type CanaryProgress = z.infer<typeof canaryProgressSchema>;
