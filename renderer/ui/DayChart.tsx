import { Button } from '@mantine/core';
import { useId, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { formatDate, formatDay } from '../format/moments.ts';
import { formatCount } from '../format/numbers.ts';
import { linePoints, lineScale } from './day-chart-scale.ts';
import './day-chart.css';
import { type DaySeries, type BarSeries, Bars } from './DayBars.tsx';

export interface DayChartProps {
  /** What the chart shows, for those who cannot see it. */
  label: string;
  /** The first instant of each day, oldest first. */
  days: readonly number[];
  /** Stacked, in this order. */
  bars: readonly BarSeries[];
  /** How much there is at the end of each day; drawn above the bars. */
  line?: DaySeries;
  /** All days together, while none is pointed at. */
  summary: string;
}

const LINE_HEIGHT = 40;
/** How far Page up and Page down go. */
const WEEK = 7;

/**
 * What happened day by day. One day can be pointed at, with the mouse or the arrow keys: it is read out above the chart. All days are in a
 * table that can be opened below it. A bar that is much higher than the others is cut, and says so.
 */
export function DayChart({ label, days, bars, line, summary }: DayChartProps) {
  const [at, setAt] = useState<number | null>(null);
  const [isTable, setTable] = useState(false);
  const tableId = useId();
  const last = days.length - 1;
  const day = at === null ? null : Math.min(at, last);
  const told = day === null ? summary : dayWords(day, { days, bars, ...(line ? { line } : {}) });

  const point = ({ currentTarget, clientX }: PointerEvent<HTMLDivElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setAt(Math.max(0, Math.min(last, Math.floor(((clientX - left) / width) * days.length))));
  };
  const walk = (event: KeyboardEvent) => {
    const from = day ?? last + 1;
    const to = KEYS[event.key]?.(from, last);
    if (to === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(last, to)));
  };

  return (
    <div className="pd-days">
      <div className="pd-days__head">
        <ul className="pd-days__legend" aria-hidden>
          {line && (
            <li>
              <span className="pd-days__key" data-tone="line" />
              {line.label}
            </li>
          )}
          {bars.map((series) => (
            <li key={series.label}>
              <span className="pd-days__key" data-tone={series.tone} />
              {series.label}
            </li>
          ))}
        </ul>
        <span className="pd-days__told" aria-hidden>
          {told}
        </span>
      </div>
      <div
        className="pd-days__plots"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={(day ?? last) + 1}
        aria-valuetext={told}
        onPointerMove={point}
        onPointerLeave={() => {
          setAt(null);
        }}
        onBlur={() => {
          setAt(null);
        }}
        onKeyDown={walk}
      >
        {line && <Line values={line.values} />}
        <Bars bars={bars} days={days.length} />
        {day !== null && (
          <span
            className="pd-days__at"
            style={{ left: `${((day + 0.5) / days.length) * 100}%` }}
            aria-hidden
          />
        )}
      </div>
      <div className="pd-days__foot">
        <span aria-hidden>{days[0] !== undefined && formatDay(days[0])}</span>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-expanded={isTable}
          aria-controls={tableId}
          onClick={() => {
            setTable(!isTable);
          }}
        >
          {isTable ? 'Hide table' : 'Show as table'}
        </Button>
        <span aria-hidden>{days[last] !== undefined && formatDay(days[last])}</span>
      </div>
      <div id={tableId}>{isTable && <DayTable label={label} days={days} bars={bars} line={line} />}</div>
    </div>
  );
}

const KEYS: Record<string, (from: number, last: number) => number> = {
  ArrowLeft: (from) => from - 1,
  ArrowDown: (from) => from - 1,
  ArrowRight: (from) => from + 1,
  ArrowUp: (from) => from + 1,
  PageUp: (from) => from + WEEK,
  PageDown: (from) => from - WEEK,
  Home: () => 0,
  End: (_from, last) => last,
};

function dayWords(day: number, { days, bars, line }: Pick<DayChartProps, 'days' | 'bars' | 'line'>): string {
  const all = [...bars, ...(line ? [line] : [])];
  const words = all.map(({ label, values }) => `${formatCount(values[day] ?? 0)} ${label.toLowerCase()}`);
  return `${formatDate(days[day] ?? 0)}: ${words.join(', ')}`;
}

function Line({ values }: { values: readonly number[] }) {
  const { min, max } = lineScale(values);
  const points = linePoints(values, values.length, LINE_HEIGHT);
  const path = points.map(([x, y]) => `${x},${y}`).join(' ');
  const [first = 0, last = 0] = [points[0]?.[0], points.at(-1)?.[0]];
  const isFlat = Math.min(...values) === Math.max(...values);
  return (
    <div className="pd-days__plot pd-days__plot--line" aria-hidden>
      <span className="pd-days__scale">{formatCount(isFlat ? (values[0] ?? 0) : max)}</span>
      {!isFlat && <span className="pd-days__scale pd-days__scale--low">{formatCount(min)}</span>}
      <svg viewBox={`0 0 ${Math.max(1, values.length)} ${LINE_HEIGHT}`} preserveAspectRatio="none">
        <polygon
          className="pd-days__under"
          points={`${first},${LINE_HEIGHT} ${path} ${last},${LINE_HEIGHT}`}
        />
        <polyline className="pd-days__line" points={path} vectorEffect="non-scaling-stroke" />
      </svg>
    </div>
  );
}

function DayTable({
  label,
  days,
  bars,
  line,
}: Omit<DayChartProps, 'summary' | 'line'> & { line: DaySeries | undefined }) {
  const columns = [...bars, ...(line ? [line] : [])];
  return (
    <div className="pd-days__table" tabIndex={0} role="region" aria-label={`${label}, as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {columns.map((series) => (
              <th key={series.label} scope="col">
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .map((start, day) => (
              <tr key={start}>
                <th scope="row">{formatDate(start)}</th>
                {columns.map((series) => (
                  <td key={series.label}>{formatCount(series.values[day] ?? 0)}</td>
                ))}
              </tr>
            ))
            .reverse()}
        </tbody>
      </table>
    </div>
  );
}
