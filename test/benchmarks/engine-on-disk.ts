import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import type { SettingsPatch } from '../../electron/contract/settings.ts';
import type { Host } from '../../electron/engine/base/host.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import { holdHeapDown } from '../../electron/engine/base/heap.ts';
import { workerFiles } from '../../electron/engine/base/worker-files.ts';

/** What an export asks of the desktop. */
export type Desktop = Pick<Host['desktop'], 'openSaveFile' | 'writeSaveFile' | 'closeSaveFile'>;

/** The real engine on a data folder, as `npm run headless` runs it, logging only errors, to standard error. */
export async function openEngine(
  dataDir: string,
  desktop: Desktop | null = null,
  settings: SettingsPatch = {},
) {
  holdHeapDown();
  const engine = await createEngine(
    {
      dataDir,
      version: '0.0.0-benchmark',
      electronVersion: null,
      subscribePageDir: fileURLToPath(new URL('../../out/web-demo', import.meta.url)),
      port: 0,
      fromEnvironment: { settings: { allowPrivateEndpoints: true, ...settings }, variables: {} },
    },
    {
      host: desktop === null ? null : hostWith(desktop),
      log: pino({ level: 'error' }, process.stderr),
      workerFiles: workerFiles(
        new URL('../../electron/engine/entries/headless-entry.ts', import.meta.url).href,
      ),
    },
  );
  return { engine, client: createRouterClient(engine.router) };
}

/** No key ring: nothing is sent or sealed where files are saved. */
function hostWith(desktop: Desktop): Host {
  const status = () => Promise.resolve({ state: 'none' as const, backend: 'none' });
  return { keyRing: { status, unlock: status }, desktop } as unknown as Host;
}

export type EngineClient = Awaited<ReturnType<typeof openEngine>>['client'];
