import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient, isDefinedError } from '@orpc/server';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { createEngine, type Engine } from '../../engine.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { engineOptions, WORKER_FILES } from '../../testing/engine-options.ts';
import { isListening } from './testing/rehearsal-rig.ts';

const LONG = 150_000;
const message = { title: 'Hello', body: 'World' };
const running: Engine[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((engine) => engine.stop()));
});

/** A whole engine on the machine's own clock: the local push service judges tokens by that clock. */
async function wholeEngine(options = engineOptions()) {
  const captured = capturedLog();
  const around = { host: null, log: captured.log, workerFiles: WORKER_FILES, clock: systemClock };
  const engine = await createEngine(options, around);
  running.push(engine);
  const client = createRouterClient(engine.router);
  return {
    engine,
    client,
    captured,
    options,
    file: path.join(options.dataDir, 'rehearsal.db'),
    finished: async () => {
      await expect
        .poll(async () => (await client.rehearsal.current())?.state, { timeout: LONG, interval: 50 })
        .toBe('finished');
      const { campaignId } = (await client.rehearsal.current()) ?? expect.fail('no rehearsal');
      return client.rehearsal.campaigns.get({ id: campaignId ?? expect.fail('no campaign') });
    },
  };
}

/** Every row of every table of a store, as another reader of the file sees it. */
function everythingIn(file: string): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      .all();
    return Object.fromEntries(
      tables.map(({ name }) => [name, db.prepare<[]>(`SELECT * FROM "${name}"`).all()]),
    );
  } finally {
    db.close();
  }
}

describe('the contract of a rehearsal', () => {
  it('needs neither keys nor subscriptions, and shows its campaign by the procedures of campaigns', async () => {
    const { client, finished } = await wholeEngine();
    expect(await client.rehearsal.current()).toBeNull();
    expect(await client.rehearsal.start({ message, devices: 40, faults: { gone: 50 } })).toMatchObject({
      state: 'registering',
      devices: 40,
      faults: { gone: 50, wrongKey: 0 },
    });
    const campaign = await finished();
    expect(campaign).toMatchObject({ kind: 'rehearsal', counts: { accepted: 20, gone: 20 } });
    const { items } = await client.rehearsal.campaigns.deliveries({
      campaignId: campaign.id,
      states: ['gone'],
    });
    expect(items).toHaveLength(20);
    const [first] = items;
    const detail = await client.rehearsal.campaigns.delivery({ id: first?.id ?? expect.fail('none') });
    expect(detail.attempts).toMatchObject([{ number: 1, diagnosis: { code: 'subscription-gone' } }]);
    expect(await client.rehearsal.stop()).toBeNull();
    expect(await client.rehearsal.current()).toBeNull();
  });

  it('leaves the real store as it is, row by row', async () => {
    const { client, options, finished } = await wholeEngine();
    await client.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
    await client.subscriptions.import({ text: JSON.stringify(browserSubscription()), publicKey: null });
    const store = path.join(options.dataDir, 'pushdesk.db');
    const before = everythingIn(store);
    const overview = await client.app.overview();
    await client.rehearsal.start({ message, devices: 100, faults: { gone: 10, wrongKey: 10 } });
    await finished();
    expect(everythingIn(store)).toEqual(before);
    expect(before['subscriptions']).toHaveLength(1);
    expect(await client.app.overview()).toEqual(overview);
    expect((await client.campaigns.list({})).items).toEqual([]);
    expect(await client.keys.list()).toHaveLength(1);
  });

  it('refuses in typed errors what cannot be', async () => {
    const { client } = await wholeEngine();
    const errorOf = (promise: Promise<unknown>) =>
      promise.then(
        () => expect.fail('it was not refused'),
        (error: unknown) => error as Error,
      );
    const refused = [
      await errorOf(client.rehearsal.campaigns.get({ id: 1 })),
      await errorOf(client.rehearsal.start({ message, devices: 9 })),
      await errorOf(client.rehearsal.start({ message, devices: 1_000_001 })),
      await errorOf(client.rehearsal.start({ message, devices: 10, faults: { gone: 60, wrongKey: 60 } })),
      await errorOf(client.rehearsal.start({ message: { title: '' }, devices: 10 })),
    ];
    expect(refused.every((error) => isDefinedError(error))).toBe(true);
    expect(refused).toMatchObject([
      { code: 'NOT_FOUND', data: { code: 'no-rehearsal' } },
      ...Array.from({ length: 4 }, () => ({ code: 'BAD_INPUT' })),
    ]);
    await client.rehearsal.start({ message, devices: 5000 });
    expect(await errorOf(client.rehearsal.start({ message, devices: 10 }))).toMatchObject({
      code: 'CONFLICT',
      data: { code: 'rehearsal-goes-on' },
    });
  });

  it('tells of itself under a topic of its own', async () => {
    const { client, finished } = await wholeEngine();
    const leave = new AbortController();
    const changes = await client.app.changes(undefined, { signal: leave.signal });
    const topics = new Set<string>();
    const listening = (async () => {
      for await (const change of changes) for (const topic of change.topics) topics.add(topic);
    })();
    await client.rehearsal.start({ message, devices: 50 });
    await finished();
    leave.abort();
    await listening;
    expect([...topics]).toEqual(['rehearsal']);
  });

  it('answers other calls while devices subscribe and messages go out', async () => {
    const { client } = await wholeEngine();
    await client.rehearsal.start({ message, devices: 100_000 });
    for (let call = 0; call < 20; call += 1) {
      expect(await client.keys.list()).toEqual([]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await client.rehearsal.current())?.state).toBe('registering');
  });
});

describe('quitting', () => {
  it('in the middle of a rehearsal leaves nothing behind', async () => {
    const { client, engine, file, captured } = await wholeEngine();
    await client.rehearsal.start({ message, devices: 3000, faults: { slow: 50 } });
    const endpoint = async () => {
      const { campaignId = null } = (await client.rehearsal.current()) ?? {};
      if (campaignId === null) return '';
      const { items } = await client.rehearsal.campaigns.deliveries({ campaignId, states: ['sending'] });
      return items[0]?.endpoint ?? '';
    };
    let found = '';
    await expect
      .poll(async () => (found = await endpoint()), { timeout: LONG })
      .toContain('https://127.0.0.1:');
    const port = Number(new URL(found).port);
    expect(await isListening(port)).toBe(true);
    await engine.stop();
    expect(await isListening(port)).toBe(false);
    expect(existsSync(file)).toBe(false);
    expect(captured.lines().filter((line) => Number(line['level']) >= 50)).toEqual([]);
  });

  it('by a kill leaves a file that the next start removes', async () => {
    const options = engineOptions();
    const first = await wholeEngine(options);
    await first.engine.stop();
    writeFileSync(first.file, 'what was being written');
    const second = await wholeEngine(options);
    await second.engine.start();
    expect(existsSync(second.file)).toBe(false);
    expect(await second.client.rehearsal.current()).toBeNull();
  });
});
