import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePrivateFile, NotAFile, readPrivateFile, writePrivateFile } from './private-file.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

describe('a file that only this user can read', () => {
  it('takes the place of a file that others could read', async () => {
    const file = path.join(home, 'keys.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    await writePrivateFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind where it cannot be written', async () => {
    const folder = path.join(home, 'folder.json');
    await expect(writePrivateFile(path.join(folder, 'keys.json'), 'new')).rejects.toThrow('ENOENT');
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('reading one', () => {
  it('closes it to others', async () => {
    const file = path.join(home, 'keys.json');
    writeFileSync(file, 'text', { mode: 0o644 });
    expect(await readPrivateFile(file)).toBe('text');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readPrivateFile(path.join(home, 'nowhere'))).toBeNull();
  });

  it.each([
    [
      'a folder',
      (name: string) => {
        mkdirSync(name);
      },
    ],
    ['a pipe that nobody writes to', (name: string) => execFileSync('mkfifo', [name])],
  ])('neither waits nor guesses where there is %s in its place', async (_what, make) => {
    const name = path.join(home, 'api-token');
    make(name);
    await expect(readPrivateFile(name)).rejects.toEqual(new NotAFile(name));
  });
});

describe('a file for a library', () => {
  it('is made closed, and closed where it was open, with what it holds', () => {
    const file = path.join(home, 'store.db');
    makePrivateFile(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, 'rows');
    chmodSync(file, 0o664);
    makePrivateFile(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe('rows');
  });

  it('is left to the library where it cannot be made', () => {
    expect(() => {
      makePrivateFile(path.join(home, 'nowhere', 'store.db'));
    }).not.toThrow();
  });
});
