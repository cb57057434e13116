import type { WritableDb } from './database.ts';

/** Small things kept by name, each as JSON text. */
export interface SettingsStore {
  get(name: string): string | null;
  set(name: string, value: string): void;
}

export function createSettingsStore(db: WritableDb): SettingsStore {
  const one = db.read<{ name: string }, { value: string }>('SELECT value FROM settings WHERE name = @name');
  const put = db.write<{ name: string; value: string }>(
    `INSERT INTO settings (name, value) VALUES (@name, @value)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  return {
    get: (name) => one.get({ name })?.value ?? null,
    set(name, value) {
      put.run({ name, value });
    },
  };
}
