import { procedure, withoutRoutes } from './procedure.ts';
import { canaryRulesSchema } from './canary.ts';
import { startedCampaignProcedures } from './campaigns.ts';
import { z } from 'zod';
import { instantSchema } from './common.ts';
import { campaignIdSchema } from './ids.ts';
import { newMessageSchema } from './message-checks.ts';
import { problemSchema } from './problem.ts';
import { pushServiceSchema } from './push-service.ts';

export const MIN_DEVICES = 10;
export const MAX_DEVICES = 1_000_000;

/** A share in percent. */
const shareSchema = z.number().min(0).max(100);

/** Shares that exclude each other: together they cannot exceed 100 percent. */
const DEVICE_SHARES = ['gone', 'wrongKey'] as const;
const ANSWER_SHARES = ['rateLimited', 'serviceErrors', 'droppedLines', 'oddAnswers'] as const;

/**
 * What goes wrong in a rehearsal, in percent. `gone` and `wrongKey` are shares of the devices and stay with them. The others are shares of
 * the requests and are drawn anew for each one, also for a retry; `slow` can come together with any of them.
 */
export const rehearsalFaultsSchema = z
  .strictObject({
    /** Unsubscribed meanwhile: 404 or 410. */
    gone: shareSchema.default(0),
    /** Subscribed with a key other than the one that the send uses: 401 or 403. */
    wrongKey: shareSchema.default(0),
    /** 429, or 406 from WNS. */
    rateLimited: shareSchema.default(0),
    /** 500. */
    serviceErrors: shareSchema.default(0),
    /** The line drops before an answer; the push service did not take the message. */
    droppedLines: shareSchema.default(0),
    /**
     * Dropped under a 200, an endpoint that is refused, too large for the device, and the like: one message fails or waits, nothing pauses.
     */
    oddAnswers: shareSchema.default(0),
    /** The answer takes two seconds. */
    slow: shareSchema.default(0),
  })
  .refine((faults) => sumOf(faults, DEVICE_SHARES) <= 100, {
    path: ['wrongKey'],
    message: 'Gone and wrong key together cannot be more than 100%.',
  })
  .refine((faults) => sumOf(faults, ANSWER_SHARES) <= 100, {
    path: ['droppedLines'],
    message:
      'Rate limits, service errors, dropped lines and unusual answers together cannot be more than 100%.',
  });
export type RehearsalFaults = z.infer<typeof rehearsalFaultsSchema>;

function sumOf<Name extends string>(faults: Record<Name, number>, names: readonly Name[]): number {
  const sum = names.reduce((before, name) => before + faults[name], 0);
  // In binary, tenths do not add up exactly.
  return Math.round(sum * 1e6) / 1e6;
}

/** How one push service behaves in a rehearsal. */
export const serviceMixSchema = z.strictObject({
  pushService: pushServiceSchema.exclude(['other']),
  /** Its share of the devices, relative to the shares of all those that are named. */
  share: z.number().positive().max(100),
  faults: rehearsalFaultsSchema,
});
export type ServiceMix = z.infer<typeof serviceMixSchema>;
const serviceMixesSchema = z
  .array(serviceMixSchema)
  .max(pushServiceSchema.options.length)
  .refine((mixes) => new Set(mixes.map(({ pushService }) => pushService)).size === mixes.length, {
    message: 'Name each push service once.',
  });

export const startRehearsalInputSchema = z.strictObject({
  message: newMessageSchema,
  /** How many virtual devices subscribe and get it. */
  devices: z.number().int().min(MIN_DEVICES).max(MAX_DEVICES),
  faults: rehearsalFaultsSchema.prefault({}),
  /** As for a real campaign: some of each part go first, by these rules; left out or `null`: all at once. */
  canary: canaryRulesSchema.nullable().optional(),
  /** How each of these behaves, in place of `faults`; empty: all services behave alike, in their usual shares. */
  services: serviceMixesSchema.default([]),
});

/**
 * `registering`: the virtual devices subscribe; `sending`: the campaign goes out; `finished`: every delivery has its end, or the person
 * cancelled; `failed`: the rehearsal itself could not continue.
 */
export const rehearsalStateSchema = z.enum(['registering', 'sending', 'finished', 'failed']);
export type RehearsalState = z.infer<typeof rehearsalStateSchema>;

/** What the local push service has seen: its own record, not what the engine believes. */
export const rehearsalRecordSchema = z.object({
  /** Requests, retries included. */
  received: z.number().int(),
  /** Messages that it accepted for a device. */
  accepted: z.number().int(),
  /** Messages that a virtual device has decrypted and shown. */
  shown: z.number().int(),
  /** Messages that a virtual device could not decrypt: zero, unless the engine is broken. */
  undecryptable: z.number().int(),
});
export type RehearsalRecord = z.infer<typeof rehearsalRecordSchema>;

export const rehearsalSchema = z.object({
  state: rehearsalStateSchema,
  startedAt: instantSchema,
  devices: z.number().int(),
  /** How many of them have subscribed so far. */
  registered: z.number().int(),
  faults: rehearsalFaultsSchema,
  /** In the rehearsal's own store: for `rehearsal.campaigns` only. `null` until the devices have subscribed. */
  campaignId: campaignIdSchema.nullable(),
  /** Whether devices decrypt every message, or only one in a hundred. */
  decrypts: z.enum(['all', 'sample']),
  record: rehearsalRecordSchema,
  /** Why it could not continue. */
  problem: problemSchema.nullable(),
});
export type Rehearsal = z.infer<typeof rehearsalSchema>;

/** The last campaign to people that has finished, as a rehearsal's faults. */
export const lastCampaignSchema = z.object({
  title: z.string(),
  finishedAt: instantSchema,
  recipients: z.number().int(),
  /** As its deliveries ended, in tenths of a percent; how long answers took is not known. */
  faults: rehearsalFaultsSchema,
  /** The same for each push service that can be imitated, the largest first. */
  services: serviceMixesSchema,
});
export type LastCampaign = z.infer<typeof lastCampaignSchema>;

export const rehearsalTopics = ['rehearsal'] as const;

/** A send to virtual devices of this machine. [Note: not over HTTP] It only makes sense where somebody is watching. */
export const rehearsalProcedures = {
  /** Replaces one that has ended; refused while one is running. Returns at once; the rest goes on by itself. */
  start: procedure.input(startRehearsalInputSchema).output(rehearsalSchema),
  /** The one that is running, or the last one; `null` when there is none. */
  current: procedure.output(rehearsalSchema.nullable()),
  /** The faults of a rehearsal "like the last real campaign"; `null`: no campaign that sent anything has finished. */
  lastCampaign: procedure.output(lastCampaignSchema.nullable()),
  /** Ends it, at any moment, and throws away everything about it. */
  stop: procedure.output(z.null()),
  /** The campaign of the rehearsal: the same procedures as `campaigns`, over a store of its own. */
  campaigns: withoutRoutes(startedCampaignProcedures),
};
