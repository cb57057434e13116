import { expect, it } from 'vitest';
import { windowTitle } from './window-title.ts';

it.each([
  ['Keys – Pushdesk', null, 'Keys – Pushdesk'],
  ['Keys – Pushdesk', 'Shop', 'Keys – Shop – Pushdesk'],
  ['Pushdesk', 'Shop', 'Shop – Pushdesk'],
  // A page cannot take the name of another workspace.
  ['Bank – Pushdesk', 'Shop', 'Bank – Shop – Pushdesk'],
  ['Bank', 'Shop', 'Shop – Pushdesk'],
  ['a\u202Eb\n – Pushdesk', 'Shop', 'ab – Shop – Pushdesk'],
])('%j in %j is %j', (title, workspace, expected) => {
  expect(windowTitle(title, workspace)).toBe(expected);
});
