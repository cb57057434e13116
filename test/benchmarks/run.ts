import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { floodReport } from './flood-report.ts';
import {
  measure,
  measureCampaignListAlone,
  measureFloodAlone,
  measureListAlone,
  measureReceiptsAlone,
  measureVariablesAlone,
  measureWorkersAlone,
} from './measure.ts';
import { FULL, SHORT } from './plan.ts';
import {
  campaignListReport,
  listReport,
  receiptReport,
  report,
  variableReport,
  workerReport,
} from './report.ts';

const RESULT_FILE = path.resolve(import.meta.dirname, '../../out/benchmark.json');

const isShort = process.argv.includes('--short');
const machine = {
  cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
  cores: availableParallelism(),
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
};
const plan = isShort ? SHORT : FULL;
const say = (line: string) => void process.stderr.write(`${line}\n`);
const keep = (results: object) => {
  mkdirSync(path.dirname(RESULT_FILE), { recursive: true });
  writeFileSync(RESULT_FILE, `${JSON.stringify({ machine, isShort, ...results }, null, 2)}\n`);
};
if (process.argv.includes('--flood')) {
  const flood = await measureFloodAlone(plan, say);
  keep({ flood });
  process.stdout.write(`${floodReport(flood)}\n`);
} else if (process.argv.includes('--receipts')) {
  const receipts = await measureReceiptsAlone(plan, say);
  keep({ receipts });
  process.stdout.write(`${receiptReport(receipts, machine)}\n`);
} else if (process.argv.includes('--variables')) {
  const variables = await measureVariablesAlone(plan, say);
  keep({ variables });
  process.stdout.write(`${variableReport(variables, machine)}\n`);
} else if (process.argv.includes('--workers')) {
  const workers = await measureWorkersAlone(plan, say);
  keep({ workers });
  process.stdout.write(`${workerReport(workers, machine)}\n`);
} else if (process.argv.includes('--campaigns')) {
  const lookUps = await measureCampaignListAlone(plan, say);
  keep({ lookUps });
  process.stdout.write(`${campaignListReport(lookUps, machine)}\n`);
} else if (process.argv.includes('--list')) {
  const list = await measureListAlone(plan, say);
  keep({ list });
  process.stdout.write(`${listReport(list, machine)}\n`);
} else {
  const results = await measure(plan, say);
  keep(results);
  process.stdout.write(`${report(results, machine)}\n`);
}
