import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { answerWith, compose, generateKeys, importSubscriptions, send } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

const RECIPIENTS = 60;

let temp: ReturnType<typeof makeTempFolder>;
let service: PushService;
let pushdesk: Pushdesk;

/** A campaign in the middle: the push service takes some messages, and is silent about the rest for as long as `hold` says. */
beforeEach(async () => {
  temp = makeTempFolder();
  service = await createPushService();
  await service.writeCertificate(path.join(temp.folder, 'push-service.pem'));
  pushdesk = await launchPushdesk({
    dataDir: path.join(temp.folder, 'data'),
    env: {
      NODE_EXTRA_CA_CERTS: path.join(temp.folder, 'push-service.pem'),
      PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
    },
  });
  const url = await pushdesk.ready();
  await generateKeys(pushdesk.window, 'mailto:owner@example.com');
  const { publicKey } = (await (await fetch(new URL('config.json', url))).json()) as { publicKey: string };
  const fleet = service.registerFleet({ count: RECIPIENTS, applicationServerKey: publicKey });
  await importSubscriptions(
    pushdesk,
    [...fleet.subscriptions()].map((row) => JSON.stringify(row)).join('\n'),
  );
  // Each answer asks for a pause, so that the campaign lasts until the fault is taken away.
  service.faults.add({
    effect: { kind: 'answer', status: 429, retryAfter: { seconds: 1, form: 'seconds' } },
    skip: 5,
  });
  await compose(pushdesk.window, { Title: 'A long one' });
  await send(pushdesk.window);
  await expect.poll(() => service.requests.counts().received).toBeGreaterThan(5);
});
afterEach(async () => {
  await pushdesk.kill();
  await service.close();
  temp.remove();
});

const closeWindow = () =>
  pushdesk.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
const isVisible = () =>
  pushdesk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
const ended = () => once(pushdesk.app.process(), 'exit');

/** Of the one campaign, as the closed store tells it. */
function stored(): { state: string; accepted: number } {
  const database = new Database(path.join(temp.folder, 'data', 'pushdesk.db'), { readonly: true });
  try {
    const campaign = database.prepare('SELECT state FROM campaigns').get() as { state: string };
    const { accepted } = database
      .prepare(`SELECT count(*) AS accepted FROM deliveries WHERE state = 'accepted'`)
      .get() as { accepted: number };
    return { state: campaign.state, accepted };
  } finally {
    database.close();
  }
}

describe('closing the window in the middle of a campaign', () => {
  it('asks, and stays where the person thinks better of it', async () => {
    const asked = await answerWith(pushdesk, 'Cancel');
    await closeWindow();
    await expect.poll(asked).toHaveLength(1);
    expect((await asked())[0]).toMatch(
      /A campaign is being sent: \d+ messages of “A long one” are not sent yet\./,
    );
    expect(await isVisible()).toBe(true);
    // The same by Ctrl+Q.
    await pushdesk.app.evaluate(({ app }) => {
      app.quit();
    });
    await expect.poll(asked).toHaveLength(2);
    expect(await isVisible()).toBe(true);
  });

  it('keeps sending in the background, comes back when it is started again, and quits once all is sent', async () => {
    const gone = ended();
    await answerWith(pushdesk, 'Keep sending in the background');
    await closeWindow();
    await expect.poll(isVisible).toBe(false);
    await pushdesk.app.evaluate(({ app }) => {
      app.emit('second-instance');
    });
    await expect.poll(isVisible).toBe(true);
    await closeWindow();
    await expect.poll(isVisible).toBe(false);
    service.faults.clear();
    expect(await gone).toEqual([0, null]);
    expect(stored()).toEqual({ state: 'finished', accepted: RECIPIENTS });
  });

  it('pauses and quits', async () => {
    const gone = ended();
    await answerWith(pushdesk, 'Pause and quit');
    await closeWindow();
    expect(await gone).toEqual([0, null]);
    expect(stored().state).toBe('paused');
  });

  it('asks nothing on SIGTERM: the campaign goes on at the next start', async () => {
    const gone = ended();
    const asked = await answerWith(pushdesk, 'Cancel');
    expect(await asked()).toEqual([]);
    pushdesk.app.process().kill('SIGTERM');
    expect(await gone).toEqual([0, null]);
    expect(stored().state).toBe('running');
  });
});
