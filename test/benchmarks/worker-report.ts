import { median } from './median.ts';
import type { WorkerTurn } from './measure-workers.ts';
import type { WorkerRun } from './worker-run.ts';

/** Of the design, beside what was measured. */
const BAR = 1.25;

const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const totalUs = ({ engineUs, workersUs, databaseUs }: WorkerRun) => engineUs + workersUs + databaseUs;
const named = (workers: number) => (workers === 1 ? '1 worker' : `${workers} workers`);

/** Rows of the table: for each number of workers, the middle of the turns. `null`: it could not be measured. */
export function workerRows(turns: readonly WorkerTurn[] | null): [string, string, string][] {
  if (turns === null)
    return [['Through workers', 'not measured: it takes Linux and PostgreSQL', `at most ${BAR}x`]];
  const counts = turns[0]?.through.map(({ workers }) => workers) ?? [];
  const middle = (of: (turn: WorkerTurn) => number) => median(turns.map(of));
  const through = (count: number, of: (run: WorkerRun, turn: WorkerTurn) => number) =>
    middle((turn) => {
      const run = turn.through.find(({ workers }) => workers === count);
      return run === undefined ? Number.NaN : of(run, turn);
    });
  return counts.flatMap((count): [string, string, string][] => [
    [
      `Processor time a message through ${named(count)}, database included / sent here, at 50 ms latency`,
      `${through(count, (run, { alone }) => totalUs(run) / totalUs(alone)).toFixed(2)}x ` +
        `(${whole(through(count, totalUs))} µs: engine ${whole(through(count, ({ engineUs }) => engineUs))}, ` +
        `workers ${whole(through(count, ({ workersUs }) => workersUs))}, ` +
        `database ${whole(through(count, ({ databaseUs }) => databaseUs))}; here ${whole(middle(({ alone }) => totalUs(alone)))})`,
      `at most ${BAR}x`,
    ],
    [
      `Rate through ${named(count)}, each with 256 on the wire, at 50 ms latency`,
      `${whole(through(count, ({ perSecond }) => perSecond))} messages/s, cores ${whole(through(count, ({ busy }) => busy) * 100)}% used`,
      '',
    ],
  ]);
}
