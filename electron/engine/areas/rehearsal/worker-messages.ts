import { z } from 'zod';
import { rehearsalRecordSchema, type RehearsalFaults, type ServiceMix } from '../../../contract/rehearsal.ts';
import type { DecryptShare } from '../../local-push-service/devices/decrypt-policy.ts';
import { dialectNameSchema } from '../../local-push-service/dialects.ts';

/** What the thread of the local push service is started with. */
export interface RehearsalWorkerData {
  readonly devices: number;
  readonly faults: RehearsalFaults;
  readonly services: readonly ServiceMix[];
  readonly decrypt: DecryptShare;
  readonly seed: string;
  /** The key that the devices subscribe with, 65 bytes in base64url. */
  readonly publicKey: string;
  /** The key of the devices that subscribed with a wrong one. */
  readonly otherPublicKey: string;
}

/** The subscription of one virtual device. */
export interface DeviceRow {
  readonly endpoint: string;
  readonly pushService: z.infer<typeof dialectNameSchema>;
  readonly p256dh: string;
  readonly auth: string;
}

const toWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('more') }),
  z.strictObject({ type: z.literal('close') }),
]);
/** Engine thread → push service. `more` asks for the next rows, `close` ends it. */
export type ToRehearsalWorker = Readonly<z.infer<typeof toWorkerSchema>>;

const fromWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), origin: z.string(), certificatePem: z.string() }),
  z.strictObject({
    type: z.literal('rows'),
    rows: z
      .array(
        z.strictObject({
          endpoint: z.string(),
          pushService: dialectNameSchema,
          p256dh: z.string(),
          auth: z.string(),
        }),
      )
      .readonly(),
  }),
  z.strictObject({ type: z.literal('record'), record: rehearsalRecordSchema }),
  z.strictObject({ type: z.literal('fell'), error: z.string() }),
]);
/** Push service → engine thread. Rows come once per `more`; an empty list means that there are no more. After `fell` the thread ends. */
export type FromRehearsalWorker = Readonly<z.infer<typeof fromWorkerSchema>>;

/** A message that arrived at the push service's thread; `null` if it is not one. */
export function readToWorker(message: unknown): ToRehearsalWorker | null {
  const parsed = toWorkerSchema.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** A message that came from the push service's thread; `null` if it is not one. */
export function readFromWorker(message: unknown): FromRehearsalWorker | null {
  const parsed = fromWorkerSchema.safeParse(message);
  return parsed.success ? parsed.data : null;
}
