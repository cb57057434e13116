import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStore } from '../store/open-store.ts';
import { capturedLog } from './captured-log.ts';
import { fakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';

let empty: Buffer | undefined;

/** Puts an empty store at a path, unless there is one already: creating it takes every migration, and hundreds of tests need one. */
export function layEmptyStore(file: string): void {
  if (existsSync(file)) return;
  empty ??= makeEmptyStore();
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, empty, { mode: 0o600 });
}

function makeEmptyStore(): Buffer {
  const file = path.join(tempFolder(), 'pushdesk.db');
  openStore({ file, log: capturedLog().log, clock: fakeClock() }).close();
  return readFileSync(file);
}
