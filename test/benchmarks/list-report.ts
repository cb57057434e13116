import type { FilterRun } from './filter-process.ts';
import type { ListResults } from './measure-list.ts';
import { describeTimes } from './times.ts';

/** Bars of the design for a list of a million. */
const BARS = {
  importPerSecond: 50_000,
  importMemoryBytes: 250e6,
  exportPerSecond: 100_000,
  lookUpP95Ms: 50,
  countMs: 500,
};

/** Rows of the table about importing, filtering and exporting: what, measured, bar. */
export function listRows({ imports, exports, filters: runs }: ListResults): [string, string, string][] {
  const among = `of ${whole(runs.rows)} subscriptions`;
  return [
    ...imports.flatMap(({ form, rows, importMs, engineMs, memoryGrowth }): [string, string, string][] => [
      [
        `Import of ${whole(rows)} with tags as ${form}`,
        `${whole(perSecond(rows, importMs))} rows/s; ${whole(perSecond(rows, engineMs))} for each second of the engine's thread`,
        `at least ${whole(BARS.importPerSecond)}`,
      ],
      [
        `Memory growth in it`,
        `${whole(memoryGrowth / 1e6)} MB`,
        rows >= 1e6 ? `at most ${whole(BARS.importMemoryBytes / 1e6)} MB` : '',
      ],
    ]),
    ...exports.flatMap(({ format, rows, exportMs, plainMs, memoryGrowth }): [string, string, string][] => [
      [
        `Export of ${whole(rows)} as ${format}`,
        `${whole(perSecond(rows, exportMs))} rows/s, ${(plainMs / exportMs).toFixed(2)}x a plain loop`,
        `at least ${whole(BARS.exportPerSecond)}`,
      ],
      [`Memory growth in it`, `${whole(memoryGrowth / 1e6)} MB`, 'flat'],
    ]),
    ...runs.filters.flatMap((run) => filterRows(run, among)),
    [`All three segments with their counts ${among}`, describeTimes(runs.segments), ''],
  ];
}

function filterRows(run: FilterRun, among: string): [string, string, string][] {
  const { name, isIndexed, matching, page, count, countProcessorMs, longestTurnMs } = run;
  const p95 = `p95 at most ${BARS.lookUpP95Ms} ms`;
  return [
    [`A page by ${name} ${among}`, describeTimes(page), p95],
    [
      `A count by ${name}: ${whole(matching)}`,
      `${describeTimes(count)}; processor ${countProcessorMs.toFixed(1)} ms, longest turn ${longestTurnMs.toFixed(1)} ms`,
      isIndexed ? p95 : `p95 at most ${BARS.countMs} ms`,
    ],
  ];
}

const perSecond = (rows: number, ms: number) => (rows * 1000) / ms;
const whole = (figure: number) => Math.round(figure).toLocaleString('en');
