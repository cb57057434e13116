import { z } from 'zod';
import { instantSchema } from './common.ts';
import { deliveryCountsSchema } from './deliveries.ts';
import { diagnosisSchema } from './diagnosis.ts';
import { pushServiceSchema } from './push-service.ts';

/**
 * Why nothing goes out at the moment although the campaign is running. `rate-limit`: the push service asked for less (429);
 * `no-connection`: it could not be reached; `retry`: everything left has failed for now and waits for its next try; `store`: nothing can be
 * stored (`storeProblem` of `app.info` says why), so what became of messages that are out is not recorded either; `hours`: where the
 * recipients are it is too early, or quiet hours; `workers`: all sending is left to workers, and none can take anything (`workers.list`
 * says why).
 */
export const waitReasonSchema = z.enum(['rate-limit', 'no-connection', 'retry', 'store', 'hours', 'workers']);
export type WaitReason = z.infer<typeof waitReasonSchema>;

/** A wait that ends without the person. `until`: when the next message may go out. */
export const waitSchema = z.object({ reason: waitReasonSchema, until: instantSchema });
export type Wait = z.infer<typeof waitSchema>;

/** How many deliveries ended for one reason at one push service. */
export const diagnosisSumSchema = z.object({
  pushService: pushServiceSchema,
  diagnosis: diagnosisSchema,
  count: z.number().int(),
  /** Those among them that failed, and can be sent again. */
  failed: z.number().int(),
});

/** How far a campaign has got at one push service, over all key pairs. */
export const serviceProgressSchema = z.object({
  pushService: pushServiceSchema,
  counts: deliveryCountsSchema,
  /** Deliveries that have ended. */
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  /** Deliveries done per second over the last seconds; `null` when none of it is running, and while it waits. */
  ratePerSecond: z.number().nullable(),
  /** Milliseconds until it is done, not counting what waits for the person; `null` when unknown. */
  timeLeftMs: z.number().nullable(),
  /** Why nothing goes to it at the moment, and until when; `null` when something does, or nothing is left. */
  wait: waitSchema.nullable(),
  /** Why a part of it waits for the person; `null` when none does. */
  pausedBecause: diagnosisSchema.nullable(),
});
export type ServiceProgress = z.infer<typeof serviceProgressSchema>;

/** How far a campaign had got at one time: each number is the total by then. */
export const curvePointSchema = z.object({
  at: instantSchema,
  accepted: z.number().int().nonnegative(),
  /** Failed, gone or unknown. */
  notAccepted: z.number().int().nonnegative(),
});
export type CurvePoint = z.infer<typeof curvePointSchema>;
