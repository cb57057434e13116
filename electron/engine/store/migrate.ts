import { Refusal } from '../../contract/problem.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { backUp } from './backup.ts';
import type { Connection } from './database.ts';
import { addEndpointFunctions } from './endpoint-key.ts';
import type { Migration } from './migrations/migration.ts';

/** Marks a SQLite file as Pushdesk's ("PDSK"), so that the file of another program is never written to. */
const APPLICATION_ID = 0x5044534b;

export interface MigrateOptions {
  connection: Connection;
  file: string;
  migrations: readonly Migration[];
  log: Pick<Log, 'info'>;
  clock: Clock;
}

/**
 * Reads which program and version wrote the file, and writes nothing.
 *
 * @throws Refusal UNAVAILABLE for a file from the future or of another program
 */
export function checkIdentity(connection: Connection, file: string, migrations: readonly Migration[]): void {
  const version = schemaVersionOf(connection);
  if (version === 0 && isEmpty(connection)) return;
  if (pragmaNumber(connection, 'application_id') !== APPLICATION_ID) {
    throw new Refusal('UNAVAILABLE', {
      code: 'store-of-another-program',
      cause: `The file ${file} belongs to another program.`,
      cure: 'Move it away, or start Pushdesk with another data folder (PUSHDESK_DATA_DIR).',
    });
  }
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new Refusal('UNAVAILABLE', {
      code: 'store-from-the-future',
      cause: `The data file ${file} was written by a newer Pushdesk (schema ${version}, this one knows ${newest}).`,
      cure: 'Install the newest Pushdesk, or put a copy from the backups folder in its place.',
    });
  }
}

/**
 * Brings the file to the newest schema, one transaction per step, with a copy of the file before each step. A file that is still empty is
 * not copied and gets all steps in one transaction: each commit waits for the disk.
 *
 * @returns its schema version afterwards
 */
export function migrate({ connection, file, migrations, log, clock }: MigrateOptions): number {
  const before = schemaVersionOf(connection);
  const steps = migrations.filter(({ version }) => version > before);
  const isNew = isEmpty(connection);
  addEndpointFunctions(connection);
  let from = before;
  const take = () => {
    for (const step of steps) {
      if (!isNew) {
        const copy = backUp(connection, file, from, clock.now());
        log.info({ copy, from, to: step.version }, 'copied the store before a migration');
      }
      run(connection, step);
      from = step.version;
      if (!isNew) log.info({ version: step.version, name: step.name }, 'migrated the store');
    }
    if (isNew) log.info({ version: from }, 'made a new store');
  };
  withoutForeignKeys(connection, () => {
    if (isNew) connection.transaction(take).immediate();
    else take();
  });
  return from;
}

/**
 * A table that others refer to can be rebuilt only while foreign keys are not enforced, and that can be changed only outside a transaction.
 * Instead, the whole file is checked before each step is committed.
 */
function withoutForeignKeys(connection: Connection, work: () => void): void {
  const enforced = pragmaNumber(connection, 'foreign_keys');
  connection.pragma('foreign_keys = OFF');
  try {
    work();
  } finally {
    connection.pragma(`foreign_keys = ${enforced}`);
  }
}

function run(connection: Connection, migration: Migration): void {
  connection
    .transaction(() => {
      connection.exec(migration.sql);
      const broken = connection.pragma('foreign_key_check');
      if (Array.isArray(broken) && broken.length > 0) {
        throw new Error(`Migration ${migration.version} leaves rows that point to nothing.`);
      }
      connection.pragma(`application_id = ${APPLICATION_ID}`);
      connection.pragma(`user_version = ${migration.version}`);
    })
    .immediate();
}

function isEmpty(connection: Connection): boolean {
  const row = connection.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema').get();
  return row?.count === 0;
}

function schemaVersionOf(connection: Connection): number {
  return pragmaNumber(connection, 'user_version');
}

function pragmaNumber(connection: Connection, name: string): number {
  return Number(connection.pragma(name, { simple: true }));
}
