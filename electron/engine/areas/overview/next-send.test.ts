import { expect, it } from 'vitest';
import { NEVER_REACHED } from '../../store/age-sums.ts';
import { ENOUGH_ANSWERS, nextSendOf } from './next-send.ts';

const answers = (
  pushService: 'fcm' | 'mozilla',
  age: number,
  { accepted = 0, gone = 0 }: { accepted?: number; gone?: number },
) => [
  { pushService, age, state: 'accepted' as const, count: accepted },
  { pushService, age, state: 'gone' as const, count: gone },
];

it('expects of each group what groups of its age and push service have lost', () => {
  const { services, ...all } = nextSendOf(
    [
      { pushService: 'fcm', age: 0, count: 10_000 },
      { pushService: 'fcm', age: 180, count: 1000 },
      { pushService: 'fcm', age: NEVER_REACHED, count: 500 },
      { pushService: 'mozilla', age: 0, count: 200 },
    ],
    [
      ...answers('fcm', 0, { accepted: 990, gone: 10 }),
      ...answers('fcm', 180, { accepted: 50, gone: 50 }),
      ...answers('fcm', NEVER_REACHED, { accepted: 1, gone: 98 }),
      ...answers('mozilla', 0, { accepted: 400, gone: 0 }),
      ...answers('mozilla', 30, { accepted: 0, gone: 400 }),
    ],
  );
  expect(all).toEqual({ covered: 11_200, expected: 600, enoughAnswers: ENOUGH_ANSWERS });
  expect(services).toEqual([
    {
      pushService: 'fcm',
      active: 11_500,
      covered: 11_000,
      expected: 600,
      ages: [
        { fromDays: null, toDays: null, active: 500, answers: 99, gone: 98, share: null },
        { fromDays: 0, toDays: 7, active: 10_000, answers: 1000, gone: 10, share: 0.01 },
        { fromDays: 180, toDays: null, active: 1000, answers: 100, gone: 50, share: 0.5 },
      ],
    },
    {
      pushService: 'mozilla',
      active: 200,
      covered: 200,
      expected: 0,
      ages: [{ fromDays: 0, toDays: 7, active: 200, answers: 400, gone: 0, share: 0 }],
    },
  ]);
});

it('tells nothing where nothing is known', () => {
  expect(nextSendOf([{ pushService: 'fcm', age: 0, count: 3 }], [])).toMatchObject({
    covered: 0,
    expected: null,
  });
  expect(nextSendOf([], [])).toMatchObject({ covered: 0, expected: null, services: [] });
});
