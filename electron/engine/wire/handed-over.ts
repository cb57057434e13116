import type { DeliveryId } from '../../contract/ids.ts';
import type { RepeatRisk } from '../../core/campaign/repeat-risk.ts';
import type { SendResult } from './batch-sender.ts';

/** A delivery as it was when it was handed over: its attempts and its risk identify the one attempt that is on its way. */
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
  /** Batches that an earlier run of this engine handed over and for which not everything has been reported. */
  left(): readonly HandedBatch[];
  /** Resumes waiting for one of those, and reports like `send`. `open`: which of its deliveries still have to be reported. */
  resume(
    id: string,
    open: readonly DeliveryId[],
    report: (result: SendResult) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Sets what takes results of batches that were given up: it is called with their deliveries, and what it returns takes each result and
   * says whether that still counts.
   */
  onLate(take: (deliveries: readonly HandedDelivery[]) => (result: SendResult) => boolean): void;
}
