import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { buildSubscribePage } from '../../../build/bundle/subscribe-page.mjs';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import {
  createPushService,
  type PushService,
} from '../../../electron/engine/local-push-service/push-service.ts';
import { capturedLog } from '../../../electron/engine/testing/captured-log.ts';
import { WORKER_FILES } from '../../../electron/engine/testing/engine-options.ts';

/** A whole engine that takes calls from sites on this machine, with the push service that browsers and engine share. */
export interface KitEngine {
  /** `http://localhost:<port>/`. */
  readonly url: string;
  /** The folder with the built kit. */
  readonly kitDir: string;
  readonly client: RouterClient<Engine['router']>;
  readonly service: PushService;
  /** Of the first key pair, which is in use. */
  readonly publicKey: string;
  /** Starts the server again, at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startKitEngine(): Promise<KitEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pushdesk-kit-'));
  const subscribePageDir = path.join(folder, 'page');
  const certificate = path.join(folder, 'push-service.pem');
  const service = await createPushService();
  await Promise.all([buildSubscribePage(subscribePageDir), service.writeCertificate(certificate)]);
  process.env['PUSHDESK_EXTRA_CA_CERTS'] = certificate;
  // Below those that the system hands out when any port will do, so that it is still free when the server starts again.
  const port = randomInt(11_000, 31_000);
  const engine = await createEngine(
    {
      dataDir: path.join(folder, 'data'),
      version: '0.0.0-test',
      electronVersion: null,
      subscribePageDir,
      port,
      fromEnvironment: { settings: { allowPrivateEndpoints: true }, variables: {} },
    },
    { host: null, log: capturedLog().log, workerFiles: WORKER_FILES },
  );
  const { url } = await engine.start();
  const client = createRouterClient(engine.router);
  await client.app.changeSettings({ sites: ['http://*.localhost'] });
  const pair = await client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
  return {
    url: url ?? '',
    kitDir: path.join(subscribePageDir, 'kit'),
    client,
    service,
    publicKey: pair.publicKey,
    async restart() {
      await client.server.start();
    },
    async close() {
      delete process.env['PUSHDESK_EXTRA_CA_CERTS'];
      await engine.stop();
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
