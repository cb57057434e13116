import type { KeyPairId } from '../../../contract/ids.ts';
import type { WritableDb } from '../../store/database.ts';
import { soundInstant, soundInstantOrNull } from '../../store/sound.ts';
import { visibleOwnText } from '../../../core/text/visible-text.ts';

export interface KeyPairRow {
  readonly id: KeyPairId;
  readonly name: string;
  readonly subject: string;
  readonly publicKey: string;
  readonly inUse: boolean;
  readonly createdAt: number;
  /** When a copy of both halves was last known to exist elsewhere; `null`: never. */
  readonly copiedAt: number | null;
}

export interface KeyPairStore {
  /** Oldest first. */
  list(): KeyPairRow[];
  get(id: KeyPairId): KeyPairRow | null;
  byPublicKey(publicKey: string): KeyPairRow | null;
  inUse(): KeyPairRow | null;
  /** The first pair is put in use automatically. */
  add(pair: NewKeyPair): KeyPairRow;
  update(id: KeyPairId, change: { name: string; subject: string }): void;
  use(id: KeyPairId): void;
  /** A copy of both halves was made, or was seen to exist, at this time. */
  noteCopy(id: KeyPairId, at: number): void;
  remove(id: KeyPairId): void;
}

type NewKeyPair = Pick<KeyPairRow, 'name' | 'subject' | 'publicKey' | 'createdAt'> & {
  copiedAt?: number | null;
};

interface Raw {
  id: number;
  name: string;
  subject: string;
  public_key: string;
  in_use: number;
  created_at: number;
  copied_at: number | null;
}

const COLUMNS = 'id, name, subject, public_key, in_use, created_at, copied_at';

export function createKeyPairStore(db: WritableDb): KeyPairStore {
  const all = db.read<object, Raw>(`SELECT ${COLUMNS} FROM key_pairs ORDER BY id`);
  const byId = db.read<{ id: number }, Raw>(`SELECT ${COLUMNS} FROM key_pairs WHERE id = @id`);
  const byKey = db.read<{ publicKey: string }, Raw>(
    `SELECT ${COLUMNS} FROM key_pairs WHERE public_key = @publicKey`,
  );
  const used = db.read<object, Raw>(`SELECT ${COLUMNS} FROM key_pairs WHERE in_use = 1`);
  const insert = db.writeReturning<
    { name: string; subject: string; publicKey: string; createdAt: number; copiedAt: number | null },
    Raw
  >(
    `INSERT INTO key_pairs (name, subject, public_key, in_use, created_at, copied_at)
     VALUES (@name, @subject, @publicKey, NOT EXISTS (SELECT 1 FROM key_pairs WHERE in_use = 1), @createdAt, @copiedAt)
     RETURNING ${COLUMNS}`,
  );
  const change = db.write<{ id: number; name: string; subject: string }>(
    'UPDATE key_pairs SET name = @name, subject = @subject WHERE id = @id',
  );
  const useNone = db.write<object>('UPDATE key_pairs SET in_use = 0 WHERE in_use = 1');
  const useOne = db.write<{ id: number }>('UPDATE key_pairs SET in_use = 1 WHERE id = @id');
  const copy = db.write<{ id: number; at: number }>('UPDATE key_pairs SET copied_at = @at WHERE id = @id');
  const drop = db.write<{ id: number }>('DELETE FROM key_pairs WHERE id = @id');

  return {
    list: () => all.all({}).map(toRow),
    get: (id) => toRowOrNull(byId.get({ id })),
    byPublicKey: (publicKey) => toRowOrNull(byKey.get({ publicKey })),
    inUse: () => toRowOrNull(used.get({})),
    add({ copiedAt = null, ...pair }) {
      const [raw] = insert.all({ ...pair, copiedAt });
      if (raw === undefined) throw new Error('SQLite gave no row back for a new key pair.');
      return toRow(raw);
    },
    update(id, { name, subject }) {
      change.run({ id, name, subject });
    },
    use(id) {
      db.transaction(() => {
        useNone.run({});
        useOne.run({ id });
      });
    },
    noteCopy(id, at) {
      copy.run({ id, at });
    },
    remove(id) {
      drop.run({ id });
    },
  };
}

function toRow(raw: Raw): KeyPairRow {
  return {
    id: raw.id as KeyPairId,
    name: visibleOwnText(raw.name) || `Key pair ${raw.id}`,
    subject: raw.subject,
    publicKey: raw.public_key,
    inUse: raw.in_use === 1,
    createdAt: soundInstant(raw.created_at),
    copiedAt: soundInstantOrNull(raw.copied_at),
  };
}

function toRowOrNull(raw: Raw | undefined): KeyPairRow | null {
  return raw === undefined ? null : toRow(raw);
}
