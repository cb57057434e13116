import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backUp, backupName } from './back-up.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

/** A program that is started the way the engine's is, and says what it was told. */
function program(code: string): string {
  const file = path.join(home, 'program.mjs');
  writeFileSync(file, code);
  return file;
}

it('runs the backup of the command, and gives what it says', async () => {
  const told = program(`
    process.stdout.write([process.argv.slice(2).join(' '), process.env.PUSHDESK_DATA_DIR].join('\\n') + '\\n');
    process.exit(0);
  `);
  expect(await backUp(told, '/data', '/copies/a.db')).toEqual({
    isDone: true,
    lines: ['backup /copies/a.db', '/data'],
  });
});

it('gives the reason of one that failed, and has words for one that fell', async () => {
  const failing = program("process.stderr.write('The disk is full.\\n'); process.exit(1);");
  expect(await backUp(failing, '/data', '/a.db')).toEqual({ isDone: false, lines: ['The disk is full.'] });
  const falling = program("throw new Error('secret detail');");
  const { isDone, lines } = await backUp(falling, '/data', '/a.db');
  expect([isDone, lines]).toEqual([false, [expect.stringMatching(/^The backup failed\./)]]);
});

it('suggests a name with the day', () => {
  expect(backupName(new Date(2026, 0, 9, 23, 59).getTime())).toBe('pushdesk-2026-01-09.db');
});
