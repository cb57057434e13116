import { expect, it } from 'vitest';
import { draftName } from './draft-name.ts';

it.each([
  ['the title', { title: ' Sale ', body: 'Today' }, 'Sale'],
  ['the first line of the body where there is no title', { title: ' ', body: 'Today\nonly' }, 'Today'],
  ['a word of its own where nothing is written yet', { title: '', body: '\n' }, 'Untitled'],
  ['cut where it is long', { title: 'x'.repeat(81), body: '' }, `${'x'.repeat(79)}…`],
  ['cut between two characters', { title: `${'x'.repeat(78)}🥐🥐`, body: '' }, `${'x'.repeat(78)}…`],
  ['shown with what cannot be seen written out', { title: 'a\u202Eb', body: '' }, 'a\\u202Eb'],
])('the name of a draft is %s', (_name, draft, name) => {
  expect(draftName(draft)).toBe(name);
});
