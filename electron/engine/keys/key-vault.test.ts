import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Refusal } from '../../contract/problem.ts';
import type { Host } from '../base/host.ts';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeHost } from '../testing/fake-host.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { makeKeyPair } from './curve.ts';
import { openKeyVault } from './key-vault.ts';

function setting() {
  const folder = tempFolder();
  const file = path.join(folder, 'private-keys.json');
  const captured = capturedLog();
  const changes: number[] = [];
  const open = (keyRing: Host['keyRing'] | null) =>
    openKeyVault({ file, keyRing, onChange: () => changes.push(1), log: captured.log });
  const text = () => readFileSync(file, 'utf8');
  const mode = () => statSync(file).mode & 0o777;
  return { changes, folder, file, captured, open, text, mode, pair: makeKeyPair(), other: makeKeyPair() };
}

it('keeps keys in a file of mode 0600 without a key ring, and says so', async () => {
  const { open, text, mode, pair, other, folder } = setting();
  const vault = await open(null);
  expect(existsSync(vault.file)).toBe(false);
  await Promise.all([
    vault.put(pair.publicKey, pair.privateKey),
    vault.put(other.publicKey, other.privateKey),
  ]);
  expect(vault.protection()).toBe('file');
  expect(mode()).toBe(0o600);
  expect(text()).toContain(pair.privateKey);
  expect(readdirSync(folder)).toEqual(['private-keys.json']);

  const again = await open(null);
  expect(again.privateKeyOf(pair.publicKey)).toBe(pair.privateKey);
  expect(again.privateKeyOf(other.publicKey)).toBe(other.privateKey);
  expect(again.privateKeyOf('unknown')).toBeNull();
});

it('seals what rests where there is a key ring', async () => {
  const { open, text, mode, pair } = setting();
  const vault = await open(fakeHost().keyRing);
  await vault.put(pair.publicKey, pair.privateKey);
  expect(vault.protection()).toBe('key-ring');
  expect(text()).not.toContain(pair.privateKey);
  expect(mode()).toBe(0o600);
  expect((await open(fakeHost().keyRing)).privateKeyOf(pair.publicKey)).toBe(pair.privateKey);
});

it('seals plain entries as soon as a key ring appears', async () => {
  const { open, text, pair } = setting();
  await (await open(null)).put(pair.publicKey, pair.privateKey);
  const vault = await open(fakeHost().keyRing);
  expect(vault.protection()).toBe('key-ring');
  expect(text()).not.toContain(pair.privateKey);
  expect(vault.privateKeyOf(pair.publicKey)).toBe(pair.privateKey);
});

it('treats a key ring that is not available as none', async () => {
  const { open, pair } = setting();
  const vault = await open(fakeHost({ available: false }).keyRing);
  await vault.put(pair.publicKey, pair.privateKey);
  expect(vault.protection()).toBe('file');
});

it.each([
  ['no key ring', null],
  ['another key ring', fakeHost({ ring: 'ring-2' }).keyRing],
])('keeps an entry that %s cannot open, for the day the right one is back', async (_name, wrong) => {
  const { open, text, pair, other } = setting();
  await (await open(fakeHost().keyRing)).put(pair.publicKey, pair.privateKey);
  const closed = await open(wrong);
  expect(closed.privateKeyOf(pair.publicKey)).toBeNull();
  await closed.put(other.publicKey, other.privateKey);
  expect(Object.keys((JSON.parse(text()) as { keys: object }).keys)).toHaveLength(2);
  expect((await open(fakeHost().keyRing)).privateKeyOf(pair.publicKey)).toBe(pair.privateKey);
});

it('goes on with a plain file when the key ring fails to seal', async () => {
  const { open, captured, pair } = setting();
  await (await open(null)).put(pair.publicKey, pair.privateKey);
  const failing = { ...fakeHost().keyRing, seal: () => Promise.reject(new Error('locked')) };
  const vault = await open(failing);
  expect(vault.privateKeyOf(pair.publicKey)).toBe(pair.privateKey);
  expect(vault.protection()).toBe('file');
  expect(captured.text()).not.toContain(pair.privateKey);
});

it('does not hand out a private key under a public key that is not its own', async () => {
  const { open, file, pair, other } = setting();
  writeFileSync(
    file,
    JSON.stringify({ version: 1, keys: { [pair.publicKey]: { plain: other.privateKey } } }),
  );
  expect((await open(null)).privateKeyOf(pair.publicKey)).toBeNull();
});

it('removes an entry for good', async () => {
  const { open, text, pair } = setting();
  const vault = await open(null);
  await vault.put(pair.publicKey, pair.privateKey);
  await vault.remove(pair.publicKey);
  await vault.remove(pair.publicKey);
  expect(vault.privateKeyOf(pair.publicKey)).toBeNull();
  expect(text()).not.toContain(pair.privateKey);
});

it('takes the rights of others away from a file that was too open', async () => {
  const { open, file, mode, pair } = setting();
  await (await open(null)).put(pair.publicKey, pair.privateKey);
  chmodSync(file, 0o644);
  await open(null);
  expect(mode()).toBe(0o600);
});

