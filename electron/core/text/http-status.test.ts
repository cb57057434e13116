import { expect, it } from 'vitest';
import { formatStatus } from './http-status.ts';

it('names a status, and leaves one without a name alone', () => {
  expect(formatStatus(410)).toBe('410 Gone');
  expect(formatStatus(599)).toBe('599');
});
