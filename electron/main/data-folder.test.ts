import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareDataFolder } from './data-folder.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

describe('the data folder', () => {
  it('is made with all folders above it, for this user only', () => {
    const dataDir = path.join(home, 'a', 'b');
    expect(prepareDataFolder(dataDir)).toEqual({ kind: 'ready' });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(prepareDataFolder(dataDir)).toEqual({ kind: 'ready' });
  });

  it('is refused below a file and in the place of one, naming the folder', () => {
    const file = path.join(home, 'file');
    writeFileSync(file, 'mine');
    for (const dataDir of [file, path.join(file, 'below')]) {
      const refused = prepareDataFolder(dataDir);
      expect(refused).toMatchObject({
        kind: 'refused',
        problem: {
          code: 'data-folder',
          cause: expect.stringContaining('part of the path is a file') as string,
        },
      });
      expect(JSON.stringify(refused)).toContain(dataDir);
    }
    expect(existsSync(file)).toBe(true);
  });
});
