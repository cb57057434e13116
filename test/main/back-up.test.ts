import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { backUp } from '../../electron/main/back-up.ts';
import { ROOT } from '../e2e/support/pushdesk.ts';
import { startHeadless } from '../support/headless.ts';

const PROGRAM = path.join(ROOT, 'out', 'engine', 'command.mjs');

it('backs up a workspace that is in use, on a thread of this process, and says what is in the copy', async () => {
  const dataDir = path.join(tempFolder(), 'data');
  const pushdesk = await startHeadless({ dataDir, env: {} });
  const file = path.join(tempFolder(), 'copy.db');
  try {
    const done = await backUp(PROGRAM, dataDir, file);
    expect(done).toMatchObject({ isDone: true });
    expect(done.lines[0]).toContain('Backed up 0 subscriptions and 0 campaigns');
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
    expect(statSync(file).mode & 0o077).toBe(0);
  } finally {
    await pushdesk.end();
  }
});

it('says why there is nothing to back up, and leaves no file', async () => {
  const file = path.join(tempFolder(), 'copy.db');
  const { isDone, lines } = await backUp(PROGRAM, tempFolder(), file);
  expect([isDone, lines.join()]).toEqual([false, expect.stringContaining('There is no store at')]);
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
});
