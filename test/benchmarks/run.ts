import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { measure } from './measure.ts';
import { FULL, SHORT } from './plan.ts';
import { report } from './report.ts';

const RESULT_FILE = path.resolve(import.meta.dirname, '../../out/benchmark.json');

const isShort = process.argv.includes('--short');
const machine = {
  cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
  cores: availableParallelism(),
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
};
const results = await measure(isShort ? SHORT : FULL, (line) => {
  process.stderr.write(`${line}\n`);
});
mkdirSync(path.dirname(RESULT_FILE), { recursive: true });
writeFileSync(RESULT_FILE, `${JSON.stringify({ machine, isShort, ...results }, null, 2)}\n`);
process.stdout.write(`${report(results, machine)}\n`);
