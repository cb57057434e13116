import {
  addRows,
  idsOf,
  isEmpty,
  keepRows,
  noRows,
  removeRows,
  rowsWithin,
  STRETCH_ROWS,
  stretchOf,
  type RowBits,
} from '../../../store/row-bits.ts';
import type { FactReader } from '../people/fact-store.ts';
import { findCandidates, type Candidates } from '../search/candidates.ts';
import type { SearchBitStore } from '../search/search-bit-store.ts';
import { patternOf, type Range, type SelectStore } from './select-store.ts';
import { bitsOf, type StretchView } from './stretch-view.ts';

/** A text that is searched for in endpoints, labels, external IDs, tags and attribute values. Case is ignored for A to Z. */
export interface SearchedText {
  /** Rows that contain it anywhere but in their endpoint. */
  ofPeople(view: StretchView): RowBits;
  /** Rows whose endpoint may contain it; `null`: any row. */
  candidates(view: StretchView): RowBits | null;
  /** Those whose endpoint contains it. */
  verify(ids: readonly number[]): number[];
  /** Those that contain it, found in steps of a few milliseconds: a caller that is not in a hurry can give others a turn after each. */
  keeping(bits: RowBits, view: StretchView): Generator<void, RowBits, undefined>;
}

const CHUNK = 500;
/** If more than one row in this many has to be checked, all of them are, which takes half the time per row. */
const DENSE = 3;
/** Rows that are examined in one step. */
const STEP = 4000;

export function createSearchedText(
  text: string,
  sources: { store: SelectStore; facts: FactReader; bits: SearchBitStore },
): SearchedText {
  const { store, facts, bits: searchBits } = sources;
  const pattern = patternOf(text);
  const holding = facts.holding(pattern);
  const crowded = facts.crowded();
  const found: Candidates = findCandidates(searchBits, text);

  const ofPeople = (view: StretchView): RowBits => {
    view.note((crowded.length === 0 ? 1 : 3) * STRETCH_ROWS);
    const bits = bitsOf(
      crowded.length === 0
        ? store.named(pattern, view.range)
        : store.namedOrWithValue(text, crowded, view.range),
    );
    for (const fact of holding) {
      const rows = view.fact(fact);
      if (rows !== null) addRows(bits, rows);
    }
    return bits;
  };
  const candidates = (view: StretchView): RowBits | null =>
    view.range.to <= found.coveredTo ? found.inStretch(view.stretch) : null;
  const verify = (ids: readonly number[]) => store.endpointsLike(pattern, ids);
  /** May contain others too, which nobody asked about. */
  const verified = (open: RowBits, range: Range): RowBits => {
    const ids = idsOf(open, stretchOf(range.from));
    const [first, last] = [ids.at(0), ids.at(-1)];
    if (first !== undefined && last !== undefined && ids.length * DENSE > last - first) {
      return bitsOf(store.endpointsLikeIn(pattern, { from: first, to: last + 1 }));
    }
    const bits = noRows();
    for (let at = 0; at < ids.length; at += CHUNK) addRows(bits, bitsOf(verify(ids.slice(at, at + CHUNK))));
    return bits;
  };

  return {
    ofPeople,
    candidates,
    verify,
    *keeping(bits, view) {
      const people = ofPeople(view);
      yield;
      keepRows(people, bits);
      const open = bits.slice();
      removeRows(open, people);
      const possible = candidates(view);
      if (possible !== null) keepRows(open, possible);
      const kept = noRows();
      for (let from = view.range.from; from < view.range.to; from += STEP) {
        const range = { from, to: Math.min(from + STEP, view.range.to) };
        const step = rowsWithin(open, range);
        if (isEmpty(step)) continue;
        addRows(kept, verified(step, range));
        yield;
      }
      keepRows(kept, open);
      addRows(kept, people);
      return kept;
    },
  };
}
