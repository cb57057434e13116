import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inPlainFolder, isPlain, viteMisreads } from './plain-folder.mjs';

let root;
beforeEach(() => {
  const place = isPlain(realpathSync(tmpdir())) ? tmpdir() : '/tmp';
  root = realpathSync(mkdtempSync(path.join(place, 'plain-')));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a folder that make can work in', () => {
  it.each(['/tmp', '/home/jo.doe/.cache', '/a-b_c+d@e'])('is %s', (folder) => {
    expect(isPlain(folder)).toBe(true);
  });

  it.each([
    '/a b',
    "/it's",
    '/a$x',
    '/a#1',
    '/süper',
    '/a%b',
    '/a:b',
    '/a"b',
    '/a(1)',
    '/a\nb',
    `/${'a'.repeat(300)}`,
  ])('is not %s', (folder) => {
    expect(isPlain(folder)).toBe(false);
  });

  it('is looked for among several places, and gone afterwards', async () => {
    const odd = path.join(root, 'my pro#ject');
    const file = path.join(root, 'file');
    const plain = path.join(root, 'plain');
    mkdirSync(odd);
    writeFileSync(file, '');
    const used = await inPlainFolder(
      async (folder) => {
        writeFileSync(path.join(folder, 'a'), '');
        return folder;
      },
      [odd, path.join(file, 'below'), plain],
    );
    expect(path.dirname(used)).toBe(plain);
    expect(existsSync(used)).toBe(false);
  });

  it('is told by the real path, not by a link to it', async () => {
    const odd = path.join(root, 'my project');
    mkdirSync(odd);
    symlinkSync(odd, path.join(root, 'link'));
    await expect(inPlainFolder(async () => 0, [path.join(root, 'link')])).rejects.toThrow(
      /no folder to compile in .*characters that make cannot handle.*set TMPDIR/s,
    );
  });

  it('is gone when the work fails', async () => {
    let used = '';
    const failing = inPlainFolder(
      async (folder) => {
        used = folder;
        throw new Error('no');
      },
      [root],
    );
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(used)).toBe(false);
  });
});

it('tells the paths that Vite misreads', () => {
  expect(['/a#1', '/a?b', "/my süper pro'ject $x 100%"].map(viteMisreads)).toEqual([true, true, false]);
});
