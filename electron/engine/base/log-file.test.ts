import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';
import { tempFolder } from '../testing/temp-folder.ts';

it('appends to a file that only this user can read', () => {
  const folder = path.join(tempFolder(), 'data');
  const first = openLogFile(folder);
  first.write('one\n');
  first.close();
  first.write('lost\n');
  first.close();
  const second = openLogFile(folder);
  second.write('two\n');
  second.close();
  expect(readFileSync(second.file, 'utf8')).toBe('one\ntwo\n');
  expect(statSync(second.file).mode & 0o777).toBe(0o600);
});

it('starts a new one when it grows too large, and keeps the one before', () => {
  const folder = tempFolder();
  const log = openLogFile(folder, 10);
  for (const line of ['first line\n', 'second line\n', 'third line\n']) log.write(line);
  log.close();
  expect(readFileSync(log.file, 'utf8')).toBe('third line\n');
  expect(readFileSync(path.join(folder, 'pushdesk.old.log'), 'utf8')).toBe('second line\n');
});
