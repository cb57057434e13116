import { Refusal, type Problem } from '../../../contract/problem.ts';
import { pushServiceSchema } from '../../../contract/push-service.ts';
import type { workerProcedures, Worker, Workers } from '../../../contract/workers.ts';
import type { Coordinator } from '../../workers/coordinator.ts';
import type { FleetWorker } from '../../workers/fleet.ts';
import { createHandedBatchStore } from '../../workers/handed-batch-store.ts';
import type { CoordinatorQueue, WorkerOrder } from '../../workers/work-queue.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { DatabaseChoice } from './database-choice.ts';
import { databaseProblem } from './database-problem.ts';

/** Shows who else sends, and passes a person's wishes on to workers. */
export function createWorkersArea(
  { store, changes }: Pick<Ground, 'store' | 'changes'>,
  {
    coordinator,
    database,
    sendsHere,
  }: { coordinator: Coordinator | null; database: DatabaseChoice; sendsHere: () => boolean },
): Area<typeof workerProcedures> {
  const shares = createHandedBatchStore(store.db);

  const list = (): Workers => ({
    isOn: coordinator !== null,
    sendsHere: sendsHere(),
    problem: coordinator === null ? null : databaseProblem(coordinator),
    workers: (coordinator?.fleet.workers ?? []).map(toWorker),
  });
  const tell = async (id: string, work: (queue: CoordinatorQueue) => Promise<void>): Promise<Workers> => {
    const queue = coordinator?.queue() ?? null;
    if (coordinator === null || !coordinator.fleet.workers.some((worker) => worker.id === id))
      throw new Refusal('NOT_FOUND', NO_WORKER);
    if (queue === null) throw new Refusal('UNAVAILABLE', databaseProblem(coordinator) ?? NO_WORKER);
    await work(queue);
    await coordinator.lookAgain();
    return list();
  };
  const order = (id: string, wanted: WorkerOrder) => tell(id, (queue) => queue.order(id, wanted, ''));

  return {
    procedures: {
      list,
      database: () => database.describe(),
      async chooseDatabase({ address }) {
        const chosen = await database.choose(address);
        changes.publish('workers');
        return chosen;
      },
      drain: ({ id }) => order(id, 'drain'),
      work: ({ id }) => order(id, 'work'),
      remove: ({ id }) => {
        const isLost = coordinator?.fleet.workers.find((worker) => worker.id === id)?.state === 'lost';
        return isLost ? tell(id, (queue) => queue.forget(id)) : order(id, 'leave');
      },
      shares: ({ id }) => shares.sharesOf(id),
    },
    start() {
      coordinator?.start();
    },
  };
}

function toWorker({ id, facts, state, silentFor }: FleetWorker): Worker {
  return {
    id,
    name: facts?.name ?? 'Unknown',
    machine: facts?.machine ?? '',
    version: facts?.version ?? 'unknown',
    state,
    perSecond: state === 'lost' ? 0 : (facts?.perSecond ?? 0),
    inFlight: facts?.inFlight ?? 0,
    capacity: facts?.capacity ?? 0,
    lagMs: facts?.lagMs ?? 0,
    silentFor,
    unreachable: pushServiceSchema.options.flatMap((pushService) => {
      const detail = facts?.unreachable[pushService];
      return detail === undefined ? [] : [{ pushService, detail }];
    }),
  };
}

const NO_WORKER: Problem = {
  code: 'no-such-worker',
  cause: 'There is no such worker.',
  cure: 'Read the list again: it may have ended.',
};
