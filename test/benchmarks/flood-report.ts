import type { FloodTurn } from './measure-flood.ts';
import type { WatchedRun } from './watched-campaign.ts';

const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const rateOf = ({ accepted, totalMs }: WatchedRun) => (accepted * 1000) / totalMs;
const lagOf = ({ lag, slowestAnswerMs }: WatchedRun) =>
  `p50 ${lag.p50.toFixed(1)} ms, p99 ${lag.p99.toFixed(1)} ms, max ${lag.max.toFixed(1)} ms; slowest answer to the window ${whole(slowestAnswerMs)} ms`;

/** The table in Markdown, a row for each figure and turn. */
export function floodReport(turns: readonly FloodTurn[]): string {
  const rows = turns.flatMap(({ alone, flooded, flood }, at) => {
    const turn = `turn ${at + 1}`;
    const answers = Object.entries(flood.answers)
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([status, count]) => `${status}: ${whole(count)}`)
      .join(', ');
    return [
      [
        `Campaign to ${whole(alone.accepted)} alone, ${turn}`,
        `${whole(rateOf(alone))} messages/s; ${lagOf(alone)}`,
      ],
      [`The same in a flood, ${turn}`, `${whole(rateOf(flooded))} messages/s; ${lagOf(flooded)}`],
      [
        `The flood, ${turn}`,
        `${whole(flood.sent / flood.seconds)} requests/s for ${flood.seconds.toFixed(0)} s; answers ${answers}`,
      ],
      [`In a flood / alone, ${turn}`, `${((100 * rateOf(flooded)) / rateOf(alone)).toFixed(0)}%`],
    ];
  });
  return ['| what | measured |', '| --- | --- |', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join(
    '\n',
  );
}
