import { campaignListRows } from './look-up-report.ts';
import type { CampaignLookUps } from './campaign-list-process.ts';
import { listRows } from './list-report.ts';
import { lookUpRows } from './look-up-report.ts';
import type { ListResults } from './measure-list.ts';
import type { ReceiptTurn } from './measure-receipts.ts';
import type { WorkerTurn } from './measure-workers.ts';
import type { Results, Turn } from './measure.ts';
import type { VariableTurn } from './measure-variables.ts';
import { median } from './median.ts';
import { receiptRows } from './receipt-report.ts';
import { variableRows } from './variable-report.ts';
import { workerRows } from './worker-report.ts';

export interface Machine {
  cpu: string;
  cores: number;
  node: string;
  date: string;
}

/** Bars of the design, beside what was measured. */
const BARS = {
  ratio: 4,
  lagP99Ms: 16,
  memoryBytes: 150e6,
  startMs: 2000,
  importPerSecond: 50_000,
  windowRatio: 2.5,
};

/** How many times faster the engine is, turn by turn, at the highest latency that was measured. */
export function throughputRatio(turns: readonly Turn[]): number {
  const latencyMs = Math.max(...turns.map((turn) => turn.latencyMs));
  return median(
    turns.filter((turn) => turn.latencyMs === latencyMs).map(({ engine, tuned }) => engine / tuned),
  );
}

/** The table in Markdown, as the README shows it, and the line with the ratio. */
export function report(results: Results, machine: Machine): string {
  const { turns, lag, memory, start, imported, lookUps, windowStart } = results;
  const rows: [string, string, string][] = [];
  for (const latencyMs of new Set(turns.map((turn) => turn.latencyMs))) {
    const own = turns.filter((turn) => turn.latencyMs === latencyMs);
    const at = `at ${String(latencyMs)} ms latency`;
    const rate = (of: (turn: Turn) => number) => `${whole(median(own.map(of)))} messages/s`;
    rows.push(
      [`Engine ${at}, every delivery stored`, rate((turn) => turn.engine), ''],
      [
        `Encryption alone, in turns with it: the same code on every core`,
        rate((turn) => turn.encryption),
        '',
      ],
      [`Engine / encryption alone ${at}`, percent(own), ''],
      [`web-push, keep-alive, 50 in flight, ${at}, nothing stored`, rate((turn) => turn.tuned), ''],
      [`web-push, one by one, ${at}, nothing stored`, rate((turn) => turn.tutorial), ''],
      [
        `Engine / tuned web-push ${at}`,
        `${ratio(own)}x`,
        latencyMs > 0 ? `at least ${String(BARS.ratio)}x` : '',
      ],
    );
  }
  rows.push(
    [
      `Lag of the main thread in Electron, ${whole(lag.recipients)} recipients`,
      `p50 ${one(lag.p50)} ms, p99 ${one(lag.p99)} ms, max ${one(lag.max)} ms`,
      `p99 at most ${String(BARS.lagP99Ms)} ms`,
    ],
    [`Rate in Electron, same campaign`, `${whole((lag.recipients * 1000) / lag.totalMs)} messages/s`, ''],
    ...memory.map(({ recipients, growthBytes }): [string, string, string] => [
      `Memory growth, ${whole(recipients)} recipients`,
      `${whole(growthBytes / 1e6)} MB`,
      recipients >= 1e6 ? `at most ${whole(BARS.memoryBytes / 1e6)} MB` : '',
    ]),
    [
      `Start of a campaign to ${whole(start.recipients)}`,
      `${whole(start.startMs)} ms`,
      `under ${whole(BARS.startMs)} ms`,
    ],
    [
      `Import of ${whole(imported.rows)} subscriptions`,
      `${whole(imported.perSecond)} rows/s`,
      `at least ${whole(BARS.importPerSecond)}`,
    ],
    ...lookUpRows(lookUps),
    [
      `Window with ${whole(imported.rows)} subscriptions, from the start until its page is there`,
      `${whole(windowStart.appMs)} ms, ${(windowStart.appMs / windowStart.emptyMs).toFixed(1)}x an empty window`,
      `at most ${String(BARS.windowRatio)}x`,
    ],
    ...variableRows(results.variables),
    ...receiptRows(results.receipts),
    ...workerRows(results.workers),
    ...listRows(results.list),
  );
  return [
    table(rows, machine),
    '',
    `throughput ratio (engine / tuned web-push): ${throughputRatio(turns).toFixed(2)}`,
  ].join('\n');
}

/** The part about the list alone. */
export function listReport(results: ListResults, machine: Machine): string {
  return table(listRows(results), machine);
}

/** The part about receipts alone. */
export function receiptReport(turns: readonly ReceiptTurn[], machine: Machine): string {
  return table(receiptRows(turns), machine);
}

/** The part about the list of campaigns alone. */
export function campaignListReport(lookUps: CampaignLookUps, machine: Machine): string {
  return table(campaignListRows(lookUps), machine);
}

/** The part about variables alone. */
export function variableReport(turns: readonly VariableTurn[], machine: Machine): string {
  return table(variableRows(turns), machine);
}

/** The part about workers alone. */
export function workerReport(turns: readonly WorkerTurn[] | null, machine: Machine): string {
  return table(workerRows(turns), machine);
}

function table(rows: readonly (readonly string[])[], machine: Machine): string {
  return [
    `${machine.cpu}, ${String(machine.cores)} cores, Node ${machine.node}, ${machine.date}`,
    '',
    '| what | measured | bar |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

const ratio = (turns: readonly Turn[]) => median(turns.map(({ engine, tuned }) => engine / tuned)).toFixed(2);
/** The share that the engine reaches of what its encryption would allow if there were nothing else to do, turn by turn. */
const percent = (turns: readonly Turn[]) =>
  `${whole(median(turns.map(({ engine, encryption }) => engine / encryption)) * 100)}%`;
const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const one = (figure: number) => figure.toFixed(1);
