import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import { problemOf } from './problem-of.ts';

const PROBLEM = {
  code: 'subject-empty',
  cause: 'The contact is empty.',
  cure: 'Write one.',
  field: 'subject',
};

it("shows the engine's own words", () => {
  expect(problemOf(new ORPCError('BAD_INPUT', { data: PROBLEM }))).toEqual(PROBLEM);
});

it('names the field that the contract refused', () => {
  const data = { issues: [{ message: 'Write a title.', path: ['message', 'title'] }] };
  expect(problemOf(new ORPCError('BAD_REQUEST', { data }))).toMatchObject({
    cause: 'Write a title.',
    field: 'title',
  });
});

it.each([new ORPCError('INTERNAL_SERVER_ERROR'), new ORPCError('BAD_INPUT', { data: { other: 1 } })])(
  'says so where the engine gave no words',
  (error) => {
    expect(problemOf(error)).toMatchObject({ code: 'unexpected' });
  },
);

it.each([new Error('aborted'), 'thrown text', undefined])(
  'takes anything else for an engine that is away',
  (error) => {
    expect(problemOf(error)).toMatchObject({ code: 'engine-away' });
  },
);
