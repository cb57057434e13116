import { KEPT_REQUESTS, type ServedRequest } from '../../contract/server.ts';
import { visibleText } from '../../core/text/visible-text.ts';

/** A request that was answered, as it is reported to the log. */
export interface Served extends Pick<
  ServedRequest,
  'at' | 'method' | 'path' | 'status' | 'durationMs' | 'note'
> {
  /** Code of the problem with which it was refused; `null`: it was not refused. */
  refusal: string | null;
}

/** The last requests that the server answered, newest first; repeats within a minute share a row. */
export interface RequestLog {
  add(request: Served): void;
  list(): ServedRequest[];
}

const MAX_PATH = 200;
const REPEAT_WITHIN_MS = 60_000;

/** @param capacity how many rows are kept; the oldest make room */
export function createRequestLog(capacity = KEPT_REQUESTS): RequestLog {
  const rows: { key: string; row: ServedRequest }[] = [];
  let lastId = 0;

  return {
    add({ refusal, ...request }) {
      const key = repeatKey({ refusal, ...request });
      const index = rows.findIndex((earlier) => earlier.key === key);
      const known = rows[index]?.row;
      if (known !== undefined && request.at - known.at <= REPEAT_WITHIN_MS) {
        const hasOtherPaths = known.hasOtherPaths || known.path !== request.path;
        const { id, firstAt } = known;
        rows.splice(index, 1);
        rows.unshift({ key, row: { ...request, id, firstAt, count: known.count + 1, hasOtherPaths } });
        return;
      }
      lastId += 1;
      rows.unshift({
        key,
        row: { ...request, id: lastId, firstAt: request.at, count: 1, hasOtherPaths: false },
      });
      if (rows.length > capacity) rows.length = capacity;
    },
    list: () => rows.map(({ row }) => row),
  };
}

/** Refusals for one reason share a row, whatever paths a stranger makes up: a flood of them must not push out everything else. */
function repeatKey({ method, path, status, note, refusal }: Served): string {
  return JSON.stringify(refusal === null ? [method, path, status, note] : [status, refusal]);
}

/** The path of a request target in a form that can be shown: without its query, which may contain secrets, and of limited length. */
export function shownPath(target: string): string {
  const path = visibleText(target.split(/[?#]/, 1)[0] ?? '');
  return path.length > MAX_PATH ? `${path.slice(0, MAX_PATH - 1)}…` : path;
}
