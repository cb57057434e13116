import { canTellProcessorTime } from './process-time.ts';
import { hasPostgres } from '../support/postgres.ts';
import { runWithWorkers, type WorkerRun } from './worker-run.ts';

/** One campaign sent by the engine alone, and the same through each number of workers. */
export interface WorkerTurn {
  readonly alone: WorkerRun;
  /** In the order of the numbers. */
  readonly through: readonly WorkerRun[];
}

export interface WorkerPlan {
  workerRounds: number;
  /** Recipients of each campaign. */
  workerRecipients: number;
  workerCounts: readonly number[];
}

/** What each worker has on the wire at a time: little, so that one alone does not fill the cores. */
const IN_FLIGHT = 256;

/**
 * In turns, every other one backwards, so that a machine that gets slower or faster favours nobody.
 *
 * @returns `null` where it cannot be measured: it takes Linux and PostgreSQL
 */
export async function measureWorkers({
  workerRounds,
  workerRecipients,
  workerCounts,
}: WorkerPlan): Promise<WorkerTurn[] | null> {
  if (!canTellProcessorTime || !hasPostgres()) return null;
  const turns: WorkerTurn[] = [];
  for (let round = 0; round < workerRounds; round += 1) {
    const counts = [0, ...workerCounts];
    const runs: WorkerRun[] = [];
    for (const workers of round % 2 === 0 ? counts : counts.reverse())
      runs.push(await runWithWorkers({ messages: workerRecipients, workers, inFlight: IN_FLIGHT }));
    const [alone, ...through] = runs.toSorted((one, other) => one.workers - other.workers);
    if (alone !== undefined) turns.push({ alone, through });
  }
  return turns;
}
