import { availableParallelism } from 'node:os';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { LocalBatchSender } from './batch-sender.ts';
import { createEncryptorPool } from './encryption/encryptor-pool.ts';
import { createLocalBatchSender } from './local-batch-sender.ts';
import type { FindProxy } from '../net/find-proxy.ts';
import { createOpenSocket, type OriginPolicy } from '../net/open-socket.ts';
import { createTransport } from './transport/transport.ts';

/** This machine's sender: worker threads that encrypt, and the transport. */
export function createLocalSender({
  encryptWorkerFile,
  policyOf,
  findProxy,
  clock,
  log,
}: {
  /** The built encryption worker, whose location the engine's entry point knows. */
  encryptWorkerFile: string | URL;
  /** What it may connect to, and whom it trusts; read for each request. */
  policyOf: (origin: URL) => OriginPolicy;
  /** Omitted: as the environment says. */
  findProxy?: FindProxy;
  clock: Clock;
  log: Log;
}): LocalBatchSender {
  return createLocalBatchSender({
    encryptor: createEncryptorPool({
      workerFile: encryptWorkerFile,
      threads: availableParallelism() - 1,
      log,
    }),
    transport: createTransport({
      policyOf,
      openSocketTo: (options) =>
        createOpenSocket({ ...options, ...(findProxy === undefined ? {} : { findProxy }) }),
    }),
    clock,
  });
}
