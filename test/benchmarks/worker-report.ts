import { median } from './median.ts';
import type { WorkerTurn } from './measure-workers.ts';
import type { WorkerRun } from './worker-run.ts';

/** Of the design, beside what was measured. */
const BAR = 1.25;

const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const totalUs = ({ engineUs, workersUs, databaseUs }: WorkerRun) => engineUs + workersUs + databaseUs;
const named = (workers: number) => (workers === 1 ? '1 worker' : `${workers} workers`);

/** Rows of the table: for each number of workers, the median of the turns. `null`: it could not be measured. */
export function workerRows(turns: readonly WorkerTurn[] | null): [string, string, string][] {
  if (turns === null)
    return [['Through workers', 'not measured: it takes Linux and PostgreSQL', `at most ${BAR}x`]];
  const counts = turns[0]?.through.map(({ workers }) => workers) ?? [];
  const middle = (of: (turn: WorkerTurn) => number) => whole(median(turns.map(of)));
  const through = (count: number, of: (run: WorkerRun) => number) =>
    middle(({ through: runs }) => runs.filter(({ workers }) => workers === count).map(of)[0] ?? Number.NaN);
  const ratio = median(turns.map(({ alone, usual }) => totalUs(usual) / totalUs(alone)));
  return [
    [
      'Processor time a message through a worker, database included / sent here, at 50 ms latency',
      `${ratio.toFixed(2)}x (${middle(({ usual }) => totalUs(usual))} µs: engine ${middle(({ usual }) => usual.engineUs)}, ` +
        `worker ${middle(({ usual }) => usual.workersUs)}, database ${middle(({ usual }) => usual.databaseUs)}; ` +
        `here ${middle(({ alone }) => totalUs(alone))})`,
      `at most ${BAR}x`,
    ],
    ...counts.map((count): [string, string, string] => [
      `Rate through ${named(count)}, each with 256 on the wire, at 50 ms latency`,
      `${through(count, ({ perSecond }) => perSecond)} messages/s, cores ${through(count, ({ busy }) => busy * 100)}% used; ` +
        `${through(count, totalUs)} µs a message`,
      '',
    ]),
  ];
}
