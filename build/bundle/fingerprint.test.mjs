import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.mjs';

let root;
const write = (name, text) => writeFileSync(path.join(root, name), text);
const take = () => fingerprint(root, ['src', 'lock.json']);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fingerprint-'));
  mkdirSync(path.join(root, 'src', 'deep'), { recursive: true });
  write('lock.json', '{}');
  write('src/a.ts', 'a');
  write('src/deep/b.ts', 'b');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the fingerprint of sources', () => {
  it('stays when nothing changes', () => {
    expect(take()).toBe(take());
  });

  it.each([
    ['a changed file', () => write('src/deep/b.ts', 'c')],
    ['a new file', () => write('src/c.ts', '')],
    ['a removed file', () => rmSync(path.join(root, 'src/a.ts'))],
    ['a single file that is named', () => write('lock.json', '[]')],
  ])('changes with %s', (_, change) => {
    const before = take();
    change();
    expect(take()).not.toBe(before);
  });

  it('does not change with tests and notes, which are not built', () => {
    const before = take();
    write('src/a.test.ts', 'x');
    write('src/README.md', 'x');
    write('outside.ts', 'x');
    expect(take()).toBe(before);
  });
});
