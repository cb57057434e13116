import { describe, expect, it } from 'vitest';
import { makeKeyPair } from '../../keys/curve.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';

const { publicKey } = makeKeyPair();
const AS_STORED = 'https://push.example.net/send/a-b%2Fc?t=%3D';
const SPELLINGS = [
  'https://PUSH.example.net/send/a-b%2Fc?t=%3D',
  'https://push.example.net./send/a-b%2Fc?t=%3D',
  'https://push.example.net:443/send/a-b%2Fc?t=%3D',
  'https://push.example.net/s%65nd/a%2db%2fc?t=%3d',
  'https://push.example.net/send/./a-b%2Fc?t=%3D',
];

describe.each(SPELLINGS)('an endpoint that comes again as %s', (endpoint) => {
  const rig = () => {
    const temp = tempSubscriptions();
    const stored = browserSubscription({ endpoint: AS_STORED });
    temp.service.report({ subscription: stored, publicKey });
    return { ...temp, again: { ...stored, endpoint }, auth: stored.keys.auth };
  };

  it('is known when a browser reports it, and stays as it was spelt', () => {
    const { service, again, all } = rig();
    expect(service.report({ subscription: again, publicKey })).toMatchObject({
      stored: 'known',
      replaced: 'none',
    });
    expect(all()).toMatchObject([{ endpoint: AS_STORED, state: 'active' }]);
  });

  it('is itself when it says what it replaces', () => {
    const { service, again, auth, all } = rig();
    const replaces = { endpoint: AS_STORED, auth };
    expect(service.report({ subscription: again, publicKey, replaces })).toMatchObject({ replaced: 'none' });
    expect(all()).toMatchObject([{ state: 'active' }]);
  });

  it('needs its secret all the same', () => {
    const { service, all } = rig();
    expect(() => service.report({ subscription: browserSubscription({ endpoint }), publicKey })).toThrow();
    expect(all()).toHaveLength(1);
  });

  it('is retired and cancelled by it', () => {
    const { service, auth, all } = rig();
    const fresh = browserSubscription();
    expect(service.report({ subscription: fresh, publicKey, replaces: { endpoint, auth } })).toMatchObject({
      replaced: 'retired',
    });
    expect(service.cancel({ endpoint, auth })).toEqual({ known: true });
    expect(all()).toMatchObject([{ state: 'active' }, { state: 'unsubscribed' }]);
  });

  it('is known to an import, before and while it is stored', async () => {
    const { service, again, all } = rig();
    const text = JSON.stringify([again, { ...again, endpoint: AS_STORED }]);
    expect(await service.previewImport({ text, publicKey: null })).toMatchObject({
      newCount: 0,
      knownCount: 1,
      repeatedCount: 1,
    });
    expect(await service.import({ text, publicKey: null })).toMatchObject({ addedCount: 0, updatedCount: 1 });
    expect(all()).toMatchObject([{ endpoint: AS_STORED }]);
  });
});

it('one list with an endpoint in every spelling makes one row', async () => {
  const { service, all } = tempSubscriptions();
  const row = browserSubscription({ endpoint: AS_STORED });
  const text = JSON.stringify([row, ...SPELLINGS.map((endpoint) => ({ ...row, endpoint }))]);
  expect(await service.import({ text, publicKey })).toEqual({
    addedCount: 1,
    updatedCount: 0,
    badCount: 0,
    unsubscribedCount: 0,
  });
  expect(all()).toHaveLength(1);
});
