import path from 'node:path';
import { Refusal } from '../../../contract/problem.ts';
import { readStartValues, type StartValues } from '../../../core/environment/start-values.ts';

export interface HeadlessEnvironment extends StartValues {
  /** Absolute path. */
  dataDir: string;
}

export interface Machine {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
}

/**
 * Reads the variables that the app and the engine without a window have in common.
 *
 * @throws Refusal BAD_INPUT
 */
export function readHeadlessEnvironment(machine: Machine): HeadlessEnvironment {
  const read = readStartValues(machine.env);
  if (read.kind === 'refused') throw new Refusal('BAD_INPUT', read.problem);
  const { dataDir } = read.values;
  return { ...read.values, dataDir: path.resolve(dataDir === '' ? defaultDataDir(machine) : dataDir) };
}

/** A variable that is empty counts as not set (XDG Base Directory Specification). */
const given = (value: string | undefined) => (value === '' ? undefined : value);

/** A relative path is to be ignored (the same, "Basics"): it would lead elsewhere from each folder of a shell. */
const absolute = (value: string | undefined) =>
  value !== undefined && path.isAbsolute(value) ? value : undefined;

/** Where the desktop app keeps its data: both work on the same store, one at a time. */
function defaultDataDir({ env, platform, home }: Machine): string {
  const appData = {
    darwin: path.join(home, 'Library', 'Application Support'),
    win32: given(env['APPDATA']) ?? path.join(home, 'AppData', 'Roaming'),
    other: absolute(env['XDG_CONFIG_HOME']) ?? path.join(home, '.config'),
  };
  const folder = platform === 'darwin' || platform === 'win32' ? appData[platform] : appData.other;
  return path.join(folder, 'Pushdesk');
}
