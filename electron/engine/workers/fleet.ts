import type { PushServiceId } from '../../contract/push-service.ts';
import type { WorkerState } from '../../contract/workers.ts';
import type { CoordinatorQueue, WorkerFacts, WorkerRow } from './work-queue.ts';

/** A worker that gives no sign for this long is lost: what it had on its wire is unknown. */
export const LOST_AFTER_SECONDS = 15;
/** One that has been silent for this long gets nothing new. */
const DOUBTFUL_AFTER_SECONDS = 6;
/** The name of a lost one is remembered for this long. */
const FORGOTTEN_AFTER_SECONDS = 600;
/** Beyond this, the times that a worker writes down are wrong, and its tokens are soon refused. */
const CLOCK_OFF_MS = 5 * 60_000;

export interface FleetWorker {
  readonly id: string;
  readonly facts: WorkerFacts | null;
  readonly state: WorkerState;
  readonly silentFor: number;
}

/** The workers, as last seen. */
export interface Fleet {
  readonly workers: readonly FleetWorker[];
  /** How many messages the workers can have on the wire together. */
  total(): number;
  /** The same for those that can reach that service. */
  capacity(service: PushServiceId): number;
  /** Reads which workers there are, and admits new ones. */
  look(queue: CoordinatorQueue): Promise<void>;
  /** No workers can be seen. */
  clear(): void;
}

/** @param version of this engine: only workers of the same version understand it */
export function createFleet({ version }: { version: string }): Fleet {
  let workers: readonly FleetWorker[] = [];
  return {
    get workers() {
      return workers;
    },
    total: () =>
      workers.reduce(
        (sum, { facts, state }) => (state === 'working' ? sum + (facts?.capacity ?? 0) : sum),
        0,
      ),
    capacity: (service) =>
      workers.reduce(
        (sum, { facts, state }) =>
          state === 'working' && facts !== null && facts.unreachable[service] === undefined
            ? sum + facts.capacity
            : sum,
        0,
      ),
    async look(queue) {
      const rows = await queue.workers();
      for (const row of rows) {
        if (row.silentFor > FORGOTTEN_AFTER_SECONDS) await queue.forget(row.id);
        else if (row.order === 'ask') await admit(queue, row, version);
      }
      workers = rows
        .filter(({ silentFor }) => silentFor <= FORGOTTEN_AFTER_SECONDS)
        .map((row) => ({ id: row.id, facts: row.facts, state: stateOf(row), silentFor: row.silentFor }));
    },
    clear() {
      workers = [];
    },
  };
}

async function admit(queue: CoordinatorQueue, { id, facts }: WorkerRow, version: string): Promise<void> {
  if (facts?.version === version) await queue.order(id, 'work', '');
  else
    await queue.order(
      id,
      'refuse',
      `This worker is version ${facts?.version ?? 'unknown'}, but the engine is version ${version}. Install version ${version} on this machine, then start the worker again.`,
    );
}

function stateOf({ facts, order, silentFor }: WorkerRow): WorkerState {
  if (silentFor > LOST_AFTER_SECONDS) return 'lost';
  if (order === 'refuse' || facts === null) return 'refused';
  if (silentFor > DOUBTFUL_AFTER_SECONDS || order === 'ask') return 'silent';
  if (order === 'drain' || order === 'leave') return 'draining';
  return Math.abs(facts.clockAheadMs) > CLOCK_OFF_MS ? 'clock-wrong' : 'working';
}