it('opens the others beside one that cannot be read, which stays until it is imported again', async () => {
  const { open, file, pair } = setting();
  await (await open(null)).put(pair.publicKey, pair.privateKey);
  const other = makeKeyPair();
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { keys: Record<string, unknown> };
  writeFileSync(file, JSON.stringify({ ...kept, keys: { [other.publicKey]: { plain: 7 }, ...kept.keys } }));
  const vault = await open(null);
  expect(vault.privateKeyOf(pair.publicKey)).toBe(pair.privateKey);
  expect([vault.stateOf(pair.publicKey), vault.stateOf(other.publicKey)]).toEqual(['ready', 'missing']);

  const third = makeKeyPair();
  await vault.put(third.publicKey, third.privateKey);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    keys: { [other.publicKey]: { plain: 7 }, [pair.publicKey]: { plain: pair.privateKey } },
  });
  await vault.put(other.publicKey, other.privateKey);
  expect((await open(null)).privateKeyOf(other.publicKey)).toBe(other.privateKey);
});

it.each(['', '{', '[]', '{"version":2,"keys":{}}', '{"version":1,"keys":["b"]}', 'null'])(
  'refuses a damaged file and leaves it as it is: %s',
  async (text) => {
    const { open, file } = setting();
    writeFileSync(file, text);
    const refusal = await open(null).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ kind: 'UNAVAILABLE', problem: { code: 'key-file-damaged' } });
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);

it('holds no key that could not be written', async () => {
  const { open, file, pair } = setting();
  const vault = await open(null);
  mkdirSync(path.join(file, 'in-the-way'), { recursive: true });
  await expect(vault.put(pair.publicKey, pair.privateKey)).rejects.toThrow();
  expect(vault.privateKeyOf(pair.publicKey)).toBeNull();
  expect(readdirSync(path.dirname(file))).toEqual(['private-keys.json']);
});

it('leaves a locked key ring alone at the start, and opens what it seals once it is unlocked', async () => {
  const { open, pair, changes } = setting();
  await (await open(fakeHost().keyRing)).put(pair.publicKey, pair.privateKey);
  const host = fakeHost({ locked: true });
  const vault = await open(host.keyRing);
  expect([vault.ringState(), vault.stateOf(pair.publicKey), vault.ring()]).toEqual([
    'locked',
    'locked',
    null,
  ]);
  expect(vault.protection()).toBe('key-ring');
  expect(host.asked).toEqual([]);
  const unlocked = vault.unlock();
  expect(vault.ringState()).toBe('asking');
  expect(vault.stateOf(pair.publicKey)).toBe('locked');
  await Promise.all([unlocked, vault.unlock(), vault.unlock()]);
  expect(host.asked).toEqual(['unlock']);
  expect([vault.ringState(), vault.stateOf(pair.publicKey)]).toEqual(['ready', 'ready']);
  expect(vault.privateKeyOf(pair.publicKey)).toBe(pair.privateKey);
  expect(changes).toHaveLength(2);
});

it.each([
  ['dismissed', fakeHost({ locked: true, unlocks: false }).keyRing],
  [
    'never answered',
    { ...fakeHost({ locked: true }).keyRing, unlock: () => Promise.reject(new Error('gone')) },
  ],
])('stays locked, and loses nothing, when the question is %s', async (_how, keyRing) => {
  const { open, text, pair } = setting();
  await (await open(fakeHost().keyRing)).put(pair.publicKey, pair.privateKey);
  const before = text();
  const vault = await open(keyRing);
  await vault.unlock();
  expect([vault.ringState(), vault.stateOf(pair.publicKey)]).toEqual(['locked', 'locked']);
  expect(text()).toBe(before);
});

it('asks for a locked key ring before it writes a private key, so that it does not lie open beside it', async () => {
  const { open, text, pair } = setting();
  const host = fakeHost({ locked: true });
  const vault = await open(host.keyRing);
  await vault.put(pair.publicKey, pair.privateKey);
  expect(host.asked).toEqual(['unlock']);
  expect(text()).not.toContain(pair.privateKey);
});

it('tells a private half that is sealed elsewhere from one that is not here, or is not its own', async () => {
  const { open, file, pair, other } = setting();
  await (await open(fakeHost().keyRing)).put(pair.publicKey, pair.privateKey);
  expect((await open(fakeHost({ ring: 'ring-2' }).keyRing)).stateOf(pair.publicKey)).toBe('sealed-elsewhere');
  expect((await open(fakeHost({ available: false }).keyRing)).stateOf(pair.publicKey)).toBe('no-key-ring');
  expect((await open(null)).stateOf(pair.publicKey)).toBe('no-key-ring');
  expect((await open(null)).stateOf(other.publicKey)).toBe('missing');
  writeFileSync(
    file,
    JSON.stringify({ version: 1, keys: { [pair.publicKey]: { plain: other.privateKey } } }),
  );
  expect((await open(null)).stateOf(pair.publicKey)).toBe('missing');
});
