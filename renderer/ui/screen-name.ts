import { useEffect, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let current = '';

/** Names the screen that is shown: in the title of the window, and to its listeners. */
export function useScreenName(name: string): void {
  useEffect(() => {
    document.title = `${name} – Pushdesk`;
    current = name;
    for (const listener of listeners) listener();
  }, [name]);
}

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The name of the screen that is shown; empty before the first one. */
export const useCurrentScreenName = (): string => useSyncExternalStore(listen, () => current);
