import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { capturedLog } from './captured-log.ts';
import { layEmptyStore } from './empty-store.ts';
import { fakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';

/** A real store on a real file, closed and removed after the test. */
export function tempStore({
  folder = tempFolder(),
  clock = fakeClock(),
  log = capturedLog().log,
}: { folder?: string; clock?: Clock; log?: Log } = {}): Store {
  const file = path.join(folder, 'pushdesk.db');
  layEmptyStore(file);
  const store = openStore({ file, log, clock });
  onTestFinished(() => {
    store.close();
  });
  return store;
}
