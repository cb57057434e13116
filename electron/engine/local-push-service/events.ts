/** A source of events that can be listened to and waited for. */
export interface Events<Event> {
  /** Calls the listener for each event from now on; the return value ends it. */
  observe(listener: (event: Event) => void): () => void;
  /** The next event that matches. Rejects if the signal aborts, or if the source is closed first. */
  next<Match extends Event>(fits: (event: Event) => event is Match, signal?: AbortSignal): Promise<Match>;
}

export interface EventSource<Event> extends Events<Event> {
  emit(event: Event): void;
  /** No more events: anything still waiting is rejected. */
  close(): void;
}

export function createEventSource<Event>(): EventSource<Event> {
  const listeners = new Set<(event: Event) => void>();
  const waiters = new Set<(reason: Error) => void>();

  return {
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
    observe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    next: <Match extends Event>(fits: (event: Event) => event is Match, signal?: AbortSignal) =>
      new Promise<Match>((resolve, reject) => {
        const stop = () => {
          listeners.delete(listener);
          waiters.delete(fail);
          signal?.removeEventListener('abort', abort);
        };
        const listener = (event: Event) => {
          if (!fits(event)) return;
          stop();
          resolve(event);
        };
        const fail = (reason: Error) => {
          stop();
          reject(reason);
        };
        const abort = () => {
          fail(new Error('Waiting was given up.'));
        };
        if (signal?.aborted === true) {
          abort();
          return;
        }
        listeners.add(listener);
        waiters.add(fail);
        signal?.addEventListener('abort', abort);
      }),
    close() {
      for (const fail of [...waiters]) fail(new Error('The push service was closed.'));
      listeners.clear();
    },
  };
}
