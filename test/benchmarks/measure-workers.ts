import { canTellProcessorTime } from './process-time.ts';
import { hasPostgres } from '../support/postgres.ts';
import { runWithWorkers, type WorkerRun, type WorkerRunOptions } from './worker-run.ts';

/** The same campaign in several ways, one after the other. */
export interface WorkerTurn {
  /** Sent by the engine. */
  readonly alone: WorkerRun;
  /** Through one worker with its defaults: with as much on the wire as fills this machine, like the engine. */
  readonly usual: WorkerRun;
  /** Through each number of workers with little on the wire, in the order of the numbers. */
  readonly through: readonly WorkerRun[];
}

export interface WorkerPlan {
  workerRounds: number;
  /** Recipients of each campaign. */
  workerRecipients: number;
  workerCounts: readonly number[];
}

/** So little on the wire for each worker that one alone does not fill the cores. */
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
  const ways: Omit<WorkerRunOptions, 'messages'>[] = [
    { workers: 0, inFlight: null },
    { workers: 1, inFlight: null },
    ...workerCounts.map((workers) => ({ workers, inFlight: IN_FLIGHT })),
  ];
  const turns: WorkerTurn[] = [];
  for (let round = 0; round < workerRounds; round += 1) {
    const runs = new Map<object, WorkerRun>();
    for (const way of round % 2 === 0 ? ways : ways.toReversed())
      runs.set(way, await runWithWorkers({ messages: workerRecipients, ...way }));
    const [alone, usual, ...through] = ways.flatMap((way) => runs.get(way) ?? []);
    if (alone !== undefined && usual !== undefined) turns.push({ alone, usual, through });
  }
  return turns;
}
