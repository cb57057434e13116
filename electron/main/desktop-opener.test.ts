import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openByDesktop } from './desktop-opener.ts';

const URL = 'http://localhost:4830/';
const never = () => () => undefined;

/** An opener that writes down what it was given, then does what the script says. */
function opener(script: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'opener-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const program = path.join(folder, 'xdg-open');
  const record = path.join(folder, 'record');
  writeFileSync(program, `#!/bin/sh\nprintf '%s|%s' "$*" "$MM_NOTTTY" > '${record}'\n${script}\n`);
  chmodSync(program, 0o700);
  return { program, given: () => readFileSync(record, 'utf8') };
}

it.each([
  ['it says so', 'exit 0', true],
  ['it found no browser', 'exit 3', false],
  ['the browser did not start', 'exit 4', false],
  ['it was ended', 'kill -9 $$', false],
])('tells whether a browser opened: %s', async (_what, script, opened) => {
  const { program, given } = opener(script);
  expect(await openByDesktop(URL, { program, schedule: never })).toBe(opened);
  expect(given()).toBe(`${URL}|1`);
});

it('tells that there is no opener', async () => {
  expect(await openByDesktop(URL, { program: '/nowhere/xdg-open', schedule: never })).toBe(false);
});

it('takes one that stays for good news after a while', async () => {
  const { program, given } = opener('exec tail -f /dev/null --pid="$PPID"');
  const schedule = (run: () => void) => {
    run();
    return () => undefined;
  };
  expect(await openByDesktop(URL, { program, schedule })).toBe(true);
  // It has only just started and may still write into the folder.
  await expect.poll(given).toBe(`${URL}|1`);
});
