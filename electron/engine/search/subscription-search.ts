import type { SearchBitStore } from '../store/search-bit-store.ts';
import type { SearchTerms, SubscriptionSearchStore } from '../store/subscription-search-store.ts';
import type { SubscriptionSum } from '../store/subscription-sum-store.ts';
import { findCandidates, type Candidates } from './candidates.ts';

export interface SubscriptionSearch {
  /** Row ids of matches, newest first, below the id `before`; at most `limit`. */
  page(text: string, groups: readonly SubscriptionSum[], before: number, limit: number): number[];
  /** `isAtLeast`: there may be more; counting ends where it would take too long. */
  count(text: string, groups: readonly SubscriptionSum[]): { count: number; isAtLeast: boolean };
}

/** Groups with fewer rows than this together are looked through themselves. */
const SMALL_GROUPS = 5000;
/** Counting goes no further than this many matches, or this many rows looked at. */
export const COUNTED_MATCHES = 5000;
const COUNTED_CANDIDATES = 10_000;
const CHUNK = 500;

interface Batch {
  ids: number[];
  /** How many rows were looked at for it. */
  looked: number;
}

/** Finds a part of an endpoint, or of a label, among any number of subscriptions. See [Note: search bits]. */
export function createSubscriptionSearch({
  store,
  bits,
  smallGroups = SMALL_GROUPS,
}: {
  store: SubscriptionSearchStore;
  bits: SearchBitStore;
  /** For tests of the way that large groups go. */
  smallGroups?: number;
}): SubscriptionSearch {
  function* matches(terms: SearchTerms, total: number, before: number): Generator<Batch, void, undefined> {
    if (total === 0) return;
    if (total <= smallGroups) {
      yield { ids: store.withinGroups(terms, before), looked: total };
      return;
    }
    const candidates = findCandidates(bits, terms.text);
    yield* scan(terms, candidates.coveredTo, before);
    yield* verify(terms, candidates, before);
  }

  /** Looks at each row. Matches come soon where they are many; where none is, this is the slow way. */
  function* scan(terms: SearchTerms, from: number, before: number): Generator<Batch, void, undefined> {
    let end = before;
    while (end > from) {
      const ids = store.scan(terms, from, end, CHUNK);
      yield { ids, looked: ids.length };
      const last = ids.at(-1);
      if (ids.length < CHUNK || last === undefined) return;
      end = last;
    }
  }

  function* verify(
    terms: SearchTerms,
    candidates: Candidates,
    before: number,
  ): Generator<Batch, void, undefined> {
    for (const { from, to, ids } of candidates.stretches()) {
      if (from >= before) continue;
      // Bitmaps know endpoints only; a row whose label has the text joins here.
      const labelled = store.labelled(terms, from, Math.min(to, before));
      const all = labelled.length === 0 ? ids : merged(ids, labelled);
      const below = all.filter((id) => id < before);
      for (let start = 0; start < below.length; start += CHUNK) {
        const chunk = below.slice(start, start + CHUNK);
        yield { ids: store.among(terms, chunk), looked: chunk.length };
      }
    }
  }

  return {
    page(text, groups, before, limit) {
      const found: number[] = [];
      for (const { ids } of matches({ text, groups }, totalOf(groups), before)) {
        found.push(...ids);
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
    count(text, groups) {
      let count = 0;
      let looked = 0;
      for (const batch of matches({ text, groups }, totalOf(groups), Number.MAX_SAFE_INTEGER)) {
        if (count >= COUNTED_MATCHES || looked >= COUNTED_CANDIDATES) return { count, isAtLeast: true };
        count += batch.ids.length;
        looked += batch.looked;
      }
      return { count, isAtLeast: false };
    },
  };
}

function merged(ids: readonly number[], more: readonly number[]): number[] {
  return [...new Set([...ids, ...more])].sort((a, b) => b - a);
}

function totalOf(groups: readonly SubscriptionSum[]): number {
  return groups.reduce((total, group) => total + group.count, 0);
}
