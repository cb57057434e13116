import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pageConfigSchema } from '../../electron/contract/http.ts';
import { ROOT, inheritedEnv, makeTempFolder } from './support/pushdesk.ts';

const UNPACKED = path.join(ROOT, 'dist', 'linux-unpacked');
const temp = makeTempFolder();

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'build', 'package.mjs'), '--dir'], {
    cwd: ROOT,
    env: inheritedEnv(),
  });
});
afterAll(() => {
  temp.remove();
});

describe('the packaged app', () => {
  it('holds the built app and nothing of its sources', () => {
    const resources = path.join(UNPACKED, 'resources');
    expect(readdirSync(resources)).toContain('app.asar');
    expect(existsSync(path.join(resources, 'app'))).toBe(false);
    expect(existsSync(path.join(resources, 'default_app.asar'))).toBe(false);
  });

  it('starts outside of the project, serves the subscribe page, and ends cleanly', async () => {
    const app = spawn(path.join(UNPACKED, 'pushdesk'), process.getuid?.() === 0 ? ['--no-sandbox'] : [], {
      cwd: temp.folder,
      env: {
        ...inheritedEnv(),
        PUSHDESK_DATA_DIR: path.join(temp.folder, 'data'),
        PUSHDESK_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(app, 'close');
    let printed = '';
    for (const stream of [app.stdout, app.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
      });
    }
    try {
      const url = await vi.waitFor(
        () => {
          const ready = /^Pushdesk is ready: (\S+)$/m.exec(printed)?.[1];
          if (ready === undefined) throw new Error(`It has not said that it is ready:\n${printed}`);
          return ready;
        },
        { timeout: 60_000 },
      );
      const page = await fetch(url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('Subscribe');
      const config: unknown = await (await fetch(new URL('config.json', url))).json();
      expect(pageConfigSchema.parse(config)).toEqual({ publicKey: null });
      expect((await fetch(new URL('sw.js', url))).headers.get('content-type')).toContain('javascript');
    } finally {
      app.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(existsSync(path.join(temp.folder, 'data', 'pushdesk.db-wal'))).toBe(false);
  });
});
