import type { Overview } from '../../../electron/contract/overview.ts';
import { formatCount } from '../../format/numbers.ts';
import { DayChart } from '../../ui/DayChart.tsx';

/** Messages that were settled, day by day. */
export function DeliveriesChart({ days }: { days: Overview['days'] }) {
  return (
    <section aria-labelledby="deliveries-by-day">
      <h2 id="deliveries-by-day" className="pd-overview__title">
        Deliveries of the last {days.length} days
      </h2>
      <DayChart
        label={`Deliveries of the last ${days.length} days`}
        days={days.map(({ day }) => day)}
        summary={summaryOf(days)}
        bars={[
          { label: 'Accepted', tone: 'ok', values: days.map(({ accepted }) => accepted) },
          { label: 'Failed', tone: 'bad', values: days.map(({ failed }) => failed) },
          { label: 'Gone', tone: 'idle', values: days.map(({ gone }) => gone) },
        ]}
      />
    </section>
  );
}

/** All days in one sentence. */
function summaryOf(days: Overview['days']): string {
  const sum = (of: (day: Overview['days'][number]) => number) =>
    formatCount(days.reduce((all, day) => all + of(day), 0));
  return `${sum((day) => day.accepted)} accepted, ${sum((day) => day.failed)} failed, ${sum((day) => day.gone)} gone`;
}
