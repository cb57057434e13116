import type { Problem } from '../../contract/problem.ts';
import { readSettingVariables, type SettingsFromEnvironment } from '../../contract/setting-variables.ts';
import { withoutOuterQuotes } from '../text/plain-text.ts';

/** What variables tell both the app and the engine without a window. */
export interface StartValues {
  /** As given; `''`: not set. */
  readonly dataDir: string;
  /** `null`: the port of the settings. */
  readonly port: number | null;
  readonly fromEnvironment: SettingsFromEnvironment;
}

export type StartValuesRead =
  | { readonly kind: 'read'; readonly values: StartValues }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * Reads `PUSHDESK_DATA_DIR`, `PUSHDESK_PORT` and the variables of the settings. Empty means not set, and quotes around a value are not part
 * of it: `docker --env-file` keeps them.
 */
export function readStartValues(env: Readonly<Record<string, string | undefined>>): StartValuesRead {
  const valueOf = (name: string) => withoutOuterQuotes(env[name] ?? '');
  const port = valueOf('PUSHDESK_PORT');
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    return { kind: 'refused', problem: badPort(port) };
  }
  const settings = readSettingVariables(valueOf);
  if (settings.kind === 'refused') return settings;
  return {
    kind: 'read',
    values: {
      dataDir: valueOf('PUSHDESK_DATA_DIR'),
      port: port === '' ? null : Number(port),
      fromEnvironment: settings.found,
    },
  };
}

const badPort = (text: string): Problem => ({
  code: 'bad-port',
  cause: `PUSHDESK_PORT is "${text.slice(0, 40)}", which is not a port.`,
  cure: 'Set it to a number from 0 to 65535, or leave it out, then start Pushdesk again.',
});
