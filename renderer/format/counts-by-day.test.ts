import { expect, it } from 'vitest';
import { countsByDay } from './counts-by-day.ts';

const at = (day: number, hour = 0) => new Date(2026, 0, day, hour).getTime();

it('adds up the hours of each day, with the days of nothing in between', () => {
  const counts = [
    [at(1, 9), 2],
    [at(1, 23), 3],
    [at(3, 0), 4],
  ] as const;
  expect(countsByDay(counts, at(1, 8), at(4, 12))).toEqual({
    days: [at(1), at(2), at(3), at(4)],
    values: [5, 0, 4, 0],
  });
});

it('shows today at least, and a month at most', () => {
  expect(countsByDay([], at(2), at(2)).values).toEqual([0]);
  expect(countsByDay([], at(9), at(2)).values).toEqual([0]);
  expect(countsByDay([], 0, at(2)).days).toHaveLength(30);
});
