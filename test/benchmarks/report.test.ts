import { expect, it } from 'vitest';
import type { CampaignId } from '../../electron/contract/ids.ts';
import type { Results } from './measure.ts';
import { engineTimeOfRequest, floodReport, leftOfRate } from './flood-report.ts';
import { median } from './median.ts';
import { report, throughputRatio, workerReport } from './report.ts';

const turn = (latencyMs: number, engine: number, tuned: number) => ({
  latencyMs,
  engine,
  encryption: engine * 2,
  tuned,
  tutorial: 10,
});
const watched = (totalMs: number) => ({
  id: 1 as CampaignId,
  accepted: 10_000,
  totalMs,
  cpuMs: 2000,
  lag: { p50: 1, p99: 2, max: 3 },
  slowestAnswerMs: 9,
});
const ran = (
  workers: number,
  engineUs: number,
  workersUs: number,
  databaseUs: number,
  perSecond: number,
) => ({ workers, engineUs, workersUs, databaseUs, perSecond, busy: 0.5 });
const RESULTS: Results = {
  turns: [turn(0, 5000, 1000), turn(50, 4000, 1000), turn(50, 3000, 1000), turn(50, 9000, 1000)],
  lag: { p50: 0.1, p99: 2.34, max: 15, recipients: 100_000, totalMs: 25_000 },
  memory: [{ recipients: 1_000_000, growthBytes: 120e6, perSecond: 4000 }],
  start: { recipients: 1_000_000, startMs: 12 },
  variables: [
    {
      plain: { recipients: 10_000, accepted: 10_000, startMs: 1, totalMs: 2000, memoryGrowth: 1 },
      personal: { recipients: 10_000, accepted: 10_000, startMs: 1, totalMs: 2501, memoryGrowth: 1 },
    },
  ],
  workers: [
    {
      alone: ran(0, 200, 0, 0, 4000),
      usual: ran(1, 60, 160, 20, 3800),
      through: [ran(1, 60, 200, 40, 2000), ran(2, 60, 170, 20, 3900)],
    },
  ],
  imported: { rows: 1_000_000, perSecond: 60_000 },
  lookUps: {
    rows: 1_000_000,
    page: { p50: 1, p95: 2, max: 3 },
    count: { p50: 1, p95: 2, max: 3 },
    search: { p50: 10, p95: 23.45, max: 60 },
  },
  windowStart: { emptyMs: 400, appMs: 900 },
  receipts: [
    {
      alone: watched(2000),
      told: watched(2502),
      telling: {
        taken: { received: 2000, shown: 2000, clicked: 999, closed: 1 },
        requests: 3002,
        again: 2,
        lost: 0,
        seconds: 2.5,
        answerMs: { p50: 1, p95: 2, max: 3 },
      },
    },
  ],
  list: {
    imports: [{ form: 'CSV', rows: 1_000_000, importMs: 20_000, engineMs: 10_000, memoryGrowth: 200e6 }],
    exports: [{ format: 'csv', rows: 1_000_000, exportMs: 8_000, plainMs: 4_000, memoryGrowth: 20e6 }],
    filters: {
      rows: 1_000_000,
      filters: [
        {
          name: 'tag',
          isIndexed: true,
          matching: 1000,
          page: { p50: 1, p95: 2, max: 3 },
          count: { p50: 4, p95: 5, max: 6 },
          countProcessorMs: 4,
          longestTurnMs: 7,
        },
        {
          name: 'text',
          isIndexed: false,
          matching: 2,
          page: { p50: 1, p95: 2, max: 3 },
          count: { p50: 4, p95: 5, max: 6 },
          countProcessorMs: 4,
          longestTurnMs: 7,
        },
      ],
      segments: { p50: 1, p95: 2, max: 3 },
    },
  },
};

it('takes the middle of odd and even many figures', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

it('compares turn by turn, at the latency that a network has', () => {
  expect(throughputRatio(RESULTS.turns)).toBe(4);
});

it('prints one table and the line with the ratio', () => {
  const text = report(RESULTS, { cpu: 'CPU', cores: 2, node: 'v24', date: '2026-01-01' });
  expect(text).toContain('| Engine / tuned web-push at 50 ms latency | 4.00x | at least 4x |');
  expect(text).toContain('p50 0.1 ms, p99 2.3 ms, max 15.0 ms');
  expect(text).toContain('| Engine / encryption alone at 50 ms latency | 50% |');
  expect(text).toContain('| p50 10.0 ms, p95 23.4 ms, max 60.0 ms | p95 at most 50 ms |');
  expect(text).toContain('| 900 ms, 2.3x an empty window | at most 2.5x |');
  expect(text).toContain("50,000 rows/s; 100,000 for each second of the engine's thread | at least 50,000 |");
  expect(text).toContain(
    '| Export of 1,000,000 as csv | 125,000 rows/s, 0.50x a plain loop | at least 100,000 |',
  );
  expect(text).toContain(
    'p50 4.0 ms, p95 5.0 ms, max 6.0 ms; processor 4.0 ms, longest turn 7.0 ms | p95 at most 50 ms |',
  );
  expect(text).toContain(
    '| A count by text: 2 | p50 4.0 ms, p95 5.0 ms, max 6.0 ms; processor 4.0 ms, longest turn 7.0 ms | p95 at most 500 ms |',
  );
  expect(text).toContain('| 79.9% (3,997 and 5,000 messages/s; lag p99 2.0 and 2.0 ms) | at least 80% |');
  expect(text).toContain(
    '| Campaign to 10,000 with variables (a payload for each) / plain, turn 1 | 80.0% (3,998 and 5,000 messages/s) | at least 80% |',
  );
  expect(text).toContain(
    '| Receipts stored meanwhile, turn 1 | 2,000/s for 2.5 s; answers p50 1.0 ms, p95 2.0 ms, max 3.0 ms | 2,000/s |',
  );
  expect(text).toContain('| 1.20x (240 µs: engine 60, worker 160, database 20; here 200) | at most 1.25x |');
  expect(text).toContain('| 2,000 messages/s, cores 50% used; 300 µs a message |');
  expect(text).toContain('| 3,900 messages/s, cores 50% used; 250 µs a message |');
  expect(text.split('\n').at(-1)).toBe('throughput ratio (engine / tuned web-push): 4.00');
});

it('leaves the processor time of the program that floods out of what a flood costs', () => {
  const turn = {
    alone: watched(2000),
    flooded: { ...watched(3000), cpuMs: 2900 },
    flood: { sent: 3000, answers: { 404: 3000 }, seconds: 3, cpuMs: 1200 },
  };
  // A fifth of two cores was not available to the campaign.
  expect(leftOfRate(turn, 2)).toBeCloseTo(2 / 3 / 0.8, 10);
  expect(engineTimeOfRequest(turn)).toBeCloseTo(0.3, 10);
  const table = floodReport([turn], 2);
  expect(table).toContain('83.3% (66.7% with it on the same 2 cores) | at least 80.0%');
  expect(table).toContain('1,000 requests/s for 3 s; answers 404: 3,000; 0.30 ms');
});

it('says that workers could not be measured', () => {
  const text = workerReport(null, { cpu: 'CPU', cores: 2, node: 'v24', date: '2026-01-01' });
  expect(text).toContain('| Through workers | not measured: it takes Linux and PostgreSQL | at most 1.25x |');
});
