import { z } from 'zod';
import type { DeliveryId } from '../../contract/ids.ts';
import { urgencySchema } from '../../contract/message.ts';
import { pushServiceSchema } from '../../contract/push-service.ts';
import { soundJson } from '../store/sound.ts';
import type { SendBatch } from '../wire/batch-sender.ts';

/** Spelled out, the names of a job's fields would take up a third of the text. */
const jobSchema = z.tuple([z.number(), z.string(), z.string(), z.string(), z.number()]);
const packedSchema = z.object({
  pushService: pushServiceSchema,
  origin: z.string(),
  authorization: z.object({ header: z.string(), shown: z.string() }),
  payload: z.union([z.string(), z.array(z.string())]),
  urgency: urgencySchema,
  topic: z.string(),
  jobs: z.array(jobSchema),
});

/**
 * A batch in transit, as a single text. PostgreSQL passes a text through unchanged, but parses and rewrites a JSON object, and refuses some
 * characters in it that a text may contain.
 */
export function packBatch({ jobs, ...batch }: SendBatch): string {
  const rows = jobs.map(({ deliveryId, endpoint, p256dh, auth, ttlSeconds }): z.infer<typeof jobSchema> => [
    deliveryId,
    endpoint,
    p256dh,
    auth,
    ttlSeconds,
  ]);
  return JSON.stringify({ ...batch, jobs: rows });
}

/** @returns `null` if it is not one of ours */
export function unpackBatch(packed: string): SendBatch | null {
  const found = soundJson(packedSchema, packed);
  if (found === null) return null;
  const jobs = found.jobs.map(([deliveryId, endpoint, p256dh, auth, ttlSeconds]) => ({
    deliveryId: deliveryId as DeliveryId,
    endpoint,
    p256dh,
    auth,
    ttlSeconds,
  }));
  return { ...found, jobs };
}
