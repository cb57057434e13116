import {
  addRows,
  idsOf,
  keepRows,
  noRows,
  removeRows,
  STRETCH_ROWS,
  type RowBits,
} from '../../../store/row-bits.ts';
import type { FactReader } from '../people/fact-store.ts';
import { findCandidates, type Candidates } from '../search/candidates.ts';
import type { SearchBitStore } from '../search/search-bit-store.ts';
import { patternOf, type SelectStore } from './select-store.ts';
import { bitsOf, type StretchView } from './stretch-view.ts';

/** A text that is looked for in endpoints, labels, external ids, tags and values of attributes. Case is ignored for A to Z. */
export interface SearchedText {
  /** Rows that have it but in their endpoint. */
  ofPeople(view: StretchView): RowBits;
  /** Rows whose endpoint may have it; `null`: any of them. */
  candidates(view: StretchView): RowBits | null;
  /** Those whose endpoint has it. */
  verify(ids: readonly number[]): number[];
  /** Those of them that have it. */
  keep(bits: RowBits, view: StretchView): RowBits;
}

const CHUNK = 500;

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
    view.note(STRETCH_ROWS);
    const bits = bitsOf(store.named(pattern, view.range));
    for (const fact of holding) {
      const rows = view.fact(fact);
      if (rows !== null) addRows(bits, rows);
    }
    if (crowded.length > 0) view.note(2 * STRETCH_ROWS);
    if (crowded.length > 0) addRows(bits, bitsOf(store.withValueLike(crowded, text, view.range)));
    return bits;
  };
  const candidates = (view: StretchView): RowBits | null =>
    view.range.to <= found.coveredTo ? found.inStretch(view.stretch) : null;
  const verify = (ids: readonly number[]) => store.endpointsLike(pattern, ids);

  return {
    ofPeople,
    candidates,
    verify,
    keep(bits, view) {
      const people = ofPeople(view);
      keepRows(people, bits);
      const open = bits.slice();
      removeRows(open, people);
      const possible = candidates(view);
      if (possible !== null) keepRows(open, possible);
      const ids = idsOf(open, view.stretch);
      const kept = noRows();
      addRows(kept, people);
      for (let at = 0; at < ids.length; at += CHUNK) {
        addRows(kept, bitsOf(verify(ids.slice(at, at + CHUNK))));
      }
      return kept;
    },
  };
}
