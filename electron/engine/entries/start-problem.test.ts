import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readPrivateFile } from '../../files/private-file.ts';
import { problemOfStart } from './start-problem.ts';
import { tempFolder } from '../testing/temp-folder.ts';

it('names what has the name of a file of ours, and not a permission', async () => {
  const folder = tempFolder();
  const token = path.join(folder, 'api-token');
  mkdirSync(token);
  const error: unknown = await readPrivateFile(token).catch((reason: unknown) => reason);
  const { code, cause } = problemOfStart(error, folder);
  expect(code).toBe('not-a-file');
  expect(cause).toContain(token);
});

it('names a file that lies where the data folder should', () => {
  const file = path.join(tempFolder(), 'file');
  writeFileSync(file, '');
  for (const folder of [file, path.join(file, 'below')]) {
    let error: unknown;
    try {
      mkdirSync(folder, { recursive: true });
    } catch (reason) {
      error = reason;
    }
    expect(problemOfStart(error, folder).cause).toContain('part of the path is a file');
  }
});
