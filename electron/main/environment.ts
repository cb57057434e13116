import path from 'node:path';
import type { SettingName } from '../contract/setting-variables.ts';
import type { Problem } from '../contract/problem.ts';
import { readStartValues, type StartValues } from '../core/environment/start-values.ts';

/** What the process was started with. */
export interface Environment extends StartValues {
  /** Absolute path. */
  dataDir: string;
}

export type EnvironmentRead =
  | { kind: 'read'; environment: Environment }
  | { kind: 'refused'; problem: Problem };

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

/** Variables that name one place on this machine or on the web, which only one engine can have. */
const FOR_ONE_ENGINE: ReadonlySet<string> = new Set<SettingName>([
  'serverPort',
  'publicUrl',
  'listen',
  'tlsCert',
  'tlsKey',
]);

/**
 * What a folder's engine is started with: for the app's own folder what the process was told, for any other the same without what only one
 * engine can have.
 *
 * @param folder `null`: the app's own
 */
export function startOfFolder(environment: Environment, folder: string | null) {
  const { dataDir, port, fromEnvironment } = environment;
  if (folder === null) return { dataDir, port, fromEnvironment };
  const without = <Values extends object>(values: Values) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !FOR_ONE_ENGINE.has(name))) as Values;
  const settings = without(fromEnvironment.settings);
  const variables = without(fromEnvironment.variables);
  return { dataDir: folder, port: null, fromEnvironment: { settings, variables } };
}
