import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createSaveFiles } from './save-files.ts';

it('writes in pieces, and puts the whole file in its place at the end', async () => {
  const folder = await emptyFolder();
  const file = path.join(folder, 'list.csv');
  await writeFile(file, 'what was there');
  const files = createSaveFiles();
  const id = await files.open(file);
  await files.write(id, 'one\n');
  await files.write(id, 'zwölf\n');
  await expect(readFile(file, 'utf8')).resolves.toBe('what was there');
  await files.close(id, true);
  await expect(readFile(file, 'utf8')).resolves.toBe('one\nzwölf\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await expect(readdir(folder)).resolves.toEqual(['list.csv']);
});

it('leaves nothing of one that was stopped', async () => {
  const folder = await emptyFolder();
  const files = createSaveFiles();
  const id = await files.open(path.join(folder, 'list.csv'));
  await files.write(id, 'half');
  await files.close(id, false);
  await expect(readdir(folder)).resolves.toEqual([]);
  await expect(files.write(id, 'more')).rejects.toThrow('not open');
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pushdesk-save-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
