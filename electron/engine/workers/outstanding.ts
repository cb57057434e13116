import type { DeliveryId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { PART_SIZE, type SendResult } from '../wire/batch-sender.ts';
import type { QueuedBatch } from './work-queue.ts';

/** A batch that was handed over and for which results are still missing. */
export interface OutstandingBatch {
  readonly id: string;
  /** The queue that it was handed to. */
  readonly queue: string;
  readonly pushService: PushServiceId;
  /** `null`: it was handed over by an earlier run of this engine. */
  readonly data: QueuedBatch | null;
  readonly handedAt: number;
  readonly urlOf: (id: DeliveryId) => string;
  /** Whether it is or was in the queue. */
  isPublished: boolean;
  /** Whether it was old enough to ask if someone has begun it, and that was asked. */
  wasAskedFor: boolean;
  /** Whether it is to come back, unless someone has begun it. */
  isToWithdraw: boolean;
  /** How many parts it has. */
  readonly parts: number;
  /** Deliveries that have not been reported. */
  open(): DeliveryId[];
  /** Deliveries in these parts that have not been reported. */
  openIn(parts: readonly number[]): DeliveryId[];
  /** Passes a result on, only once for each delivery. */
  report(result: SendResult): void;
  readonly ended: Promise<void>;
}

export interface Outstanding {
  readonly size: number;
  /** How many of their messages are still open. */
  readonly messages: number;
  get(id: string): OutstandingBatch | null;
  all(): OutstandingBatch[];
  add(
    batch: Pick<OutstandingBatch, 'id' | 'queue' | 'pushService' | 'data' | 'handedAt' | 'urlOf'> & {
      /** In the order in which it was handed over; `null`: that one has come back. */
      places: readonly (DeliveryId | null)[];
      /** Those that are to be reported. */
      ids: readonly DeliveryId[];
      report: (result: SendResult) => void;
    },
  ): OutstandingBatch;
  /** No more results are coming: whatever is still open stays unreported. */
  end(batch: OutstandingBatch): void;
}

export function createOutstanding(): Outstanding {
  const batches = new Map<string, { batch: OutstandingBatch; end: () => void }>();
  let messages = 0;
  return {
    get size() {
      return batches.size;
    },
    get messages() {
      return messages;
    },
    get: (id) => batches.get(id)?.batch ?? null,
    all: () => [...batches.values()].map(({ batch }) => batch),
    add({ places, ids, report, ...batch }) {
      const open = new Set(ids);
      messages += open.size;
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const entry: OutstandingBatch = {
        ...batch,
        isPublished: false,
        wasAskedFor: false,
        isToWithdraw: false,
        parts: Math.ceil(places.length / PART_SIZE),
        open: () => [...open],
        openIn: (parts) =>
          parts
            .flatMap((part) => places.slice(part * PART_SIZE, (part + 1) * PART_SIZE))
            .filter((id): id is DeliveryId => id !== null && open.has(id)),
        report(result) {
          if (!open.delete(result.deliveryId)) return;
          messages -= 1;
          report(result);
        },
        ended,
      };
      batches.set(batch.id, {
        batch: entry,
        end() {
          messages -= open.size;
          open.clear();
          end();
        },
      });
      return entry;
    },
    end({ id }) {
      const known = batches.get(id);
      batches.delete(id);
      known?.end();
    },
  };
}
