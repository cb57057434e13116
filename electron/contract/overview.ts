import { z } from 'zod';
import { instantSchema } from './common.ts';
import { problemSchema } from './problem.ts';
import { procedure } from './procedure.ts';
import { pushServiceSchema } from './push-service.ts';

export const overviewSchema = z.object({
  steps: z.object({ keys: z.boolean(), subscription: z.boolean(), send: z.boolean() }),
  /** Why a key pair that people subscribed with cannot sign, the one in use first; `null`: all that matter can. */
  keyProblem: problemSchema.nullable(),
  totals: z.object({
    activeSubscriptions: z.number().int(),
    subscriptions: z.number().int(),
    campaigns: z.number().int(),
    /** Those among them that are being prepared, sent, or are paused. */
    campaignsUnderWay: z.number().int(),
    accepted: z.number().int(),
    failed: z.number().int(),
    gone: z.number().int(),
  }),
  /** Settled deliveries of the last 14 days, oldest first; `day` is midnight of that day in local time. */
  days: z.array(
    z.object({
      day: instantSchema,
      accepted: z.number().int(),
      failed: z.number().int(),
      gone: z.number().int(),
    }),
  ),
  services: z.array(
    z.object({
      pushService: pushServiceSchema,
      active: z.number().int(),
      accepted: z.number().int(),
      failed: z.number().int(),
      gone: z.number().int(),
    }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;

export const overviewProcedures = {
  overview: procedure
    .route({ method: 'GET', path: '/overview', summary: 'Totals, days and push services' })
    .output(overviewSchema),
};
