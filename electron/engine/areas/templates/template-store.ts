import type { TemplateId } from '../../../contract/ids.ts';
import type { Template } from '../../../contract/templates.ts';
import type { WritableDb } from '../../store/database.ts';
import { soundInstant } from '../../store/sound.ts';
import { soundFields } from './sound-fields.ts';

/** Messages that are kept as a starting point. */
export interface TemplateStore {
  /** In alphabetical order. */
  list(): Omit<Template, 'message'>[];
  get(id: TemplateId): Template | null;
  /** `null`: another one has this name. */
  add(name: string, message: Template['message'], now: number): TemplateId | null;
  /** `false`: another one has this name. */
  update(template: Omit<Template, 'updatedAt'>, now: number): boolean;
  remove(id: TemplateId, now: number): boolean;
  /** The name of one that was removed; `null`: there is none. */
  removedName(id: TemplateId): string | null;
  /** `false`: another one has its name now, or it cannot be put back any more. */
  putBack(id: TemplateId): boolean;
  /** Deletes for good those that were removed before then (ms since 1970). */
  drop(before: number): void;
}

interface Raw {
  id: TemplateId;
  name: string;
  message: string;
  updatedAt: number;
}

const keyOf = (name: string) => name.normalize('NFC').toLowerCase();

export function createTemplateStore(db: WritableDb): TemplateStore {
  const all = db.read<object, Omit<Raw, 'message'>>(
    'SELECT id, name, updated_at AS updatedAt FROM templates WHERE left_at IS NULL ORDER BY key, id',
  );
  const one = db.read<{ id: number }, Raw>(
    'SELECT id, name, message, updated_at AS updatedAt FROM templates WHERE id = @id AND left_at IS NULL',
  );
  const gone = db.read<{ id: number }, { name: string }>(
    'SELECT name FROM templates WHERE id = @id AND left_at IS NOT NULL',
  );
  const named = db.read<{ id: number; key: string }, { id: number }>(
    'SELECT id FROM templates WHERE key = @key AND id <> @id',
  );
  const insert = db.write<{ name: string; key: string; message: string; now: number }>(
    `INSERT INTO templates (name, key, message, updated_at) VALUES (@name, @key, @message, @now)
     ON CONFLICT (key) DO NOTHING`,
  );
  const change = db.write<{ id: number; name: string; key: string; message: string; now: number }>(
    'UPDATE templates SET name = @name, key = @key, message = @message, updated_at = @now WHERE id = @id',
  );
  const leave = db.write<{ id: number; now: number }>(
    'UPDATE templates SET key = NULL, left_at = @now WHERE id = @id AND left_at IS NULL',
  );
  const back = db.write<{ id: number; key: string }>(
    'UPDATE templates SET key = @key, left_at = NULL WHERE id = @id',
  );
  const dropLeft = db.write<{ before: number }>(
    'DELETE FROM templates WHERE left_at IS NOT NULL AND left_at < @before',
  );
  return {
    list: () => all.all({}).map((raw) => ({ ...raw, updatedAt: soundInstant(raw.updatedAt) })),
    get(id) {
      const raw = one.get({ id });
      return raw === undefined
        ? null
        : { ...raw, message: soundFields(raw.message), updatedAt: soundInstant(raw.updatedAt) };
    },
    add(name, message, now) {
      const { changes, lastId } = insert.run({
        name,
        key: keyOf(name),
        message: JSON.stringify(message),
        now,
      });
      return changes === 1 ? (lastId as TemplateId) : null;
    },
    update({ id, name, message }, now) {
      const key = keyOf(name);
      if (named.get({ id, key }) !== undefined) return false;
      change.run({ id, name, key, message: JSON.stringify(message), now });
      return true;
    },
    remove: (id, now) => leave.run({ id, now }).changes === 1,
    removedName: (id) => gone.get({ id })?.name ?? null,
    putBack(id) {
      const name = gone.get({ id })?.name;
      if (name === undefined || named.get({ id, key: keyOf(name) }) !== undefined) return false;
      return back.run({ id, key: keyOf(name) }).changes === 1;
    },
    drop(before) {
      dropLeft.run({ before });
    },
  };
}
