import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Topic } from '../../../contract/changes.ts';
import type { KeyPairId } from '../../../contract/ids.ts';
import { keyTextReadingSchema, type KeyFileFormat } from '../../../contract/keys.ts';
import { createKeyPairStore } from './key-pair-store.ts';
import { createSubscriptionSumStore } from '../subscriptions/subscription-sum-store.ts';
import type { Host } from '../../base/host.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { fakeHost } from '../../testing/fake-host.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { tempStore } from '../../testing/temp-store.ts';
import { derivePublicKey, makeKeyPair } from '../../keys/curve.ts';
import { createKeyService } from './key-service.ts';
import { keyFileOf } from './key-file.ts';
import { createSubscriptionMoves } from '../subscriptions/subscription-moves-service.ts';
import { openKeyVault } from '../../keys/key-vault.ts';

const subject = 'mailto:owner@example.com';
const UNKNOWN = 999 as KeyPairId;

async function setting({ host = null as Host | null } = {}) {
  const folder = tempFolder();
  const clock = fakeClock();
  const captured = capturedLog();
  const store = tempStore({ folder, clock });
  const topics: Topic[] = [];
  let ready = 0;
  const open = async (around: Host | null = host) =>
    createKeyService({
      store: createKeyPairStore(store.db),
      sums: createSubscriptionSumStore(store.db),
      moves: createSubscriptionMoves({
        db: store.db,
        clock,
        sums: createSubscriptionSumStore(store.db),
        changes: { publish: () => undefined },
        log: captured.log,
      }),
      vault: await openKeyVault({
        file: path.join(folder, 'private-keys.json'),
        keyRing: around?.keyRing ?? null,
        onChange: () => undefined,
        log: captured.log,
      }),
      saveTextFile: around?.desktop.saveTextFile ?? null,
      changes: { publish: (...more) => topics.push(...more) },
      clock,
      log: captured.log,
      onReady: () => {
        ready += 1;
      },
    });
  const subscribe = (publicKey: string | null, state = 'active', deletedAt: number | null = null) =>
    store.db
      .write<object>(
        `INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, public_key, state, source, added_at, state_changed_at, deleted_at)
         VALUES ('https://push.example/' || hex(randomblob(8)), randomblob(16), 'other', 'p', 'a', @publicKey, @state, 'page', 0, 0, @deletedAt)`,
      )
      .run({ publicKey, state, deletedAt });
  return { keys: await open(), open, clock, captured, store, topics, subscribe, ready: () => ready };
}

describe('generate', () => {
  it('makes a pair that signs; the first is in use by itself', async () => {
    const { keys, clock, topics } = await setting();
    const first = await keys.generate({ name: 'Shop', subject });
    expect(first).toMatchObject({
      name: 'Shop',
      subject,
      subjectWarning: null,
      createdAt: clock.now(),
      inUse: true,
      canSign: true,
      subscriptions: { active: 0, total: 0 },
    });
    const second = await keys.generate({ name: 'Shop', subject });
    expect(second).toMatchObject({ name: 'Shop 2', inUse: false });
    expect(keys.list()).toEqual([first, second]);
    expect(keys.inUse()?.id).toBe(first.id);
    expect(topics).toContain('keys');

    const signing = keys.signingKey(second.id);
    expect(signing).toMatchObject({ keyPairId: second.id, publicKey: second.publicKey, subject });
    expect(derivePublicKey(signing?.privateKey ?? '')).toBe(second.publicKey);
  });

  it('takes a contact that Apple refuses, with a warning', async () => {
    const { keys } = await setting();
    const made = await keys.generate({ name: 'Shop', subject: 'mailto:me@localhost' });
    expect(made.subjectWarning?.cure).toBeTruthy();
    expect(keys.list()[0]?.subjectWarning).toEqual(made.subjectWarning);
  });

  it.each(['me@example.com', 'mailto:', 'http://example.com', 'nonsense'])(
    'refuses the malformed contact %s and makes nothing',
    async (malformed) => {
      const { keys } = await setting();
      await expect(keys.generate({ name: 'Shop', subject: malformed })).rejects.toMatchObject({
        kind: 'BAD_INPUT',
        problem: { field: 'subject' },
      });
      expect(keys.list()).toEqual([]);
    },
  );
});

