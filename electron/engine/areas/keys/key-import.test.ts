import { describe, expect, it } from 'vitest';
import { keyTextReadingSchema } from '../../../contract/keys.ts';
import { fakeHost } from '../../testing/fake-host.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { subject, tempKeys } from './testing/temp-keys.ts';

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
    const { keys } = await tempKeys();
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
    const { keys, captured } = await tempKeys();
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
    const { keys } = await tempKeys();
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
    const { keys, captured } = await tempKeys();
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
    const { keys } = await tempKeys();
    await keys.import({ name: 'Old site', subject, text: pair.privateKey });
    await expect(keys.import({ name: 'Again', subject, text: printed })).rejects.toMatchObject({
      kind: 'CONFLICT',
      problem: { cause: expect.stringContaining('Old site') as string },
    });
    expect(keys.list()).toHaveLength(1);
  });

  it('brings back the private half of a pair that could not be opened', async () => {
    const { open } = await tempKeys();
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

describe('a private half that is not ready', () => {
  it.each([
    ['locked', fakeHost({ locked: true })],
    ['no-key-ring', fakeHost({ available: false })],
    ['sealed-elsewhere', fakeHost({ ring: 'ring-2' })],
  ])('is %s, in the list and in every refusal', async (half, host) => {
    const { open } = await tempKeys();
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
    const { open, ready, topics } = await tempKeys();
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
    const { open, ready } = await tempKeys();
    await (await open(fakeHost())).generate({ name: 'Shop', subject });
    const keys = await open(fakeHost({ locked: true, unlocks: false }));
    expect(await keys.unlock()).toMatchObject([{ canSign: false, privateHalf: 'locked' }]);
    expect(ready()).toBe(0);
  });

  it('is brought back by importing the pair, and what waited for it goes on', async () => {
    const { open, ready } = await tempKeys();
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
