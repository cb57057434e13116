import type { DeliveryId } from '../../contract/ids.ts';
import type { RepeatRisk } from '../../core/campaign/repeat-risk.ts';
import type { SendResult } from './batch-sender.ts';

/** A delivery as it was when it was handed over: with its attempts and its risk, it names the one attempt that is on its way. */
export interface HandedDelivery {
  readonly id: DeliveryId;
  readonly attemptCount: number;
  readonly repeatRisk: RepeatRisk;
}

/** A batch that another machine has, or may have. */
export interface HandedBatch {
  readonly id: string;
  readonly deliveries: readonly HandedDelivery[];
}

/** What was handed to other machines and outlives this process. */
export interface HandedOver {
  /** Batches that an earlier life of this engine handed over, of which not everything has been reported. */
  left(): readonly HandedBatch[];
  /** Goes on waiting for one of those, and reports as `send` does. `open`: which of its deliveries are still to be reported. */
  resume(
    id: string,
    open: readonly DeliveryId[],
    report: (result: SendResult) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Tells who takes results of batches that were given up: it is called with their deliveries, and what it returns takes each result, and
   * says whether that still counts.
   */
  onLate(take: (deliveries: readonly HandedDelivery[]) => (result: SendResult) => boolean): void;
}
