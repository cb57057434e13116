import { oc } from '@orpc/contract';
import { z } from 'zod';
import {
  campaignDetailSchema,
  campaignSchema,
  deliveryDetailSchema,
  deliveryPageSchema,
  listDeliveriesInputSchema,
  resumePartInputSchema,
} from './campaign.ts';
import { campaignIdSchema, deliveryIdSchema } from './ids.ts';
import { procedureErrors } from './problem.ts';
import { rehearsalSchema, startRehearsalInputSchema } from './rehearsal.ts';

const procedure = oc.errors(procedureErrors);
const byId = z.strictObject({ id: campaignIdSchema });

/** A send to virtual devices of this machine. [Note: not over HTTP] It makes sense where somebody looks at it. */
export const rehearsalProcedures = {
  /** Takes the place of one that has ended; refused while one goes on. Returns at once, the rest goes on by itself. */
  start: procedure.input(startRehearsalInputSchema).output(rehearsalSchema),
  /** The one that goes on or was the last; `null` when there is none. */
  current: procedure.output(rehearsalSchema.nullable()),
  /** Ends it at any moment and throws away everything about it. */
  stop: procedure.output(z.null()),
  /** The campaign of the rehearsal: the same procedures as `campaigns`, over a store of its own. */
  campaigns: {
    get: procedure.input(byId).output(campaignDetailSchema),
    pause: procedure.input(byId).output(campaignSchema),
    resume: procedure.input(byId).output(campaignSchema),
    cancel: procedure.input(byId).output(campaignSchema),
    resumePart: procedure.input(resumePartInputSchema).output(campaignSchema),
    sendAgain: procedure.input(byId.extend({ state: z.enum(['unknown', 'failed']) })).output(campaignSchema),
    deliveries: procedure.input(listDeliveriesInputSchema).output(deliveryPageSchema),
    delivery: procedure.input(z.strictObject({ id: deliveryIdSchema })).output(deliveryDetailSchema),
  },
};