describe('import', () => {
  const pair = makeKeyPair();
  const other = makeKeyPair();
  const printed = `\n=======================================\n\nPublic Key:\n${pair.publicKey}\n\nPrivate Key:\n${pair.privateKey}\n\n=======================================\n`;

  it.each([
    ['what web-push prints', printed],
    [
      'what web-push prints as JSON',
      JSON.stringify({ publicKey: pair.publicKey, privateKey: pair.privateKey }),
    ],
    ['a private key alone', pair.privateKey],
    ['a private key alone, in base64', `${Buffer.from(pair.privateKey, 'base64url').toString('base64')}\n`],
  ])('reads %s', async (_name, text) => {
    const { keys } = await setting();
    const imported = await keys.import({ name: 'Old site', subject, text });
    expect(imported).toMatchObject({ publicKey: pair.publicKey, canSign: true, inUse: true });
    expect(keys.signingKey(imported.id)?.privateKey).toBe(pair.privateKey);
  });

  it.each([
    ['halves that do not match', printed.replace(pair.publicKey, other.publicKey), 'halves-differ'],
    [
      'a private key that is not on the curve',
      Buffer.alloc(32, 0xff).toString('base64url'),
      'private-key-malformed',
    ],
    ['zero', Buffer.alloc(32).toString('base64url'), 'private-key-malformed'],
    ['a public key alone', pair.publicKey, /./],
    ['31 bytes', Buffer.alloc(31, 1).toString('base64url'), /./],
    ['a sentence', 'my secret key', /./],
    ['JSON of something else', '{"privateKey":{"toString":1}}', /./],
    ['an HTML page', '<script>alert(1)</script>', /./],
    ['control characters', '\u0000\u001b[2J', /./],
  ])('refuses %s', async (_name, text, code) => {
    const { keys, captured } = await setting();
    const refusal: unknown = await keys.import({ name: 'x', subject, text }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      kind: 'BAD_INPUT',
      problem: {
        field: 'text',
        code: typeof code === 'string' ? code : (expect.stringMatching(code) as string),
      },
    });
    expect(keys.list()).toEqual([]);
    expect(JSON.stringify(refusal) + captured.text()).not.toContain(pair.privateKey);
  });

  it('takes the one that was chosen from a text with several, and none where none was', async () => {
    const { keys } = await setting();
    const text = JSON.stringify([pair, other]);
    expect(keys.read({ text }).pairs.map(({ publicKey }) => publicKey)).toEqual([
      pair.publicKey,
      other.publicKey,
    ]);
    await expect(keys.import({ name: 'x', subject, text })).rejects.toMatchObject({
      problem: { code: 'key-text-several', field: 'text' },
    });
    const { publicKey } = makeKeyPair();
    await expect(keys.import({ name: 'x', subject, text, publicKey })).rejects.toMatchObject({
      problem: { code: 'key-text-other-pair' },
    });
    expect(await keys.import({ name: 'x', subject, text, publicKey: other.publicKey })).toMatchObject({
      publicKey: other.publicKey,
    });
    expect(keys.read({ text }).pairs.map(({ known }) => known)).toEqual([null, { name: 'x', canSign: true }]);
    expect(keys.list()).toHaveLength(1);
  });

  it('says what a text holds without the private half', async () => {
    const { keys, captured } = await setting();
    const reading = keys.read({ text: `VAPID_SUBJECT=mailto:me@bakery.net\n${printed}` });
    expect(reading).toMatchObject({
      pairs: [{ isProven: true, known: null }],
      subject: 'mailto:me@bakery.net',
      problem: null,
    });
    expect(keyTextReadingSchema.parse(reading)).toEqual(reading);
    expect(JSON.stringify(reading) + captured.text()).not.toContain(pair.privateKey);
    expect(keys.read({ text: pair.publicKey })).toMatchObject({
      pairs: [],
      problem: { code: 'key-text-no-private-key' },
    });
    expect(keys.list()).toEqual([]);
  });

  it('refuses one that is already here, by name', async () => {
    const { keys } = await setting();
    await keys.import({ name: 'Old site', subject, text: pair.privateKey });
    await expect(keys.import({ name: 'Again', subject, text: printed })).rejects.toMatchObject({
      kind: 'CONFLICT',
      problem: { cause: expect.stringContaining('Old site') as string },
    });
    expect(keys.list()).toHaveLength(1);
  });

  it('brings back the private half of a pair that could not be opened', async () => {
    const { open } = await setting();
    const sealed = await open(fakeHost());
    const { id } = await sealed.import({ name: 'Old site', subject, text: pair.privateKey });
    const closed = await open(null);
    expect(closed.list()).toMatchObject([{ id, canSign: false }]);
    expect(closed.signingKey(id)).toBeNull();
    expect(() => closed.use({ id })).toThrow(/sealed by a desktop key ring/);
    await closed.import({ name: 'Old site', subject, text: pair.privateKey });
    expect(closed.list()).toMatchObject([{ id, canSign: true }]);
  });
});

