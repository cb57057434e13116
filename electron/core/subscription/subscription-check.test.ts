import { createECDH } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubscriptionJson } from '../../contract/http.ts';
import { encodeBase64Url } from '../text/base64url.ts';
import { checkSubscription } from './subscription-check.ts';
import type { SubscriptionChecks } from './subscription-check.ts';

const POINT = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
const AUTH = 'BTBZMqHH6r4Tts7J_aSIgg';
const ENDPOINT = 'https://updates.push.services.mozilla.com/wpush/v2/abc';

const checks: SubscriptionChecks = {
  isPointOnCurve(point) {
    try {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      ecdh.computeSecret(point);
      return true;
    } catch {
      return false;
    }
  },
  isPrivateHost: (hostname) => ['localhost', '127.0.0.1', '[::1]', '10.0.0.1'].includes(hostname),
  allowPrivateEndpoints: false,
};

function subscription(
  change: { endpoint?: string; p256dh?: string; auth?: string; expirationTime?: number } = {},
): SubscriptionJson {
  const { endpoint = ENDPOINT, p256dh = POINT, auth = AUTH, expirationTime = null } = change;
  return { endpoint, expirationTime, keys: { p256dh, auth } };
}

function codeOf(value: SubscriptionJson, given: SubscriptionChecks = checks): string {
  const check = checkSubscription(value, given);
  return check.kind === 'good' ? 'good' : check.problem.code;
}

function bytes(length: number, first = 4): string {
  return encodeBase64Url(new Uint8Array(length).fill(7).fill(first, 0, 1));
}

