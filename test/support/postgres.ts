import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/** Where this system keeps the programs of PostgreSQL: Debian has them in a folder for each version, and not on the PATH. */
function programFolder(): string {
  const versions = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one))
    : [];
  const found = versions
    .map((version) => path.join(DEBIAN, version, 'bin'))
    .find((folder) => existsSync(path.join(folder, 'postgres')));
  return found ?? '';
}

/** Whether there is a PostgreSQL that can be started. */
export function hasPostgres(): boolean {
  return spawnSync(path.join(programFolder(), 'postgres'), ['--version']).status === 0;
}

/** It refuses to run as root, so there it runs as the user that its package has made. */
function account(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export interface Postgres {
  /** The address with which its owner connects. */
  readonly address: string;
  readonly port: number;
  /** Id of the process that leads the group of everything it has started. */
  pid(): number;
  /** Ends it at once with all that it has started, as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on what it has written; resolves when it answers. */
  start(): Promise<void>;
  /** Runs a statement, and returns what it prints. */
  query(sql: string): string;
  /** Runs psql with these arguments as well. */
  psql(args: readonly string[]): string;
  /** Gives it a folder for tables. */
  own(folder: string): void;
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** An address of this machine where it listens besides 127.0.0.1. There everybody but the administrator needs a password. */
  readonly listen?: string;
  /** The certificate for encrypted connections; at `listen` no others are let in then. */
  readonly certificate?: { readonly serverCertificatePem: string; readonly privateKeyPem: string };
}

/** A real PostgreSQL with an empty database, on a port of its own. What it has committed survives `kill`. */
export async function startPostgres({ listen, certificate }: PostgresOptions = {}): Promise<Postgres> {
  const programs = programFolder();
  const who = account();
  // Its user may not be able to reach our user's folders.
  const folder = mkdtempSync('/tmp/pushdesk-pg-');
  const data = path.join(folder, 'data');
  mkdirSync(data);
  for (const place of [folder, data]) {
    chmodSync(place, 0o700);
    if (who !== null) chownSync(place, who.uid, who.gid);
  }
  const as = { ...(who ?? {}), cwd: folder, stdio: 'pipe' as const };
  execFileSync(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'],
    as,
  );
  const mine = (name: string, text: string) => {
    const file = path.join(data, name);
    writeFileSync(file, text, { mode: 0o600 });
    if (who !== null) chownSync(file, who.uid, who.gid);
  };
  if (certificate !== undefined) {
    mine('server.crt', certificate.serverCertificatePem);
    mine('server.key', certificate.privateKeyPem);
  }
  if (listen !== undefined) {
    const kind = certificate === undefined ? 'host' : 'hostssl';
    const lines = [
      'local all all trust',
      'host all postgres 127.0.0.1/32 trust',
      `${kind} all all 0.0.0.0/0 scram-sha-256`,
    ];
    mine('pg_hba.conf', `${lines.join('\n')}\n`);
  }
  const port = await freePort();
  let child: ChildProcess | null = null;
  let ended: Promise<unknown> = Promise.resolve();
  const psql = (args: readonly string[]) =>
    execFileSync(
      path.join(programs, 'psql'),
      [
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        '-U',
        'postgres',
        '-d',
        'postgres',
        '-AtqX',
        '-v',
        'ON_ERROR_STOP=1',
        ...args,
      ],
      { encoding: 'utf8', stdio: 'pipe' },
    ).trim();
  const query = (sql: string) => psql(['-c', sql]);

  const self: Postgres = {
    address: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    query,
    psql,
    own(place) {
      if (who !== null) chownSync(place, who.uid, who.gid);
      chmodSync(place, 0o700);
    },
    pid: () => child?.pid ?? 0,
    async start() {
      let output = '';
      // What the kernel has is safe from a kill; flushing would only protect from power cuts, and would slow the tests down.
      const settings = [
        `listen_addresses=${[...new Set(['127.0.0.1', listen ?? '127.0.0.1'])].join(',')}`,
        `ssl=${certificate === undefined ? 'off' : 'on'}`,
        `port=${port}`,
        `unix_socket_directories=${folder}`,
        'fsync=off',
        'shared_buffers=32MB',
      ];
      const started = spawn(
        path.join(programs, 'postgres'),
        ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
        { ...(who ?? {}), cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
      );
      child = started;
      started.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      ended = once(started, 'exit');
      for (let tries = 0; ; tries += 1) {
        try {
          query('SELECT 1');
          return;
        } catch (error) {
          if (started.exitCode !== null || tries > 600)
            throw new Error(`PostgreSQL did not start: ${output}`, { cause: error });
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    },
    async kill() {
      if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      // It leads a process group of its own, of everything it has started.
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
    async close() {
      await self.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await self.start();
  return self;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