describe('update and use', () => {
  it('renames and changes the contact', async () => {
    const { keys } = await setting();
    const { id } = await keys.generate({ name: 'Shop', subject });
    await keys.generate({ name: 'Blog', subject });
    expect(keys.update({ id, name: 'Shop', subject: 'https://example.com/contact' })).toMatchObject({
      name: 'Shop',
      subject: 'https://example.com/contact',
    });
    expect(keys.update({ id, name: 'Blog', subject }).name).toBe('Blog 2');
    expect(() => keys.update({ id, name: 'Shop', subject: 'nobody' })).toThrow();
    expect(keys.list()[0]?.subject).toBe(subject);
    expect(() => keys.update({ id: UNKNOWN, name: 'x', subject })).toThrow(/no longer exists/);
  });

  it('puts exactly one in use', async () => {
    const { keys } = await setting();
    const first = await keys.generate({ name: 'Shop', subject });
    const second = await keys.generate({ name: 'Blog', subject });
    expect(keys.use({ id: second.id }).inUse).toBe(true);
    expect(keys.list().map((pair) => pair.inUse)).toEqual([false, true]);
    expect(keys.inUse()?.id).toBe(second.id);
    keys.use({ id: first.id });
    expect(keys.inUse()?.id).toBe(first.id);
    expect(() => keys.use({ id: UNKNOWN })).toThrow(/no longer exists/);
  });
});

describe('subscriptions of a key', () => {
  it('are counted by whether they can be reached, without those in the bin', async () => {
    const { keys, subscribe } = await setting();
    const { publicKey } = await keys.generate({ name: 'Shop', subject });
    subscribe(publicKey);
    subscribe(publicKey);
    subscribe(publicKey, 'gone');
    subscribe(publicKey, 'active', 1);
    subscribe(null);
    subscribe(makeKeyPair().publicKey);
    expect(keys.list()[0]?.subscriptions).toEqual({ active: 2, total: 3 });
  });
});

