import type { SearchBitStore } from './search-bit-store.ts';
import type { SearchTerms, SubscriptionSearchStore } from './subscription-search-store.ts';
import type { SubscriptionSum } from '../subscription-group.ts';
import { findCandidates, type Candidates } from './candidates.ts';

export interface SubscriptionSearch {
  /** Matches newest first, below the id `before`; at most `limit`, and fewer where they are rare. [Note: short pages] */
  page(text: string, groups: readonly SubscriptionSum[], before: number, limit: number): FoundPage;
  /** `isAtLeast`: there may be more; counting ends where it would take too long. */
  count(text: string, groups: readonly SubscriptionSum[]): { count: number; isAtLeast: boolean };
}

/** Row ids. `resumeBelow`: below which id it goes on; `null`: nothing else is found, or the page is full. */
export interface FoundPage {
  readonly ids: number[];
  readonly resumeBelow: number | null;
}

/** Groups with fewer rows than this together are looked through themselves. */
const SMALL_GROUPS = 5000;
/** Counting goes no further than this many matches, or this many rows looked at. */
export const COUNTED_MATCHES = 5000;
const CHUNK = 500;
/** Rows that one look-up for whoever asks may take: some 30 ms. */
const MAX_LOOKED = 8000;
/** Rows that follow each other are looked at in a third of the time; all that have no bitmaps yet fit into half of a look-up. */
const SCANNED_ROWS = 4000;
const SCAN_WEIGHT = 0.25;

interface Batch {
  ids: number[];
  /** How much was looked at for it, in rows that are fetched one by one. */
  looked: number;
  /** Everything from this id on has been looked at. */
  reached: number;
}

/**
 * Finds a part of an endpoint, or of a label, among any number of subscriptions. See [Note: search bits].
 *
 * [Note: short pages] Of a few characters the bitmaps tell little: of four that hardly any row has, three rows in a hundred still have to
 * be looked at, and of three one in six. So a page ends after a number of rows that were looked at, however few it has found, and
 * says where it goes on: whoever wants more asks again, and the engine does other things in between.
 */
export function createSubscriptionSearch({
  store,
  bits,
  smallGroups = SMALL_GROUPS,
  mostLooked = MAX_LOOKED,
}: {
  store: SubscriptionSearchStore;
  bits: SearchBitStore;
  /** For tests of the way that large groups go. */
  smallGroups?: number;
  /** For tests of short pages. */
  mostLooked?: number;
}): SubscriptionSearch {
  function* matches(terms: SearchTerms, total: number, before: number): Generator<Batch, void, undefined> {
    if (total === 0) return;
    if (total <= smallGroups) {
      yield { ids: store.withinGroups(terms, before), looked: 0, reached: 0 };
      return;
    }
    const candidates = findCandidates(bits, terms.text);
    yield* scan(terms, candidates.coveredTo, before);
    yield* verify(terms, candidates, before);
  }

  /** Looks at each row, for those that have no bitmaps yet. */
  function* scan(terms: SearchTerms, from: number, before: number): Generator<Batch, void, undefined> {
    let end = Math.min(before, bits.lastRowId() + 1);
    while (end > from) {
      const start = Math.max(from, end - SCANNED_ROWS);
      const ids = store.scan(terms, start, end, CHUNK);
      const reached = ids.length < CHUNK ? start : (ids.at(-1) ?? start);
      yield { ids, looked: (end - reached) * SCAN_WEIGHT, reached };
      end = reached;
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
        yield { ids: store.among(terms, chunk), looked: chunk.length, reached: chunk.at(-1) ?? from };
      }
    }
  }

  return {
    page(text, groups, before, limit) {
      const found: number[] = [];
      let lookedAt = 0;
      for (const { ids, looked, reached } of matches({ text, groups }, totalOf(groups), before)) {
        found.push(...ids);
        lookedAt += looked;
        if (found.length >= limit) break;
        if (lookedAt >= mostLooked) return { ids: found, resumeBelow: reached };
      }
      return { ids: found.slice(0, limit), resumeBelow: null };
    },
    count(text, groups) {
      let count = 0;
      let looked = 0;
      for (const batch of matches({ text, groups }, totalOf(groups), Number.MAX_SAFE_INTEGER)) {
        if (count >= COUNTED_MATCHES || looked >= mostLooked) return { count, isAtLeast: true };
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
