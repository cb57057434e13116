import path from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { readStartValues, type StartValues } from '../core/environment/start-values.ts';

/** What the process was started with. */
export interface Environment extends StartValues {
  /** Absolute path. */
  dataDir: string;
}

export type EnvironmentRead =
  { kind: 'read'; environment: Environment } | { kind: 'refused'; problem: Problem };

/** Reads the variables that the app and the engine without a window have in common. */
export function readAppEnvironment(
  env: Record<string, string | undefined>,
  defaultDataDir: string,
): EnvironmentRead {
  const read = readStartValues(env);
  if (read.kind === 'refused') return read;
  const { dataDir } = read.values;
  return {
    kind: 'read',
    environment: { ...read.values, dataDir: path.resolve(dataDir === '' ? defaultDataDir : dataDir) },
  };
}
