import type { Clock } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import type { WritableDb } from '../../../store/database.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { RetentionStore } from './retention-store.ts';

const DAY_MS = 86_400_000;
/** How many deliveries one transaction removes: a few milliseconds, so that nothing waits for it. */
const PIECE = 500;

/** Removes deliveries of campaigns that ended long ago, piece by piece; after a kill the engine continues where it was. */
export interface Retention {
  /** To be called now and then: begins if there is something to remove. */
  tidy(): void;
  preview(days: number): ReturnType<RetentionStore['preview']>;
}

/** @param options `days`: how long deliveries are now kept; `null`: for good */
export function createRetention(options: {
  db: WritableDb;
  store: RetentionStore;
  days: () => number | null;
  backgroundWork: Pick<BackgroundWork, 'start'>;
  onChange: () => void;
  clock: Clock;
  log: Pick<Log, 'info'>;
}): Retention {
  const { db, store, days, clock, log } = options;
  const before = (kept: number) => clock.now() - kept * DAY_MS;

  /** Asks again each time: what is now kept for longer, or is running again, is left alone. */
  const piece = (): 'more' | 'done' => {
    const kept = days();
    const id = kept === null ? null : store.next(before(kept));
    if (id === null) return 'done';
    const removed = db.transaction(() => store.removeSome(id, PIECE, clock.now()));
    if (removed < PIECE) {
      log.info({ campaignId: id }, 'deliveries of a campaign that ended long ago were removed');
      options.onChange();
    }
    return 'more';
  };

  return {
    tidy() {
      const kept = days();
      if (kept !== null && store.next(before(kept)) !== null)
        options.backgroundWork.start('retention', piece);
    },
    preview: (kept) => store.preview(before(kept)),
  };
}
