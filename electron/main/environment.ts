import path from 'node:path';
import { z } from 'zod';
import type { Problem } from '../contract/problem.ts';

/** What the process was started with. */
export interface Environment {
  /** Absolute path. */
  dataDir: string;
  /** `null`: the port of the settings. */
  port: number | null;
  allowPrivateEndpoints: boolean;
}

export type EnvironmentRead =
  { kind: 'read'; environment: Environment } | { kind: 'refused'; problem: Problem };

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().int().max(65_535));

/** Reads `PUSHDESK_DATA_DIR`, `PUSHDESK_PORT` and `PUSHDESK_ALLOW_PRIVATE_ENDPOINTS`. Empty means not set. */
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
  return {
    kind: 'read',
    environment: {
      dataDir: path.resolve(dataDir === '' ? defaultDataDir : dataDir),
      port: port === null ? null : port.data,
      allowPrivateEndpoints: env['PUSHDESK_ALLOW_PRIVATE_ENDPOINTS'] === '1',
    },
  };
}
