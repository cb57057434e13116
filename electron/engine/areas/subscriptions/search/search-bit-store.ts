import type { WritableDb } from '../../../store/database.ts';
import { BITMAP_BYTES } from './stretch.ts';

/** The bitmaps of [Note: search bits]. */
export interface SearchBitStore {
  /** Stretches below this one are complete. */
  end(): number;
  /** The highest row id that was ever given to a subscription. */
  lastRowId(): number;
  /** Endpoints of the row ids from `from` up to, but not including, `to`. */
  endpoints(from: number, to: number): { id: number; endpoint: string }[];
  /** `null` when there is none. */
  bitmap(stretch: number, bit: number): Uint8Array | null;
  /** Overwrites what an earlier attempt left. */
  putBitmaps(stretch: number, firstBit: number, bitmaps: readonly Uint8Array[]): void;
  /** Takes rows out of all bitmaps: what was erased leaves no bit behind. To be called within a transaction. */
  clear(rowIds: readonly number[], stretchRows: number): void;
  /** From now on its bitmaps are used. */
  complete(stretch: number): void;
}

/** How many bits of a signature fit per row id; fixed by what is stored. */
const IDS_A_STRETCH = 2048;
const EVERY_ROW = new Uint8Array(BITMAP_BYTES).fill(255);

export function createSearchBitStore(db: WritableDb): SearchBitStore {
  const last = db.read<object, { stretch: number | null }>(
    'SELECT max(stretch) AS stretch FROM search_stretches',
  );
  const highest = db.read<object, { id: number | null }>('SELECT max(id) AS id FROM subscriptions');
  const texts = db.read<{ from: number; to: number }, { id: number; endpoint: string }>(
    'SELECT id, endpoint FROM subscriptions WHERE id >= @from AND id < @to',
  );
  const one = db.read<{ id: number }, { bitmap: Uint8Array }>(
    'SELECT bitmap FROM search_bits WHERE id = @id',
  );
  const put = db.write<{ id: number; bitmap: Uint8Array }>(
    'INSERT OR REPLACE INTO search_bits (id, bitmap) VALUES (@id, @bitmap)',
  );
  const every = db.read<{ from: number; to: number }, { id: number; bitmap: Uint8Array }>(
    'SELECT id, bitmap FROM search_bits WHERE id >= @from AND id < @to',
  );
  const mark = db.write<{ stretch: number }>('INSERT INTO search_stretches (stretch) VALUES (@stretch)');
  const idOf = (stretch: number, bit: number) => stretch * IDS_A_STRETCH + bit;

  return {
    end: () => (last.get({})?.stretch ?? -1) + 1,
    lastRowId: () => highest.get({})?.id ?? 0,
    endpoints: (from, to) => texts.all({ from, to }),
    bitmap(stretch, bit) {
      const bitmap = one.get({ id: idOf(stretch, bit) })?.bitmap ?? null;
      // A damaged bitmap rules no row out: see [Note: damaged rows].
      return bitmap === null || bitmap.byteLength === BITMAP_BYTES ? bitmap : EVERY_ROW;
    },
    putBitmaps(stretch, firstBit, bitmaps) {
      db.transaction(() => {
        bitmaps.forEach((bitmap, index) => put.run({ id: idOf(stretch, firstBit + index), bitmap }));
      });
    },
    clear(rowIds, stretchRows) {
      const stretches = new Set(rowIds.map((id) => Math.floor(id / stretchRows)));
      for (const stretch of stretches) {
        const positions = rowIds.filter((id) => Math.floor(id / stretchRows) === stretch);
        const range = { from: idOf(stretch, 0), to: idOf(stretch + 1, 0) };
        for (const { id, bitmap } of every.all(range)) {
          const cleared = new Uint8Array(bitmap);
          for (const rowId of positions) {
            const position = rowId % stretchRows;
            cleared[position >> 3] = (cleared[position >> 3] ?? 0) & ~(1 << (position & 7));
          }
          if (Buffer.compare(cleared, bitmap) !== 0) put.run({ id, bitmap: cleared });
        }
      }
    },
    complete(stretch) {
      mark.run({ stretch });
    },
  };
}
