import path from 'node:path';
import { z } from 'zod';
import type { Problem } from '../contract/problem.ts';
import { readSettingVariables, type SettingsFromEnvironment } from '../contract/setting-variables.ts';

/** What the process was started with. */
export interface Environment {
  /** Absolute path. */
  dataDir: string;
  /** `null`: the port of the settings. */
  port: number | null;
  fromEnvironment: SettingsFromEnvironment;
}

export type EnvironmentRead =
  { kind: 'read'; environment: Environment } | { kind: 'refused'; problem: Problem };

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().int().max(65_535));

/** Reads `PUSHDESK_DATA_DIR`, `PUSHDESK_PORT` and the variables of the settings. Empty means not set. */
export function readAppEnvironment(
  env: Record<string, string | undefined>,
  defaultDataDir: string,
): EnvironmentRead {
  const dataDir = env['PUSHDESK_DATA_DIR']?.trim() ?? '';
  const portText = env['PUSHDESK_PORT']?.trim() ?? '';
  const port = portText === '' ? null : portSchema.safeParse(portText);
  if (port !== null && !port.success) {
    return {
      kind: 'refused',
      problem: {
        code: 'bad-port',
        cause: `PUSHDESK_PORT is "${portText.slice(0, 40)}", which is not a port.`,
        cure: 'Set it to a number from 0 to 65535, or leave it out, and start Pushdesk again.',
      },
    };
  }
  const settings = readSettingVariables((name) => env[name]?.trim() ?? '');
  if (settings.kind === 'refused') return settings;
  return {
    kind: 'read',
    environment: {
      dataDir: path.resolve(dataDir === '' ? defaultDataDir : dataDir),
      port: port === null ? null : port.data,
      fromEnvironment: settings.found,
    },
  };
}
