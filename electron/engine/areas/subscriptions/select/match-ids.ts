import { hasRow, stretchOf, type RowBits } from '../../../store/row-bits.ts';
import { ENDPOINT_WORK, searchChunk } from './find-page.ts';
import type { PreparedFilter } from './row-filter.ts';
import type { StretchView } from './stretch-view.ts';

/** Tells which ids of any stretches a filter means; what it has found out about a stretch it keeps. */
export function createIdMatcher(filter: PreparedFilter, view: (stretch: number) => StretchView) {
  const known = new Map<
    number,
    { bits: RowBits; view: StretchView; people?: RowBits; possible?: RowBits | null }
  >();
  return (ids: readonly number[]): { ids: ReadonlySet<number>; work: number } => {
    const found = new Set<number>();
    let work = 0;
    for (const [stretch, some] of byStretch(ids)) {
      let here = known.get(stretch);
      if (here === undefined) {
        const seen = view(stretch);
        here = { bits: filter.withoutText(seen), view: seen };
        work += seen.rowsRead();
        known.set(stretch, here);
      }
      const { bits } = here;
      const open = some.filter((id) => hasRow(bits, id));
      if (filter.text === null || open.length === 0) {
        for (const id of open) found.add(id);
        continue;
      }
      here.people ??= filter.text.ofPeople(here.view);
      if (here.possible === undefined) here.possible = filter.text.candidates(here.view);
      const searched = searchChunk(open, here.people, here.possible, filter.text);
      for (const id of searched.found) found.add(id);
      work += searched.looked * ENDPOINT_WORK;
    }
    return { ids: found, work };
  };
}

function byStretch(ids: readonly number[]): Map<number, number[]> {
  const stretches = new Map<number, number[]>();
  for (const id of ids) {
    const some = stretches.get(stretchOf(id));
    if (some === undefined) stretches.set(stretchOf(id), [id]);
    else some.push(id);
  }
  return stretches;
}
