import { formatCount } from '../format/numbers.ts';
import type { Tone } from '../words/tones.ts';
import { barScale } from './day-chart-scale.ts';

export interface DaySeries {
  label: string;
  /** One for each day. */
  values: readonly number[];
}

export interface BarSeries extends DaySeries {
  tone: Tone;
  /** Whether its bars hang down, for what goes away. */
  isDown?: boolean;
}

const BARS_HEIGHT = 100;
/** Share of a day's width that its bar takes. */
const BAR_WIDTH = 0.72;

/** Stacked bars, one for each day, with a label on those that are cut. */
export function Bars({ bars, days }: { bars: readonly BarSeries[]; days: number }) {
  const heights = (isDown: boolean) =>
    Array.from({ length: days }, (_, day) =>
      bars
        .filter((series) => (series.isDown ?? false) === isDown)
        .reduce((sum, { values }) => sum + (values[day] ?? 0), 0),
    );
  const [up, down] = [heights(false), heights(true)];
  const { max, isCut } = barScale(up.map((height, day) => Math.max(height, down[day] ?? 0)));
  const reach = (of: readonly number[]) => Math.min(max, Math.max(0, ...of));
  const [above, below] = [reach(up), reach(down)];
  const unit = BARS_HEIGHT / Math.max(1, above + below);
  const zero = above * unit;
  return (
    <div className="pd-days__plot" aria-hidden>
      <span className="pd-days__scale">{formatCount(Math.round(above))}</span>
      <svg viewBox={`0 0 ${Math.max(1, days)} ${BARS_HEIGHT}`} preserveAspectRatio="none">
        <line
          className="pd-days__zero"
          x1={0}
          x2={days}
          y1={zero}
          y2={zero}
          vectorEffect="non-scaling-stroke"
        />
        {up.map((_, day) => {
          const at = { up: 0, down: 0 };
          return bars.map(({ label, tone, values, isDown = false }) => {
            const side = isDown ? 'down' : 'up';
            const from = Math.min(max, at[side]);
            at[side] += values[day] ?? 0;
            const size = (Math.min(max, at[side]) - from) * unit;
            return size === 0 ? null : (
              <rect
                key={`${day} ${label}`}
                className="pd-days__bar"
                data-tone={tone}
                x={day + (1 - BAR_WIDTH) / 2}
                width={BAR_WIDTH}
                y={isDown ? zero + from * unit : zero - from * unit - size}
                height={size}
              />
            );
          });
        })}
      </svg>
      {isCut &&
        labelledCuts(
          up.map((height, day) => Math.max(height, down[day] ?? 0)),
          max,
        ).map((day) => (
          <Cut
            key={day}
            height={Math.max(up[day] ?? 0, down[day] ?? 0)}
            {...{ day, days }}
            isDown={(up[day] ?? 0) <= max}
          />
        ))}
    </div>
  );
}

/** How far apart two labels have to be, as a share of all days. */
const LABEL_SHARE = 0.12;

/** Days of bars that are cut; of those whose labels would touch, the highest. */
function labelledCuts(heights: readonly number[], max: number): number[] {
  const labelled: number[] = [];
  const cut = heights.flatMap((height, day) => (height > max ? [{ height, day }] : []));
  for (const { day } of cut.toSorted((one, other) => other.height - one.height)) {
    if (labelled.every((other) => Math.abs(other - day) > heights.length * LABEL_SHARE)) labelled.push(day);
  }
  return labelled;
}

interface CutProps {
  height: number;
  day: number;
  days: number;
  isDown: boolean;
}

/** Marks a bar that is higher than the chart, with how high it is. */
function Cut({ height, day, days, isDown }: CutProps) {
  const isAtTheEnd = day > days / 2;
  return (
    <span
      className="pd-days__cut"
      data-down={isDown || undefined}
      data-end={isAtTheEnd || undefined}
      style={isAtTheEnd ? { right: `${(1 - day / days) * 100}%` } : { left: `${((day + 1) / days) * 100}%` }}
    >
      {formatCount(height)}
    </span>
  );
}
