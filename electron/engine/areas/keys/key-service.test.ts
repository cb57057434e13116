import { describe, expect, it } from 'vitest';
import type { KeyPairId } from '../../../contract/ids.ts';
import type { KeyFileFormat } from '../../../contract/keys.ts';
import { fakeHost } from '../../testing/fake-host.ts';
import { derivePublicKey, makeKeyPair } from '../../keys/curve.ts';
import { keyFileOf } from './key-file.ts';
import { subject, tempKeys } from './testing/temp-keys.ts';
const UNKNOWN = 999 as KeyPairId;

describe('generate', () => {
  it('makes a pair that signs; the first is in use by itself', async () => {
    const { keys, clock, topics } = await tempKeys();
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
    const { keys } = await tempKeys();
    const made = await keys.generate({ name: 'Shop', subject: 'mailto:me@localhost' });
    expect(made.subjectWarning?.cure).toBeTruthy();
    expect(keys.list()[0]?.subjectWarning).toEqual(made.subjectWarning);
  });

  it.each(['me@example.com', 'mailto:', 'http://example.com', 'nonsense'])(
    'refuses the malformed contact %s and makes nothing',
    async (malformed) => {
      const { keys } = await tempKeys();
      await expect(keys.generate({ name: 'Shop', subject: malformed })).rejects.toMatchObject({
        kind: 'BAD_INPUT',
        problem: { field: 'subject' },
      });
      expect(keys.list()).toEqual([]);
    },
  );
});

describe('update and use', () => {
  it('renames and changes the contact', async () => {
    const { keys } = await tempKeys();
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
    const { keys } = await tempKeys();
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
    const { keys, subscribe } = await tempKeys();
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
    const { keys, subscribe } = await tempKeys();
    const { id, publicKey } = await keys.generate({ name: 'Shop', subject });
    subscribe(publicKey);
    await expect(keys.remove({ id })).rejects.toMatchObject({
      kind: 'CONFLICT',
      problem: { code: 'key-pair-has-subscriptions' },
    });
    expect(keys.signingKey(id)).not.toBeNull();
  });

  it('is refused for the one in use while there are others', async () => {
    const { keys } = await tempKeys();
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
    const { keys, open } = await tempKeys();
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
    const { keys } = await tempKeys({ host });
    const { id, publicKey } = await keys.generate({ name: 'Shop', subject });
    expect(await keys.export({ id })).toEqual({ path: '/picked/vapid-keys.json' });
    const elsewhere = await tempKeys();
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
    const { keys } = await tempKeys({ host });
    const { id, publicKey } = await keys.generate({ name: 'Shop', subject });
    await keys.export({ id, format });
    const text = host.saved.get(`/picked/${name}`) ?? '';
    expect(text).toMatch(words);
    expect((await tempKeys()).keys.read({ text })).toMatchObject({
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
    const { keys } = await tempKeys({ host });
    const { id } = await keys.generate({ name: 'Shop', subject });
    expect(await keys.export({ id })).toEqual({ path: null });
    expect(host.saved.size).toBe(0);
    const headless = await tempKeys();
    const made = await headless.keys.generate({ name: 'Shop', subject });
    await expect(headless.keys.export({ id: made.id })).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
    await expect(keys.export({ id: UNKNOWN })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
  });
});

describe('the copy of a pair', () => {
  it('is noted when it is exported, and never before', async () => {
    const { keys, clock } = await tempKeys({ host: fakeHost() });
    const { id } = await keys.generate({ name: 'Shop', subject });
    expect(keys.list()[0]?.copiedAt).toBeNull();
    await keys.export({ id });
    expect(keys.list()[0]?.copiedAt).toBe(clock.now());
  });

  it('is not noted when the person thinks better of it', async () => {
    const { keys } = await tempKeys({ host: fakeHost({ savePath: null }) });
    const { id } = await keys.generate({ name: 'Shop', subject });
    await keys.export({ id });
    expect(keys.list()[0]?.copiedAt).toBeNull();
  });

  it('is there of a pair that was imported', async () => {
    const { keys, clock } = await tempKeys();
    const { privateKey } = makeKeyPair();
    expect((await keys.import({ name: 'Shop', subject, text: privateKey })).copiedAt).toBe(clock.now());
  });
});
