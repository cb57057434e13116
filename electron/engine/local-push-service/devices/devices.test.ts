import { ECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import webpush from 'web-push';
import { parseBody } from '../checks/aes128gcm.ts';
import type { PushMessage } from '../subscriber.ts';
import { createDecryptPolicy } from './decrypt-policy.ts';
import { createDevices } from './devices.ts';

const KEY = webpush.generateVAPIDKeys().publicKey;
const endpointOf = (token: string) => `https://127.0.0.1:1/wpush/v2/${token}`;
const tokenOf = (endpoint: string) => endpoint.slice(endpoint.lastIndexOf('/') + 1);
const devices = (seed = 'seed', share: 'all' | 'none' | 'sample' = 'all') =>
  createDevices({ seed, endpointOf, shouldDecrypt: createDecryptPolicy(share) });

function messageFor(
  subscription: { keys: { p256dh: string; auth: string } },
  payload: string | null,
): PushMessage {
  const { p256dh, auth } = subscription.keys;
  const body = payload === null ? null : webpush.encrypt(p256dh, auth, payload, 'aes128gcm').cipherText;
  const parsed = body === null ? null : parseBody(body);
  const record = parsed?.kind === 'record' ? parsed.record : null;
  return { id: 'm', body, record, acceptedAt: 0, ttlSeconds: 60, urgency: 'normal', topic: null };
}

describe('virtual devices', () => {
  it('have subscriptions like a browser’s: a point of the curve, 16 bytes of auth, an endpoint each', () => {
    const fleet = devices().register({ count: 5, applicationServerKey: KEY });
    const all = [...fleet.subscriptions()];
    expect(new Set(all.map(({ endpoint }) => endpoint)).size).toBe(5);
    expect(new Set(all.map(({ keys }) => keys.p256dh)).size).toBe(5);
    expect(new Set(all.map(({ keys }) => keys.auth)).size).toBe(5);
    for (const { expirationTime, keys } of all) {
      expect(expirationTime).toBeNull();
      expect(Buffer.from(keys.auth, 'base64url').length).toBe(16);
      expect(ECDH.convertKey(keys.p256dh, 'prime256v1', 'base64url').length).toBe(65);
    }
  });

  it('are the same again for the same seed, and others for another', () => {
    const first = devices('a').register({ count: 3, applicationServerKey: KEY }).subscription(2);
    const again = devices('a').register({ count: 3, applicationServerKey: KEY }).subscription(2);
    const other = devices('b').register({ count: 3, applicationServerKey: KEY }).subscription(2);
    expect(again).toEqual(first);
    expect(other.endpoint).not.toBe(first.endpoint);
    expect(other.keys.p256dh).not.toBe(first.keys.p256dh);
  });

  it('of two fleets have nothing in common', () => {
    const registry = devices();
    const one = registry.register({ count: 1, applicationServerKey: KEY }).subscription(0);
    const two = registry.register({ count: 1, applicationServerKey: KEY }).subscription(0);
    expect(two.endpoint).not.toBe(one.endpoint);
    expect(two.keys).not.toEqual(one.keys);
  });

  it('that share key pairs still cannot read each other’s messages', () => {
    const registry = devices();
    const fleet = registry.register({ count: 4, applicationServerKey: KEY, keyPairs: 2 });
    const [first, , third] = [...fleet.subscriptions()];
    if (first === undefined || third === undefined) throw new Error('devices are missing');
    expect(third.keys.p256dh).toBe(first.keys.p256dh);
    expect(third.keys.auth).not.toBe(first.keys.auth);
    const forFirst = messageFor(first, 'for the first');
    expect(registry.find(tokenOf(third.endpoint))?.take(forFirst).kind).toBe('undecryptable');
    expect(registry.find(tokenOf(first.endpoint))?.take(forFirst)).toEqual({
      kind: 'shown',
      plaintext: Buffer.from('for the first'),
    });
  });

  it('count what was accepted for them and what they showed', () => {
    const registry = devices();
    const fleet = registry.register({ count: 2, applicationServerKey: KEY });
    const subscription = fleet.subscription(1);
    const device = registry.find(tokenOf(subscription.endpoint));
    device?.take(messageFor(subscription, 'one'));
    device?.take(messageFor(subscription, null));
    device?.take(messageFor(fleet.subscription(0), 'not for this one'));
    expect(fleet.acceptedCount(1)).toBe(3);
    expect(fleet.shownCount(1)).toBe(2);
    expect(fleet.acceptedCount(0)).toBe(0);
  });

  it('open none or a hundredth of their messages when told so', () => {
    for (const [share, shown] of [
      ['none', 0],
      ['sample', 3],
    ] as const) {
      const registry = devices('seed', share);
      const fleet = registry.register({ count: 1, applicationServerKey: KEY });
      const message = messageFor(fleet.subscription(0), 'Hello');
      for (let n = 0; n < 300; n += 1) registry.find(tokenOf(fleet.subscription(0).endpoint))?.take(message);
      expect(fleet.acceptedCount(0)).toBe(300);
      expect(fleet.shownCount(0)).toBe(shown);
    }
  });

  it('are found by their token only', () => {
    const registry = devices();
    const fleet = registry.register({ count: 40, applicationServerKey: KEY });
    const token = tokenOf(fleet.subscription(36).endpoint);
    expect(registry.find(token)?.token).toBe(token);
    const fleetPart = token.slice(0, 16);
    for (const wrong of [
      '',
      fleetPart,
      `${fleetPart}14`,
      `${fleetPart}010`,
      `${fleetPart}A`,
      `x${token}`,
      'unknown',
    ]) {
      expect(registry.find(wrong)).toBeNull();
    }
  });

  it('are gone for good after they unsubscribed', () => {
    const registry = devices();
    const fleet = registry.register({ count: 2, applicationServerKey: KEY });
    fleet.unsubscribe(1);
    expect(registry.find(tokenOf(fleet.subscription(1).endpoint))?.active).toBe(false);
    expect(registry.find(tokenOf(fleet.subscription(0).endpoint))?.active).toBe(true);
  });

  it('may be a million without memory for each', () => {
    const before = process.memoryUsage();
    const fleet = devices().register({ count: 1_000_000, applicationServerKey: KEY });
    expect(fleet.subscription(999_999).endpoint).toMatch(/lflr$/);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(6_000_000);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(20_000_000);
  });

  it('are refused where the request makes no sense', () => {
    const registry = devices();
    expect(() => registry.register({ count: 0, applicationServerKey: KEY })).toThrow(RangeError);
    expect(() => registry.register({ count: 1.5, applicationServerKey: KEY })).toThrow(RangeError);
    expect(() => registry.register({ count: 1, applicationServerKey: 'BAAA' })).toThrow(
      'not a 65-byte public key',
    );
    expect(() => registry.register({ count: 1, applicationServerKey: KEY }).subscription(1)).toThrow(
      RangeError,
    );
  });
});
