import { closeSync, fdatasync, open } from 'node:fs';
import { promisify } from 'node:util';

const openFile = promisify(open);
const syncFile = promisify(fdatasync);

/** Brings a write-ahead log to the disk without making this thread wait for it. */
export interface WalSync {
  /** Resolves when all that was in the log at the call is on the disk; rejects with the system's error. */
  flushed(): Promise<void>;
  close(): void;
}

/**
 * @param storeFile path of the SQLite file whose log it is; the log has to be there at the first call
 */
export function createWalSync(storeFile: string): WalSync {
  let handle: number | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let closed = false;

  const sync = async () => {
    // Windows flushes only what may be written.
    handle ??= await openFile(`${storeFile}-wal`, 'r+');
    await syncFile(handle);
  };

  const start = (): Promise<void> => {
    running = sync().finally(() => {
      running = null;
      if (closed) letGo();
    });
    return running;
  };

  const letGo = () => {
    if (handle === null) return;
    const open = handle;
    handle = null;
    closeSync(open);
  };

  return {
    flushed() {
      if (closed) return Promise.resolve();
      if (running === null) return start();
      // The one that runs may have begun before the last commit; all who ask meanwhile share the one after it.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = null;
          return closed ? undefined : start();
        });
      return next;
    },
    close() {
      closed = true;
      if (running === null) letGo();
    },
  };
}
