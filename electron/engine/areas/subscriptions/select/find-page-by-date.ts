import type { DatedRow } from '../subscription-page-store.ts';

/** Rows in the order of their dates. `resumeAt`: where to go on; `null`: nothing else is found, or the page is full. */
export interface DatedPage {
  readonly rows: DatedRow[];
  readonly resumeAt: DatedRow | null;
}

export interface FindPageByDateOptions {
  /** `null`: from the first one on. */
  readonly after: DatedRow | null;
  readonly limit: number;
  /** The rows behind a place, of all there are. */
  readonly walk: (after: DatedRow | null, limit: number) => readonly DatedRow[];
  /** Which of these match, and the work that it took to find out, counted in index rows that are read. */
  readonly matching: (ids: readonly number[]) => { ids: ReadonlySet<number>; work: number };
  /** Shorter in tests of short pages. */
  readonly mostWork?: number;
}

const CHUNK = 500;
/** The most work for one page: some 20 ms. */
const MAX_WORK = 50_000;

/** Goes through rows in the order of their dates until the page is full, or until it has taken long enough. [Note: short pages] */
export function findPageByDate({
  after,
  limit,
  walk,
  matching,
  mostWork = MAX_WORK,
}: FindPageByDateOptions): DatedPage {
  const rows: DatedRow[] = [];
  let place = after;
  let done = 0;
  for (;;) {
    const chunk = walk(place, CHUNK);
    const { ids, work } = matching(chunk.map(({ id }) => id));
    rows.push(...chunk.filter(({ id }) => ids.has(id)).slice(0, limit - rows.length));
    done += chunk.length + work;
    place = chunk.at(-1) ?? place;
    if (rows.length >= limit || chunk.length < CHUNK) return { rows, resumeAt: null };
    if (done >= mostWork) return { rows, resumeAt: place };
  }
}
