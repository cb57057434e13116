import type { ServedRequest } from '../../contract/server.ts';

/** The last requests that the server answered, newest first. */
export interface RequestLog {
  add(entry: Omit<ServedRequest, 'id'>): void;
  list(): ServedRequest[];
}

const LONGEST_PATH = 200;

/** @param capacity how many are kept; the oldest make room */
export function createRequestLog(capacity = 200): RequestLog {
  const entries: ServedRequest[] = [];
  let lastId = 0;
  return {
    add(entry) {
      lastId += 1;
      entries.unshift({ id: lastId, ...entry });
      if (entries.length > capacity) entries.length = capacity;
    },
    list: () => [...entries],
  };
}

/** The path of a request target as it may be shown: without its query, where secrets travel, and never endless. */
export function shownPath(target: string): string {
  const path = target.split(/[?#]/, 1)[0] ?? '';
  return path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH - 1)}…` : path;
}
