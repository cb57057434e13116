import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPushService } from '../../electron/engine/local-push-service/push-service.ts';
import { createRandom } from '../../electron/engine/local-push-service/random.ts';
import { account } from '../support/account.ts';
import { startHeadlessEngine } from '../support/headless-engine.ts';
import { planFaults } from '../support/plan-faults.ts';
import { seedCampaign } from '../support/seed-campaign.ts';
import { recordOf } from '../support/service-record.ts';
import { campaignStateIn, readStoreCopy } from '../support/store-facts.ts';
import { launchPushdesk, makeTempFolder } from './support/pushdesk.ts';

const SEED = 'the same devices and the same faults';

let temp: ReturnType<typeof makeTempFolder>;
beforeEach(() => {
  temp = makeTempFolder();
});
afterEach(() => {
  temp.remove();
});

interface Where {
  dataDir: string;
  /** Path of the certificate of the push service. */
  trusted: string;
}

/** Runs the engine until the campaign in its data folder has finished, and ends it cleanly. */
type Run = (where: Where) => Promise<void>;

const finished = (dataDir: string) =>
  vi.waitUntil(() => campaignStateIn(dataDir) === 'finished', { timeout: 170_000, interval: 100 });

const headless: Run = async ({ dataDir, trusted }) => {
  const engine = startHeadlessEngine({ dataDir, trusted });
  try {
    await finished(dataDir);
  } finally {
    expect(await engine.end()).toBe(0);
  }
};

const electron: Run = async ({ dataDir, trusted }) => {
  const env = { NODE_EXTRA_CA_CERTS: trusted, PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1' };
  const pushdesk = await launchPushdesk({ dataDir, env });
  try {
    await finished(dataDir);
  } finally {
    expect(await pushdesk.quit()).toBe(0);
  }
};

/** What became of each device, in their order, in a campaign with faults of every kind whose outcomes are known. */
async function outcomes(name: string, run: Run) {
  const service = await createPushService({ seed: SEED });
  try {
    const dataDir = path.join(temp.folder, name);
    const trusted = path.join(temp.folder, `${name}.pem`);
    await service.writeCertificate(trusted);
    const { messageId, devices } = await seedCampaign(dataDir, [
      { service, dialect: 'mozilla', count: 150, keyPair: 0 },
      { service, dialect: 'fcm', count: 150, keyPair: 1 },
      { service, dialect: 'apple', count: 100, keyPair: 0 },
      { service, dialect: 'wns', count: 100, keyPair: 1 },
    ]);
    const ends = planFaults(devices, createRandom(SEED), { lineCuts: false });
    await run({ dataDir, trusted });

    const store = readStoreCopy(dataDir);
    const expected = { messageId, devices: devices.length };
    expect(account(store, recordOf([service]), expected).problems).toEqual([]);
    const byEndpoint = new Map(store.deliveries.map((delivery) => [delivery.endpoint, delivery]));
    return devices.map(({ endpoint, dialect }) => {
      const delivery = byEndpoint.get(endpoint);
      expect(delivery?.state).toBe(ends.get(endpoint));
      return {
        dialect,
        state: delivery?.state,
        diagnosis: delivery?.diagnosis,
        attempts: delivery?.attempts,
        subscription: delivery?.subscriptionState,
        requests: service.requests.of(endpoint).length,
      };
    });
  } finally {
    await service.close();
  }
}

it('the engine in Electron does what the engine without it does, device by device', async () => {
  const without = await outcomes('headless', headless);
  const within = await outcomes('electron', electron);
  expect(within).toEqual(without);
  expect(new Set(within.map(({ state }) => state))).toEqual(new Set(['accepted', 'gone', 'failed']));
  expect(within.filter(({ attempts }) => (attempts?.length ?? 0) > 1).length).toBeGreaterThan(20);
});
