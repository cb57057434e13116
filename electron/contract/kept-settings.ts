import { z } from 'zod';
import { settingsSchema, type Settings } from './settings.ts';

/** Settings as they were kept: what of them holds, and the names of those of which something cannot be read. */
export interface KeptSettings {
  readonly settings: Settings;
  readonly damaged: readonly string[];
}

/**
 * One value that is out of range, from an older version or an edited file, falls back alone, and of a list one entry; the others stay.
 *
 * @param kept by name, which may be anything
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

/** Of a list what is one of its entries; anything else as it is. */
const soundEntries = (schema: z.ZodType, value: unknown): unknown =>
  schema instanceof z.ZodArray && Array.isArray(value)
    ? value.filter((entry) => (schema.element as z.ZodType).safeParse(entry).success)
    : value;