describe('remove', () => {
  it('is refused while active subscriptions belong to it', async () => {
    const { keys, subscribe } = await setting();
    const { id, publicKey } = await keys.generate({ name: 'Shop', subject });
    subscribe(publicKey);
    await expect(keys.remove({ id })).rejects.toMatchObject({
      kind: 'CONFLICT',
      problem: { code: 'key-pair-has-subscriptions' },
    });
    expect(keys.signingKey(id)).not.toBeNull();
  });

  it('is refused for the one in use while there are others', async () => {
    const { keys } = await setting();
    const first = await keys.generate({ name: 'Shop', subject });
    const second = await keys.generate({ name: 'Blog', subject });
    await expect(keys.remove({ id: first.id })).rejects.toMatchObject({
      problem: { code: 'key-pair-in-use' },
    });
    await keys.remove({ id: second.id });
    await keys.remove({ id: first.id });
    expect(keys.list()).toEqual([]);
    expect(keys.inUse()).toBeNull();
    await expect(keys.remove({ id: first.id })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
  });

  it('takes the private half with it', async () => {
    const { keys, open } = await setting();
    const { id, publicKey } = await keys.generate({ name: 'Shop', subject });
    await keys.remove({ id });
    expect(keys.signingKey(id)).toBeNull();
    expect((await open()).list().map((pair) => pair.publicKey)).not.toContain(publicKey);
    expect((await keys.generate({ name: 'Shop', subject })).inUse).toBe(true);
  });
});

describe('export', () => {
  it('goes to the file that the person picks, in a form that the import reads', async () => {
    const host = fakeHost({ savePath: '/picked/vapid-keys.json' });
    const { keys } = await setting({ host });
    const { id, publicKey } = await keys.generate({ name: 'Shop', subject });
    expect(await keys.export({ id })).toEqual({ path: '/picked/vapid-keys.json' });
    const elsewhere = await setting();
    const text = host.saved.get('/picked/vapid-keys.json') ?? '';
    expect((await elsewhere.keys.import({ name: 'Shop', subject, text })).publicKey).toBe(publicKey);
  });

  it.each<[KeyFileFormat, string, RegExp]>([
    ['json', 'vapid-keys.json', /^\{\n {2}"publicKey": "B/],
    [
      'env',
      'vapid-keys.env',
      /^VAPID_PUBLIC_KEY=B[\w-]{86}\nVAPID_PRIVATE_KEY=[\w-]{43}\nVAPID_SUBJECT=mailto:owner@example.com\n$/,
    ],
    ['pem', 'private_key.pem', /^-----BEGIN PRIVATE KEY-----\n/],
    ['jwk', 'vapid-keys.jwk', /"crv": "P-256"/],
  ])('as %s is read by the import again', async (format, name, words) => {
    const host = fakeHost({ savePath: `/picked/${name}` });
    const { keys } = await setting({ host });
    const { id, publicKey } = await keys.generate({ name: 'Shop', subject });
    await keys.export({ id, format });
    const text = host.saved.get(`/picked/${name}`) ?? '';
    expect(text).toMatch(words);
    expect((await setting()).keys.read({ text })).toMatchObject({
      pairs: [{ publicKey, mended: [] }],
      remarks: [],
      problem: null,
    });
  });

  it('keeps a contact whole in a file of variables', () => {
    const { text } = keyFileOf({ ...makeKeyPair(), subject: 'https://example.com/a?b=$c&d' }, 'env');
    expect(text).toContain('VAPID_SUBJECT="https://example.com/a?b=\\$c&d"\n');
  });

  it('writes nothing when the person thinks better of it, and needs a desktop', async () => {
    const host = fakeHost({ savePath: null });
    const { keys } = await setting({ host });
    const { id } = await keys.generate({ name: 'Shop', subject });
    expect(await keys.export({ id })).toEqual({ path: null });
    expect(host.saved.size).toBe(0);
    const headless = await setting();
    const made = await headless.keys.generate({ name: 'Shop', subject });
    await expect(headless.keys.export({ id: made.id })).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
    await expect(keys.export({ id: UNKNOWN })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
  });
});

describe('a private half that is not ready', () => {
  it.each([
    ['locked', fakeHost({ locked: true })],
    ['no-key-ring', fakeHost({ available: false })],
    ['sealed-elsewhere', fakeHost({ ring: 'ring-2' })],
  ])('is %s, in the list and in every refusal', async (half, host) => {
    const { open } = await setting();
    const { id } = await (await open(fakeHost())).generate({ name: 'Shop', subject });
    const keys = await open(host);
    const [pair] = keys.list();
    expect(pair).toMatchObject({ canSign: false, privateHalf: half });
    expect(pair?.privateHalfProblem?.code).toBe(`private-key-${half}`);
    expect(() => keys.use({ id })).toThrow(pair?.privateHalfProblem?.cause);
    await expect(keys.export({ id })).rejects.toMatchObject({ problem: pair?.privateHalfProblem });
    expect(keys.isLocked()).toBe(half === 'locked');
  });

  it('is brought back by unlocking, and what waited for it goes on', async () => {
    const { open, ready, topics } = await setting();
    await (await open(fakeHost())).generate({ name: 'Shop', subject });
    const keys = await open(fakeHost({ locked: true }));
    topics.length = 0;
    expect(await keys.unlock()).toMatchObject([
      { canSign: true, privateHalf: 'ready', privateHalfProblem: null },
    ]);
    expect(ready()).toBe(1);
    expect(topics).toEqual([]);
    await keys.unlock();
    expect(ready()).toBe(1);
  });

  it('stays locked where the person dismisses the question', async () => {
    const { open, ready } = await setting();
    await (await open(fakeHost())).generate({ name: 'Shop', subject });
    const keys = await open(fakeHost({ locked: true, unlocks: false }));
    expect(await keys.unlock()).toMatchObject([{ canSign: false, privateHalf: 'locked' }]);
    expect(ready()).toBe(0);
  });

  it('is brought back by importing the pair, and what waited for it goes on', async () => {
    const { open, ready } = await setting();
    const { privateKey } = makeKeyPair();
    await (await open(fakeHost())).import({ name: 'Shop', subject, text: privateKey });
    const keys = await open(fakeHost({ ring: 'ring-2' }));
    expect(await keys.import({ name: 'Again', subject, text: privateKey })).toMatchObject({
      name: 'Shop',
      privateHalf: 'ready',
    });
    expect(ready()).toBe(1);
  });
});

describe('the copy of a pair', () => {
  it('is noted when it is exported, and never before', async () => {
    const { keys, clock } = await setting({ host: fakeHost() });
    const { id } = await keys.generate({ name: 'Shop', subject });
    expect(keys.list()[0]?.copiedAt).toBeNull();
    await keys.export({ id });
    expect(keys.list()[0]?.copiedAt).toBe(clock.now());
  });

  it('is not noted when the person thinks better of it', async () => {
    const { keys } = await setting({ host: fakeHost({ savePath: null }) });
    const { id } = await keys.generate({ name: 'Shop', subject });
    await keys.export({ id });
    expect(keys.list()[0]?.copiedAt).toBeNull();
  });

  it('is there of a pair that was imported', async () => {
    const { keys, clock } = await setting();
    const { privateKey } = makeKeyPair();
    expect((await keys.import({ name: 'Shop', subject, text: privateKey })).copiedAt).toBe(clock.now());
  });
});
