import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { BatchSender, SendResult, SendBatch, SendJob } from '../wire/batch-sender.ts';
import type { ClaimedBatch } from './claim.ts';
import type { Flight, Flights } from './flights.ts';
import type { PayloadSource } from './payload-source.ts';
import type { VapidTokens } from './vapid-tokens.ts';
import type { AttemptedResult } from './verdict.ts';
import type { ConnectionFault } from '../../core/diagnosis/answer.ts';
import type { QueuedDelivery } from './delivery-queue-store.ts';

export interface DeparturesOptions {
  /** Resolves when the steps so far are on disk: only then may what they claimed go out. */
  flushed: () => Promise<void>;
  sender: BatchSender;
  tokens: VapidTokens;
  payloads: Pick<PayloadSource, 'textsOf'>;
  flights: Flights;
  /** Called exactly once for each delivery whose outcome is known; for the others, `onUnreported` is called instead. */
  report: (result: SendResult) => void;
  /** The sender has finished the batch without saying what became of this one. */
  onUnreported: (flight: Flight) => void;
  /** `null`: the claims are on disk. With an error they are not, and none of them was sent. */
  onFlush: (error: unknown) => void;
  clock: Clock;
  log: Log;
}

/** Creates the function that sends what lanes have claimed, once the claims are on disk. */
export function createDepartures(options: DeparturesOptions): (claimed: readonly ClaimedBatch[]) => void {
  const {
    flushed,
    sender,
    tokens,
    payloads,
    flights: onTheWire,
    report,
    onUnreported,
    onFlush,
    clock,
    log,
  } = options;

  const depart = async (load: ClaimedBatch, flights: readonly Flight[], onDisk: Promise<void>) => {
    try {
      await onDisk;
    } catch (error) {
      log.error(
        { error: String(error) },
        'the claimed deliveries could not be written to disk; none of them was sent',
      );
      onFlush(error);
      for (const { delivery } of flights) report({ kind: 'not-sent', deliveryId: delivery.id });
      return;
    }
    onFlush(null);
    const { batches, unsendable } = batchesOf(load, tokens, payloads);
    for (const one of unsendable) report(neverSent(one, clock.now()));
    const endings = await Promise.allSettled(
      batches.map((batch) => sender.send(batch, report, load.lane.stop.signal)),
    );
    for (const ending of endings) {
      if (ending.status === 'fulfilled') continue;
      log.error({ error: String(ending.reason) }, 'a batch ended early');
      load.lane.gate.onUnreachable();
    }
    for (const flight of flights) if (onTheWire.isOnTheWire(flight)) onUnreported(flight);
  };

  return (claimed) => {
    const loads = claimed.map((load) => {
      const { run, lane, claim } = load;
      lane.more = claim.more;
      lane.nextDue = claim.nextDue;
      const deliveries = claim.deliveries.map(({ delivery }) => delivery);
      return { load, flights: onTheWire.begin(run, lane, deliveries, clock.now()) };
    });
    const full = loads.filter(({ flights }) => flights.length > 0);
    if (full.length === 0) return;
    // One flush for all of them, requested at once: a second one would have to wait for the first.
    const onDisk = flushed();
    for (const { load, flights } of full) void depart(load, flights, onDisk);
  };
}

/** What the sender would report about it, had it got that far. */
function neverSent({ delivery, fault, detail }: Unsendable, now: number): AttemptedResult {
  return {
    kind: 'attempted',
    deliveryId: delivery.id,
    request: { url: delivery.endpoint, headers: [], bodyBytes: 0 },
    startedAt: now,
    durationMs: 0,
    reply: { kind: 'fault', fault, detail, mayHaveLeft: false },
  };
}

/** A delivery that cannot go out, and why. */
interface Unsendable {
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
  payloads: Pick<PayloadSource, 'textsOf'>,
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
