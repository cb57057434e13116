import { createRandom } from '../../electron/engine/local-push-service/random.ts';
import { PART_SIZE } from '../../electron/engine/wire/batch-sender.ts';

/** Processor time of one message in microseconds, as `npm run bench -- --workers` measures it. */
export interface Costs {
  /** On the coordinator's own thread: nothing else of the coordinator can do this work. */
  readonly coordinator: number;
  readonly database: number;
  readonly worker: number;
}

/** The machines that are there. */
export interface Setup {
  readonly coordinators: number;
  readonly databaseCores: number;
  readonly workers: number;
  /** Of each worker. */
  readonly cores: number;
  /** The most messages that each worker has on the wire. */
  readonly inFlight: number;
  readonly latencyMs: number;
  /** Messages a second that the push services accept from this sender; `null`: any number. */
  readonly servicesTake: number | null;
}

export type Station = 'coordinator' | 'database' | 'workers' | 'services';
const STATIONS: readonly Station[] = ['coordinator', 'database', 'workers', 'services'];

export interface Outcome {
  readonly perSecond: number;
  /** Share of its time that each was at work. */
  readonly busy: Readonly<Record<Station, number>>;
  /** What is at work all the time, so that more of anything else would not help; `wire`: every place on the wire is taken. */
  readonly limit: Station | 'wire';
}

/** Whatever is at work for more than this share is what limits. */
const FULL = 0.9;
/** Each part takes as long as the others on average, but not exactly: it varies by this share either way. */
const UNEVEN = 0.5;
const ROUNDS = 60;
const WARM_UP_ROUNDS = 10;

interface Event {
  at: number;
  part: number;
  step: number;
}

/**
 * Parts of batches go round: the coordinator hands one over, the database keeps it, a worker encrypts and sends it, its service answers,
 * the database keeps the results, and the coordinator records them and hands over the next. There are as many parts as the workers have
 * room for. Each station serves first come, first served.
 */
export function simulate(costs: Costs, setup: Setup): Outcome {
  const random = createRandom('scale');
  const ms = (microseconds: number) => (microseconds * PART_SIZE) / 1000;
  const places: Record<Station, number> = {
    coordinator: setup.coordinators,
    database: setup.databaseCores,
    workers: setup.workers * setup.cores,
    services: 1,
  };
  const free = Object.fromEntries(
    STATIONS.map((station) => [station, Array.from({ length: places[station] }, () => 0)]),
  ) as Record<Station, number[]>;
  const worked: Record<Station, number> = { coordinator: 0, database: 0, workers: 0, services: 0 };
  const gap = setup.servicesTake === null ? 0 : (PART_SIZE * 1000) / setup.servicesTake;
  const steps: readonly { station: Station; takes: number; isEven?: boolean; then?: number }[] = [
    { station: 'coordinator', takes: ms(costs.coordinator) / 2 },
    { station: 'database', takes: ms(costs.database) / 2 },
    { station: 'workers', takes: ms(costs.worker) },
    { station: 'services', takes: gap, isEven: true, then: setup.latencyMs },
    { station: 'database', takes: ms(costs.database) / 2 },
    { station: 'coordinator', takes: ms(costs.coordinator) / 2 },
  ];
  const parts = Math.max(1, Math.floor((setup.workers * setup.inFlight) / PART_SIZE));
  const events = eventList(Array.from({ length: parts }, (_item, part) => ({ at: 0, part, step: 0 })));
  let ended = 0;
  let warmAt = 0;
  let warmWorked = { ...worked };
  for (;;) {
    const { at, part, step } = events.next();
    const { station, takes, isEven = false, then = 0 } = steps[step] ?? { station: 'coordinator', takes: 0 };
    const servers = free[station];
    const server = servers.indexOf(Math.min(...servers));
    const begins = Math.max(at, servers[server] ?? 0);
    const lasts = isEven ? takes : takes * (1 - UNEVEN + 2 * UNEVEN * random());
    servers[server] = begins + lasts;
    worked[station] += lasts;
    const isLast = step === steps.length - 1;
    events.add({ at: begins + lasts + then, part, step: isLast ? 0 : step + 1 });
    if (!isLast) continue;
    ended += 1;
    if (ended === parts * WARM_UP_ROUNDS) [warmAt, warmWorked] = [begins + lasts, { ...worked }];
    if (ended < parts * ROUNDS) continue;
    const passed = begins + lasts - warmAt;
    const busy = Object.fromEntries(
      STATIONS.map((one) => [one, (worked[one] - warmWorked[one]) / passed / places[one]]),
    ) as Record<Station, number>;
    const busiest = STATIONS.reduce((most, one) => (busy[one] > busy[most] ? one : most));
    return {
      perSecond: (parts * (ROUNDS - WARM_UP_ROUNDS) * PART_SIZE * 1000) / passed,
      busy,
      limit: busy[busiest] >= FULL ? busiest : 'wire',
    };
  }
}

/** Gives events in the order of their times: a heap. */
function eventList(first: readonly Event[]) {
  const heap: Event[] = [];
  const atOf = (index: number) => heap[index]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (one: number, other: number) => {
    const [a, b] = [heap[one], heap[other]];
    if (a === undefined || b === undefined) return;
    [heap[one], heap[other]] = [b, a];
  };
  const add = (event: Event) => {
    let index = heap.push(event) - 1;
    while (index > 0) {
      const above = Math.floor((index - 1) / 2);
      if (atOf(above) <= atOf(index)) break;
      swap(above, index);
      index = above;
    }
  };
  for (const event of first) add(event);
  return {
    add,
    next(): Event {
      const [top] = heap;
      const last = heap.pop();
      if (top === undefined || last === undefined) throw new Error('Nothing is under way.');
      if (heap.length === 0) return top;
      heap[0] = last;
      for (let index = 0; ;) {
        const [left, right] = [index * 2 + 1, index * 2 + 2];
        const least = atOf(right) < atOf(left) ? right : left;
        if (atOf(least) >= atOf(index)) return top;
        swap(least, index);
        index = least;
      }
    },
  };
}
