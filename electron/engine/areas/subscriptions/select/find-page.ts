import { hasRow, type RowBits } from '../../../store/row-bits.ts';
import type { Order } from '../subscription-page-store.ts';
import { idsOfView, type PreparedFilter } from './row-filter.ts';
import type { SearchedText } from './searched-text.ts';
import type { StretchView } from './stretch-view.ts';

/** Row ids in the requested order. `resumeAt`: where to go on; `null`: nothing else is found, or the page is full. */
export interface FoundPage {
  readonly ids: number[];
  readonly resumeAt: number | null;
}

export interface FindPageOptions {
  readonly filter: PreparedFilter;
  readonly order: Order;
  /** Below it when the newest come first, else above it. */
  readonly position: number;
  readonly limit: number;
  readonly stretches: number;
  readonly view: (stretch: number) => StretchView;
  /** Shorter in tests of short pages. */
  readonly mostWork?: number;
}

const CHUNK = 500;
/** The most work for one page, counted in index rows that are read: some 20 ms. */
const MAX_WORK = 100_000;
/** How much more expensive it is to look at an endpoint than to read a row of an index. */
export const ENDPOINT_WORK = 10;

/**
 * [Note: short pages] With four characters that hardly any row has, bitmaps leave three rows in a hundred to look at, and a tag that all
 * have says nothing about who is gone. So a page ends after a certain amount of work, however little it has found, and says where to go on:
 * the caller asks again, and the engine does other things in between.
 */
export function findPage(options: FindPageOptions): FoundPage {
  const { filter, order, position, limit, stretches, view, mostWork = MAX_WORK } = options;
  const isDown = order === 'newest';
  const ids: number[] = [];
  let work = 0;

  const isBeyond = (id: number) => (isDown ? id < position : id > position);
  for (let step = 0; step < stretches; step += 1) {
    const here = view(isDown ? stretches - 1 - step : step);
    const { from, to } = here.range;
    if (isDown ? from >= position : to - 1 <= position) continue;
    const left = filter.withoutText(here);
    const inOrder = idsOfView(left, here);
    if (isDown) inOrder.reverse();
    const open = inOrder.filter(isBeyond);
    if (filter.text === null) {
      ids.push(...open.slice(0, limit - ids.length));
    } else if (open.length > 0) {
      const people = filter.text.ofPeople(here);
      const possible = filter.text.candidates(here);
      for (let at = 0; at < open.length && ids.length < limit; at += CHUNK) {
        const chunk = open.slice(at, at + CHUNK);
        const { found, looked } = searchChunk(chunk, people, possible, filter.text);
        ids.push(...found.slice(0, limit - ids.length));
        work += looked * ENDPOINT_WORK;
        const last = chunk.at(-1);
        if (work >= mostWork && ids.length < limit && last !== undefined) return { ids, resumeAt: last };
      }
    }
    work += here.rowsRead();
    if (ids.length >= limit) return { ids, resumeAt: null };
    const isOver = step === stretches - 1;
    if (work >= mostWork && !isOver) return { ids, resumeAt: isDown ? from : to - 1 };
  }
  return { ids, resumeAt: null };
}

/** Which of these contain the text, and how many of them had to be looked at. */
export function searchChunk(
  chunk: readonly number[],
  people: RowBits,
  possible: RowBits | null,
  text: Pick<SearchedText, 'verify'>,
): { found: number[]; looked: number } {
  const open = chunk.filter((id) => !hasRow(people, id) && (possible === null || hasRow(possible, id)));
  const verified = new Set(open.length === 0 ? [] : text.verify(open));
  return { found: chunk.filter((id) => hasRow(people, id) || verified.has(id)), looked: open.length };
}
