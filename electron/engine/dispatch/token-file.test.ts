import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKeyPair } from '../keys/curve.ts';
import { openKeyVault } from '../keys/key-vault.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { fakeHost, type FakeHost } from '../testing/fake-host.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { openTokenFile } from './token-file.ts';
import { createVapidTokens } from './vapid-tokens.ts';

const HOUR = 3_600_000;
const APPLE = 'https://web.push.apple.com';
const FCM = 'https://fcm.googleapis.com';

/** An app that is started again and again on one folder. */
async function app({ host = fakeHost(), isHeld = false }: { host?: FakeHost | null; isHeld?: boolean } = {}) {
  const folder = tempFolder();
  const file = path.join(folder, 'push-tokens.json');
  const clock = fakeClock();
  const captured = capturedLog();
  const key: SigningKey = { keyPairId: 1 as never, subject: 'mailto:me@example.com', ...makeKeyPair() };
  const openVault = (ring = host?.keyRing ?? null) =>
    openKeyVault({
      file: path.join(folder, 'private-keys.json'),
      keyRing: ring,
      onChange: () => undefined,
      log: captured.log,
    });
  const first = await openVault();
  if (isHeld) first.hold(key.publicKey, key.privateKey);
  else await first.put(key.publicKey, key.privateKey);

  const start = async (ring = host?.keyRing ?? null) => {
    const vault = await openVault(ring);
    if (isHeld) vault.hold(key.publicKey, key.privateKey);
    const tokenFile = await openTokenFile({ file, vault, clock, log: captured.log });
    const tokens = createVapidTokens({ clock, file: tokenFile });
    return {
      vault,
      tokenFile,
      tokens,
      header: (origin = APPLE, by = key) => tokens.authorize(origin, by).header,
    };
  };
  /** The token that one run of the app signs or reuses. */
  const run = async (...args: Parameters<Awaited<ReturnType<typeof start>>['header']>) => {
    const { tokenFile, header } = await start();
    const used = header(...args);
    await tokenFile.written();
    return used;
  };
  return { file, clock, captured, key, start, run, text: () => readFileSync(file, 'utf8') };
}

describe('tokens over a restart', () => {
  it('are reused, so that ten starts in an hour sign once', async () => {
    const { run, clock } = await app();
    const used = new Set<string>();
    for (let start = 0; start < 10; start += 1) {
      used.add(await run());
      clock.advance(HOUR / 10);
    }
    expect(used.size).toBe(1);
  });

  it('rest sealed by the key ring, in a file that only this user can read', async () => {
    const { run, file, text } = await app();
    const header = await run();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const [token = 'none'] = /t=[^,]+/.exec(header) ?? [];
    expect(text()).toContain('sealed');
    expect(text()).not.toContain(token.slice(2, 40));
    expect(text()).not.toContain('me@example.com');
  });

  it('rest in a file of mode 0600 where there is no key ring', async () => {
    const { run, file, text } = await app({ host: null });
    const header = await run();
    expect(await run()).toBe(header);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(text()).toContain('plain');
  });

  it('are signed anew when they are good for six hours or less, or over', async () => {
    const { run, clock } = await app();
    const first = await run();
    clock.advance(6 * HOUR - 1);
    expect(await run()).toBe(first);
    clock.advance(2);
    expect(await run()).not.toBe(first);
  });

  it('are signed anew when the clock was set back', async () => {
    const { run, clock } = await app();
    const first = await run();
    clock.advance(-HOUR);
    expect(await run()).not.toBe(first);
  });

  it('are another one for another contact, and that of the old contact is forgotten', async () => {
    const { run, key, start } = await app();
    const first = await run();
    const changed = { ...key, subject: 'mailto:other@example.com' };
    const second = await run(APPLE, changed);
    expect(second).not.toBe(first);
    const { tokenFile } = await start();
    expect(tokenFile.saved.map(({ subject }) => subject)).toEqual([changed.subject]);
  });

  it('are kept for each origin, and dropped with the key pair', async () => {
    const { start, key } = await app();
    const { vault, tokenFile, header } = await start();
    header(APPLE);
    header(FCM);
    await tokenFile.written();
    expect((await start()).tokenFile.saved.map(({ origin }) => origin)).toEqual([APPLE, FCM]);
    await vault.remove(key.publicKey);
    expect((await start()).tokenFile.saved).toEqual([]);
  });

  it('of a private key that is never written are not written either', async () => {
    const { run, start } = await app({ host: null, isHeld: true });
    await run();
    expect((await start()).tokenFile.saved).toEqual([]);
  });

  it.each([
    ['is empty', ''],
    ['is no JSON', '{"version":1'],
    ['is of another kind', '[]'],
    ['holds something else', JSON.stringify({ version: 1, tokens: { plain: '[{"origin":1}]' } })],
  ])('are signed anew when the file %s, and the app starts', async (_name, content) => {
    const { file, run, captured } = await app();
    writeFileSync(file, content);
    const first = await run();
    expect(captured.text()).toContain('cannot be read');
    expect(await run()).toBe(first);
    const aside = readdirSync(path.dirname(file)).filter((name) => name.includes('.invalid-'));
    const isOfUs = content.includes('tokens');
    expect(aside).toHaveLength(content === '' || isOfUs ? 0 : 1);
    for (const name of aside) expect(statSync(path.join(path.dirname(file), name)).mode & 0o777).toBe(0o600);
  });

  it('that were not signed for what they are kept under are not used', async () => {
    const { run, text, file, key } = await app({ host: null });
    const first = await run();
    writeFileSync(file, text().replaceAll(APPLE, FCM));
    const second = await run(FCM);
    expect(second).not.toBe(first);
    const other = 'mailto:you@example.com';
    writeFileSync(file, text().replaceAll(key.subject, other));
    expect(await run(FCM, { ...key, subject: other })).not.toBe(second);
  });

  it('sealed by another ring, or with a ring that refuses, are signed anew, and never lie open', async () => {
    const { run, start, text } = await app();
    const first = await run();
    const other = await start(fakeHost({ ring: 'ring-2' }).keyRing);
    expect(other.tokenFile.saved).toEqual([]);
    const refusing = { ...fakeHost().keyRing, seal: () => Promise.reject(new Error('locked')) };
    const before = text();
    const locked = await start(refusing);
    locked.header(FCM);
    await locked.tokenFile.written();
    expect(text()).toBe(before);
    expect(await run()).toBe(first);
    const asked = await start(fakeHost({ locked: true }).keyRing);
    asked.header(FCM);
    await asked.tokenFile.written();
    expect(text()).not.toContain('plain');
    await asked.vault.unlock();
    asked.header('https://updates.push.services.mozilla.com');
    await asked.tokenFile.written();
    expect(text()).not.toContain('plain');
  });

  it('cost nothing when the disk takes nothing', async () => {
    const { captured, clock, start, key } = await app();
    const { vault } = await start();
    const tokenFile = await openTokenFile({
      file: path.join(tempFolder(), 'missing', 'push-tokens.json'),
      vault,
      clock,
      log: captured.log,
    });
    const tokens = createVapidTokens({ clock, file: tokenFile });
    expect(tokens.authorize(APPLE, key).header).toContain('vapid t=');
    await tokenFile.written();
    expect(captured.text()).toContain('could not be saved');
  });

  it('are in no log', async () => {
    const { run, captured, clock } = await app({ host: null });
    for (let start = 0; start < 3; start += 1) {
      const header = await run();
      clock.advance(7 * HOUR);
      expect(captured.text()).not.toContain(header.slice(8, 60));
    }
  });
});
