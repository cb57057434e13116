import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { packServer } from '../build/server/pack.mjs';
import { parse } from 'yaml';
import { VARIABLES } from '../electron/core/environment/variables.ts';
import { SETTING_VARIABLES } from '../electron/contract/setting-variables.ts';
import { instructionsOf, unitIn } from './support/server-files.ts';
import { makeTempFolder } from './support/make-temp-folder.ts';
import { startHeadlessEngine } from './support/headless-engine.ts';
import { startHeadless } from './support/headless.ts';
import { startPostgres } from './support/postgres.ts';

const LIMIT = 60e6;

/** The package as somebody who knows nothing of this checkout has it: unpacked into a folder with an awkward name. */
let folder: string;
let archive: string;
beforeAll(async () => {
  const { folder: place, remove } = makeTempFolder("server o'clock #");
  archive = await packServer(path.join(place, 'dist'));
  execFileSync('tar', ['-xzf', archive, '-C', place]);
  folder = path.join(place, readdirSync(place).find((name) => name.startsWith('pushdesk-server-')) ?? '');
  return remove;
});

const server = (...args: string[]) =>
  spawnSync(process.execPath, ['server.mjs', ...args], { cwd: folder, encoding: 'utf8' });

describe('the package for a server', () => {
  it('is small, and holds the licences and what explains it', () => {
    expect(statSync(archive).size).toBeLessThan(LIMIT);
    expect(readdirSync(path.dirname(archive))).toEqual([path.basename(archive)]);
    for (const file of ['README.md', 'LICENSE', 'licences.txt', 'docs/local-api.md', 'docs/server.md'])
      expect(existsSync(path.join(folder, file)), file).toBe(true);
    const licences = readFileSync(path.join(folder, 'licences.txt'), 'utf8');
    for (const name of ['fastify', 'undici', 'zod', 'better-sqlite3'])
      expect(licences).toContain(`\n${name} `);
  });

  it('runs by itself, whoever hangs up: the subscribe page, its health, and a clean end', async () => {
    const dataDir = path.join(folder, 'data');
    const engine = await startHeadless({
      dataDir,
      command: [process.execPath, path.join(folder, 'server.mjs')],
      cwd: path.dirname(folder),
    });
    engine.hangUp();
    const page = await fetch(engine.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('page.js');
    expect((await fetch(new URL('page.js', engine.url))).status).toBe(200);
    expect(await (await fetch(new URL('healthz', engine.url))).json()).toMatchObject({ status: 'ok' });
    expect(await engine.end()).toBe(0);
    expect(existsSync(path.join(dataDir, 'pushdesk.db'))).toBe(true);
    expect(existsSync(path.join(dataDir, 'pushdesk.db-wal'))).toBe(false);
  });

  it('runs an engine and a worker of it, which meet in a database', async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.close());
    const secret = path.join(folder, 'worker-database');
    writeFileSync(secret, `${postgres.address}\n`, { mode: 0o600 });
    const start = (command: readonly string[]) => {
      const life = startHeadlessEngine({
        entry: path.join(folder, 'server.mjs'),
        dataDir: path.join(folder, 'data-with-workers'),
        trusted: '',
        command,
        variables: { PUSHDESK_WORKERS_FILE: secret, PUSHDESK_WORKER_NAME: 'north' },
      });
      onTestFinished(() => life.kill());
      return life;
    };
    const [engine, worker] = [start([]), start(['worker'])];
    await vi.waitFor(
      async () => {
        expect(await engine.call('GET', '/workers')).toMatchObject({
          problem: null,
          workers: [{ name: 'north', state: 'working' }],
        });
      },
      { timeout: 120_000, interval: 200 },
    );
    expect([await worker.end(), await engine.end()]).toEqual([0, 0]);
  });

  it('explains itself, and refuses what it does not know', () => {
    const help = server('--help');
    expect(help.status).toBe(0);
    for (const name of ['DATA_DIR', 'API_TOKEN_FILE', 'VAPID_PUBLIC_KEY', 'EXTRA_CA_CERTS'])
      expect(help.stdout).toContain(`PUSHDESK_${name}`);
    expect(server('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const command of ['restore FILE', 'token create', 'token revoke ID'])
      expect(help.stdout).toContain(command);
    const refused = server('--daemon');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('There is no argument --daemon');
  });
});

const inside = (place: string) => place.replace(/^\/opt\/pushdesk/, folder);

describe('what the package brings for containers and systemd', () => {
  it('names no variable that is not read', () => {
    const known = [
      ...VARIABLES.flatMap(({ name }) => [name, `${name}_FILE`]),
      ...SETTING_VARIABLES.map(({ variable }) => variable),
      'PUSHDESK_DOMAIN',
    ];
    const files = ['Dockerfile', 'compose.yaml', 'Caddyfile', 'systemd/pushdesk.service', 'docs/server.md'];
    for (const file of files) {
      const named = readFileSync(path.join(folder, file), 'utf8').match(/PUSHDESK_[A-Z_]+/g) ?? [];
      expect(
        named.filter((name) => !known.includes(name)),
        file,
      ).toEqual([]);
    }
  });

  it('builds an image on the Node of this project, that runs as a user without rights', () => {
    const instructions = instructionsOf(path.join(folder, 'Dockerfile'));
    const textOf = (name: string) => instructions.filter((one) => one.name === name).map(({ text }) => text);
    expect(instructions.every(({ name }) => name !== '')).toBe(true);
    const pinned = /NODE_VERSION = '([\d.]+)'/.exec(readFileSync('build/setup/node.mjs', 'utf8'))?.[1] ?? '?';
    expect(textOf('FROM')).toEqual([`node:${pinned}-bookworm-slim`]);
    expect(readFileSync(path.join(folder, 'docs/server.md'), 'utf8')).toContain(
      `dist/v${pinned}/node-v${pinned}-`,
    );
    expect(textOf('USER')).toEqual(['node']);
    expect(textOf('ENTRYPOINT')).toEqual(['["pushdesk"]']);
    for (const place of instructions.flatMap(({ text }) => text.match(/\/opt\/pushdesk\/\S+/g) ?? []))
      expect(existsSync(inside(place)), place).toBe(true);
  });

  it('composes it with Caddy, read-only and without rights, and longer in stopping than the engine is', () => {
    const compose = parse(readFileSync(path.join(folder, 'compose.yaml'), 'utf8')) as {
      services: Record<string, Record<string, unknown>>;
      volumes: object;
    };
    const { pushdesk = {}, caddy = {} } = compose.services;
    expect(pushdesk).toMatchObject({
      build: '.',
      network_mode: 'host',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      stop_grace_period: '20s',
    });
    const named = [pushdesk, caddy]
      .flatMap(({ volumes }) => volumes as string[])
      .map((volume) => volume.split(':')[0] ?? '');
    for (const volume of named.filter((name) => !name.startsWith('.')))
      expect(Object.keys(compose.volumes)).toContain(volume);
    expect(existsSync(path.join(folder, 'Caddyfile'))).toBe(true);
    expect(readFileSync(path.join(folder, 'Caddyfile'), 'utf8')).toContain('reverse_proxy 127.0.0.1:4830');
  });

  it('composes a worker alone, that has no more rights, and longer to stop than it needs', () => {
    const { services, secrets } = parse(readFileSync(path.join(folder, 'worker.compose.yaml'), 'utf8')) as {
      services: Record<string, Record<string, unknown>>;
      secrets: Record<string, { file: string }>;
    };
    expect(services['worker']).toMatchObject({
      build: '.',
      command: ['worker'],
      environment: { PUSHDESK_WORKERS_FILE: '/run/secrets/worker-database' },
      secrets: Object.keys(secrets),
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      stop_grace_period: '40s',
    });
    expect(secrets['worker-database']?.file).toBe('./worker-database');
  });

  it('starts it from a unit that leaves it as little as it needs', () => {
    const unit = unitIn(folder, 'pushdesk.service');
    const [start = ''] = unit.get('ExecStart') ?? [];
    const program = start.split(' ')[1] ?? '';
    expect(existsSync(inside(program)), start).toBe(true);
    for (const [name, value] of [
      ['ProtectSystem', 'strict'],
      ['NoNewPrivileges', 'yes'],
      ['CapabilityBoundingSet', ''],
      ['StateDirectory', 'pushdesk'],
      ['TimeoutStopSec', '20'],
    ] as const)
      expect(unit.get(name), name).toEqual([value]);
    expect(unit.has('MemoryDenyWriteExecute')).toBe(false);
    expect(unitIn(folder, 'pushdesk-backup.service').get('ExecStart')?.[0]).toContain(' backup ');
  });

  it('has units that systemd itself understands, where there is one', () => {
    const units = [
      'pushdesk.service',
      'pushdesk-worker.service',
      'pushdesk-backup.service',
      'pushdesk-backup.timer',
    ];
    const files = units.map((name) => path.join(folder, 'systemd', name));
    const { error, stderr } = spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' });
    const remarks =
      error === undefined
        ? stderr
            .trim()
            .split('\n')
            .filter((line) => line !== '')
        : [];
    // Node is not where a server has it.
    expect(remarks.filter((line) => !line.includes('/usr/local/bin/node is not executable'))).toEqual([]);
  });
});
