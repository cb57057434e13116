import type { SubscriptionId } from '../../../../contract/ids.ts';
import type { WritableDb } from '../../../store/database.ts';
import { soundCount, soundCountSql, soundInstant, soundInstantOrNull } from '../../../store/sound.ts';

export interface RotationRow {
  readonly id: number;
  /** Public keys. */
  readonly from: string;
  readonly to: string;
  readonly startedAt: number;
  readonly startedWith: number;
  readonly endedAt: number | null;
  readonly isCancelled: boolean;
}

export interface HourCount {
  /** When the hour began. */
  readonly from: number;
  readonly count: number;
}

export const HOUR_MS = 3_600_000;

/** The times since which browsers count as seen. */
export interface SeenSince {
  readonly week: number;
  readonly month: number;
}

export interface MoveStore {
  /** @param from public key whose subscriptions are to move */
  open(rotation: { from: string; to: string; at: number; startedWith: number }): void;
  /** Changes of key under way lead to this key from now on. */
  leadTo(to: string): void;
  end(from: string, as: 'finished' | 'cancelled', at: number): void;
  /** Changes under way, and those that have ended since; newest first. */
  rotations(endedSince: number): RotationRow[];
  hoursOf(rotationId: number): HourCount[];
  /** A subscription has moved away from this key; does nothing if no change of that key is under way. */
  addMoved(from: string, at: number): void;
  /** When it was last seen on a page; `null`: never. */
  seenAt(id: SubscriptionId): number | null;
  noteSeen(id: SubscriptionId, at: number): void;
  /** Counts active ones of a key by when they were seen, `limit` rows at a time. `next`: where to go on; `null`: at the end. */
  seenOf(publicKey: string, since: SeenSince, after: number, limit: number): SeenCount;
  addMovedIn(how: 'kept' | 'renewed', at: number): void;
  movedIn(): (HourCount & { how: string })[];
  /** Counts active imported ones that have not been seen on any page, `limit` rows at a time. */
  notSeen(after: number, limit: number): { count: number; next: number | null };
}

export interface SeenCount {
  readonly week: number;
  readonly month: number;
  readonly next: number | null;
}

interface RawRotation {
  id: number;
  from_key: string;
  to_key: string;
  started_at: number;
  started_with: number;
  ended_at: number | null;
  ended_as: string | null;
}

interface RawHour {
  hour: number;
  count: number;
}

interface Stretch {
  looked: number;
  last: number | null;
}

const IS_ACTIVE = `s.state = 'active' AND s.deleted_at IS NULL`;

