import { expect, it } from 'vitest';
import { exclusionReasonSchema, type ExclusionReason } from '../../contract/preflight.ts';
import { allExcluded, emptyAudience, type EmptyAudience } from './nobody.ts';

it.each<[EmptyAudience, RegExp, RegExp]>([
  ['no-subscriptions', /no subscriptions yet/, /subscribe page/],
  ['all-in-bin', /in the bin/, /Restore/],
  ['none-match', /No subscription matches/, /Choose other segments/],
  ['all-left-out', /is left out/, /Leave out fewer/],
])('tells %s from the other ways in which an audience is empty', (why, cause, cure) => {
  const problem = emptyAudience(why, []);
  expect(problem).toMatchObject({ code: 'nobody-to-send-to', field: 'audience' });
  expect(problem.cause).toMatch(cause);
  expect(problem.cure).toMatch(cure);
});

it('says of an audience that matches nobody which of its names nobody has', () => {
  const remark = {
    code: 'names-nobody',
    cause: 'Nobody has the tag “x”, so it adds nobody.',
    cure: 'Check.',
  };
  expect(emptyAudience('none-match', [remark]).cause).toContain(remark.cause);
  expect(emptyAudience('no-subscriptions', [remark]).cause).not.toContain(remark.cause);
});

it('counts for which reasons nobody can be reached, with a cure for each', () => {
  const excluded = new Map<ExclusionReason, number>([
    ['unsubscribed', 2],
    ['gone', 1200],
  ]);
  expect(allExcluded(excluded)).toEqual({
    code: 'nobody-to-send-to',
    cause: 'Nobody in this audience can be reached: 1,200 gone, 2 unsubscribed.',
    cure: 'They have to subscribe again. They can subscribe again on the subscribe page.',
    field: 'audience',
  });
});

it.each(exclusionReasonSchema.options)('has words for any number of %s', (reason) => {
  const { cause, cure } = allExcluded(new Map([[reason, 3]]));
  expect(cause).toMatch(/: 3 [a-z][^.]+\.$/);
  expect(cure).toMatch(/^[A-Z].+\.$/);
});
