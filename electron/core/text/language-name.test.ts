import { expect, it } from 'vitest';
import { languageName } from './language-name.ts';

it('names languages as people do, and leaves what is none', () => {
  expect(languageName('de')).toBe('German');
  expect(languageName('en-GB')).toBe('English (United Kingdom)');
  expect(languageName('pt-BR')).toBe('Portuguese (Brazil)');
  expect(languageName('no language!')).toBe('no language!');
  expect(languageName('')).toBe('');
});
