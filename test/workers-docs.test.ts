import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { tempFolder } from '../electron/engine/testing/temp-folder.ts';
import { startHeadlessEngine } from './support/headless-engine.ts';
import { startPostgres } from './support/postgres.ts';
import { ROOT } from './support/surroundings.ts';

const commands = [
  ...readFileSync(path.join(ROOT, 'docs/workers.md'), 'utf8').matchAll(/^```sh\n(.*?)\n```$/gms),
].map(([, command = '']) => command);

it('every command of docs/workers.md works: the role, an engine that owns its schema, a worker that it sees', async () => {
  const [makeRole = '', ...starts] = commands;
  const postgres = await startPostgres();
  onTestFinished(() => postgres.close());
  execFileSync('sh', ['-c', makeRole], {
    cwd: path.join(ROOT, 'build/server/files'),
    env: {
      ...process.env,
      PGHOST: '127.0.0.1',
      PGPORT: String(postgres.port),
      PGUSER: 'postgres',
    },
    stdio: 'pipe',
  });

  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const folder = tempFolder();
  const start = (line: string) => {
    const [, address = '', script = ''] = /^PUSHDESK_WORKERS='([^']+)' npm run (\w+)$/.exec(line) ?? [];
    expect(scripts).toHaveProperty(script);
    const life = startHeadlessEngine({
      dataDir: path.join(folder, script),
      trusted: '',
      command: script === 'headless' ? [] : [script],
      variables: { PUSHDESK_WORKERS: address.replace('db.example.com', `127.0.0.1:${postgres.port}`) },
    });
    onTestFinished(() => life.kill());
    return life;
  };
  expect(starts).toHaveLength(2);
  const [engine, worker] = starts.map(start);
  await vi.waitFor(
    async () => {
      expect(await engine?.call('GET', '/workers')).toMatchObject({
        workers: [{ version: expect.any(String) as string }],
      });
    },
    { timeout: 180_000, interval: 200 },
  );
  expect(await worker?.end()).toBe(0);
  expect(await engine?.end()).toBe(0);
});
