import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import webPush from 'web-push';
import { exportFormatSchema, type ExportFormat } from '../../electron/contract/export.ts';
import { runChild } from './child.ts';
import type { ExportRun } from './export-process.ts';
import type { FilterRuns } from './filter-process.ts';
import type { ListFiles } from './list-files-process.ts';
import { TABLE_MAPPING } from './list-members.ts';
import type { Seeded } from './seed-process.ts';

/** What people do with a long list in which something is known about each person. */
export interface ListResults {
  imports: (Seeded & { form: string })[];
  exports: (ExportRun & { format: ExportFormat })[];
  filters: FilterRuns;
}

export interface ListPlan {
  /** Subscriptions in the list. */
  listRows: number;
  /** Counts and pages of each filter. */
  filterSamples: number;
}

/** Imports the same list in both forms, each into a store of its own, and works on the last one. */
export async function measureList(
  folder: string,
  { listRows: rows, filterSamples: samples }: ListPlan,
  say: (line: string) => void,
): Promise<ListResults> {
  const keys = webPush.generateVAPIDKeys();
  const files = await runChild<ListFiles>('list-files-process.ts', { folder, rows });
  const dataDir = path.join(folder, 'store-list');
  const importFrom = (subscriptionsFile: string, more: object): Promise<Seeded> => {
    rmSync(dataDir, { recursive: true, force: true });
    mkdirSync(dataDir, { mode: 0o700 });
    return runChild<Seeded>('seed-process.ts', { dataDir, subscriptionsFile, keys, ...more });
  };
  say(`Import of ${rows} with tags.`);
  const csv = await importFrom(files.csv, { mapping: TABLE_MAPPING });
  const jsonLines = await importFrom(files.jsonLines, {});
  say('Pages and counts by filter.');
  const { campaignId } = await runChild<{ campaignId: number }>('told-list-process.ts', { dataDir });
  const filters = await runChild<FilterRuns>('filter-process.ts', { dataDir, samples, campaignId });
  say('Export.');
  const exports: ListResults['exports'] = [];
  for (const format of exportFormatSchema.options) {
    exports.push({ format, ...(await runChild<ExportRun>('export-process.ts', { dataDir, format })) });
  }
  rmSync(dataDir, { recursive: true, force: true });
  return {
    imports: [
      { form: 'CSV', ...csv },
      { form: 'JSON lines', ...jsonLines },
    ],
    exports,
    filters,
  };
}
