import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accessTokenSchema, type NewAccessToken } from '../../../contract/access-tokens.ts';
import { fakeHost } from '../../testing/fake-host.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { openStore } from '../../store/open-store.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { createAccessTokenService } from './access-token-service.ts';
import { createAccessTokenStore } from './access-token-store.ts';

const WANTED: NewAccessToken = { name: 'Laptop', scopes: ['read', 'read', 'send'], expiresInDays: null };

function setting({
  pressed = true,
  desktop = true,
  noteUse = null,
}: { pressed?: boolean; desktop?: boolean; noteUse?: (() => void) | null } = {}) {
  const file = path.join(tempFolder(), 'pushdesk.db');
  const clock = fakeClock();
  const captured = capturedLog();
  const { log } = captured;
  const opened = openStore({ file, log, clock });
  const host = fakeHost({ pressed });
  const published: string[] = [];
  const store = createAccessTokenStore(opened.db);
  const service = createAccessTokenService({
    store: noteUse === null ? store : { ...store, noteUse },
    desktop: desktop ? host.desktop : null,
    changes: { publish: (...topics) => published.push(...topics) },
    clock,
    log,
  });
  const make = async (change: Partial<NewAccessToken> = {}) => {
    const token = await service.create({ ...WANTED, ...change });
    return { token, secret: host.secrets.at(-1) ?? '' };
  };
  return { service, clock, host, published, make, opened, file, text: () => captured.text() };
}

describe('a new token', () => {
  it('is shown once and kept as a hash alone', async () => {
    const { service, make, host, opened, file, text } = setting();
    const { token, secret } = await make();
    expect(token).toMatchObject({ name: 'Laptop', scopes: ['send', 'read'], lastUsedAt: null });
    expect(secret).toMatch(/^pushdesk_[\w-]{43}$/);
    expect(host.secrets).toHaveLength(1);
    const told = JSON.stringify([token, service.list()]) + text();
    opened.close();
    const stored = readFileSync(file, 'latin1');
    for (const all of [told, stored]) expect(all).not.toContain(secret.slice(9));
  });

  it('is none where nobody pressed, or where it cannot be shown', async () => {
    const unpressed = setting({ pressed: false });
    await expect(unpressed.make()).rejects.toMatchObject({ problem: { code: 'token-press' } });
    expect(unpressed.service.list()).toEqual([]);
    const screenless = setting({ desktop: false });
    await expect(screenless.make()).rejects.toMatchObject({
      kind: 'UNAVAILABLE',
      problem: { cure: expect.stringContaining('token create') as string },
    });
    const broken = setting();
    broken.host.desktop.showSecret = () => Promise.reject(new Error('gone'));
    await expect(broken.make()).rejects.toThrow('gone');
    expect(broken.service.list()).toEqual([]);
  });

  it('holds already while it is shown', async () => {
    const { service, host, make } = setting();
    host.desktop.showSecret = ({ text }) => Promise.resolve({ shown: service.admit(text) !== null });
    expect((await make()).token.name).toBe('Laptop');
  });
});

describe('its last use', () => {
  it('is written at most once a minute, and anew after a clock that was set back', async () => {
    const { service, clock, make, published } = setting();
    const { secret } = await make();
    const usedAt = () => service.list()[0]?.lastUsedAt;
    const first = clock.now();
    published.length = 0;
    for (let second = 0; second < 60; second += 1) {
      expect(service.admit(secret)).toMatchObject({ name: 'Laptop' });
      clock.advance(1000);
    }
    expect([usedAt(), published]).toEqual([first, ['tokens']]);
    service.admit(secret);
    expect(usedAt()).toBe(first + 60_000);
    clock.set(first - 500_000);
    service.admit(secret);
    expect(usedAt()).toBe(first - 500_000);
  });

  it('that cannot be written keeps nobody out, and is tried anew a minute later', async () => {
    let tries = 0;
    const noteUse = () => {
      tries += 1;
      throw new Error('The disk is full');
    };
    const { service, clock, make } = setting({ noteUse });
    const { secret } = await make();
    for (let call = 0; call < 5; call += 1) expect(service.admit(secret)).not.toBeNull();
    expect(tries).toBe(1);
    clock.advance(60_000);
    expect(service.admit(secret)).not.toBeNull();
    expect(tries).toBe(2);
  });
});

it('holds until the moment when it expires, and what is open with it is told of its revocation once', async () => {
  const { service, clock, make } = setting();
  const { token, secret } = await make({ expiresInDays: 1 });
  clock.advance(86_400_000 - 1);
  expect(service.admit(secret)).not.toBeNull();
  clock.advance(1);
  expect([service.admit(secret), service.isValid(token.id)]).toEqual([null, false]);

  let told = 0;
  const release = service.hold(token.id, () => {
    told += 1;
  });
  const left = service.hold(token.id, () => {
    told += 100;
  });
  left();
  expect(service.revoke(token.id)).toEqual({ revoked: true });
  release();
  expect(() => service.revoke(token.id)).toThrow('There is no such access token');
  expect(told).toBe(1);
  service.stop();
});

describe('a damaged row', () => {
  it('without an id leaves the others in the list, and lets nobody in', async () => {
    const { service, make, opened } = setting();
    const lost = await make({ name: 'Lost' });
    const { token } = await make();
    opened.db.write<object>("UPDATE access_tokens SET id = -5 WHERE name = 'Lost'").run({});
    expect(service.list()).toEqual([token]);
    expect(z.array(accessTokenSchema).safeParse(service.list()).success).toBe(true);
    expect(service.admit(lost.secret)).toBeNull();
    expect(service.revoke(token.id)).toEqual({ revoked: true });
  });

  it.each(['9200000000000000000', '8640000000000001', '-1'])(
    'that ends at no time is over: %s',
    async (end) => {
      const { service, make, opened } = setting();
      const { token, secret } = await make({ expiresInDays: 1 });
      expect(service.admit(secret)).not.toBeNull();
      opened.db.write<object>(`UPDATE access_tokens SET expires_at = ${end}`).run({});
      expect(service.admit(secret)).toBeNull();
      expect(service.isValid(token.id)).toBe(false);
      expect(service.list()).toMatchObject([{ expiresAt: 0 }]);
    },
  );

  it('shows what is hidden in its name', async () => {
    const { service, make, opened } = setting();
    const { secret } = await make();
    opened.db.write<{ name: string }>('UPDATE access_tokens SET name = @name').run({ name: 'a\u202Eb' });
    expect(service.list()).toMatchObject([{ name: 'a\\u202Eb' }]);
    expect(service.admit(secret)).toMatchObject({ name: 'a\\u202Eb' });
  });
});
