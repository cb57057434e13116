import { expect, it } from 'vitest';
import { exclusionReasonSchema } from '../../contract/preflight.ts';
import { describeExclusion } from './exclusion.ts';

it.each(exclusionReasonSchema.options)('says why %s is left out, and what to do', (reason) => {
  const { cause, cure } = describeExclusion(reason);
  expect(cause).toMatch(/^[A-Z][^!]*\.$/);
  expect(cure).toMatch(/^[A-Z][^!]*\.$/);
});
