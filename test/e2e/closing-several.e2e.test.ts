import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { recordOf } from '../support/service-record.ts';
import { openFolder } from './support/open-workspace.ts';
import { answerWith, compose, generateKeys, importSubscriptions, rowsOf, send } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

const RECIPIENTS = 30;
const NAMES = ['first', 'second'] as const;

let temp: ReturnType<typeof makeTempFolder>;
let service: PushService;
let pushdesk: Pushdesk;
let endpoints: string[];
const at = (name: string) => path.join(temp.folder, name);

/** Two workspaces in the middle of a campaign each: the push service is silent about most of it for as long as the fault is set. */
beforeEach(async () => {
  temp = makeTempFolder();
  service = await createPushService();
  await service.writeCertificate(at('push-service.pem'));
  pushdesk = await launchPushdesk({
    dataDir: at('first'),
    port: null,
    env: { NODE_EXTRA_CA_CERTS: at('push-service.pem'), PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1' },
  });
  await pushdesk.ready();
  endpoints = [];
  await furnish(pushdesk.window);
  mkdirSync(at('second'), { mode: 0o700 });
  const second = await openFolder(pushdesk.app, pushdesk.window, at('second'));
  await furnish(second);
  service.faults.add({
    effect: { kind: 'answer', status: 429, retryAfter: { seconds: 1, form: 'seconds' } },
    skip: 5,
  });
  await begin(pushdesk.window, 'From the first');
  await begin(second, 'From the second');
});
afterEach(async () => {
  await pushdesk.kill();
  await service.close();
  temp.remove();
});

async function furnish(window: Page): Promise<void> {
  await generateKeys(window, 'mailto:owner@example.com');
  const address = await window.locator('.pd-nav__address').innerText();
  const { publicKey } = (await (await fetch(`http://${address}/config.json`)).json()) as {
    publicKey: string;
  };
  const fleet = service.registerFleet({ count: RECIPIENTS, applicationServerKey: publicKey });
  const subscriptions = [...fleet.subscriptions()];
  endpoints.push(...subscriptions.map(({ endpoint }) => endpoint));
  await importSubscriptions(
    { app: pushdesk.app, window },
    subscriptions.map((row) => JSON.stringify(row)).join('\n'),
  );
  await expect.poll(() => rowsOf(window, 'Subscriptions')).not.toHaveLength(0);
}

async function begin(window: Page, title: string): Promise<void> {
  const before = service.requests.counts().received;
  await compose(window, { Title: title });
  await send(window);
  await expect.poll(() => service.requests.counts().received).toBeGreaterThan(before);
}

/** As Ctrl+Q. */
const quit = () =>
  pushdesk.app.evaluate(({ app }) => {
    app.quit();
  });
const visible = () =>
  pushdesk.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length,
  );

/** The one campaign of each, as the closed stores tell it. */
const stored = () =>
  NAMES.map((name) => {
    const database = new Database(path.join(at(name), 'pushdesk.db'), { readonly: true });
    try {
      const { state } = database.prepare('SELECT state FROM campaigns').get() as { state: string };
      const { accepted } = database
        .prepare(`SELECT count(*) AS accepted FROM deliveries WHERE state = 'accepted'`)
        .get() as { accepted: number };
      return { state, accepted };
    } finally {
      database.close();
    }
  });

it('asks in one window after the other, each about its own campaign; the first Cancel leaves all as they are', async () => {
  const asked = await answerWith(pushdesk, 'Cancel');
  await quit();
  await expect.poll(asked).toHaveLength(1);
  expect(await visible()).toBe(2);

  const gone = once(pushdesk.app.process(), 'exit');
  await answerWith(pushdesk, 'Pause and quit');
  await quit();
  expect(await gone).toEqual([0, null]);
  expect(stored().map(({ state }) => state)).toEqual(['paused', 'paused']);
});

it('in the background both go on, and the app ends once both are done: nobody is left out, nobody gets two', async () => {
  const gone = once(pushdesk.app.process(), 'exit');
  const asked = await answerWith(pushdesk, 'Keep sending in the background');
  await quit();
  await expect.poll(asked).toHaveLength(2);
  const questions = (await asked()).join('\n');
  expect(questions).toContain('“From the first”');
  expect(questions).toContain('“From the second”');
  await expect.poll(visible).toBe(0);
  service.faults.clear();
  expect(await gone).toEqual([0, null]);
  const whole = { state: 'finished', accepted: RECIPIENTS };
  expect(stored()).toEqual([whole, whole]);
  const record = recordOf([service]);
  expect(endpoints.map((endpoint) => record(endpoint).accepted)).toEqual(new Array(2 * RECIPIENTS).fill(1));
});
