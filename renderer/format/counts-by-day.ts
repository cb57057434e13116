/** Longer ones show their last days. */
const MOST_DAYS = 30;

/**
 * Counts by the hour as counts by the day of this machine.
 *
 * @param counts instants and how many there were
 * @param from the first day that is shown. @param to the last one
 */
export function countsByDay(
  counts: readonly (readonly [number, number])[],
  from: number,
  to: number,
): { days: number[]; values: number[] } {
  const last = startOfDay(to);
  const days: number[] = [];
  for (let day = last; days.length === 0 || (day >= startOfDay(from) && days.length < MOST_DAYS);) {
    days.unshift(day);
    day = startOfDay(day - 1);
  }
  const values = days.map((day, index) => {
    const end = days[index + 1] ?? Number.POSITIVE_INFINITY;
    return counts.reduce((sum, [at, count]) => (at >= day && at < end ? sum + count : sum), 0);
  });
  return { days, values };
}

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);
