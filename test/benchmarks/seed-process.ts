import { createReadStream } from 'node:fs';
import type { ColumnMapping } from '../../electron/contract/subscription-import.ts';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { watchMemory } from './watch-memory.ts';

export interface SeedJob {
  dataDir: string;
  subscriptionsFile: string;
  /** What `web-push generate-vapid-keys --json` prints. */
  keys: { publicKey: string; privateKey: string };
  /** Of the columns of a table. */
  mapping?: ColumnMapping;
}

export interface Seeded {
  rows: number;
  /** Time of the import, reading the file included. */
  importMs: number;
  /** Processor time of the engine's thread, which stores; another one reads. */
  engineMs: number;
  /** The most by which the resident memory rose above its size before the import, in bytes. */
  memoryGrowth: number;
}

const PIECE_BYTES = 512 * 1024;

const job = ownJob() as SeedJob;
const { engine, client } = await openEngine(job.dataDir);
await client.keys.import({
  name: 'Benchmark',
  subject: 'mailto:benchmark@example.com',
  text: JSON.stringify(job.keys),
});

// The way a window handles a large file.
const { importStream } = client.subscriptions;
const memory = watchMemory();
const usedBefore = process.threadCpuUsage();
const startedAt = performance.now();
const { id } = await importStream.open({
  purpose: 'import',
  publicKey: job.keys.publicKey,
  mapping: job.mapping,
});
const pieces = createReadStream(job.subscriptionsFile, { encoding: 'utf8', highWaterMark: PIECE_BYTES });
for await (const piece of pieces) await importStream.write({ id, piece: piece as string });
const end = await importStream.finish({ id });
const importMs = performance.now() - startedAt;
const used = process.threadCpuUsage(usedBefore);
const seeded: Seeded = {
  rows: end.purpose === 'import' ? end.result.addedCount : 0,
  importMs,
  engineMs: (used.user + used.system) / 1000,
  memoryGrowth: memory.growth(),
};
await engine.stop();
tell(seeded);
