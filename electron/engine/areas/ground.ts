import type { EngineOptions } from '../../contract/engine-options.ts';
import type { ChangeHub } from '../base/change-hub.ts';
import type { Clock } from '../base/clock.ts';
import type { EngineSecrets } from './engine-secrets.ts';
import type { Host } from '../base/host.ts';
import type { Log } from '../base/log.ts';
import type { WorkerFiles } from '../base/worker-files.ts';
import type { Store } from '../store/open-store.ts';

/** What every area is built on. */
export interface Ground {
  readonly options: EngineOptions;
  readonly store: Store;
  /** `null` without a desktop. */
  readonly host: Host | null;
  readonly changes: ChangeHub;
  readonly clock: Clock;
  readonly log: Log;
  /** Where these files are, which only the entry point knows. */
  readonly workerFiles: WorkerFiles;
  /** What came from outside and must not be written down. */
  readonly secrets: EngineSecrets;
}
