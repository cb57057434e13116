import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import { NO_SECRETS, type EngineSecrets } from './areas/engine-secrets.ts';
import { capturedLog } from './testing/captured-log.ts';
import { engineOptions, WORKER_FILES } from './testing/engine-options.ts';
import { makeKeyPair } from './keys/curve.ts';

const running: Engine[] = [];
afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop();
});

async function engineWith(
  dataDir: string,
  keyPair: EngineSecrets['keyPair'],
  apiToken: string | null = null,
) {
  const captured = capturedLog();
  const engine = await createEngine(
    { ...engineOptions(), dataDir },
    {
      host: null,
      log: captured.log,
      workerFiles: WORKER_FILES,
      secrets: { ...NO_SECRETS, apiToken, keyPair },
    },
  );
  running.push(engine);
  return { engine, client: createRouterClient(engine.router), captured };
}

const SUBJECT = 'mailto:owner@example.com';
const held = () => ({ ...makeKeyPair(), subject: SUBJECT });

/** Everything in the folder as one text, whatever kind the files are. */
const allBytes = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');

it('signs with the pair of the environment, and writes neither it nor the token anywhere', async () => {
  const { dataDir } = engineOptions();
  const pair = held();
  const token = 'token-of-the-environment-0123456789-0123';
  const { client, engine, captured } = await engineWith(dataDir, pair, token);
  expect(await client.keys.list()).toMatchObject([
    { publicKey: pair.publicKey, subject: SUBJECT, canSign: true, inUse: true, name: 'From the environment' },
  ]);
  await engine.stop();
  const written = allBytes(dataDir);
  expect(written).toContain(pair.publicKey);
  expect(written).not.toContain(pair.privateKey);
  expect(written).not.toContain(token);
  expect(existsSync(path.join(dataDir, 'api-token'))).toBe(false);
  expect(captured.text()).not.toContain(pair.privateKey);
});

it('is the same pair at the next start, with the name that it was given and the contact of then', async () => {
  const { dataDir } = engineOptions();
  const pair = held();
  const first = await engineWith(dataDir, pair);
  const [made] = await first.client.keys.list();
  if (made === undefined) throw new Error('The pair is not listed');
  await first.client.keys.update({ id: made.id, name: 'Shop', subject: SUBJECT });
  await first.engine.stop();
  const second = await engineWith(dataDir, { ...pair, subject: 'https://shop.example/contact' });
  expect(await second.client.keys.list()).toMatchObject([
    { id: made.id, name: 'Shop', subject: 'https://shop.example/contact', canSign: true },
  ]);
});

it('is put in use in place of another one, which stays', async () => {
  const { dataDir } = engineOptions();
  const first = await engineWith(dataDir, null);
  const own = await first.client.keys.generate({ name: 'Own', subject: SUBJECT });
  await first.engine.stop();
  const pair = held();
  const second = await engineWith(dataDir, pair);
  expect(await second.client.keys.list()).toMatchObject([
    { id: own.id, inUse: false, canSign: true },
    { publicKey: pair.publicKey, inUse: true, canSign: true },
  ]);
});

it('cannot sign once the environment holds it no more', async () => {
  const { dataDir } = engineOptions();
  const pair = held();
  const first = await engineWith(dataDir, pair);
  await first.engine.stop();
  const second = await engineWith(dataDir, null);
  expect(await second.client.keys.list()).toMatchObject([{ publicKey: pair.publicKey, canSign: false }]);
});
