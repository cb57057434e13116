import { expect, it } from 'vitest';
import { completeContact } from './complete-contact.ts';

it('puts mailto: before a bare email address', () => {
  expect(completeContact(' you@example.com ')).toBe('mailto:you@example.com');
});

it.each([
  'mailto:you@example.com',
  'https://example.com/@you',
  'https://you@example.com',
  'you',
  '',
  'a@b@c',
  'You <you@example.com>',
])('leaves %j as it is', (text) => {
  expect(completeContact(text)).toBe(text);
});
