import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isContractProcedure } from '@orpc/contract';
import { ORPCError, createRouterClient, isDefinedError } from '@orpc/server';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Topic } from '../../contract/changes.ts';
import { contract } from '../../contract/procedures.ts';
import { procedureErrors, Refusal } from '../../contract/problem.ts';
import { makeKeyPair } from '../keys/curve.ts';
import type { Log } from '../base/log.ts';
import { PartlyDone } from '../base/partly-done.ts';
import { browserSubscription } from '../testing/browser-subscription.ts';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeHost } from '../testing/fake-host.ts';
import { tempEngine } from '../testing/temp-engine.ts';
import { someCalls } from '../testing/some-calls.ts';
import { createRouter } from './router.ts';

const subject = 'mailto:me@example.com';
type AnyCall = (input?: unknown) => Promise<unknown>;

/** Every procedure except the stream, by its dotted name. */
function callsOf(client: object, procedures: object = contract, prefix = ''): [string, AnyCall][] {
  const served = client as Record<string, AnyCall & object>;
  return Object.entries(procedures)
    .filter(([name]) => name !== 'changes')
    .flatMap(([name, part]: [string, object]): [string, AnyCall][] => {
      const found = served[name];
      if (found === undefined) throw new Error(`${prefix}${name} is not served`);
      if (!isContractProcedure(part)) return callsOf(found, part, `${prefix}${name}.`);
      return [[`${prefix}${name}`, (input) => found(input)]];
    });
}

/** A router with only some calls implemented. */
function routerOver(calls: object, log: Log) {
  return createRouter({
    calls: someCalls(calls),
    log,
    hasScreens: true,
    storeFile: '/data/pushdesk.db',
    stopping: new AbortController().signal,
  });
}

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

it.each([{ filter: {} }, 'x', 7, [1]])('refuses input where there is to be none: %j', async (input) => {
  const { client } = await tempEngine();
  const app = client.app as unknown as { info: AnyCall };
  await expect(app.info(input)).rejects.toMatchObject({ code: 'BAD_INPUT', data: { code: 'unknown-field' } });
});

describe('errors', () => {
  it('a refusal reaches the caller as the typed error of the contract', async () => {
    const { client } = await tempEngine();
    const error = await errorOf(client.keys.generate({ name: 'Shop', subject: 'nobody' }));
    expect(error).toBeInstanceOf(ORPCError);
    expect(isDefinedError(error as Error)).toBe(true);
    expect(error).toMatchObject({ code: 'BAD_INPUT', status: 422, data: { field: 'subject' } });
  });

  it('input of the wrong shape is refused in the same way, with its field', async () => {
    const { client, captured } = await tempEngine();
    const error = await errorOf(client.keys.generate({ name: '', subject }));
    expect(error).toMatchObject({
      code: 'BAD_INPUT',
      defined: true,
      data: { code: 'input-malformed', field: 'name' },
    });
    expect(captured.lines().filter((line) => Number(line['level']) >= 50)).toEqual([]);
  });

  it('a defect is logged and hidden, with the values it may carry', async () => {
    const captured = capturedLog();
    const secret = makeKeyPair().privateKey;
    const failing = new Proxy(
      {},
      {
        get: () => () => {
          throw Object.assign(new TypeError('x is not a function'), { input: { text: secret } });
        },
      },
    );
    const router = routerOver({ keys: failing }, captured.log);
    const error = await errorOf(createRouterClient(router).keys.list());
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500, defined: false });
    expect(JSON.stringify(error)).not.toContain('not a function');
    expect(captured.lines()).toMatchObject([
      { procedure: 'keys.list', error: 'TypeError: x is not a function' },
    ]);
    expect(captured.text()).not.toContain(secret);
  });

  it('whatever a caller sends, nothing falls and nothing is stored', async () => {
    const { client, captured } = await tempEngine({ host: fakeHost({ savePath: null }) });
    const calls = callsOf(client).filter(([name]) => !name.startsWith('server.'));
    const id = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null));
    const wild = fc.oneof(
      fc.anything(),
      fc.record(
        { id, ids: fc.array(id), cursor: fc.string(), limit: fc.integer(), text: fc.string() },
        { requiredKeys: [] },
      ),
      fc.record({ filter: fc.object(), cursor: fc.oneof(fc.string(), fc.integer()), limit: fc.integer() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...calls), wild, async ([name, call], input) => {
        const error = await errorOf(call(input));
        if (error === null) return;
        expect({ name, error }).toMatchObject({ error: { defined: true } });
        expect(Object.keys(procedureErrors)).toContain((error as ORPCError<string, unknown>).code);
      }),
      { numRuns: 600 },
    );
    expect(captured.lines().filter((line) => line['msg'] === 'a procedure failed')).toEqual([]);
    expect(await client.keys.list()).toEqual([]);
    expect((await client.subscriptions.list({ filter: {} })).items).toEqual([]);
    expect((await client.campaigns.list({})).items).toEqual([]);
  });
});

