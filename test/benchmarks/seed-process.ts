import { createReadStream } from 'node:fs';
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
  /** Time of the import, reading the file included. */
  importMs: number;
}

const PIECE_BYTES = 512 * 1024;

const job = ownJob() as SeedJob;
const { engine, client } = await openEngine(job.dataDir);
await client.keys.import({
  name: 'Benchmark',
  subject: 'mailto:benchmark@example.com',
  text: JSON.stringify(job.keys),
});

// The way that a window takes with a large file.
const { importStream } = client.subscriptions;
const startedAt = performance.now();
const { id } = await importStream.open({ purpose: 'import', publicKey: job.keys.publicKey });
const pieces = createReadStream(job.subscriptionsFile, { encoding: 'utf8', highWaterMark: PIECE_BYTES });
for await (const piece of pieces) await importStream.write({ id, piece: piece as string });
const end = await importStream.finish({ id });
const seeded: Seeded = {
  rows: end.purpose === 'import' ? end.result.addedCount : 0,
  importMs: performance.now() - startedAt,
};
await engine.stop();
tell(seeded);
