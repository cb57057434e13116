import Database from 'better-sqlite3';
import { Refusal } from '../../contract/problem.ts';
import { systemClock } from '../base/clock.ts';
import { copyMarkOf, type CopyMark } from './copy-mark.ts';
import type { Connection } from './database.ts';
import { addEndpointFunctions } from './endpoint-key.ts';
import { checkIdentity, migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';

export interface StoreFacts {
  readonly schemaVersion: number;
  /** `null`: it is not a copy, but a store that was in use. */
  readonly mark: CopyMark | null;
  readonly subscriptions: number;
  readonly campaigns: number;
  /** Campaigns that were being prepared or sent, or were paused. */
  readonly unfinished: number;
  readonly publicKeys: readonly string[];
}

/**
 * Checks a whole file without changing it: whether it is an undamaged Pushdesk store with the schema of its version, and contains nothing
 * that runs by itself.
 *
 * @param name path of the file, as shown to a person
 * @throws Refusal UNAVAILABLE for a file from the future or of another program, BAD_INPUT for one that is damaged or foreign; SqliteError
 *   for one that SQLite cannot read
 */
export function checkStoreFile(connection: Connection, name: string): StoreFacts {
  checkIdentity(connection, name, MIGRATIONS);
  const schemaVersion = Number(connection.pragma('user_version', { simple: true }));
  if (!MIGRATIONS.some(({ version }) => version === schemaVersion)) throw foreign(name);
  addEndpointFunctions(connection);
  checkSchema(connection, schemaVersion, name);
  const found = connection.pragma('integrity_check(1)', { simple: true });
  if (found !== 'ok') throw damaged(name, String(found));
  const broken = connection.pragma('foreign_key_check');
  if (Array.isArray(broken) && broken.length > 0) throw damaged(name, 'rows that point to nothing');
  const count = (sql: string) => connection.prepare<[], { count: number }>(sql).get()?.count ?? 0;
  return {
    schemaVersion,
    mark: copyMarkOf(connection),
    subscriptions: count('SELECT count(*) AS count FROM subscriptions'),
    campaigns: count('SELECT count(*) AS count FROM campaigns'),
    unfinished: count(
      "SELECT count(*) AS count FROM campaigns WHERE state IN ('preparing', 'running', 'paused')",
    ),
    publicKeys: connection
      .prepare<[], { public_key: string }>('SELECT public_key FROM key_pairs')
      .all()
      .map((row) => row.public_key),
  };
}

interface Part {
  type: string;
  name: string;
  sql: string;
}

const PARTS = `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

/**
 * Everything that the version has must be there as it was created. A table or an index of the person's own does no harm; a foreign trigger
 * or view would run with our statements.
 */
function checkSchema(connection: Connection, version: number, name: string): void {
  const expected = partsOfVersion(version);
  const found = connection.prepare<[], Part>(PARTS).all();
  const known = new Map(found.map((part) => [nameOf(part), squeezed(part.sql)]));
  for (const part of expected) {
    if (known.get(nameOf(part)) !== squeezed(part.sql)) throw damaged(name, `${part.type} ${part.name}`);
  }
  const ours = new Set(expected.map(nameOf));
  const runs = found.find(
    (part) => (part.type === 'trigger' || part.type === 'view') && !ours.has(nameOf(part)),
  );
  if (runs !== undefined) throw foreign(name);
}

const nameOf = ({ type, name }: Part) => `${type} ${name}`;
const squeezed = (sql: string) => sql.replace(/\s+/g, ' ').trim();

function partsOfVersion(version: number): Part[] {
  const memory = new Database(':memory:');
  try {
    migrate({
      connection: memory,
      file: ':memory:',
      migrations: MIGRATIONS.filter((migration) => migration.version <= version),
      log: { info: () => undefined },
      clock: systemClock,
    });
    return memory.prepare<[], Part>(PARTS).all();
  } finally {
    memory.close();
  }
}

const damaged = (name: string, what: string) =>
  new Refusal('BAD_INPUT', {
    code: 'copy-damaged',
    cause: `The file ${name} is damaged (${what.slice(0, 200)}).`,
    cure: 'Use another copy.',
  });

const foreign = (name: string) =>
  new Refusal('BAD_INPUT', {
    code: 'not-a-copy',
    cause: `The file ${name} is not a store that Pushdesk wrote.`,
    cure: 'Name a file that "backup" wrote, or one from the backups folder.',
  });