describe('checkSubscription', () => {
  it('takes what a browser gives', () => {
    expect(checkSubscription(subscription(), checks)).toEqual({
      kind: 'good',
      subscription: {
        endpoint: ENDPOINT,
        pushService: 'mozilla',
        p256dh: POINT,
        auth: AUTH,
        expirationTime: null,
        remark: null,
      },
    });
  });

  it('makes unpadded base64url of every form of base64', () => {
    const forms = [POINT, `${POINT}=`, POINT.replaceAll('-', '+').replaceAll('_', '/')];
    for (const p256dh of forms) {
      expect(checkSubscription(subscription({ p256dh, auth: `${AUTH}==` }), checks)).toMatchObject({
        subscription: { p256dh: POINT, auth: AUTH },
      });
    }
  });

  it('keeps the query of an endpoint to the letter', () => {
    const endpoint = "https://wns2-par02p.notify.windows.com/w/?token=AwYA%2fb'a%2B|&x=";
    expect(checkSubscription(subscription({ endpoint }), checks)).toMatchObject({
      subscription: { endpoint, pushService: 'wns' },
    });
  });

  it.each([
    ['https://FCM.googleapis.com/fcm/send/Abc', 'https://fcm.googleapis.com/fcm/send/Abc'],
    ['HTTPS://fcm.googleapis.com/fcm/send/Abc', 'https://fcm.googleapis.com/fcm/send/Abc'],
    ['https://fcm.googleapis.com:443/fcm/send/Abc', 'https://fcm.googleapis.com/fcm/send/Abc'],
    ['https://push.example.com', 'https://push.example.com/'],
    ['https://push.example.com:8443/a', 'https://push.example.com:8443/a'],
  ])('counts %s as %s', (endpoint, canonical) => {
    expect(checkSubscription(subscription({ endpoint }), checks)).toMatchObject({
      subscription: { endpoint: canonical },
    });
  });

  it.each([
    ['', 'endpoint-malformed'],
    ['updates.push.services.mozilla.com/x', 'endpoint-malformed'],
    ['https://', 'endpoint-malformed'],
    ['https:example.com/x', 'endpoint-malformed'],
    ['https:/example.com/x', 'endpoint-malformed'],
    ['https:\\\\example.com\\x', 'endpoint-malformed'],
    ['https://example.com\\@10.0.0.1/', 'endpoint-malformed'],
    [' https://example.com/x', 'endpoint-malformed'],
    ['https://example.com/a b', 'endpoint-malformed'],
    ['https://example.com/a^', 'endpoint-malformed'],
    ['https://example.com/\r\nHost: x', 'endpoint-malformed'],
    ['https://example.com/\0', 'endpoint-malformed'],
    ['https://exämple.com/x', 'endpoint-malformed'],
    ['http://example.com/x', 'endpoint-not-https'],
    ['ftp://example.com/x', 'endpoint-not-https'],
    ['javascript:alert(1)', 'endpoint-not-https'],
    ['file:///etc/passwd', 'endpoint-not-https'],
    ['https://user@example.com/x', 'endpoint-credentials'],
    ['https://user:secret@example.com/x', 'endpoint-credentials'],
    ['https://example.com/x#part', 'endpoint-fragment'],
    ['https://localhost/x', 'endpoint-private'],
    ['https://127.1/x', 'endpoint-private'],
    ['https://0x7f000001/x', 'endpoint-private'],
    ['https://[::1]/x', 'endpoint-private'],
    [`https://example.com/${'a'.repeat(4096)}`, 'endpoint-too-long'],
  ])('refuses the endpoint %j', (endpoint, code) => {
    expect(codeOf(subscription({ endpoint }))).toBe(code);
  });

  it('takes private addresses once they are allowed, and says where', () => {
    const value = subscription({ endpoint: 'https://127.0.0.1:8443/wpush/v2/x' });
    expect(checkSubscription(value, checks)).toMatchObject({
      problem: { field: 'endpoint', cure: expect.stringContaining('in Settings') as string },
    });
    expect(codeOf(value, { ...checks, allowPrivateEndpoints: true })).toBe('good');
  });

  it.each([
    [{ p256dh: '' }, 'p256dh-length'],
    [{ p256dh: 'x y' }, 'p256dh-malformed'],
    [{ p256dh: bytes(64) }, 'p256dh-without-prefix'],
    [{ p256dh: bytes(66) }, 'p256dh-length'],
    [{ p256dh: bytes(33, 2) }, 'p256dh-compressed'],
    [{ p256dh: bytes(65, 6) }, 'p256dh-length'],
    [{ p256dh: bytes(65) }, 'p256dh-not-on-curve'],
    [{ auth: '' }, 'auth-length'],
    [{ auth: '!' }, 'auth-malformed'],
    [{ auth: '#NAME?' }, 'key-overwritten'],
    [{ auth: bytes(15) }, 'auth-length'],
    [{ p256dh: AUTH, auth: POINT }, 'keys-swapped'],
    [{ expirationTime: -1 }, 'expiration-malformed'],
    [{ expirationTime: NaN }, 'expiration-malformed'],
    [{ expirationTime: 1e300 }, 'expiration-malformed'],
  ])('refuses %j', (change, code) => {
    expect(codeOf(subscription(change))).toBe(code);
  });

  it.each([
    [16, null],
    [17, 'The auth secret has 17 bytes; RFC 8291 says 16. Accepted as it is.'],
    [32, 'The auth secret has 32 bytes; RFC 8291 says 16. Accepted as it is.'],
  ])('takes an auth secret of %d bytes', (length, remark) => {
    expect(checkSubscription(subscription({ auth: bytes(length) }), checks)).toMatchObject({
      kind: 'good',
      subscription: { auth: bytes(length), remark },
    });
  });

  it('makes whole milliseconds of the expiration time', () => {
    expect(checkSubscription(subscription({ expirationTime: 1234.5 }), checks)).toMatchObject({
      subscription: { expirationTime: 1234 },
    });
  });

  it('never throws, and what it takes it takes again unchanged', () => {
    const wild = fc.record({
      endpoint: fc.oneof(
        fc.string(),
        fc.webUrl({ validSchemes: ['https', 'http'], withQueryParameters: true, withFragments: true }),
        fc.string().map((text) => `https://push.example.com/${text}`),
      ),
      expirationTime: fc.option(fc.double()),
      keys: fc.record({
        p256dh: fc.oneof(fc.constant(POINT), fc.string()),
        auth: fc.oneof(fc.constant(AUTH), fc.base64String()),
      }),
    });
    fc.assert(
      fc.property(wild, (value) => {
        const first = checkSubscription(value, checks);
        if (first.kind === 'bad') return;
        const { endpoint, p256dh, auth, expirationTime } = first.subscription;
        expect(new URL(endpoint).protocol).toBe('https:');
        expect(checkSubscription({ endpoint, expirationTime, keys: { p256dh, auth } }, checks)).toEqual(
          first,
        );
      }),
    );
  });

  it('remarks on a token of FCM that is shorter than they are', () => {
    const remark = (length: number) => {
      const endpoint = `https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b${'x'.repeat(length)}`;
      const check = checkSubscription(subscription({ endpoint }), checks);
      return check.kind === 'good' ? check.subscription.remark : check.problem.code;
    };
    expect(remark(134)).toBeNull();
    expect(remark(132)).toBeNull();
    expect(remark(60)).toContain('66 characters from “APA91b”');
  });
});
