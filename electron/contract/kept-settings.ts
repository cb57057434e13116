import { z } from 'zod';
import { settingsSchema, type Settings } from './settings.ts';

/** Stored settings: what is valid of them, and the names of those that cannot be read in full. */
export interface KeptSettings {
  readonly settings: Settings;
  readonly damaged: readonly string[];
}

/**
 * A value that is out of range, from an older version or an edited file, falls back to its default, and a bad entry is dropped from its
 * list; all others stay.
 *
 * @param kept by name; may be anything
 */
export function readKeptSettings(kept: unknown): KeptSettings {
  const stored = typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? kept : {};
  const good: Record<string, unknown> = {};
  const damaged: string[] = [];
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (!Object.hasOwn(stored, name)) continue;
    const value = (stored as Record<string, unknown>)[name];
    const read = schema.safeParse(value);
    if (!read.success) damaged.push(name);
    const sound = read.success ? read : schema.safeParse(soundEntries(schema.unwrap(), value));
    if (sound.success) good[name] = sound.data;
  }
  return { settings: settingsSchema.parse(good), damaged };
}

/** The valid entries of a list; anything else as it is. */
const soundEntries = (schema: z.ZodType, value: unknown): unknown =>
  schema instanceof z.ZodArray && Array.isArray(value)
    ? value.filter((entry) => (schema.element as z.ZodType).safeParse(entry).success)
    : value;
