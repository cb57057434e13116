import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';
import { ownJob, tell } from './child.ts';
import { createMember, tableRow, TABLE_HEAD } from './list-members.ts';

/** Writes the same subscriptions as JSON lines and as a table, with what an owner knows about each. */
export interface ListFilesJob {
  folder: string;
  rows: number;
}

export interface ListFiles {
  jsonLines: string;
  csv: string;
}

/** Checking a key costs the same whether it has been seen before or not. */
const KEYS = 1000;
const LINES_AT_A_TIME = 500;

const { folder, rows } = ownJob() as ListFilesJob;
const keys = Array.from({ length: Math.min(KEYS, rows) }, () =>
  createECDH('prime256v1').generateKeys('base64url', 'uncompressed'),
);
const files: ListFiles = { jsonLines: path.join(folder, 'list.jsonl'), csv: path.join(folder, 'list.csv') };
const jsonLines = createWriteStream(files.jsonLines);
const csv = createWriteStream(files.csv);
await put(csv, `${TABLE_HEAD}\r\n`);
for (let from = 0; from < rows; from += LINES_AT_A_TIME) {
  const members = Array.from({ length: Math.min(LINES_AT_A_TIME, rows - from) }, (_, offset) =>
    createMember(from + offset, keys[(from + offset) % keys.length] ?? '', randomBytes(150)),
  );
  await put(jsonLines, members.map((member) => `${JSON.stringify(member)}\n`).join(''));
  await put(csv, members.map((member) => `${tableRow(member)}\r\n`).join(''));
}
for (const stream of [jsonLines, csv]) {
  stream.end();
  await once(stream, 'finish');
}
tell(files);

async function put(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
