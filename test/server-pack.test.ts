import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packServer } from '../build/server/pack.mjs';
import { makeTempFolder } from './support/make-temp-folder.ts';
import { startHeadless } from './support/headless.ts';

const LIMIT = 60e6;

/** The package as somebody has it who knows nothing of this checkout: unpacked into a folder of an unhandy name. */
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
    for (const file of ['README.md', 'LICENSE', 'licences.txt', 'docs/local-api.md'])
      expect(existsSync(path.join(folder, file)), file).toBe(true);
    const licences = readFileSync(path.join(folder, 'licences.txt'), 'utf8');
    for (const name of ['fastify', 'undici', 'zod', 'better-sqlite3'])
      expect(licences).toContain(`\n${name} `);
  });

  it('runs by itself: the subscribe page, its health, and a clean end', async () => {
    const dataDir = path.join(folder, 'data');
    const engine = await startHeadless({
      dataDir,
      command: [process.execPath, path.join(folder, 'server.mjs')],
      cwd: path.dirname(folder),
    });
    const page = await fetch(engine.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('page.js');
    expect((await fetch(new URL('page.js', engine.url))).status).toBe(200);
    expect(await (await fetch(new URL('healthz', engine.url))).json()).toMatchObject({ status: 'ok' });
    expect(await engine.end()).toBe(0);
    expect(existsSync(path.join(dataDir, 'pushdesk.db'))).toBe(true);
    expect(existsSync(path.join(dataDir, 'pushdesk.db-wal'))).toBe(false);
  });

  it('explains itself, and refuses what it does not know', () => {
    const help = server('--help');
    expect(help.status).toBe(0);
    for (const name of ['DATA_DIR', 'API_TOKEN_FILE', 'VAPID_PUBLIC_KEY', 'EXTRA_CA_CERTS'])
      expect(help.stdout).toContain(`PUSHDESK_${name}`);
    expect(server('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const refused = server('--daemon');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('There is no argument --daemon');
  });
});
