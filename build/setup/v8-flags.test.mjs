import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { flagsForThreads } from './v8-flags.mjs';

describe('flags for threads', () => {
  it('are ones that Node starts with', () => {
    expect(String(execFileSync(process.execPath, [...flagsForThreads(), '--print', '6 * 7']))).toBe('42\n');
  });

  it('are none where they are not known', () => {
    expect(flagsForThreads('/no/such/node')).toEqual([]);
  });
});
