import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { Overview } from '../../../electron/contract/overview.ts';
import { formatDay } from '../../format/moments.ts';
import { formatCount } from '../../format/numbers.ts';

const SERIES = [
  { name: 'accepted', label: 'Accepted', color: 'var(--pd-ok-fill)' },
  { name: 'failed', label: 'Failed', color: 'var(--pd-bad-fill)' },
  { name: 'gone', label: 'Gone', color: 'var(--pd-idle-fill)' },
];

/** Messages that came to their end, day by day. */
export function DeliveriesChart({ days }: { days: Overview['days'] }) {
  return (
    <section aria-labelledby="deliveries-by-day">
      <h2 id="deliveries-by-day" className="pd-overview__title">
        Deliveries of the last {days.length} days
      </h2>
      <BarChart
        h={180}
        type="stacked"
        data={days.map(({ day, ...counts }) => ({ day: formatDay(day), ...counts }))}
        dataKey="day"
        series={SERIES}
        withLegend
        legendProps={{ position: 'top', height: 36 }}
        gridColor="var(--pd-line)"
        strokeDasharray="0"
        valueFormatter={formatCount}
        tickLine="none"
        gridAxis="x"
        maxBarWidth={28}
        barProps={{ isAnimationActive: false }}
        yAxisProps={{ allowDecimals: false, width: 52 }}
        role="img"
        aria-label={summaryOf(days)}
      />
    </section>
  );
}

/** The chart in one sentence, for those who cannot see it. */
function summaryOf(days: Overview['days']): string {
  const sum = (of: (day: Overview['days'][number]) => number) =>
    formatCount(days.reduce((all, day) => all + of(day), 0));
  return `${sum((day) => day.accepted)} accepted, ${sum((day) => day.failed)} failed and ${sum((day) => day.gone)} gone in the last ${days.length} days`;
}
