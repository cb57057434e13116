import { Refusal } from '../../../contract/problem.ts';
import {
  NO_VARIABLES,
  type SettingName,
  type SettingsFromEnvironment,
} from '../../../contract/setting-variables.ts';
import { settingsSchema, type Settings, type SettingsPatch } from '../../../contract/settings.ts';
import { readKeptSettings } from '../../../contract/kept-settings.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Log } from '../../base/log.ts';
import { mustStillBe } from '../../base/must-still-be.ts';
import type { SettingsStore } from '../../store/settings-store.ts';
import { parsed } from '../../store/sound.ts';

export interface SettingsService {
  /** What applies now: what is stored, overridden by environment variables. */
  get(): Settings;
  /**
   * Omitted fields stay as they are.
   * @param was what the caller saw in them
   * @throws Refusal CONFLICT if an environment variable sets one of them, so that the change would have no effect; or if they are no longer
   *   as the caller saw them
   */
  change(patch: SettingsPatch, was?: SettingsPatch): Settings;
}

export interface SettingsServiceOptions {
  store: SettingsStore;
  fromEnvironment?: SettingsFromEnvironment;
  changes: Pick<ChangeHub, 'publish'>;
  log: Log;
  /** Called after each change with the new settings. */
  onChange?: (settings: Settings) => void;
}

const NAME = 'app';

export function createSettingsService({
  store,
  fromEnvironment = NO_VARIABLES,
  changes,
  log,
  onChange,
}: SettingsServiceOptions): SettingsService {
  const { settings: held, variables } = fromEnvironment;
  let stored = read(store, log);
  let current = settingsSchema.parse({ ...stored, ...held });
  return {
    get: () => current,
    change(patch, was) {
      mustStillBe(current, was);
      const given = Object.entries(patch).filter(([, value]) => value !== undefined);
      const free = given.filter(([name, value]) => {
        const holder = variables[name as SettingName];
        if (holder === undefined) return true;
        // A caller that sends all settings back as they are changes none of them.
        if (JSON.stringify(value) === JSON.stringify(current[name as SettingName])) return false;
        throw heldBy(name, holder.variable);
      });
      stored = settingsSchema.parse({ ...stored, ...Object.fromEntries(free) });
      current = settingsSchema.parse({ ...stored, ...held });
      store.set(NAME, JSON.stringify(stored));
      changes.publish('settings', 'app');
      onChange?.(current);
      return current;
    },
  };
}

const heldBy = (name: string, variable: string) =>
  new Refusal('CONFLICT', {
    code: 'setting-from-environment',
    cause: `The setting ${name} comes from ${variable}, which this Pushdesk was started with.`,
    cure: 'Change or remove the variable, then start Pushdesk again.',
  });

function read(store: SettingsStore, log: Log): Settings {
  const text = store.get(NAME);
  const { settings, damaged } = readKeptSettings(text === null ? {} : parsed(text));
  for (const name of damaged)
    log.warn({ name }, 'a stored setting is not valid; what can be read of it is used');
  return settings;
}
