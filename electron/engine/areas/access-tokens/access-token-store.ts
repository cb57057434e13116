import { tokenScopeSchema, type AccessToken, type TokenScope } from '../../../contract/access-tokens.ts';
import { accessTokenIdSchema, type AccessTokenId } from '../../../contract/ids.ts';
import { visibleOwnText } from '../../../core/text/visible-text.ts';
import type { WritableDb } from '../../store/database.ts';
import { isInstant, soundInstant, soundInstantOrNull } from '../../store/sound.ts';

export interface NewRow {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly hash: Buffer;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

export interface AccessTokenStore {
  /** Newest first, without damaged ones, which nobody could revoke. */
  list(): AccessToken[];
  get(id: AccessTokenId): AccessToken | null;
  /** With the stored hash, for comparison. Also `null` for one that nobody could revoke. */
  byHash(hash: Buffer): (AccessToken & { readonly hash: Buffer }) | null;
  add(row: NewRow): AccessToken;
  /** @returns whether it was there */
  remove(id: AccessTokenId): boolean;
  noteUse(id: AccessTokenId, at: number): void;
}

interface Raw {
  id: AccessTokenId;
  name: string;
  scopes: string;
  hash: Buffer;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
}

const COLUMNS = 'id, name, scopes, hash, created_at, expires_at, last_used_at';

export function createAccessTokenStore(db: WritableDb): AccessTokenStore {
  const all = db.read<object, Raw>(`SELECT ${COLUMNS} FROM access_tokens ORDER BY id DESC`);
  const one = db.read<{ id: number }, Raw>(`SELECT ${COLUMNS} FROM access_tokens WHERE id = @id`);
  const byHash = db.read<{ hash: Buffer }, Raw>(`SELECT ${COLUMNS} FROM access_tokens WHERE hash = @hash`);
  const add = db.writeReturning<Omit<NewRow, 'scopes'> & { scopes: string }, Raw>(
    `INSERT INTO access_tokens (name, scopes, hash, created_at, expires_at)
     VALUES (@name, @scopes, @hash, @createdAt, @expiresAt) RETURNING ${COLUMNS}`,
  );
  const remove = db.write<{ id: number }>('DELETE FROM access_tokens WHERE id = @id');
  const noteUse = db.write<{ id: number; at: number }>(
    'UPDATE access_tokens SET last_used_at = @at WHERE id = @id',
  );
  return {
    list: () => all.all({}).filter(canBeNamed).map(toToken),
    get(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : toToken(raw);
    },
    byHash(hash) {
      const raw = byHash.get({ hash });
      return raw === undefined || !canBeNamed(raw) ? null : { ...toToken(raw), hash: raw.hash };
    },
    add({ scopes, ...row }) {
      const raw = add.get({ ...row, scopes: scopes.join(' ') });
      if (raw === undefined) throw new Error('A token that was stored did not come back');
      return toToken(raw);
    },
    remove: (id) => remove.run({ id }).changes > 0,
    noteUse(id, at) {
      noteUse.run({ id, at });
    },
  };
}

/** Whether a call can name this token. */
const canBeNamed = ({ id }: Raw) => accessTokenIdSchema.safeParse(id).success;

/** A word that is not a scope gives access to nothing. */
const toToken = (raw: Raw): AccessToken => ({
  id: raw.id,
  name: visibleOwnText(raw.name),
  scopes: tokenScopeSchema.options.filter((scope) => raw.scopes.split(' ').includes(scope)),
  createdAt: soundInstant(raw.created_at),
  // An expiry that cannot be read as a time counts as long past.
  expiresAt: raw.expires_at === null || isInstant(raw.expires_at) ? raw.expires_at : 0,
  lastUsedAt: soundInstantOrNull(raw.last_used_at),
});
