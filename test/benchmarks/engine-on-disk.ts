import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import { createEngine } from '../../electron/engine/engine.ts';
import { holdHeapDown } from '../../electron/engine/base/heap.ts';
import { workerFiles } from '../../electron/engine/base/worker-files.ts';

/** The real engine on a data folder, as `npm run headless` runs it, with its log on standard error errors only. */
export async function openEngine(dataDir: string) {
  holdHeapDown();
  const engine = await createEngine(
    {
      dataDir,
      version: '0.0.0-benchmark',
      electronVersion: null,
      subscribePageDir: fileURLToPath(new URL('../../out/web-demo', import.meta.url)),
      port: 0,
      allowPrivateEndpoints: true,
    },
    {
      host: null,
      log: pino({ level: 'error' }, process.stderr),
      workerFiles: workerFiles(
        new URL('../../electron/engine/entries/headless-entry.ts', import.meta.url).href,
      ),
    },
  );
  return { engine, client: createRouterClient(engine.router) };
}

export type EngineClient = Awaited<ReturnType<typeof openEngine>>['client'];
