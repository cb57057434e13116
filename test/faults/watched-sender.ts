import type { BatchSender } from '../../electron/engine/wire/batch-sender.ts';

export interface WatchedSender {
  readonly sender: BatchSender;
  /** Batches that are not done. */
  readonly busy: () => boolean;
  /** Resolves at the next sign of life: a result, or the end of a batch. */
  readonly change: () => Promise<void>;
}

/** A sender that lets the test see whether anything is on the wire. */
export function watchedSender(inner: BatchSender): WatchedSender {
  let batches = 0;
  let waiting: (() => void)[] = [];
  const tell = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return {
    busy: () => batches > 0,
    change: () => new Promise((resolve) => (waiting = [...waiting, resolve])),
    sender: {
      getReady() {
        inner.getReady();
      },
      async send(batch, report, signal) {
        batches += 1;
        try {
          await inner.send(
            batch,
            (result) => {
              report(result);
              tell();
            },
            signal,
          );
        } finally {
          batches -= 1;
          tell();
        }
      },
      close: () => inner.close(),
    },
  };
}
