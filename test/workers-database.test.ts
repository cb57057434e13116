import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../electron/engine/local-push-service/certificate.ts';
import { systemClock } from '../electron/engine/base/clock.ts';
import { readDatabaseAddress } from '../electron/engine/workers/database-address.ts';
import { databaseTrouble } from '../electron/engine/workers/database-trouble.ts';
import { openForCoordinator, openForWorker } from '../electron/engine/workers/queue/work-queue-store.ts';
import { startPostgres, type PostgresOptions } from './support/postgres.ts';
import { ROOT } from './support/surroundings.ts';

/** A name that is not a loopback name, so that the rules for other machines apply, although it leads here. */
const NAME = hostname();
const PASSWORD = 'it is long & odd';
let here: string;
let certificate: LoopbackCertificate;
beforeAll(async () => {
  here = (await lookup(NAME, 4)).address;
  certificate = await createLoopbackCertificate(systemClock, [NAME]);
});

/** With the role and the schema that the script of the package makes. */
async function database(options: Omit<PostgresOptions, 'listen'>) {
  const postgres = await startPostgres({ ...options, listen: here });
  onTestFinished(() => postgres.close());
  postgres.psql([
    '--variable',
    `password=${PASSWORD}`,
    '--file',
    path.join(ROOT, 'build/server/files/workers.sql'),
  ]);
  const open = async (query: string, password = PASSWORD) => {
    const text = `postgres://pushdesk:${encodeURIComponent(password)}@${NAME}:${postgres.port}/pushdesk${query}`;
    const read = readDatabaseAddress(text, (file) => (file === '/ca.pem' ? authority : ''), 'environment');
    if (read.kind === 'refused') throw new Error(read.problem.cause);
    const queue = await openForCoordinator({
      address: read.address,
      coordinator: randomUUID(),
      onError: () => undefined,
    });
    onTestFinished(() => queue.close());
    return { queue, address: read.address };
  };
  let authority = certificate.certificatePem;
  return {
    postgres,
    open,
    whyNot: async (query: string, password?: string) =>
      open(query, password).then(
        () => 'It was opened.',
        (error: unknown) => databaseTrouble(error).what,
      ),
    trustOnly: (pem: string) => {
      authority = pem;
    },
  };
}

const encrypted = (port: { query: (sql: string) => string }) =>
  port.query(
    `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'pushdesk'`,
  );

describe('a database beyond this machine', () => {
  it('is reached encrypted, by the role with least rights, and proves its name', async () => {
    const { postgres, open, whyNot, trustOnly } = await database({ certificate });
    const { address } = await open('?sslrootcert=/ca.pem');
    const worker = await openForWorker({ address, onError: () => undefined });
    onTestFinished(() => worker.close());
    expect(await worker.take('fcm', 1)).toEqual([]);
    expect(encrypted(postgres)).toBe('t');
    expect(await whyNot('?sslrootcert=/ca.pem', 'wrong')).toBe('it does not accept the password');
    // Unencrypted, it is not even asked for the password.
    expect(await whyNot('?sslmode=disable')).toBe('it does not let this user in from here');
    expect(await whyNot('')).toBe('its certificate is signed by nobody who is trusted here');
    trustOnly((await createLoopbackCertificate(systemClock, [NAME])).certificatePem);
    expect(await whyNot('?sslrootcert=/ca.pem')).toBe(
      'its certificate is signed by nobody who is trusted here',
    );
  });

  it('is refused where its certificate is for another name', async () => {
    const other = await createLoopbackCertificate(systemClock, ['db.example']);
    const { whyNot, trustOnly } = await database({ certificate: other });
    trustOnly(other.certificatePem);
    expect(await whyNot('?sslrootcert=/ca.pem')).toBe('its certificate is for another name');
  });

  it('is refused where it does not encrypt, unless that was asked for', async () => {
    const { postgres, open, whyNot } = await database({});
    expect(await whyNot('')).toBe(
      'it does not encrypt, and beyond this machine the connection has to be encrypted',
    );
    await open('?sslmode=disable');
    expect(encrypted(postgres)).toBe('f');
  });
});
