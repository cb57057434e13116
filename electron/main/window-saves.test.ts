import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writePrivateFile } from '../files/private-file.ts';
import { createSaveFiles } from './save-files.ts';
import { createWindowSaves } from './window-saves.ts';

function saves(picked: (name: string) => string | null = (name) => name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pushdesk-saves-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const at = (name: string) => path.join(folder, name);
  const made = createWindowSaves({
    desktop: {
      pickSavePath: ({ suggestedName }) => {
        const name = picked(suggestedName);
        return Promise.resolve(name === null ? null : at(name));
      },
      saveFiles: createSaveFiles(),
      writePrivateFile,
    },
    printPdf: (html) => Promise.resolve(Buffer.from(`%PDF ${html}`)),
  });
  return { made, at, folder };
}

it('writes a file piece by piece, which is there once it is whole', async () => {
  const { made, at } = saves();
  const file = await made.open('a.csv');
  await made.write(file?.id ?? '', 'one\n');
  expect(existsSync(at('a.csv'))).toBe(false);
  await made.write(file?.id ?? '', 'two\n');
  await made.close(file?.id ?? '', true);
  expect(readFileSync(at('a.csv'), 'utf8')).toBe('one\ntwo\n');
});

it('writes nothing where the person thought better of it, nor to a file that was not opened', async () => {
  const { made, folder } = saves(() => null);
  expect(await made.open('a.csv')).toBeNull();
  expect(await made.savePdf('a.pdf', '<p>')).toBeNull();
  await expect(made.write('nonsense', 'x')).rejects.toMatchObject({ problem: { code: 'not-saved' } });
  expect(readdirSync(folder)).toEqual([]);
});

it('leaves nothing of what was half written when the window goes', async () => {
  const { made, folder } = saves();
  const file = await made.open('a.csv');
  await made.write(file?.id ?? '', 'one\n');
  made.end();
  await expect.poll(() => readdirSync(folder)).toEqual([]);
});

it('saves a report, and says where it cannot', async () => {
  const { made, at } = saves();
  expect(await made.savePdf('a.pdf', '<p>x</p>')).toBe(at('a.pdf'));
  expect(readFileSync(at('a.pdf'), 'utf8')).toBe('%PDF <p>x</p>');
  const other = saves(() => 'no/such/folder/a.pdf').made;
  await expect(other.savePdf('a.pdf', '')).rejects.toMatchObject({ problem: { code: 'not-saved' } });
});
