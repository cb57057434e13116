import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { BatchSender, SendResult } from '../wire/batch-sender.ts';
import { batchesOf, type Unsendable } from './batches-of.ts';
import type { ClaimedBatch } from './claim-round.ts';
import type { DispatchStore } from './dispatch-store.ts';
import type { Flight, Flights } from './flights.ts';
import type { PayloadSource } from './payload-source.ts';
import type { VapidTokens } from './vapid-tokens.ts';
import type { AttemptedResult } from './verdict.ts';

export interface DeparturesOptions {
  store: Pick<DispatchStore, 'flushed'>;
  sender: BatchSender;
  tokens: VapidTokens;
  payloads: PayloadSource;
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
    store,
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
      lane.nextDueAt = claim.nextDueAt;
      const deliveries = claim.deliveries.map(({ delivery }) => delivery);
      return { load, flights: onTheWire.begin(run, lane, deliveries, clock.now()) };
    });
    const full = loads.filter(({ flights }) => flights.length > 0);
    if (full.length === 0) return;
    // One flush for all of them, requested at once: a second one would have to wait for the first.
    const onDisk = store.flushed();
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
