import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { onTestFinished } from 'vitest';
import type { EngineOptions } from '../../contract/engine-options.ts';
import { createEngine } from '../engine.ts';
import type { Host } from '../base/host.ts';
import { capturedLog } from './captured-log.ts';
import { layEmptyStore } from './empty-store.ts';
import { engineOptions, WORKER_FILES } from './engine-options.ts';
import { fakeClock } from './fake-clock.ts';

/** A whole engine in this process, with a client for its contract; stopped after the test. */
export async function tempEngine({
  host = null,
  options = engineOptions(),
}: { host?: Host | null; options?: EngineOptions } = {}) {
  const captured = capturedLog();
  const clock = fakeClock();
  layEmptyStore(path.join(options.dataDir, 'pushdesk.db'));
  const engine = await createEngine(options, {
    host,
    log: captured.log,
    workerFiles: WORKER_FILES,
    clock,
  });
  onTestFinished(() => engine.stop());
  return { engine, client: createRouterClient(engine.router), captured, clock, options };
}
