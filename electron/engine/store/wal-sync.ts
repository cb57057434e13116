import { closeSync, fdatasync, open } from 'node:fs';
import { promisify } from 'node:util';

const openFile = promisify(open);
const syncFile = promisify(fdatasync);

/** Brings a write-ahead log to disk without making this thread wait for it. */
export interface WalSync {
  /** Resolves when everything that was in the log at the time of the call is on disk; rejects with the system's error. */
  flushed(): Promise<void>;
  close(): void;
}

/** @param storeFile path of the SQLite file whose log it is; the log has to exist at the first call */
export function createWalSync(storeFile: string): WalSync {
  let handle: number | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let closed = false;

  const sync = async () => {
    // Windows flushes only files that are open for writing.
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
      // The running flush may have begun before the last commit; all calls made meanwhile share the next one.
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
