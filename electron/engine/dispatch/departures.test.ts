import { describe, expect, it } from 'vitest';
import { hosted } from '../areas/campaigns/testing/campaign-rig.ts';
import { makeKeyPair } from '../keys/curve.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { batchesOf } from './departures.ts';
import { createVapidTokens, type VapidTokens } from './vapid-tokens.ts';

const EAST = 'https://east.notify.windows.com';
const WEST = 'https://west.notify.windows.com';

const pair = makeKeyPair();
const plain = { textsOf: () => null };
const tokens = createVapidTokens({ clock: fakeClock() });

function claimed(endpoints: readonly string[]) {
  return {
    run: { campaign: { payload: '{"title":"Hello"}', message: { urgency: 'high' } } },
    lane: { key: { pushService: 'wns' }, fitted: { topic: 'news' } },
    key: { keyPairId: 1, subject: 'mailto:me@example.com', ...pair },
    claim: {
      deliveries: endpoints.map((endpoint, index) => ({
        delivery: { id: index + 1, endpoint, p256dh: 'p', auth: 'a' },
        ttlSeconds: 60,
      })),
    },
  } as unknown as Parameters<typeof batchesOf>[0];
}

const idsOf = (batches: ReturnType<typeof batchesOf>['batches']) =>
  batches.map(({ origin, jobs }) => [origin, jobs.map(({ deliveryId }) => deliveryId)]);

describe('what a lane has claimed', () => {
  it('becomes a batch for each origin, with the token of that origin', () => {
    const east = hosted('east.notify.windows.com', 2);
    const west = hosted('west.notify.windows.com', 1);
    const { batches, unsendable } = batchesOf(claimed([...east, ...west]), tokens, plain);
    expect(unsendable).toEqual([]);
    expect(idsOf(batches)).toEqual([
      [EAST, [1, 2]],
      [WEST, [3]],
    ]);
    for (const { origin, authorization } of batches) {
      const claims = /t=[\w-]+\.([\w-]+)\./.exec(authorization.header)?.[1] ?? '';
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ aud: origin });
    }
  });

  it('is plain data without a private key', () => {
    const { batches } = batchesOf(claimed(hosted('east.notify.windows.com', 3)), tokens, plain);
    const text = JSON.stringify(batches);
    expect(JSON.parse(text)).toEqual(batches);
    expect(text).toContain(pair.publicKey);
    expect(text).not.toContain(pair.privateKey);
  });

  it('goes by the origin that a URL has, however it is spelled', () => {
    const odd = [
      'https://EAST.notify.windows.com/1',
      'https://east.notify.windows.com:443/1',
      'https://east.notify.windows.com:8443/1',
      'https://east.notify.windows.com@evil.example/1',
      'https://east.notify.windows.com\\@evil.example/1',
      'https:/east.notify.windows.com/1',
      'https://east.notify.windows.com?/1',
      'https://east.notify\t.windows.com/1',
      'https://0x7f.1/1',
      'https://bücher.example/1',
    ];
    const { batches, unsendable } = batchesOf(claimed(odd), tokens, plain);
    expect(unsendable).toEqual([]);
    for (const { origin, jobs } of batches)
      for (const { endpoint } of jobs) expect(origin).toBe(new URL(endpoint).origin);
    expect(batches.flatMap(({ jobs }) => jobs)).toHaveLength(odd.length);
  });

  it('leaves out what is no https address, and nothing beside it', () => {
    const bad = ['http://east.notify.windows.com/1', 'no address', 'ftp://x/1'];
    const { batches, unsendable } = batchesOf(claimed([...bad, `${EAST}/4`]), tokens, plain);
    expect(unsendable.map(({ delivery, fault }) => [delivery.id, fault])).toEqual([
      [1, 'invalid-endpoint'],
      [2, 'invalid-endpoint'],
      [3, 'invalid-endpoint'],
    ]);
    expect(idsOf(batches)).toEqual([[EAST, [4]]]);
  });

  it('says why where a token cannot be signed, and sends to the other origins', () => {
    const halting: VapidTokens = {
      authorize(origin, key) {
        if (origin === EAST) throw new Error('the contact is no address');
        return tokens.authorize(origin, key);
      },
    };
    const { batches, unsendable } = batchesOf(claimed([`${EAST}/1`, `${WEST}/2`]), halting, plain);
    expect(unsendable).toMatchObject([
      { fault: 'other', detail: 'The token could not be signed: the contact is no address' },
    ]);
    expect(idsOf(batches)).toEqual([[WEST, [2]]]);
  });
});
