import { pushPayloadSchema } from '../../contract/http.ts';

const idSchema = pushPayloadSchema.pick({ id: true });

/** The `id` of a JSON payload, or `null`. */
export function readMessageId(plaintext: Buffer): string | null {
  try {
    return idSchema.parse(JSON.parse(plaintext.toString('utf8'))).id ?? null;
  } catch {
    return null;
  }
}
