import { z } from 'zod';
import type { Payload } from '../batch-sender.ts';
import type { Encrypted, Recipient } from './encryptor.ts';

/** To a worker thread. */
export interface EncryptRequest {
  id: number;
  payload: Payload;
  recipients: readonly Recipient[];
}

/** From a worker thread: all bodies in one block, so that one transfer moves them. */
export interface EncryptReply {
  id: number;
  block: Uint8Array<ArrayBuffer>;
  parts: ({ length: number } | { detail: string })[];
}

const requestSchema = z.strictObject({
  id: z.number().int(),
  payload: z.union([z.string(), z.array(z.string())]),
  // A recipient may have more than its keys; the rest stays here.
  recipients: z.array(z.object({ p256dh: z.string(), auth: z.string() })),
});

const replySchema = z.strictObject({
  id: z.number().int(),
  block: z.instanceof(Uint8Array<ArrayBuffer>),
  parts: z.array(
    z.union([
      z.strictObject({ length: z.number().int().nonnegative() }),
      z.strictObject({ detail: z.string() }),
    ]),
  ),
});

/** A message that arrived at a worker thread; `null` if it is not a request. */
export function readRequest(message: unknown): EncryptRequest | null {
  const parsed = requestSchema.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** A message that came from a worker thread; `null` if it is not a reply, or one whose parts do not fill its block. */
export function readReply(message: unknown): EncryptReply | null {
  const parsed = replySchema.safeParse(message);
  if (!parsed.success) return null;
  const { block, parts } = parsed.data;
  const length = parts.reduce((sum, part) => sum + ('length' in part ? part.length : 0), 0);
  return length === block.byteLength ? parsed.data : null;
}

export function packReply(id: number, results: readonly Encrypted[]): EncryptReply {
  const bodies = results.flatMap((result) => (result.kind === 'body' ? [result.body] : []));
  const block = new Uint8Array(bodies.reduce((sum, body) => sum + body.byteLength, 0));
  let at = 0;
  for (const body of bodies) {
    block.set(body, at);
    at += body.byteLength;
  }
  return {
    id,
    block,
    parts: results.map((result) =>
      result.kind === 'body' ? { length: result.body.byteLength } : { detail: result.detail },
    ),
  };
}

export function unpackReply({ block, parts }: EncryptReply): Encrypted[] {
  let at = block.byteOffset;
  return parts.map((part) => {
    if ('detail' in part) return { kind: 'failed', detail: part.detail };
    const body = Buffer.from(block.buffer, at, part.length);
    at += part.length;
    return { kind: 'body', body };
  });
}
