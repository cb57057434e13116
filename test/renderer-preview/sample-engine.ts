import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { systemClock, type Clock } from '../../electron/engine/base/clock.ts';
import type { Host } from '../../electron/engine/base/host.ts';
import { workerFiles } from '../../electron/engine/base/worker-files.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import type { EngineRouter } from '../../electron/engine/serve/router.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import { scriptedSender } from '../../electron/engine/testing/scripted-sender.ts';

export type SampleClient = RouterClient<EngineRouter>;

export const WORKERS = workerFiles(
  new URL('../../electron/engine/entries/worker-entry.ts', import.meta.url).href,
);
/** What Compose finds when it fills a message from a page. */
const PAGE = `<!doctype html><title>Subscribe</title>
<meta property="og:title" content="The detective who never was">
<meta property="og:description" content="A new series in six parts, about a man at a door and all who saw him.">
<meta property="og:image" content="/icon-192.png">`;
/** One blue pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A started engine on a folder, with push services that answer as the script says. `clock`: what time it is there. */
export async function openSampleEngine(dataDir: string, host: Host, clock: Clock = systemClock) {
  const page = path.join(dataDir, 'page');
  mkdirSync(page, { recursive: true });
  writeFileSync(path.join(page, 'index.html'), PAGE);
  writeFileSync(path.join(page, 'sw.js'), '');
  writeFileSync(path.join(page, 'icon-192.png'), PICTURE);
  const services = scriptedSender(systemClock);
  const engine = await createEngine(
    {
      dataDir,
      version: '0.1.0',
      electronVersion: null,
      subscribePageDir: page,
      port: 0,
      fromEnvironment: { settings: { allowPrivateEndpoints: true }, variables: {} },
    },
    { host, log: capturedLog().log, workerFiles: WORKERS, sender: services.sender, clock },
  );
  const { url } = await engine.start();
  if (url === null) throw new Error('The server of a sample engine did not start.');
  const client: SampleClient = createRouterClient(engine.router);
  return { engine, client, services, url };
}
export type SampleEngine = Awaited<ReturnType<typeof openSampleEngine>>;
