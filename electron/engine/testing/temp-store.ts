import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { capturedLog } from './captured-log.ts';
import { fakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';

/** A store in which nothing is yet, as a file: to make one takes every migration, and hundreds of tests want one. */
let emptyStore: Buffer | undefined;

function emptyStoreFile(): Buffer {
  if (emptyStore === undefined) {
    const file = path.join(tempFolder(), 'pushdesk.db');
    openStore({ file, log: capturedLog().log, clock: fakeClock() }).close();
    emptyStore = readFileSync(file);
  }
  return emptyStore;
}

/** A real store on a real file, closed and removed after the test. */
export function tempStore({
  folder = tempFolder(),
  clock = fakeClock(),
  log = capturedLog().log,
}: { folder?: string; clock?: Clock; log?: Log } = {}): Store {
  const file = path.join(folder, 'pushdesk.db');
  if (!existsSync(file)) writeFileSync(file, emptyStoreFile(), { mode: 0o600 });
  const store = openStore({ file, log, clock });
  onTestFinished(() => {
    store.close();
  });
  return store;
}
