import { availableParallelism } from 'node:os';
import type { FloodTurn } from './measure-flood.ts';
import type { WatchedRun } from './watched-campaign.ts';

/** Bar of the design: what a flood leaves of the rate. */
const BAR = 0.8;

const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
const rateOf = ({ accepted, totalMs }: WatchedRun) => (accepted * 1000) / totalMs;
const lagOf = ({ lag, slowestAnswerMs }: WatchedRun) =>
  `p50 ${lag.p50.toFixed(1)} ms, p99 ${lag.p99.toFixed(1)} ms, max ${lag.max.toFixed(1)} ms; slowest answer to the window ${whole(slowestAnswerMs)} ms`;

/**
 * What a flood leaves of the rate when strangers send it from elsewhere: here the program that sends it takes processor time that the
 * campaign would have had.
 */
export function leftOfRate({ alone, flooded, flood }: FloodTurn, cores: number): number {
  const taken = flood.cpuMs / (flood.seconds * 1000 * cores);
  return rateOf(flooded) / rateOf(alone) / (1 - taken);
}

/** Milliseconds of the engine's processor time for each request of the flood, beyond what the campaign itself takes. */
export function engineTimeOfRequest({ alone, flooded, flood }: FloodTurn): number {
  const own = (alone.cpuMs / alone.accepted) * flooded.accepted;
  return (flooded.cpuMs - own) / ((flood.sent / flood.seconds) * (flooded.totalMs / 1000));
}

/** The table in Markdown, a row for each figure and turn. */
export function floodReport(turns: readonly FloodTurn[], cores = availableParallelism()): string {
  const rows = turns.flatMap((turn, at) => {
    const { alone, flooded, flood } = turn;
    const which = `turn ${at + 1}`;
    const answers = Object.entries(flood.answers)
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([status, count]) => `${status}: ${whole(count)}`)
      .join(', ');
    return [
      [
        `Campaign to ${whole(alone.accepted)} alone, ${which}`,
        `${whole(rateOf(alone))} messages/s; ${lagOf(alone)}`,
        '',
      ],
      [`The same in a flood, ${which}`, `${whole(rateOf(flooded))} messages/s; ${lagOf(flooded)}`, ''],
      [
        `The flood, ${which}`,
        `${whole(flood.sent / flood.seconds)} requests/s for ${flood.seconds.toFixed(0)} s; answers ${answers}; ${engineTimeOfRequest(turn).toFixed(2)} ms of the engine's processor time each`,
        '1,000 requests/s',
      ],
      [
        `In a flood / alone, less the processor time of the program that floods, ${which}`,
        `${percent(leftOfRate(turn, cores))} (${percent(rateOf(flooded) / rateOf(alone))} with it on the same ${cores} cores)`,
        `at least ${percent(BAR)}`,
      ],
    ];
  });
  return [
    '| what | measured | bar |',
    '| --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}
