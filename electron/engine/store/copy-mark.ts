import { z } from 'zod';
import { instantSchema } from '../../contract/common.ts';
import type { Connection } from './database.ts';
import type { SettingsStore } from './settings-store.ts';
import { soundJson } from './sound.ts';

/**
 * [Note: marked copies] Each copy of the store is marked as one. It does not know what was sent after it was made, so an engine that opens
 * it pauses every campaign that was under way, however the copy got there: by `restore`, or by hand.
 */
const NAME = 'copy';
/** The setting with the name under which this store awaits results from workers. */
export const COORDINATOR_NAME = 'coordinator';

const markSchema = z.object({ madeAt: instantSchema.nullable() });
/** `madeAt`: when the copy was made; `null`: nobody knows. */
export type CopyMark = z.infer<typeof markSchema>;

/** Marks a file as a copy. One that is already marked keeps its mark. */
export function markCopy(connection: Connection, mark: CopyMark): void {
  connection
    .prepare<[{ name: string; value: string }]>(
      `INSERT INTO settings (name, value) VALUES (@name, @value)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value = 'null'`,
    )
    .run({ name: NAME, value: JSON.stringify(mark) });
  // The workers' results belong to the store that this was copied from: the copy must not wait for them, or call batches back.
  if (hasTable(connection, 'handed_batches')) connection.exec('DELETE FROM handed_batches');
  connection.prepare<[string]>('DELETE FROM settings WHERE name = ?').run(COORDINATOR_NAME);
}

function hasTable(connection: Connection, name: string): boolean {
  return connection.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined;
}

/** For a file that may have been changed by hand. */
export function copyMarkOf(connection: Connection): CopyMark | null {
  const row = connection
    .prepare<[{ name: string }], { value: string }>('SELECT value FROM settings WHERE name = @name')
    .get({ name: NAME });
  return row === undefined ? null : readMark(row.value);
}

/** The mark of an open store, until it is removed. */
export function readCopyMark(settings: Pick<SettingsStore, 'get'>): CopyMark | null {
  const text = settings.get(NAME);
  return text === null ? null : readMark(text);
}

export function removeCopyMark(settings: Pick<SettingsStore, 'set'>): void {
  settings.set(NAME, 'null');
}

/** A mark that cannot be read still counts as one. */
const readMark = (text: string): CopyMark | null =>
  text === 'null' ? null : (soundJson(markSchema, text) ?? { madeAt: null });
