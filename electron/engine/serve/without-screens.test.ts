import { expect, it } from 'vitest';
import { withoutScreens } from './without-screens.ts';

const NO_KEYS = { code: 'no-keys', cause: 'There is none.', cure: 'Generate or import one on Keys.' };

it('gives a cure that works without a screen, wherever a problem stands', () => {
  const { blockers, excluded, rest } = withoutScreens({
    blockers: [NO_KEYS],
    excluded: [{ reason: 'deleted', count: 2, cause: 'In the bin.', cure: 'Restore it on Subscriptions.' }],
    rest: { at: 1, nothing: null, list: [1, 'a'] },
  });
  expect(blockers[0]).toMatchObject({ code: 'no-keys', cause: 'There is none.' });
  expect(blockers[0]?.cure).toContain('POST /api/v1/key-pairs');
  expect(excluded[0]?.cure).toContain('POST /api/v1/subscriptions/restore');
  expect(rest).toEqual({ at: 1, nothing: null, list: [1, 'a'] });
});

it.each([
  ['a problem that leads to no screen', { code: 'disk-full', cause: 'Full.', cure: 'Free some space.' }],
  ['a code without a cure', { code: 'no-keys' }],
  ['a name of a built-in', { code: 'constructor', cause: 'x', cure: 'y' }],
  ['null', null],
  ['a text', 'no-keys'],
])('leaves %s as it is', (_what, data) => {
  expect(withoutScreens(data)).toEqual(data);
});

it('does not touch what is no plain data', () => {
  const stream = (async function* () {
    yield await Promise.resolve(1);
  })();
  const bytes = new Uint8Array([1]);
  expect(withoutScreens(stream)).toBe(stream);
  expect(withoutScreens({ bytes }).bytes).toBe(bytes);
});
