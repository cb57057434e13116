import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const { keys } = browserSubscription();
/** Each stretch of it looks random, so that the tests give the same result each time. */
const random = (length: number) => 'aB3xZ9q_Kd7-'.repeat(20).slice(0, length);
const ENDPOINTS = {
  FCM: `https://fcm.googleapis.com/fcm/send/${random(11)}:APA91b${random(134)}`,
  Mozilla: `https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB${random(179)}`,
  WNS: `https://wns2-par02p.notify.windows.com/w/?token=BQYAAA${random(60)}%2b${random(60)}%3d%3d`,
  Apple: `https://web.push.apple.com/Q${random(160)}`,
};
/** A shorter rest may also be a word. */
const LAST_REST = 6;
/** Has no factor in common with the stretch that the endpoints repeat. */
const STEP = 5;

const FORMS: Readonly<Record<string, (endpoint: string) => string>> = {
  'labelled lines': (some) => `Endpoint: ${some}\np256dh: ${keys.p256dh}\nauth: ${keys.auth}\n`,
  settings: (some) => `ENDPOINT=${some}\nP256DH=${keys.p256dh}\nAUTH=${keys.auth}\n`,
  'settings with the endpoint last': (some) => `P256DH=${keys.p256dh}\nAUTH=${keys.auth}\nENDPOINT=${some}\n`,
  YAML: (some) =>
    `subs:\n  - endpoint: ${some}\n    keys:\n      p256dh: ${keys.p256dh}\n      auth: ${keys.auth}\n`,
  'values alone': (some) => `${some}\n${keys.p256dh}\n${keys.auth}\n`,
  prose: (some) => `Here is mine: ${some} with the keys ${keys.p256dh} and ${keys.auth}, thanks`,
};

const endpointsIn = (text: string) =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'row' ? [row.value.endpoint] : []));

describe.each(Object.entries(ENDPOINTS))(
  'an endpoint of %s that is broken over two lines',
  (_service, endpoint) => {
    it.each(Object.entries(FORMS))('is never taken without its rest: %s', (_form, write) => {
      for (let at = endpoint.length - LAST_REST; at > 'https://'.length; at -= STEP) {
        const text = write(`${endpoint.slice(0, at)}${at % 2 === 0 ? '\n' : '\r\n  '}${endpoint.slice(at)}`);
        const halves = endpointsIn(text).filter((one) => one !== endpoint);
        expect({ at, halves }).toEqual({ at, halves: [] });
      }
    });

    it('is never taken without its rest below other addresses that begin like it', () => {
      const others = `icon: ${endpoint.slice(0, 9)}onts.example/i.png\nbadge: ${endpoint.slice(0, 12)}x.example/b.png\n`;
      const [start, rest] = [endpoint.slice(0, -30), endpoint.slice(-30)];
      const text = `${others}endpoint: ${start}\n${rest} is mine\np256dh: ${keys.p256dh}\nauth: ${keys.auth}\n`;
      expect(readSubscriptionText(text)).toMatchObject([
        { kind: 'bad', problem: { code: 'endpoint-broken' } },
      ]);
    });
  },
);

describe('a line below an endpoint', () => {
  it.each(['APP_ENV=production', 'browser=Firefox', 'user:7', 'Firefox', 'production', 'Ann'])(
    'is not joined to it if it is %s',
    (line) => {
      const { FCM: endpoint } = ENDPOINTS;
      const text = `P256DH=${keys.p256dh}\nAUTH=${keys.auth}\nENDPOINT=${endpoint}\n${line}\n`;
      expect(endpointsIn(text)).toEqual([endpoint]);
    },
  );

  it('makes it unclear if it may be the rest of it, or the name of a device', () => {
    const text = `Endpoint: ${ENDPOINTS.FCM}\niPhone\np256dh: ${keys.p256dh}\nauth: ${keys.auth}\n`;
    expect(readSubscriptionText(text)).toMatchObject([{ kind: 'bad', problem: { code: 'endpoint-broken' } }]);
  });
});
