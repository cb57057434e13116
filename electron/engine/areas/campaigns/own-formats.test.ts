import { describe, expect, it } from 'vitest';
import { ownFormatsSchema } from '../../../contract/own-formats.ts';
import { createOwnFormats } from './own-formats.ts';

function settings() {
  const kept = new Map<string, string>();
  return {
    kept,
    get: (name: string) => kept.get(name) ?? null,
    set: (name: string, value: string) => void kept.set(name, value),
  };
}

describe('payload formats of one’s own', () => {
  it('are kept in the workspace', () => {
    const store = settings();
    const formats = [{ name: 'My worker', text: '{"t":"{{title}}"}' }];
    expect(createOwnFormats(store).list()).toEqual([]);
    createOwnFormats(store).save(formats);
    expect(createOwnFormats(store).list()).toEqual(formats);
  });

  it('are none where what is kept cannot be read', () => {
    const store = settings();
    store.kept.set('own-formats', '[{"name":');
    expect(createOwnFormats(store).list()).toEqual([]);
  });

  it('are refused where they are no format, or have a name twice', () => {
    const one = { name: 'A', text: '{"t":"{{title}}"}' };
    expect(ownFormatsSchema.safeParse([one, { ...one, name: 'B' }]).success).toBe(true);
    for (const bad of [
      [{ ...one, text: '{' }],
      [{ ...one, name: ' ' }],
      [one, one],
      [{ ...one, name: 'a\u202Eb' }],
    ])
      expect(ownFormatsSchema.safeParse(bad).success).toBe(false);
  });
});
