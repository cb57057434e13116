import type { ConnectionFault } from '../../core/diagnosis/answer.ts';
import type { QueuedDelivery } from './delivery-queue-store.ts';
import type { SendBatch, SendJob } from '../wire/batch-sender.ts';
import type { ClaimedBatch } from './claim-round.ts';
import type { PayloadSource } from './payload-source.ts';
import type { VapidTokens } from './vapid-tokens.ts';

/** A delivery that cannot go out, and why. */
export interface Unsendable {
  readonly delivery: QueuedDelivery;
  readonly fault: ConnectionFault;
  readonly detail: string;
}

/**
 * Prepares what a lane has claimed for the wire: one batch per origin, with a signed token. A lane may have several origins (each Windows
 * region has its own host), and a token is valid for one of them.
 */
export function batchesOf(
  { run, lane, key, claim }: ClaimedBatch,
  tokens: VapidTokens,
  payloads: PayloadSource,
): { batches: SendBatch[]; unsendable: Unsendable[] } {
  const unsendable: Unsendable[] = [];
  const originOf = createOrigins();
  const byOrigin = new Map<string, { delivery: QueuedDelivery; ttlSeconds: number }[]>();
  const texts = payloads.textsOf(
    run.campaign.id,
    claim.deliveries.map(({ delivery }) => delivery.id),
  );
  for (const one of claim.deliveries) {
    if (texts !== null && !texts.has(one.delivery.id)) {
      const detail = 'What was kept for the text of this recipient can’t be read, so nothing was sent.';
      unsendable.push({ delivery: one.delivery, fault: 'other', detail });
      continue;
    }
    const origin = originOf(one.delivery.endpoint);
    if (origin === null) {
      const detail = 'The endpoint is not an https address.';
      unsendable.push({ delivery: one.delivery, fault: 'invalid-endpoint', detail });
      continue;
    }
    const same = byOrigin.get(origin);
    if (same === undefined) byOrigin.set(origin, [one]);
    else same.push(one);
  }
  const { payload, message } = run.campaign;
  const batches: SendBatch[] = [];
  for (const [origin, deliveries] of byOrigin) {
    try {
      const { header, shown } = tokens.authorize(origin, key);
      batches.push({
        pushService: lane.key.pushService,
        origin,
        authorization: { header, shown },
        payload: texts === null ? payload : deliveries.map(({ delivery }) => texts.get(delivery.id) ?? ''),
        urgency: message.urgency,
        topic: lane.fitted.topic,
        jobs: deliveries.map(jobOf),
      });
    } catch (error) {
      const detail = `The token could not be signed: ${error instanceof Error ? error.message : String(error)}`;
      for (const { delivery } of deliveries) unsendable.push({ delivery, fault: 'other', detail });
    }
  }
  return { batches, unsendable };
}

/** Scheme, host and port as nearly all endpoints spell them: nothing after the slash can change what they mean. */
const PLAIN_START = /^https:\/\/[a-z\d.-]+(?::\d+)?(?=\/)/;

/**
 * Gives origins like `URL.origin`, or `null` if an endpoint has none for TLS. Parses each beginning only once: creating a URL takes
 * microseconds.
 */
function createOrigins(): (endpoint: string) => string | null {
  const known = new Map<string, string | null>();
  return (endpoint) => {
    const [start = endpoint] = PLAIN_START.exec(endpoint) ?? [];
    let origin = known.get(start);
    if (origin === undefined) {
      const url = URL.canParse(start) ? new URL(start) : null;
      origin = url?.protocol === 'https:' ? url.origin : null;
      known.set(start, origin);
    }
    return origin;
  };
}

function jobOf({ delivery, ttlSeconds }: { delivery: QueuedDelivery; ttlSeconds: number }): SendJob {
  const { id, endpoint, p256dh, auth } = delivery;
  return { deliveryId: id, endpoint, p256dh, auth, ttlSeconds };
}
