import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';

export interface SeedJob {
  dataDir: string;
  subscriptionsFile: string;
  /** What `web-push generate-vapid-keys --json` prints. */
  keys: { publicKey: string; privateKey: string };
}

export interface Seeded {
  rows: number;
  /** Time of the import alone, without reading the file. */
  importMs: number;
}

const ROWS_AT_ONCE = 50_000;

const job = ownJob() as SeedJob;
const { engine, client } = await openEngine(job.dataDir);
await client.keys.import({
  name: 'Benchmark',
  subject: 'mailto:benchmark@example.com',
  text: JSON.stringify(job.keys),
});

const seeded: Seeded = { rows: 0, importMs: 0 };
let lines: string[] = [];
const importLines = async () => {
  const startedAt = performance.now();
  const { addedCount } = await client.subscriptions.import({
    text: lines.join('\n'),
    publicKey: job.keys.publicKey,
  });
  seeded.importMs += performance.now() - startedAt;
  seeded.rows += addedCount;
  lines = [];
};
for await (const line of createInterface({ input: createReadStream(job.subscriptionsFile) })) {
  lines.push(line);
  if (lines.length === ROWS_AT_ONCE) await importLines();
}
if (lines.length > 0) await importLines();
await engine.stop();
tell(seeded);
