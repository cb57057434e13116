import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { campaignDetailSchema, campaignSchema } from '../electron/contract/campaigns.ts';
import { makeKeyPair } from '../electron/engine/keys/curve.ts';
import { createPushService } from '../electron/engine/local-push-service/push-service.ts';
import { tempFolder } from '../electron/engine/testing/temp-folder.ts';
import { startHeadless, type Headless } from './support/headless.ts';

/** Enough of them, late enough, that the campaign cannot be over before the signal comes. */
const DEVICES = 2000;
const LATE_MS = 200;
const TOKEN = 'token-of-the-environment-0123456789-0123';

function clientOf({ url }: Headless) {
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const answer = await fetch(new URL(`api/v1${path}`, url), {
      ...init,
      headers: { ...headers, 'idempotency-key': 'sale' },
    });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    post: (path: string, body: unknown) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    campaign: async (id: number) => campaignDetailSchema.parse(await ask(`/campaigns/${id}`)),
  };
}

/** A push service that answers late, with devices, and the environment of an engine that sends to them. */
async function slowService() {
  const service = await createPushService();
  service.faults.add({ effect: { kind: 'delay', milliseconds: LATE_MS } });
  const trusted = path.join(tempFolder(), 'push-service.pem');
  await service.writeCertificate(trusted);
  const pair = makeKeyPair();
  const fleet = service.registerFleet({ count: DEVICES, applicationServerKey: pair.publicKey });
  const env = {
    NODE_EXTRA_CA_CERTS: trusted,
    PUSHDESK_VAPID_PRIVATE_KEY: pair.privateKey,
    PUSHDESK_VAPID_SUBJECT: 'mailto:owner@example.com',
    PUSHDESK_API_TOKEN: TOKEN,
  };
  return { service, fleet, env, privateKey: pair.privateKey };
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  'ends cleanly in the middle of a campaign on %s; the next start goes on, and nothing is lost or sent twice',
  async (signal) => {
    const { service, fleet, env, privateKey } = await slowService();
    const dataDir = tempFolder();
    const first = await startHeadless({ dataDir, env });
    const logs: string[] = [];
    try {
      const { post, campaign } = clientOf(first);
      const text = [...fleet.subscriptions()].map((row) => JSON.stringify(row)).join('\n');
      await post('/subscriptions/import', { text, publicKey: null });
      const send = { message: { title: 'Sale' }, audience: { kind: 'everyone' } };
      const { id } = campaignSchema.parse(await post('/campaigns', send));
      await expect.poll(async () => (await campaign(id)).counts.accepted).toBeGreaterThan(20);
      expect(await first.end(signal)).toBe(0);
      logs.push(first.log());
      expect(existsSync(path.join(dataDir, 'pushdesk.db-wal'))).toBe(false);
      const acceptedBefore = acceptedBy(fleet).reduce((sum, count) => sum + count, 0);
      expect(acceptedBefore).toBeGreaterThan(20);
      expect(acceptedBefore).toBeLessThan(DEVICES);

      const second = await startHeadless({ dataDir, env });
      try {
        const after = clientOf(second);
        expect(campaignSchema.parse(await after.post('/campaigns', send)).id).toBe(id);
        await expect
          .poll(async () => (await after.campaign(id)).state, { timeout: 150_000 })
          .toBe('finished');
        expect((await after.campaign(id)).counts).toMatchObject({
          accepted: DEVICES,
          unknown: 0,
          failed: 0,
          queued: 0,
          sending: 0,
        });
      } finally {
        expect(await second.end()).toBe(0);
        logs.push(second.log());
      }
      expect(acceptedBy(fleet)).toEqual(Array(DEVICES).fill(1));
    } finally {
      await first.end();
      await service.close();
    }
    const lines = logs.join('').trim().split('\n');
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'));
    expect(logs.join('')).toContain('the engine stopped');
    expect(logs.join('')).not.toContain(privateKey);
    expect(logs.join('')).not.toContain(TOKEN);
  },
);

it('says in one line what is wrong with its environment, and shows no secret', async () => {
  const env = {
    PUSHDESK_VAPID_PRIVATE_KEY: 'not-a-key-but-secret',
    PUSHDESK_VAPID_SUBJECT: 'mailto:a@example.com',
  };
  const started = startHeadless({ dataDir: tempFolder(), env });
  await expect(started).rejects.toThrow(
    /ended with 1.*PUSHDESK_VAPID_PRIVATE_KEY is not a usable private key\..* Set it to /s,
  );
  await expect(started).rejects.not.toThrow(/not-a-key-but-secret/);
});

const acceptedBy = (fleet: { acceptedCount(index: number): number }) =>
  Array.from({ length: DEVICES }, (_, index) => fleet.acceptedCount(index));
