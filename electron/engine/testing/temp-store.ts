import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { capturedLog } from './captured-log.ts';
import { fakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';

/** A real store on a real file, closed and removed after the test. */
export function tempStore({
  folder = tempFolder(),
  clock = fakeClock(),
  log = capturedLog().log,
}: { folder?: string; clock?: Clock; log?: Log } = {}): Store {
  const store = openStore({ file: path.join(folder, 'pushdesk.db'), log, clock });
  onTestFinished(() => {
    store.close();
  });
  return store;
}
