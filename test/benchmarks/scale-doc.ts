import { simulate, type Costs, type Outcome, type Setup } from './scale.ts';

/**
 * Measured on 2026-11-30 with `npm run bench -- --workers`: 20,000 messages through one worker, the median of three turns with nothing else
 * running but the push service; AMD EPYC, Node 24.21. The costs are those of whole processes.
 */
export const MEASURED: Costs = { coordinator: 175, database: 54, worker: 766 };
const SETUP: Setup = {
  coordinators: 1,
  databaseCores: 4,
  workers: 1,
  cores: 2,
  inFlight: 1024,
  latencyMs: 50,
  servicesTake: null,
};
const WORKERS = [1, 4, 16, 64];
/** Beyond this share of a processor, whatever waits for it waits too long. */
const USABLE = 0.8;
const PER_HOUR = 100_000_000;
/** The size of a job of 256 messages in the queue, as measured: 89 kB. Its results are a third of that. */
const QUEUE_BYTES = (89_000 / 256) * (4 / 3);
/** The size of one message on the wire: its encrypted body, header fields and TLS. */
const WIRE_BYTES = 700;

const LIMITS: Readonly<Record<Outcome['limit'], string>> = {
  coordinator: 'coordinator',
  database: 'database',
  workers: 'workers',
  services: 'services',
  wire: 'messages on the wire',
};
const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const percent = (share: number) => `${whole(share * 100)}%`;
type Row = readonly string[];

function row(name: string, change: Partial<Setup>): Row {
  const { perSecond, busy, limit } = simulate(MEASURED, { ...SETUP, ...change });
  // To two decimal places: the simulation is no more exact than that.
  const rounded = Number(perSecond.toPrecision(2));
  return [
    name,
    `${whole(rounded)}/s`,
    percent(busy.coordinator),
    percent(busy.database),
    percent(busy.workers),
    LIMITS[limit],
  ];
}

const HEAD: Row = ['workers of 2 cores', 'messages', 'coordinator', 'database', 'workers', 'limit'];

/** The tables of docs/scale.md. */
export function scaleTables(): { workers: Row[]; otherwise: Row[]; hour: Row[] } {
  const perSecond = PER_HOUR / 3600;
  const cores = (us: number) => (perSecond * us) / 1e6;
  const needed = (us: number) => whole(Math.ceil(cores(us) / USABLE));
  const megabytes = (bytes: number) => `${whole((perSecond * bytes) / 1e6)} MB/s`;
  return {
    workers: [HEAD, ...WORKERS.map((workers) => row(String(workers), { workers }))],
    otherwise: [
      HEAD,
      row('16; services take 2,000/s', { workers: 16, servicesTake: 2000 }),
      row('16; services answer after 500 ms', { workers: 16, latencyMs: 500 }),
      row('64; 4 coordinators', { workers: 64, coordinators: 4 }),
      row('64; 16 coordinators', { workers: 64, coordinators: 16 }),
    ],
    hour: [
      ['for 100,000,000 an hour', 'arithmetic', 'makes'],
      ['messages', '100,000,000 / 3,600 s', `${whole(perSecond)}/s`],
      [
        'coordinators, one core each',
        `${whole(perSecond)} × ${MEASURED.coordinator} µs = ${cores(MEASURED.coordinator).toFixed(1)} cores, at most 80% used`,
        needed(MEASURED.coordinator),
      ],
      [
        'cores of the database',
        `${whole(perSecond)} × ${MEASURED.database} µs = ${cores(MEASURED.database).toFixed(1)} cores, at most 80% used`,
        needed(MEASURED.database),
      ],
      [
        'cores of workers',
        `${whole(perSecond)} × ${MEASURED.worker} µs = ${cores(MEASURED.worker).toFixed(1)} cores, at most 80% used`,
        needed(MEASURED.worker),
      ],
      ['on the wire at 50 ms', `${whole(perSecond)} × 0.05 s`, whole(perSecond * 0.05)],
      ['to the push services', `${whole(perSecond)} × ${WIRE_BYTES} bytes`, megabytes(WIRE_BYTES)],
      ['through the database', `${whole(perSecond)} × ${whole(QUEUE_BYTES)} bytes`, megabytes(QUEUE_BYTES)],
    ],
  };
}

/** A table in Markdown. */
export const markdown = (rows: readonly Row[]): string =>
  rows
    .flatMap((cells, at) => [
      `| ${cells.join(' | ')} |`,
      ...(at === 0 ? [`|${cells.map(() => '---').join('|')}|`] : []),
    ])
    .join('\n');

if (import.meta.main) process.stdout.write(`${Object.values(scaleTables()).map(markdown).join('\n\n')}\n`);
