import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildPayload, encodePayload, EXAMPLE_PAYLOAD_ID } from '../../../core/message/payload.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { encryptAll } from '../../wire/encryption/encrypt-all.ts';
import { apple, campaignRig, fcm, message } from './testing/campaign-rig.ts';

const preflightOf = (change: Parameters<typeof message>[0]) => {
  const rig = campaignRig();
  rig.subscribe([...fcm(3), ...apple(2)]);
  return rig.service.preflight({ message: message(change), audience: { kind: 'everyone' } });
};

describe('the preflight', () => {
  it('tells what each push service gets, as it will be sent', () => {
    const { services, byPart, payloadBytes } = preflightOf({ ttlSeconds: 0, topic: 'newsA' });
    const bodyBytes = payloadBytes + 103;
    expect(services).toEqual([
      { pushService: 'fcm', count: 3, bodyBytes, bodyLimit: 4096, ttlSeconds: 0, topic: 'newsA' },
      // Adapted: Apple accepts neither a TTL of 0 nor a topic of that length.
      { pushService: 'apple', count: 2, bodyBytes, bodyLimit: 4096, ttlSeconds: 1, topic: 'newsA-' },
    ]);
    expect(byPart.map(({ subject }) => subject)).toEqual(['mailto:me@example.com', 'mailto:me@example.com']);
  });

  it.each(['World', 'ä'.repeat(900)])('counts the bytes that encryption really gives', (body) => {
    const text = message({ body });
    const { services } = preflightOf({ body });
    const payload = encodePayload(buildPayload(text, EXAMPLE_PAYLOAD_ID)).text;
    const recipient = { p256dh: makeKeyPair().publicKey, auth: randomBytes(16).toString('base64url') };
    const [encrypted] = encryptAll(payload, [recipient]);
    expect(encrypted?.kind === 'body' && encrypted.body.byteLength).toBe(services[0]?.bodyBytes);
  });
});
