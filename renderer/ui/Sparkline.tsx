import { linePoints } from './day-chart-scale.ts';
import './day-chart.css';

const WIDTH = 72;
const HEIGHT = 20;

/** A small curve beside a figure. It says nothing that the figure and its note do not say. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null;
  return (
    <svg
      className="pd-sparkline"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      aria-hidden
    >
      <polyline
        points={linePoints(values, WIDTH, HEIGHT)
          .map(([x, y]) => `${x},${y}`)
          .join(' ')}
      />
    </svg>
  );
}
