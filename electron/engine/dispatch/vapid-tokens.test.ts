import { describe, expect, it } from 'vitest';
import { makeKeyPair } from '../keys/curve.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { createVapidTokens } from './vapid-tokens.ts';

const HOUR = 3_600_000;
const ORIGIN = 'https://web.push.apple.com';

function signer() {
  const key = { keyPairId: 1 as never, subject: 'mailto:me@example.com', ...makeKeyPair() };
  const signed: { origin: string; expiresAt: number }[] = [];
  const clock = fakeClock();
  const tokens = createVapidTokens({
    clock,
    sign(origin, _key, expiresAt) {
      signed.push({ origin, expiresAt });
      return `vapid t=header.claims${signed.length}.signature, k=key`;
    },
  });
  return { key, signed, clock, tokens };
}

describe('a token', () => {
  it('is signed once for an origin and a key, and reused for hours', () => {
    const { key, signed, clock, tokens } = signer();
    const first = tokens.authorize(ORIGIN, key);
    for (let minutes = 0; minutes < 300; minutes += 10) {
      clock.advance(10 * 60_000);
      expect(tokens.authorize(ORIGIN, key)).toBe(first);
    }
    expect(signed).toHaveLength(1);
  });

  it('is renewed hours before it ends, and never lasts longer than a day', () => {
    const { key, signed, clock, tokens } = signer();
    for (let hour = 0; hour < 48; hour += 1) {
      const at = clock.now() / 1000;
      tokens.authorize(ORIGIN, key);
      const { expiresAt } = signed.at(-1) ?? { expiresAt: 0 };
      expect(expiresAt - at).toBeGreaterThanOrEqual(5 * 3600);
      expect(expiresAt - at).toBeLessThan(24 * 3600);
      clock.advance(HOUR);
    }
    // Apple accepts at most one new token an hour.
    expect(signed.length).toBeLessThanOrEqual(9);
  });

  it('is another one for another origin, key or contact', () => {
    const { key, signed, tokens } = signer();
    tokens.authorize(ORIGIN, key);
    tokens.authorize('https://fcm.googleapis.com', key);
    tokens.authorize(ORIGIN, { ...key, ...makeKeyPair() });
    tokens.authorize(ORIGIN, { ...key, subject: 'mailto:other@example.com' });
    expect(signed).toHaveLength(4);
  });

  it('is signed anew when the clock was set back', () => {
    const { key, signed, clock, tokens } = signer();
    tokens.authorize(ORIGIN, key);
    clock.advance(-20 * HOUR);
    tokens.authorize(ORIGIN, key);
    expect(signed).toHaveLength(2);
  });

  it('is shortened for the log', () => {
    const { key, tokens } = signer();
    const { header, shown } = tokens.authorize(ORIGIN, key);
    expect(header).toContain('claims1.signature');
    expect(shown).toBe('vapid t=header.claim…, k=key');
  });

  it('is what RFC 8292 asks for', () => {
    const { key } = signer();
    const { header } = createVapidTokens({ clock: { now: () => Date.now() } }).authorize(ORIGIN, key);
    const [, head = '', claims = '', publicKey] =
      /^vapid t=([\w-]+)\.([\w-]+)\.[\w-]{86}, k=([\w-]{87})$/.exec(header) ?? [];
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(read(head)).toEqual({ typ: 'JWT', alg: 'ES256' });
    expect(read(claims)).toMatchObject({ aud: ORIGIN, sub: key.subject });
    expect(publicKey).toBe(key.publicKey);
  });
});
