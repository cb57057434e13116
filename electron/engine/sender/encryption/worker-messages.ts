import type { Encrypted, Recipient } from './encryptor.ts';

/** To a worker thread. */
export interface EncryptRequest {
  id: number;
  payload: string;
  recipients: readonly Recipient[];
}

/** From a worker thread: all bodies in one block, so that one transfer moves them. */
export interface EncryptReply {
  id: number;
  block: Uint8Array<ArrayBuffer>;
  parts: ({ length: number } | { detail: string })[];
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
