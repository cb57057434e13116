import { Worker } from 'node:worker_threads';
import type { EngineOptions } from '../contract/engine-options.ts';

/**
 * Room for the garbage that a campaign makes, in MB: three semi-spaces of 16. More makes the app larger and nothing faster ([Note: heap]).
 */
const YOUNG_GENERATION_MB = 48;

/**
 * The engine's thread. Switches that the app itself was started with are not passed on: some of them load code that expects the main
 * thread.
 */
export function createEngineThread(file: string, options: EngineOptions): Worker {
  return new Worker(file, {
    name: 'engine',
    workerData: options,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
}
