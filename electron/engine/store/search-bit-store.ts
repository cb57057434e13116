import type { WritableDb } from './database.ts';

/** The bitmaps of [Note: search bits]. */
export interface SearchBitStore {
  /** Stretches below this one are complete. */
  end(): number;
  /** Highest row id that was ever given to a subscription. */
  lastRowId(): number;
  /** Endpoints of the row ids from `from` up to, without, `to`. */
  endpoints(from: number, to: number): { id: number; endpoint: string }[];
  /** `null` when there is none. */
  bitmap(stretch: number, bit: number): Uint8Array | null;
  /** Writes over what an earlier attempt left. */
  putBitmaps(stretch: number, firstBit: number, bitmaps: readonly Uint8Array[]): void;
  /** From now on its bitmaps are used. */
  complete(stretch: number): void;
}

/** Room for the bits of a signature in a row id; fixed by what is stored. */
const IDS_A_STRETCH = 2048;

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
  const mark = db.write<{ stretch: number }>('INSERT INTO search_stretches (stretch) VALUES (@stretch)');
  const idOf = (stretch: number, bit: number) => stretch * IDS_A_STRETCH + bit;

  return {
    end: () => (last.get({})?.stretch ?? -1) + 1,
    lastRowId: () => highest.get({})?.id ?? 0,
    endpoints: (from, to) => texts.all({ from, to }),
    bitmap: (stretch, bit) => one.get({ id: idOf(stretch, bit) })?.bitmap ?? null,
    putBitmaps(stretch, firstBit, bitmaps) {
      db.transaction(() => {
        bitmaps.forEach((bitmap, index) => put.run({ id: idOf(stretch, firstBit + index), bitmap }));
      });
    },
    complete(stretch) {
      mark.run({ stretch });
    },
  };
}
