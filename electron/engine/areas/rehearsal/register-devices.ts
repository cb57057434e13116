import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import type { WritableDb } from '../../store/database.ts';
import { createSubscriptionWriter } from '../subscriptions/subscription-writer-service.ts';
import type { DeviceRow } from './worker-messages.ts';

export interface RegisterDevicesOptions {
  readonly db: WritableDb;
  readonly rows: AsyncIterable<readonly DeviceRow[]>;
  /** The key that the store believes they subscribed with: a wrong one shows in the send. */
  readonly publicKey: string;
  readonly clock: Clock;
  /** Called after each batch with how many there are. */
  readonly onProgress: (registered: number) => void;
  /** Aborted when nobody wants the rest any more. */
  readonly signal: AbortSignal;
}

/** Writes the subscriptions of virtual devices, one transaction per batch; between batches the thread is free. */
export async function registerDevices(options: RegisterDevicesOptions): Promise<void> {
  const { db, rows, publicKey, clock, onProgress, signal } = options;
  const subscriptions = createSubscriptionWriter(db);
  let registered = 0;
  for await (const batch of rows) {
    if (signal.aborted) return;
    const now = clock.now();
    subscriptions.add(
      batch.map((device) => ({
        ...device,
        publicKey,
        expirationTime: null,
        remark: null,
        state: 'active',
        deletedAt: null,
      })),
      'import',
      now,
    );
    registered += batch.length;
    onProgress(registered);
    // The next batch is already here, and merely awaiting it would give nothing else a turn.
    await setImmediate();
  }
}
