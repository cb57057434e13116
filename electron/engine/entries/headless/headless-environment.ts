import path from 'node:path';
import { Refusal } from '../../../contract/problem.ts';
import { readSettingVariables, type SettingsFromEnvironment } from '../../../contract/setting-variables.ts';
import { withoutOuterQuotes } from '../../../core/text/plain-text.ts';

export interface HeadlessEnvironment {
  /** Absolute path. */
  dataDir: string;
  /** `null`: the port of the settings. */
  port: number | null;
  fromEnvironment: SettingsFromEnvironment;
}

export interface Machine {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  home: string;
}

/**
 * Reads `PUSHDESK_DATA_DIR`, `PUSHDESK_PORT` and the variables of the settings. Empty means not set, and quotes around a value are no part
 * of it: `docker --env-file` keeps them.
 *
 * @throws Refusal BAD_INPUT
 */
export function readHeadlessEnvironment(machine: Machine): HeadlessEnvironment {
  const valueOf = (name: string) => withoutOuterQuotes(machine.env[name] ?? '');
  const dataDir = valueOf('PUSHDESK_DATA_DIR');
  const settings = readSettingVariables(valueOf);
  if (settings.kind === 'refused') throw new Refusal('BAD_INPUT', settings.problem);
  return {
    dataDir: path.resolve(dataDir === '' ? defaultDataDir(machine) : dataDir),
    port: readPort(valueOf('PUSHDESK_PORT')),
    fromEnvironment: settings.found,
  };
}

function readPort(text: string): number | null {
  if (text === '') return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Refusal('BAD_INPUT', {
    code: 'bad-port',
    cause: `PUSHDESK_PORT is "${text.slice(0, 40)}", which is not a port.`,
    cure: 'Set it to a number from 0 to 65535, or leave it out, then start Pushdesk again.',
  });
}

/** A variable that is empty counts as not set (XDG Base Directory Specification). */
const given = (value: string | undefined) => (value === '' ? undefined : value);

/** A relative path is to be ignored (the same, "Basics"): it would lead elsewhere with each folder of a shell. */
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
