import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from '../../../base/log.ts';
import type { SearchBitStore } from './search-bit-store.ts';
import { createStretchBuilder, STRETCH_ROWS } from './stretch.ts';
import { BIT_COUNT } from './text-bits.ts';

/** Builds search bits in the background, a few milliseconds at a time. */
export interface SearchIndexer {
  /** Checks whether there is something to do; returns at once. */
  poke: () => void;
  /** Takes rows out of all bitmaps: what was erased leaves no bit behind. To be called within a transaction. */
  forget(rowIds: readonly number[]): void;
  /** Resolves when nothing is being done. */
  idle(): Promise<void>;
  /** Ends after the current step; what is missing is built at the next start. */
  stop(): Promise<void>;
}

/** How many rows are read and bitmaps written in one turn of the event loop. */
const ROWS_A_TURN = 1000;
const BITMAPS_A_TURN = 128;

export function createSearchIndexer({
  bits,
  onStoreTrouble = () => undefined,
  log,
}: {
  bits: SearchBitStore;
  /** Called with the reason when a round fails, and with `null` once one succeeds. */
  onStoreTrouble?: ((error: unknown) => void) | undefined;
  log: Log;
}): SearchIndexer {
  let isStopped = false;
  let work: Promise<void> | null = null;

  const stretchIsFull = (stretch: number) => bits.lastRowId() >= (stretch + 1) * STRETCH_ROWS - 1;

  const make = async (stretch: number): Promise<void> => {
    const builder = createStretchBuilder();
    const first = stretch * STRETCH_ROWS;
    for (let from = first; from < first + STRETCH_ROWS && !isStopped; from += ROWS_A_TURN) {
      const to = Math.min(from + ROWS_A_TURN, first + STRETCH_ROWS);
      for (const { id, endpoint } of bits.endpoints(from, to)) builder.add(id, endpoint);
      await nextTurn();
    }
    for (let bit = 0; bit < BIT_COUNT && !isStopped; bit += BITMAPS_A_TURN) {
      const length = Math.min(BITMAPS_A_TURN, BIT_COUNT - bit);
      const bitmaps = Array.from({ length }, (_, index) => builder.bitmap(bit + index));
      bits.putBitmaps(stretch, bit, bitmaps);
      await nextTurn();
    }
    // Only now: a search must never rely on an incomplete set of bitmaps.
    if (!isStopped) bits.complete(stretch);
  };

  const run = async (): Promise<void> => {
    try {
      for (let stretch = bits.end(); !isStopped && stretchIsFull(stretch); stretch += 1) await make(stretch);
      onStoreTrouble(null);
    } catch (error) {
      // Searching works without them, only more slowly. The next poke tries again.
      log.error({ error: String(error) }, 'could not make search bits');
      onStoreTrouble(error);
    }
  };

  return {
    poke() {
      if (work !== null || isStopped) return;
      work = run().finally(() => {
        work = null;
      });
    },
    forget(rowIds) {
      bits.clear(rowIds, STRETCH_ROWS);
    },
    idle: () => work ?? Promise.resolve(),
    async stop() {
      isStopped = true;
      await work;
    },
  };
}