export function createMoveStore(db: WritableDb): MoveStore {
  const open = db.write<{ from: string; to: string; at: number; startedWith: number }>(
    `INSERT INTO key_rotations (from_key, to_key, started_at, started_with) VALUES (@from, @to, @at, @startedWith)
     ON CONFLICT (from_key) WHERE ended_at IS NULL DO UPDATE SET to_key = excluded.to_key`,
  );
  const lead = db.write<{ to: string }>('UPDATE key_rotations SET to_key = @to WHERE ended_at IS NULL');
  const end = db.write<{ from: string; as: string; at: number }>(
    `UPDATE key_rotations SET ended_at = @at, ended_as = @as WHERE from_key = @from AND ended_at IS NULL`,
  );
  const list = db.read<{ since: number }, RawRotation>(
    `SELECT id, from_key, to_key, started_at, started_with, ended_at, ended_as FROM key_rotations
     WHERE ended_at IS NULL OR ended_at >= @since ORDER BY id DESC LIMIT 50`,
  );
  const hours = db.read<{ id: number }, RawHour>(
    'SELECT hour, count FROM key_rotation_hours WHERE rotation_id = @id ORDER BY hour',
  );
  const addMoved = db.write<{ from: string; hour: number }>(
    `INSERT INTO key_rotation_hours (rotation_id, hour, count)
       SELECT id, @hour, 1 FROM key_rotations WHERE from_key = @from AND ended_at IS NULL
     ON CONFLICT DO UPDATE SET count = ${soundCountSql('count')} + 1`,
  );
  const seen = db.read<{ id: number }, { seen_at: number }>(
    'SELECT seen_at FROM subscription_visits WHERE subscription_id = @id',
  );
  const noteSeen = db.write<{ id: number; at: number }>(
    `INSERT INTO subscription_visits (subscription_id, seen_at) VALUES (@id, @at)
     ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
  );
  const seenOf = db.read<
    { publicKey: string; week: number; month: number; after: number; limit: number },
    Stretch & { week: number | null; month: number | null }
  >(
    `SELECT count(*) AS looked, max(v.subscription_id) AS last,
       sum(s.public_key = @publicKey AND ${IS_ACTIVE} AND v.seen_at >= @week) AS week,
       sum(s.public_key = @publicKey AND ${IS_ACTIVE} AND v.seen_at >= @month AND v.seen_at < @week) AS month
     FROM (SELECT subscription_id, seen_at FROM subscription_visits WHERE subscription_id > @after
           ORDER BY subscription_id LIMIT @limit) v
       JOIN subscriptions s ON s.id = v.subscription_id`,
  );
  const addIn = db.write<{ how: string; hour: number }>(
    `INSERT INTO moved_in_hours (hour, how, count) VALUES (@hour, @how, 1)
     ON CONFLICT DO UPDATE SET count = ${soundCountSql('count')} + 1`,
  );
  const movedIn = db.read<object, RawHour & { how: string }>(
    'SELECT hour, how, count FROM moved_in_hours ORDER BY hour',
  );
  const notSeen = db.read<{ after: number; limit: number }, Stretch & { count: number | null }>(
    `SELECT count(*) AS looked, max(s.id) AS last,
       sum(s.source = 'import' AND ${IS_ACTIVE} AND v.subscription_id IS NULL) AS count
     FROM (SELECT id, source, state, deleted_at FROM subscriptions WHERE id > @after ORDER BY id LIMIT @limit) s
       LEFT JOIN subscription_visits v ON v.subscription_id = s.id`,
  );
  const nextOf = ({ looked, last }: Stretch, limit: number) => (looked < limit ? null : last);
  const counts = <Row extends RawHour>(rows: Row[]) =>
    rows.map(({ hour, count, ...row }) => ({
      ...row,
      from: soundInstant(hour * HOUR_MS),
      count: soundCount(count),
    }));
  const hourOf = (at: number) => Math.floor(at / HOUR_MS);

  return {
    open(rotation) {
      open.run(rotation);
    },
    leadTo(to) {
      lead.run({ to });
    },
    end(from, as, at) {
      end.run({ from, as, at });
    },
    rotations: (since) => list.all({ since }).map(toRotation),
    hoursOf: (id) => counts(hours.all({ id })),
    addMoved(from, at) {
      addMoved.run({ from, hour: hourOf(at) });
    },
    seenAt: (id) => soundInstantOrNull(seen.get({ id })?.seen_at ?? null),
    noteSeen(id, at) {
      noteSeen.run({ id, at });
    },
    seenOf(publicKey, since, after, limit) {
      const found = seenOf.get({ publicKey, ...since, after, limit });
      if (found === undefined) return { week: 0, month: 0, next: null };
      return { week: found.week ?? 0, month: found.month ?? 0, next: nextOf(found, limit) };
    },
    addMovedIn(how, at) {
      addIn.run({ how, hour: hourOf(at) });
    },
    movedIn: () => counts(movedIn.all({})),
    notSeen(after, limit) {
      const found = notSeen.get({ after, limit });
      return found === undefined
        ? { count: 0, next: null }
        : { count: found.count ?? 0, next: nextOf(found, limit) };
    },
  };
}

function toRotation(raw: RawRotation): RotationRow {
  return {
    id: raw.id,
    from: raw.from_key,
    to: raw.to_key,
    startedAt: soundInstant(raw.started_at),
    startedWith: soundCount(raw.started_with),
    endedAt: soundInstantOrNull(raw.ended_at),
    isCancelled: raw.ended_as === 'cancelled',
  };
}
