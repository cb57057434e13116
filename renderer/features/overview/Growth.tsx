import type { LeftAs, ListDay, ListOverview } from '../../../electron/contract/list-overview.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { DayChart } from '../../ui/DayChart.tsx';

const LEFT_WORDS: Record<LeftAs, string> = {
  gone: 'gone',
  unsubscribed: 'unsubscribed',
  expired: 'expired',
  mismatched: 'mismatched',
  binned: 'deleted',
};

/** Who joined the list and who left it, day by day. */
export function Growth({ days }: Pick<ListOverview, 'days'>) {
  const sum = (of: (day: ListDay) => number) => days.reduce((all, day) => all + of(day), 0);
  const [joined, returned, left] = [
    sum((day) => day.joined),
    sum((day) => day.returned),
    sum((day) => day.left),
  ];
  const net = joined + returned - left;
  const ways = (Object.keys(LEFT_WORDS) as LeftAs[])
    .map((way) => ({ way, count: sum((day) => day.leftAs[way]) }))
    .filter(({ count }) => count > 0);
  const summary = [
    `${formatCount(joined)} joined`,
    ...(returned > 0 ? [`${formatCount(returned)} returned`] : []),
    `${formatCount(left)} left`,
    `net ${signed(net)}`,
  ].join(', ');
  return (
    <section aria-labelledby="growth">
      <h2 id="growth" className="pd-overview__title">
        Growth over {days.length} days
      </h2>
      <DayChart
        label={`Growth over ${days.length} days`}
        days={days.map(({ day }) => day)}
        summary={summary}
        line={{ label: 'Active', values: days.map(({ total }) => total) }}
        bars={[
          { label: 'Joined', tone: 'ok', values: days.map((day) => day.joined) },
          ...(returned > 0
            ? [{ label: 'Returned', tone: 'busy' as const, values: days.map((day) => day.returned) }]
            : []),
          { label: 'Left', tone: 'bad', isDown: true, values: days.map((day) => day.left) },
        ]}
      />
      {ways.length > 0 && (
        <p className="pd-overview__note">
          How they left: {ways.map(({ way, count }) => `${formatCount(count)} ${LEFT_WORDS[way]}`).join(', ')}
          .
        </p>
      )}
      {days.filter(({ joined: some }) => some > 0).length === 1 && left === 0 && (
        <p className="pd-overview__note">
          {countOf(joined, 'subscription')} joined on one day. Your list’s growth will show here.
        </p>
      )}
    </section>
  );
}

/** `+12`, `−3`, `0`. */
export const signed = (count: number): string =>
  count === 0 ? '0' : `${count > 0 ? '+' : '−'}${formatCount(Math.abs(count))}`;
