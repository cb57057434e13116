import { settingsSchema, type Settings, type SettingsPatch } from '../../../contract/settings.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Log } from '../../base/log.ts';
import type { SettingsStore } from '../../store/settings-store.ts';

export interface SettingsService {
  get(): Settings;
  /** Fields that are left out stay as they are. */
  change(patch: SettingsPatch): Settings;
}

export interface SettingsServiceOptions {
  store: SettingsStore;
  changes: Pick<ChangeHub, 'publish'>;
  log: Log;
  /** Told after each change, with what it is now. */
  onChange?: (settings: Settings) => void;
}

const NAME = 'app';

export function createSettingsService({
  store,
  changes,
  log,
  onChange,
}: SettingsServiceOptions): SettingsService {
  let current = read(store, log);
  return {
    get: () => current,
    change(patch) {
      const given = Object.entries(patch).filter(([, value]) => value !== undefined);
      current = settingsSchema.parse({ ...current, ...Object.fromEntries(given) });
      store.set(NAME, JSON.stringify(current));
      changes.publish('settings', 'app');
      onChange?.(current);
      return current;
    },
  };
}

/** One value that is out of range, from an older version or an edited file, falls back alone; the others stay. */
function read(store: SettingsStore, log: Log): Settings {
  const stored = parseObject(store.get(NAME));
  const good: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (!(name in stored)) continue;
    const parsed = schema.safeParse(stored[name]);
    if (parsed.success) good[name] = parsed.data;
    else log.warn({ name }, 'a stored setting is not valid; its default is used');
  }
  return settingsSchema.parse(good);
}

function parseObject(text: string | null): Record<string, unknown> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
