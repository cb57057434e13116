import { describe, expect, it } from 'vitest';
import { MAX_OWN_FORMATS, ownFormatsSchema } from '../../../contract/own-formats.ts';
import type { Problem } from '../../../contract/problem.ts';
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
  it('are kept in the workspace one by one, so that two windows lose nothing of each other', () => {
    const store = settings();
    const one = { name: 'My worker', text: '{"t":"{{title}}"}' };
    const other = { name: 'Old worker', text: '{"b":"{{title}}"}' };
    expect(createOwnFormats(store).list()).toEqual([]);
    const nothing = { was: { text: null } };
    expect(createOwnFormats(store).change({ ...one, ...nothing })).toEqual([one]);
    // A window that does not know of the first one.
    expect(createOwnFormats(store).change({ ...other, ...nothing })).toEqual([one, other]);
    expect(createOwnFormats(store).change({ name: one.name, text: null, was: { text: one.text } })).toEqual([
      other,
    ]);
    expect(createOwnFormats(store).list()).toEqual([other]);
  });

  it('are not replaced or removed where they are not as the caller saw them', () => {
    const formats = createOwnFormats(settings());
    const one = { name: 'My worker', text: '{"t":"{{title}}"}' };
    formats.change(one);
    const told = {
      kind: 'CONFLICT',
      problem: expect.objectContaining({ code: 'changed-elsewhere', field: 'text' }) as Problem,
    };
    for (const change of [
      { ...one, text: '{"x":"{{title}}"}', was: { text: null } },
      { ...one, text: null, was: { text: '{"y":"{{title}}"}' } },
    ])
      expect(() => formats.change(change)).toThrow(expect.objectContaining(told) as Error);
    expect(formats.list()).toEqual([one]);
  });

  it('are at most so many, and one of them can still be replaced', () => {
    const formats = createOwnFormats(settings());
    const text = '{"t":"{{title}}"}';
    for (let at = 0; at < MAX_OWN_FORMATS; at += 1) formats.change({ name: `Worker ${at}`, text });
    expect(() => formats.change({ name: 'One more', text })).toThrow('There are 50 saved formats already.');
    expect(formats.change({ name: 'Worker 0', text: '{"b":"{{title}}"}' })).toHaveLength(MAX_OWN_FORMATS);
  });

  it('are none where nothing that is kept can be read, and can be kept again', () => {
    const store = settings();
    store.kept.set('own-formats', '[{"name":');
    const formats = createOwnFormats(store);
    expect(formats.list()).toEqual([]);
    const one = { name: 'My worker', text: '{"t":"{{title}}"}' };
    expect(formats.change({ ...one, was: { text: null } })).toEqual([one]);
    expect(formats.list()).toEqual([one]);
  });

  it('are shown and changed around one that cannot be read, which stays until another takes its name', () => {
    const store = settings();
    const [one, other] = [
      { name: 'One', text: '{"t":"{{title}}"}' },
      { name: 'Other', text: '{"b":"{{title}}"}' },
    ];
    const damaged = { name: 'Damaged', text: '{"t":' };
    const twice = { name: 'One', text: '{"twice":"{{title}}"}' };
    store.kept.set('own-formats', JSON.stringify([one, damaged, 7, twice, other, null]));
    const formats = createOwnFormats(store);
    expect(formats.list()).toEqual([one, other]);
    expect(formats.change({ name: 'Other', text: null, was: { text: other.text } })).toEqual([one]);
    expect(JSON.parse(store.kept.get('own-formats') ?? '')).toEqual([one, damaged, twice]);
    const mended = { ...damaged, text: '{"t":"{{title}}"}' };
    expect(formats.change({ ...mended, was: { text: null } })).toEqual([one, mended]);
    expect(formats.change({ name: 'One', text: null, was: { text: one.text } })).toEqual([mended]);
    expect(JSON.parse(store.kept.get('own-formats') ?? '')).toEqual([mended]);
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
