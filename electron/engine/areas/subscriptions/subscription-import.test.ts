import { describe, expect, it } from 'vitest';
import type { SubscriptionId } from '../../../contract/ids.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';

const many = (count: number) => Array.from({ length: count }, () => browserSubscription());
const lines = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const { publicKey } = makeKeyPair();

describe('preview', () => {
  it('says how many are new, known, repeated and bad, and stores nothing', async () => {
    const { service, all } = tempSubscriptions();
    const [known, ...fresh] = many(3);
    service.report({ subscription: known ?? never(), publicKey });
    const before = all();
    const broken = { ...browserSubscription(), endpoint: 'http://push.example.com/1' };
    const text = lines([known, fresh[0], broken, fresh[1], fresh[0], { rubbish: 1 }]);
    const preview = await service.previewImport({ text, publicKey: null });
    expect(preview).toMatchObject({ newCount: 2, knownCount: 1, repeatedCount: 1, badCount: 2 });
    expect(preview.bad.map((row) => row.line)).toEqual([3, 6]);
    expect(preview.bad[0]).toMatchObject({
      problem: { code: 'endpoint-not-https' },
      excerpt: broken.endpoint,
    });
    expect(preview.sample.map((row) => [row.line, row.known])).toEqual([
      [1, true],
      [2, false],
      [4, false],
    ]);
    expect(all()).toEqual(before);
  });

  it('tells remarks: a long secret, one that comes back, one that stays away', async () => {
    const { service, db } = tempSubscriptions();
    const rows = many(3);
    for (const subscription of rows.slice(0, 2)) service.report({ subscription, publicKey });
    db.write<object>("UPDATE subscriptions SET state = iif(id = 1, 'gone', 'unsubscribed')").run({});
    const auth = Buffer.alloc(32, 7).toString('base64url');
    const long = browserSubscription({ keys: { ...(rows[2] ?? never()).keys, auth } });
    const { remarks } = await service.previewImport({
      text: lines([rows[0], rows[1], long]),
      publicKey: null,
    });
    expect(remarks).toEqual([
      { line: 1, text: expect.stringContaining('active again') as string },
      { line: 2, text: expect.stringContaining('stays unsubscribed') as string },
      { line: 3, text: expect.stringContaining('32 bytes') as string },
    ]);
  });

  it('shows the first of very many', async () => {
    const { service } = tempSubscriptions();
    const text = `${lines(many(30))}\n${'{"rubbish":1}\n'.repeat(300)}`;
    const preview = await service.previewImport({ text, publicKey: null });
    expect(preview).toMatchObject({ newCount: 30, badCount: 300 });
    expect(preview.sample).toHaveLength(20);
    expect(preview.bad).toHaveLength(200);
  });
});

describe('a table', () => {
  const text = (columns: string) => {
    const { endpoint, keys } = browserSubscription();
    return `endpoint,p256dh,auth,${columns}\n${endpoint},${keys.p256dh},${keys.auth},blue,7\n`;
  };

  it('tells its columns, what their names say, and its first rows', async () => {
    const { service } = tempSubscriptions();
    const { columns, newCount } = await service.previewImport({
      text: text('colour,user_id'),
      publicKey: null,
    });
    expect(newCount).toBe(1);
    expect(columns?.map(({ name, readAs }) => [name, readAs])).toEqual([
      ['endpoint', 'Endpoint'],
      ['p256dh', 'Key p256dh'],
      ['auth', 'Key auth'],
      ['colour', null],
      ['user_id', 'External ID'],
    ]);
    expect(columns?.at(3)?.samples).toEqual(['blue']);
  });

  it('stores columns as a person says', async () => {
    const { service, all } = tempSubscriptions();
    await service.import({
      text: text('colour,number'),
      publicKey: null,
      mapping: { colour: 'tags', number: 'attribute' },
    });
    expect(all()).toMatchObject([{ tags: ['blue'], attributes: { number: '7' } }]);
  });

  const abroad = () => {
    const hex = (key: string) => Buffer.from(key, 'base64url').toString('hex');
    const rows = many(2).map(({ endpoint, keys }, index) =>
      [endpoint, hex(keys.p256dh), hex(keys.auth), ['ja', 'nej'][index]].join(','),
    );
    return `Adr,Nyckel,Hemlis,Borta\n${rows.join('\n')}\n`;
  };

  it('previews and stores endpoint and keys, and who unsubscribed, as a person says', async () => {
    const { service, all } = tempSubscriptions();
    const table = abroad();
    const seen = await service.previewImport({ text: table, publicKey: null });
    expect(seen).toMatchObject({ newCount: 0, badCount: 2, unsubscribed: null });
    expect(seen.columns?.find(({ name }) => name === 'Hemlis')?.readAs).toBeNull();
    const input = {
      text: table,
      publicKey: null,
      mapping: { Hemlis: 'auth', Borta: 'unsubscribed' },
    } as const;
    expect(await service.previewImport(input)).toMatchObject({
      newCount: 1,
      badCount: 0,
      unsubscribed: { count: 1, lines: [2], mark: 'Borta = ja' },
      columns: seen.columns,
    });
    expect(await service.import(input)).toMatchObject({ addedCount: 1, badCount: 0, unsubscribedCount: 1 });
    expect(all()).toHaveLength(1);
    expect(await service.import({ ...input, includeUnsubscribed: true })).toMatchObject({
      addedCount: 1,
      updatedCount: 1,
    });
    expect(all()).toMatchObject([{ state: 'active' }, { state: 'active' }]);
  });
});

