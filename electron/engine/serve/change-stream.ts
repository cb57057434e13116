import type { Topic } from '../../contract/changes.ts';
import type { ChangeHub } from '../base/change-hub.ts';

/**
 * Changes as a stream, with one value for all topics that accumulated while the reader was busy. Ends without an error when the signal
 * aborts or the reader stops.
 */
export async function* changeStream(
  changes: Pick<ChangeHub, 'listen'>,
  signal: AbortSignal,
): AsyncGenerator<{ topics: Topic[] }, void, undefined> {
  const pending = new Set<Topic>();
  let wake: () => void = () => undefined;
  const stopListening = changes.listen((topics) => {
    for (const topic of topics) pending.add(topic);
    wake();
  });
  const onAbort = () => {
    wake();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal.aborted) {
      if (pending.size > 0) {
        const topics = [...pending];
        pending.clear();
        yield { topics };
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stopListening();
    signal.removeEventListener('abort', onAbort);
  }
}
