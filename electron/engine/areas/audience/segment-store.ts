import type { SegmentId } from '../../../contract/ids.ts';
import { subscriptionFilterSchema, type SubscriptionFilter } from '../../../contract/subscriptions.ts';
import type { WritableDb } from '../../store/database.ts';

export interface SegmentRow {
  readonly id: SegmentId;
  readonly name: string;
  readonly filter: SubscriptionFilter;
}

/** Filters that were saved under a name. */
export interface SegmentStore {
  /** In the order of their names. */
  list(): SegmentRow[];
  get(id: SegmentId): SegmentRow | null;
  /** `null`: another one has this name. */
  add(name: string, filter: SubscriptionFilter, now: number): SegmentId | null;
  /** `false`: another one has this name. */
  update(row: SegmentRow): boolean;
  /** `null`: it does not exist. */
  remove(id: SegmentId): RemovedSegment | null;
  /** With the id that it had. `false`: another one has its name now. */
  putBack(removed: RemovedSegment): boolean;
}

/** All that is stored of one that was removed. */
export interface RemovedSegment {
  readonly id: SegmentId;
  readonly name: string;
  /** As it was written. */
  readonly filter: string;
  readonly createdAt: number;
}

interface Raw {
  id: SegmentId;
  name: string;
  filter: string;
}

const keyOf = (name: string) => name.normalize('NFC').toLowerCase();

export function createSegmentStore(db: WritableDb): SegmentStore {
  const all = db.read<object, Raw>('SELECT id, name, filter FROM segments ORDER BY key');
  const one = db.read<{ id: number }, Raw>('SELECT id, name, filter FROM segments WHERE id = @id');
  const insert = db.write<{ name: string; key: string; filter: string; now: number }>(
    `INSERT INTO segments (name, key, filter, created_at) VALUES (@name, @key, @filter, @now) ON CONFLICT (key) DO NOTHING`,
  );
  const named = db.read<{ key: string }, Raw>('SELECT id, name, filter FROM segments WHERE key = @key');
  const other = db.read<{ id: number; key: string }, { id: number }>(
    'SELECT id FROM segments WHERE key = @key AND id <> @id',
  );
  const update = db.write<{ id: number; name: string; key: string; filter: string }>(
    'UPDATE segments SET name = @name, key = @key, filter = @filter WHERE id = @id',
  );
  const drop = db.writeReturning<{ id: number }, RemovedSegment>(
    'DELETE FROM segments WHERE id = @id RETURNING id, name, filter, created_at AS createdAt',
  );
  const insertAgain = db.write<RemovedSegment & { key: string }>(
    `INSERT INTO segments (id, name, key, filter, created_at) VALUES (@id, @name, @key, @filter, @createdAt)
     ON CONFLICT (key) DO NOTHING`,
  );
  return {
    list: () => all.all({}).flatMap(toRow),
    get(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : (toRow(raw)[0] ?? null);
    },
    add(name, filter, now) {
      const known = named.get({ key: keyOf(name) });
      // Nobody can see it, so nobody could get it out of the way.
      if (known !== undefined && toRow(known).length === 0) drop.get({ id: known.id });
      const { changes, lastId } = insert.run({ name, key: keyOf(name), filter: JSON.stringify(filter), now });
      return changes === 1 ? (lastId as SegmentId) : null;
    },
    update({ id, name, filter }) {
      if (other.get({ id, key: keyOf(name) }) !== undefined) return false;
      update.run({ id, name, key: keyOf(name), filter: JSON.stringify(filter) });
      return true;
    },
    remove: (id) => drop.get({ id }) ?? null,
    putBack: (removed) => insertAgain.run({ ...removed, key: keyOf(removed.name) }).changes === 1,
  };
}

/** A damaged one is left out, so that the others can still be shown. */
function toRow(raw: Raw): SegmentRow[] {
  try {
    const filter = subscriptionFilterSchema.safeParse(JSON.parse(raw.filter));
    return filter.success ? [{ id: raw.id, name: raw.name, filter: filter.data }] : [];
  } catch {
    return [];
  }
}
