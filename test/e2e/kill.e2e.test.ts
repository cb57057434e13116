import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { compose, generateKeys, goTo, importSubscriptions, send } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

const RECIPIENTS = 200;
/** How many get an answer; for the rest the push service takes the message and stays silent. */
const ANSWERED = 40;

let temp: ReturnType<typeof makeTempFolder>;
let service: PushService;
beforeEach(async () => {
  temp = makeTempFolder();
  service = await createPushService();
  await service.writeCertificate(path.join(temp.folder, 'push-service.pem'));
});
afterEach(async () => {
  await service.close();
  temp.remove();
});

const launch = () =>
  launchPushdesk({
    dataDir: path.join(temp.folder, 'data'),
    env: {
      NODE_EXTRA_CA_CERTS: path.join(temp.folder, 'push-service.pem'),
      PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
    },
  });

/** The number on a filter of the open campaign; 0 where there is no such filter. */
async function countOf(window: Page, outcome: string): Promise<number> {
  const filters = window.getByRole('group', { name: 'Deliveries by outcome' }).getByRole('button');
  const texts = await filters.allInnerTexts();
  const text = texts.find((label) => label.startsWith(outcome));
  return Number(text?.replace(/\D/g, '') ?? 0);
}

/** Keys and subscriptions, and a campaign to all of them that is stuck on the wire. */
async function startStuckCampaign(pushdesk: Pushdesk): Promise<string[]> {
  const { window } = pushdesk;
  const url = await pushdesk.ready();
  await generateKeys(window, 'mailto:owner@example.com');
  const { publicKey } = (await (await fetch(new URL('config.json', url))).json()) as { publicKey: string };
  const fleet = service.registerFleet({ count: RECIPIENTS, applicationServerKey: publicKey });
  const subscriptions = [...fleet.subscriptions()];
  await importSubscriptions(pushdesk, subscriptions.map((row) => JSON.stringify(row)).join('\n'));
  service.faults.add({ effect: { kind: 'stall', accepts: true }, skip: ANSWERED });
  await compose(window, { Title: 'In the middle of it' });
  await send(window);
  await expect.poll(() => service.requests.counts().received).toBeGreaterThan(ANSWERED);
  await expect.poll(() => countOf(window, 'Accepted')).toBe(ANSWERED);
  return subscriptions.map(({ endpoint }) => endpoint);
}

describe('a kill in the middle of a campaign', () => {
  it('loses nothing, repeats nothing, and shows what was on the wire as unknown', async () => {
    const killed = await launch();
    const endpoints = await startStuckCampaign(killed);
    await killed.kill();

    service.faults.clear();
    const pushdesk = await launch();
    const { window } = pushdesk;
    try {
      await pushdesk.ready();
      await goTo(window, 'Campaigns');
      await window.getByRole('grid', { name: 'Campaigns' }).getByText('In the middle of it').click();
      await window.getByText('Finished', { exact: true }).waitFor();
      const unknown = await countOf(window, 'Unknown');
      const accepted = await countOf(window, 'Accepted');
      expect(unknown + accepted).toBe(RECIPIENTS);
      await window.getByText(`${unknown} messages may or may not have arrived.`).waitFor();

      // Counted only now: what was on its way at the kill reached the service in its own time.
      const requests = endpoints.map((endpoint) => service.requests.of(endpoint).length);
      expect(Math.max(...requests)).toBe(1);
      const onTheWire = requests.filter((count) => count === 1).length - accepted;
      expect(onTheWire).toBeGreaterThan(0);
      expect(unknown).toBeGreaterThanOrEqual(onTheWire);
    } finally {
      expect(await pushdesk.quit()).toBe(0);
    }
  });
});
