import { createWriteStream, rmSync, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { ExportFormat } from '../../electron/contract/export.ts';
import { subscriptionFilterSchema } from '../../electron/contract/subscriptions.ts';
import { ownJob, tell } from './child.ts';
import { openEngine, type Desktop } from './engine-on-disk.ts';
import { watchMemory } from './watch-memory.ts';

export interface ExportJob {
  dataDir: string;
  format: ExportFormat;
}

export interface ExportRun {
  rows: number;
  exportMs: number;
  /** The most by which the resident memory rose above its size before the export, in bytes. */
  memoryGrowth: number;
  /** What a loop of a few lines takes to read the same rows and write them out as JSON, in one go and with nothing running beside it. */
  plainMs: number;
}

const { dataDir, format } = ownJob() as ExportJob;
const files = new Map<string, WriteStream>();
/** As the main thread of the app writes. */
const desktop: Desktop = {
  openSaveFile({ suggestedName }) {
    const file = path.join(dataDir, suggestedName);
    files.set(file, createWriteStream(file));
    return Promise.resolve({ file: { id: file, path: file } });
  },
  async writeSaveFile({ id, text }) {
    const stream = files.get(id);
    if (stream?.write(text) === false) await once(stream, 'drain');
    return { written: true };
  },
  async closeSaveFile({ id, keep }) {
    const stream = files.get(id);
    stream?.end();
    if (stream !== undefined) await once(stream, 'finish');
    return { kept: keep };
  },
};

const { engine, client } = await openEngine(dataDir, desktop);
await engine.start();
const { exportFile } = client.subscriptions;
const memory = watchMemory();
const startedAt = performance.now();
const started = await exportFile.start({
  target: { filter: subscriptionFilterSchema.parse({}), except: [] },
  format,
  whole: true,
});
if (started === null) throw new Error('No file was opened.');
let progress = started;
while (progress.state === 'running') {
  // As often as the window asks would be too seldom for a short list.
  await wait(20);
  progress = await exportFile.progress({ id: started.id });
}
const exportMs = performance.now() - startedAt;
const memoryGrowth = memory.growth();
if (progress.state !== 'done') throw new Error(`The export ${progress.state}.`);
await engine.stop();
rmSync(progress.path);
const run: ExportRun = { rows: progress.done, exportMs, memoryGrowth, plainMs: await plainly() };
tell(run);

async function plainly(): Promise<number> {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
  const file = path.join(dataDir, 'plain.jsonl');
  const from = performance.now();
  const out = createWriteStream(file);
  const rows = connection
    .prepare<[], object>(
      `SELECT s.endpoint, s.expiration_time, s.p256dh, s.auth, s.public_key, s.state, s.added_at,
         p.label, p.external_id, p.tags, p.attributes
       FROM subscriptions s LEFT JOIN people p ON p.id = s.id ORDER BY s.id`,
    )
    .iterate();
  for (const row of rows) if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  const plainMs = performance.now() - from;
  connection.close();
  rmSync(file);
  return plainMs;
}