it('groups what is rejected by its reason, and counts text that is passed over', async () => {
  const { service } = tempSubscriptions();
  const { reasons, otherCount, badCount } = await service.previewImport({
    text: `# my list\n${lines([{ a: 1 }, { ...browserSubscription(), keys: {} }, { b: 2 }, ...many(1)])}`,
    publicKey: null,
  });
  expect(reasons.map(({ problem, count, lines: at }) => [problem.code, count, at])).toEqual([
    ['not-a-subscription', 2, [2, 4]],
    ['keys-missing', 1, [3]],
  ]);
  expect({ otherCount, badCount }).toEqual({ otherCount: 1, badCount: 3 });
});

describe('import', () => {
  it.each([
    ['one object', (rows: unknown[]) => JSON.stringify(rows[0])],
    [
      'one object, pretty-printed, with BOM and CRLF',
      (rows: unknown[]) => `\uFEFF${JSON.stringify(rows[0], null, 2).replaceAll('\n', '\r\n')}`,
    ],
    ['an array', (rows: unknown[]) => JSON.stringify(rows)],
    ['JSON lines', lines],
  ])('takes %s', async (_name, write) => {
    const { service, all } = tempSubscriptions();
    const rows = many(3);
    const text = write(rows);
    const { newCount } = await service.previewImport({ text, publicKey: null });
    expect(await service.import({ text, publicKey: null })).toEqual({
      addedCount: newCount,
      updatedCount: 0,
      badCount: 0,
      unsubscribedCount: 0,
    });
    expect(all()).toHaveLength(newCount);
    expect(all().at(-1)).toMatchObject({
      endpoint: rows[0]?.endpoint,
      source: 'import',
      publicKey: null,
      state: 'active',
    });
  });

  it.each([
    ['base64url', 'base64url', ''],
    ['base64url with padding', 'base64url', '='],
    ['base64', 'base64', ''],
  ] as const)('takes keys in %s and copies them as the browser would', async (_name, encoding, padding) => {
    const { service } = tempSubscriptions();
    const original = browserSubscription();
    const written = (text: string, pad: number) =>
      Buffer.from(text, 'base64url').toString(encoding) + (padding === '' ? '' : padding.repeat(pad));
    const keys = { p256dh: written(original.keys.p256dh, 1), auth: written(original.keys.auth, 2) };
    await service.import({ text: JSON.stringify({ ...original, keys }), publicKey: null });
    expect(JSON.parse(service.exportJson({ ids: [1 as SubscriptionId] }).text)).toEqual(original);
  });

  it.each([
    ['side by side', ([a, b]: unknown[]) => [a, a, b, b]],
    ['far apart', ([a, b]: unknown[]) => [a, b, a, b, a]],
  ])('counts a new one that comes again as new, once: %s', async (_name, order) => {
    const { service, all } = tempSubscriptions();
    expect(await service.import({ text: lines(order(many(2))), publicKey: null })).toEqual({
      addedCount: 2,
      updatedCount: 0,
      badCount: 0,
      unsubscribedCount: 0,
    });
    expect(all()).toHaveLength(2);
  });

  it('updates what is known and never doubles it', async () => {
    const { service, all, clock } = tempSubscriptions();
    const rows = many(2);
    for (const subscription of rows) service.report({ subscription, publicKey });
    clock.advance(10);
    const renewed = browserSubscription({ endpoint: rows[0]?.endpoint ?? never() });
    const text = lines([renewed, rows[1], browserSubscription(), renewed]);
    expect(await service.import({ text, publicKey: null })).toEqual({
      addedCount: 1,
      updatedCount: 2,
      badCount: 0,
      unsubscribedCount: 0,
    });
    expect(await service.import({ text, publicKey: null })).toEqual({
      addedCount: 0,
      updatedCount: 3,
      badCount: 0,
      unsubscribedCount: 0,
    });
    expect(all()).toHaveLength(3);
    // The paste does not name the key, so the one that the browser reported stays.
    expect(all().filter((row) => row.publicKey === publicKey)).toHaveLength(2);
    expect(JSON.parse(service.exportJson({ ids: [1 as SubscriptionId] }).text)).toEqual(renewed);
  });

  it('links rows to the key pair that the person names', async () => {
    const { service, all, addKeyPair } = tempSubscriptions();
    const pair = addKeyPair('Shop');
    const subscription = browserSubscription();
    await service.import({ text: JSON.stringify(subscription), publicKey: null });
    expect(all()[0]?.keyPairId).toBeNull();
    await service.import({ text: JSON.stringify(subscription), publicKey: pair.publicKey });
    expect(all()).toMatchObject([{ keyPairId: pair.id, keyPairName: 'Shop' }]);
  });

  it.each([
    ['active', 'active'],
    ['expired', 'active'],
    ['gone', 'active'],
    ['mismatched', 'active'],
    ['unsubscribed', 'unsubscribed'],
  ])('of a known one that is %s leaves it %s, and out of the bin', async (before, after) => {
    const { service, all, db } = tempSubscriptions();
    const subscription = browserSubscription();
    service.report({ subscription, publicKey });
    db.write<object>('UPDATE subscriptions SET state = @before, deleted_at = 5').run({ before });
    await service.import({ text: JSON.stringify(subscription), publicKey: null });
    expect(all()).toMatchObject([{ state: after, deletedAt: null }]);
  });

  it('marks at once what is over already', async () => {
    const { service, all, clock } = tempSubscriptions();
    const text = JSON.stringify(browserSubscription({ expirationTime: clock.now() - 1 }));
    await service.import({ text, publicKey: null });
    expect(all()[0]?.state).toBe('expired');
  });

  it('refuses a public key that is no point, before anything is stored', async () => {
    const { service, all } = tempSubscriptions();
    const input = { text: JSON.stringify(browserSubscription()), publicKey: `B${'A'.repeat(86)}` };
    await expect(service.import(input)).rejects.toMatchObject({
      kind: 'BAD_INPUT',
      problem: { field: 'publicKey' },
    });
    await expect(service.previewImport(input)).rejects.toMatchObject({ kind: 'BAD_INPUT' });
    expect(all()).toEqual([]);
  });

  it('lets others have their turn, and can be stopped: what is stored stays', async () => {
    const { service, filter } = tempSubscriptions();
    const text = lines(many(1500));
    const stop = new AbortController();
    const importing = service.import({ text, publicKey: null }, stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    const during = (await service.counts({ filter: filter() })).matching;
    stop.abort();
    await expect(importing).rejects.toThrow(/abort/i);
    const after = (await service.counts({ filter: filter() })).matching;
    expect(during).toBeGreaterThan(0);
    expect(after).toBeLessThan(1500);
    expect(await service.import({ text, publicKey: null })).toMatchObject({ addedCount: 1500 - after });
  });
});

describe('a full disk', () => {
  it('ends the import, keeps what was stored, and the next import goes on', async () => {
    const { service, db, filter } = tempSubscriptions();
    const limitTo = (pages: number) => db.read<object, object>(`PRAGMA max_page_count = ${pages}`).get({});
    // Half as many again as there is room for: how many pages they take varies from run to run, because their keys do.
    const count = 3000;
    const text = lines(many(count));
    const pages = db.read<object, { page_count: number }>('PRAGMA page_count').get({})?.page_count ?? never();
    limitTo(pages + 150);
    const error: unknown = await service.import({ text, publicKey: null }).catch((reason: unknown) => reason);
    const stored = (await service.counts({ filter: filter() })).matching;
    expect(error).toMatchObject({
      cause: { code: 'SQLITE_FULL' },
      done: expect.stringContaining(
        `${stored.toLocaleString('en')} subscriptions were imported before that`,
      ) as string,
    });
    expect(stored).toBeGreaterThan(0);
    expect(stored % 500).toBe(0);
    limitTo(1_000_000);
    expect(await service.import({ text, publicKey: null })).toEqual({
      addedCount: count - stored,
      updatedCount: stored,
      badCount: 0,
      unsubscribedCount: 0,
    });
  });
});

function never(): never {
  throw new Error('There is no row.');
}

it('says that it imports while rows are being stored, and not while they are only looked at', async () => {
  const { service } = tempSubscriptions();
  const input = { text: lines(many(5)), publicKey: null };
  const preview = service.previewImport(input);
  expect(service.isImporting()).toBe(false);
  await preview;
  const importing = service.import(input);
  expect(service.isImporting()).toBe(true);
  await importing;
  expect(service.isImporting()).toBe(false);
  await service.import({ text: '', publicKey: null }, AbortSignal.abort()).catch(() => undefined);
  expect(service.isImporting()).toBe(false);
});
