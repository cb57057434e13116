import { randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { scheduleInBackground } from '../base/schedule.ts';
import type { WritableDb } from '../store/database.ts';
import { COORDINATOR_NAME } from '../store/copy-mark.ts';
import { createSettingsStore } from '../store/settings-store.ts';
import { createCoordinator, type Coordinator } from './coordinator.ts';
import { createHandedBatchStore } from './handed-batch-store.ts';
import { loadQueue } from './load-queue.ts';
import type { DatabaseAddress } from './work-queue.ts';

/** This store's coordinator, which finds its results again after a restart. */
export function createCoordinatorOf({
  address,
  queueFile,
  db,
  version,
  onChange,
  clock,
  log,
}: {
  address: DatabaseAddress;
  queueFile: URL;
  db: WritableDb;
  version: string;
  onChange: () => void;
  clock: Clock;
  log: Log;
}): Coordinator {
  const settings = createSettingsStore(db);
  const name = settings.get(COORDINATOR_NAME) ?? randomUUID();
  settings.set(COORDINATOR_NAME, name);
  return createCoordinator({
    open: async () => {
      const { openForCoordinator } = await loadQueue(queueFile);
      return openForCoordinator({
        address,
        coordinator: name,
        onError(error) {
          log.warn({ error: String(error) }, 'the queue of the workers reports an error');
        },
      });
    },
    store: createHandedBatchStore(db),
    version,
    onChange,
    schedule: scheduleInBackground,
    clock,
    log,
  });
}
