import { z } from 'zod';
import type { DeliveryId } from '../../contract/ids.ts';
import { urgencySchema } from '../../contract/message.ts';
import { pushServiceSchema } from '../../contract/push-service.ts';
import { soundJson } from '../store/sound.ts';
import type { SendBatch } from '../wire/batch-sender.ts';

/** The names of a job's fields would be a third of the text. */
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
 * A batch as it travels, as one text. PostgreSQL takes a text as it is, but reads and writes anew whatever is an object in
 * JSON, and refuses some characters there that a text may hold.
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

/** @returns `null` where it is none of ours */
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
