import type { Readable } from 'node:stream';
import type { ReceivedBody } from './exchange.ts';

/** Once a body has turned out too large, the rest is discarded up to this many bytes; then the sender is cut off. */
const MAX_UNREAD = 1_048_576;

/** Collects a body up to a limit. `cutOff` is called for a sender that never ends. */
export function readBody(
  source: Readable,
  limit: number,
  cutOff: () => void,
  done: (received: ReceivedBody) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let settled = false;

  function settle(received: ReceivedBody): void {
    if (settled) return;
    settled = true;
    done(received);
  }

  source.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else if (length > limit + MAX_UNREAD) cutOff();
    else settle({ kind: 'too-large' });
  });
  // On HTTP/2 an aborted stream ends like any other, but says so before.
  source.on('aborted', () => {
    settle({ kind: 'aborted' });
  });
  source.on('end', () => {
    const [first = Buffer.alloc(0)] = chunks;
    settle({ kind: 'whole', body: chunks.length > 1 ? Buffer.concat(chunks) : first });
  });
  source.on('close', () => {
    settle({ kind: 'aborted' });
  });
}
