import { expect, it } from 'vitest';
import { suggestName } from './suggest-name.ts';

it('proposes a name that no key pair has', () => {
  expect(suggestName([])).toBe('My site');
  expect(suggestName(['My site', 'My site 2'])).toBe('My site 3');
});
