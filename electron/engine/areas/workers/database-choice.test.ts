import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../engine.ts';
import { NO_SECRETS } from '../engine-secrets.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { engineOptions, WORKER_FILES } from '../../testing/engine-options.ts';
import { fakeHost, type FakeHost } from '../../testing/fake-host.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { readDatabaseAddress } from '../../workers/database-address.ts';

/** An address where nobody listens. */
const ADDRESS = 'postgres://me:pass-word-7@127.0.0.1:9/push';

async function startEngine(folder: string, host: FakeHost | null, held: string | null = null) {
  const captured = capturedLog();
  const read = held === null ? null : readDatabaseAddress(held, () => '', 'environment');
  const workers = read?.kind === 'read' ? read.address : null;
  const engine = await createEngine(engineOptions({ dataDir: path.join(folder, 'data'), folder }), {
    host,
    log: captured.log,
    workerFiles: WORKER_FILES,
    secrets: { ...NO_SECRETS, workers },
  });
  let isOver = false;
  const stop = async () => {
    if (!isOver) await engine.stop();
    isOver = true;
  };
  onTestFinished(stop);
  return {
    workers: createRouterClient(engine.router).workers,
    app: createRouterClient(engine.router).app,
    logged: () => captured.text(),
    stop,
  };
}

const file = (folder: string) => path.join(folder, 'data', 'workers-database.json');
/** Everything in the data folder that could be copied, exported or sent along. */
const kept = (folder: string) =>
  readdirSync(path.join(folder, 'data'))
    .filter((name) => statSync(path.join(folder, 'data', name)).isFile())
    .map((name) => readFileSync(path.join(folder, 'data', name), 'latin1'))
    .join('\n');

it('keeps an address sealed for the next start, and tells nobody its password', async () => {
  const folder = tempFolder();
  const host = fakeHost();
  const first = await startEngine(folder, host);
  expect(await first.workers.database()).toMatchObject({ source: null, at: null, isUsed: false });
  const told = await first.workers.chooseDatabase({ address: ADDRESS });
  expect(told).toEqual({
    source: 'settings',
    at: '127.0.0.1:9/push',
    isUsed: false,
    needsRestart: true,
    problem: null,
  });
  expect((await first.workers.list()).isOn).toBe(false);
  await first.stop();
  const second = await startEngine(folder, host);
  expect(await second.workers.database()).toMatchObject({ isUsed: true, needsRestart: false });
  expect((await second.workers.list()).isOn).toBe(true);
  expect(await second.workers.list()).toMatchObject({ sendsHere: true });
  await second.app.changeSettings({ sendHere: false });
  expect(await second.workers.list()).toMatchObject({ sendsHere: false });
  expect(await second.workers.chooseDatabase({ address: null })).toMatchObject({
    source: null,
    needsRestart: true,
  });
  expect(existsSync(file(folder))).toBe(false);
  await second.workers.chooseDatabase({ address: ADDRESS });
  await second.stop();
  for (const text of [kept(folder), first.logged(), second.logged(), JSON.stringify(told)])
    expect(text).not.toContain('pass-word-7');
});

it('keeps it for this user alone where there is no key ring', async () => {
  const folder = tempFolder();
  const { workers, stop } = await startEngine(folder, null);
  await workers.chooseDatabase({ address: ADDRESS });
  expect(statSync(file(folder)).mode & 0o777).toBe(0o600);
  await stop();
  expect(await (await startEngine(folder, null)).workers.database()).toMatchObject({ isUsed: true });
});

it('says so where the key ring does not open it, and starts', async () => {
  const folder = tempFolder();
  const first = await startEngine(folder, fakeHost());
  await first.workers.chooseDatabase({ address: ADDRESS });
  await first.stop();
  const { workers } = await startEngine(folder, fakeHost({ ring: 'ring-2' }));
  expect(await workers.database()).toMatchObject({
    source: 'settings',
    at: null,
    isUsed: false,
    problem: { code: 'workers-address-closed' },
  });
});

it('refuses what is no address, and a change of what the environment holds', async () => {
  const folder = tempFolder();
  const { workers } = await startEngine(folder, null);
  await expect(workers.chooseDatabase({ address: 'db.example' })).rejects.toMatchObject({
    data: { code: 'workers-address', cause: expect.stringMatching(/^The text is not/) as string },
  });
  expect(await workers.database()).toMatchObject({ source: null, problem: null });
  const held = await startEngine(tempFolder(), null, ADDRESS);
  expect(await held.workers.database()).toMatchObject({
    source: 'environment',
    at: '127.0.0.1:9/push',
    isUsed: true,
  });
  await expect(held.workers.chooseDatabase({ address: null })).rejects.toMatchObject({
    data: { code: 'workers-address-held' },
  });
});

it('keeps a file that it cannot read beside the new one', async () => {
  const folder = tempFolder();
  const first = await startEngine(folder, null);
  await first.workers.chooseDatabase({ address: ADDRESS });
  await first.stop();
  writeFileSync(file(folder), '{"version":2}');
  const { workers } = await startEngine(folder, null);
  expect(await workers.database()).toMatchObject({ source: null });
  expect(
    readdirSync(path.dirname(file(folder))).some((name) => name.startsWith('workers-database.json.invalid')),
  ).toBe(true);
});
