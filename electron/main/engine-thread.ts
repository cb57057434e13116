import { Worker } from 'node:worker_threads';
import type { EngineOptions } from '../contract/engine-thread.ts';

/**
 * The engine's thread. Switches that the app itself was started with are not for it: some of them load code that
 * expects the main thread.
 */
export function createEngineThread(file: string, options: EngineOptions): Worker {
  return new Worker(file, { name: 'engine', workerData: options, execArgv: [] });
}