describe('a store that fails', () => {
  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_BUSY', 'store-locked'],
    ['SQLITE_CORRUPT', 'store-damaged'],
  ])('%s is told as UNAVAILABLE, with the cure', async (code, expected) => {
    const captured = capturedLog();
    const keys = {
      list: () => {
        throw new Database.SqliteError('raw text of SQLite', code);
      },
    };
    const client = createRouterClient(routerOver({ keys }, captured.log));
    const error = await errorOf(client.keys.list());
    expect(error).toMatchObject({
      code: 'UNAVAILABLE',
      status: 503,
      defined: true,
      data: { code: expected },
    });
    expect(captured.lines()).toMatchObject([{ procedure: 'keys.list', code: expected }]);
  });

  it('half-way says what was done before; a defect says nothing', async () => {
    const causes: unknown[] = [
      new Database.SqliteError('raw text of SQLite', 'SQLITE_FULL'),
      new Refusal('UNAVAILABLE', { code: 'import-thread-died', cause: 'It stopped.', cure: 'Try again.' }),
      new TypeError('raw text of a defect'),
    ];
    const keys = {
      list: () => {
        throw new PartlyDone(causes.shift(), '20 rows were stored.');
      },
    };
    const client = createRouterClient(routerOver({ keys }, capturedLog().log));
    const full = await errorOf(client.keys.list());
    expect(full).toMatchObject({ code: 'UNAVAILABLE', status: 503, data: { code: 'disk-full' } });
    expect((full as ORPCError<'UNAVAILABLE', { cause: string }>).data.cause).toMatch(
      /full.* 20 rows were stored\.$/,
    );
    expect(await errorOf(client.keys.list())).toMatchObject({
      data: { code: 'import-thread-died', cause: 'It stopped. 20 rows were stored.' },
    });
    const defect = await errorOf(client.keys.list());
    expect(defect).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(String(defect)).not.toContain('raw text');
  });
});

describe('changes', () => {
  it('come as they happen, merged, until the caller goes away', async () => {
    const { client } = await tempEngine();
    const leave = new AbortController();
    const changes = await client.app.changes(undefined, { signal: leave.signal });
    /** What the engine does on its own may come first, separately. */
    const until = async (topic: Topic) => {
      for (;;) {
        const { value, done } = await changes.next();
        if (done === true) expect.fail(`the stream ended before ${topic}`);
        if (value.topics.includes(topic)) return;
      }
    };
    await client.keys.generate({ name: 'Shop', subject });
    await until('keys');
    await client.app.changeSettings({ appearance: 'dark' });
    await until('settings');
    const last = changes.next();
    leave.abort();
    expect(await last).toMatchObject({ done: true });
  });

  it('end when the engine stops', async () => {
    const { client, engine } = await tempEngine();
    const changes = await client.app.changes();
    const last = changes.next();
    await engine.stop();
    expect(await last).toMatchObject({ done: true });
  });

  it('keep no listener when nobody listens any more', async () => {
    const { client } = await tempEngine();
    const changes = await client.app.changes();
    await changes.return(undefined);
    expect(await changes.next()).toMatchObject({ done: true });
  });
});

describe('the private key', () => {
  it.each([
    ['without a desktop', null],
    ['with a key ring', fakeHost()],
  ])('is in no answer, no error and no log, %s', async (_name, host) => {
    const { client, captured, engine, options } = await tempEngine({ host });
    await engine.start();
    const pair = makeKeyPair();
    const other = makeKeyPair();
    const answers: unknown[] = [];
    const keep = async (promise: Promise<unknown>) => {
      answers.push(await promise.catch((error: unknown) => error));
    };
    const text = `Public Key:\n${pair.publicKey}\n\nPrivate Key:\n${pair.privateKey}\n`;
    await keep(client.keys.import({ name: 'Shop', subject: 'nobody', text }));
    await keep(client.keys.import({ name: '', subject, text }));
    await keep(
      client.keys.import({ name: 'Shop', subject, text: text.replace(pair.publicKey, other.publicKey) }),
    );
    await keep(client.keys.import({ name: 'Shop', subject, text: `${text} ${'x'.repeat(30_000)}` }));
    await keep(client.keys.import({ name: 'Shop', subject, text }));
    await keep(client.keys.import({ name: 'Shop', subject, text }));
    await keep(client.keys.generate({ name: pair.privateKey, subject: 'nobody' }));
    await keep(client.subscriptions.import({ text: browserText(), publicKey: pair.publicKey }));
    for (const [name, call] of callsOf(client)) {
      if (!name.endsWith('import'))
        await keep(call({ id: 1, ids: [1], filter: {}, campaignId: 1, state: 'failed' }));
    }
    const [made] = await client.keys.list();
    expect(made?.canSign).toBe(true);

    const seen = answers.map((answer) => everythingIn(answer)).join('\n') + captured.text();
    for (const encoding of ['base64url', 'base64', 'hex'] as const) {
      expect(seen).not.toContain(Buffer.from(pair.privateKey, 'base64url').toString(encoding));
    }
    const store = readFileSync(path.join(options.dataDir, 'pushdesk.db'), 'latin1');
    expect(store).not.toContain(pair.privateKey);
    const keyFile = readFileSync(path.join(options.dataDir, 'private-keys.json'), 'utf8');
    expect(keyFile.includes(pair.privateKey)).toBe(host === null);
  });
});

function browserText(): string {
  return JSON.stringify(browserSubscription());
}

/** All members of a value, including those of errors and their causes. */
function everythingIn(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null || seen.has(value)) return String(value);
  seen.add(value);
  const names =
    value instanceof Error
      ? ['name', 'message', 'stack', 'cause', ...Object.keys(value)]
      : Object.keys(value);
  return names.map((name) => everythingIn((value as Record<string, unknown>)[name], seen)).join('\n');
}
