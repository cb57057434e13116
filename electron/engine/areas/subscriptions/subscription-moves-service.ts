import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SubscriptionId } from '../../../contract/ids.ts';
import type { KeyRotation, MovedIn, MovingIn } from '../../../contract/moves.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { createRenewedAnswer, type RenewedAnswer } from '../../base/renewed-answer.ts';
import type { WritableDb } from '../../store/database.ts';
import { createMoveStore, HOUR_MS, type RotationRow } from './moves/move-store.ts';
import type { SubscriptionSums } from './subscription-sums-service.ts';

const DAY_MS = 24 * HOUR_MS;
/** How long finished changes of key are still reported. */
const KEPT_MS = 30 * DAY_MS;
/** Rows that are counted without a break. */
const STRETCH = 20_000;

/** Where subscriptions go: from one key to the next, and here from another sender. */
export interface SubscriptionMoves {
  /**
   * Another key is in use from now on: browsers of the old one move on their next visit. Going back to a key ends the change away from it.
   *
   * @param from public key that was in use; `null`: none
   * @param use what puts the new one in use; part of the same transaction
   */
  changeKey(from: string | null, to: string, use: () => void): void;
  /** A browser showed a subscription on a page. @returns whether it is the first time */
  noteSeen(id: SubscriptionId): boolean;
  /** A new subscription has taken the place of one with another key. */
  noteMoved(from: string): void;
  noteMovedIn(how: MovedIn): void;
  /** Newest first. */
  rotations(): Promise<(Omit<KeyRotation, 'from' | 'to'> & Pick<RotationRow, 'from' | 'to'>)[]>;
  movingIn(): Promise<MovingIn>;
  stop(): Promise<unknown>;
}

export function createSubscriptionMoves(options: {
  db: WritableDb;
  clock: Clock;
  sums: Pick<SubscriptionSums, 'list'>;
  changes: Pick<ChangeHub, 'publish'>;
  log: Pick<Log, 'warn'>;
  /** In ms, from an arbitrary origin; injected for tests. */
  elapsed?: () => number;
}): SubscriptionMoves {
  const { db, clock, sums, changes, log } = options;
  const store = createMoveStore(db);

  const activeOf = (publicKey: string) =>
    sums
      .list()
      .filter((sum) => !sum.inBin && sum.state === 'active' && sum.publicKey === publicKey)
      .reduce((count, sum) => count + sum.count, 0);

  /** Each read marks what is over, so that no timer has to be punctual. */
  const settle = () => {
    for (const { from, endedAt } of store.rotations(Number.MAX_SAFE_INTEGER)) {
      if (endedAt !== null || activeOf(from) > 0) continue;
      try {
        store.end(from, 'finished', clock.now());
      } catch {
        // A full disk must not keep anyone from seeing the list; the next read marks it.
        return;
      }
    }
  };

  async function leftSeen(publicKey: string): Promise<KeyRotation['leftSeen']> {
    const now = clock.now();
    const since = { week: now - 7 * DAY_MS, month: now - 30 * DAY_MS };
    const seen = { inWeek: 0, inMonth: 0 };
    for (let after: number | null = 0; after !== null;) {
      const { week, month, next } = store.seenOf(publicKey, since, after, STRETCH);
      seen.inWeek += week;
      seen.inMonth += month;
      after = next;
      if (after !== null) await nextTurn();
    }
    return seen;
  }

  async function notSeen(): Promise<number> {
    let count = 0;
    for (let after: number | null = 0; after !== null;) {
      const found = store.notSeen(after, STRETCH);
      count += found.count;
      after = found.next;
      if (after !== null) await nextTurn();
    }
    return count;
  }

  /** Both counts look at every row, so they are cached and refreshed in the background. */
  const renewed = <Answer>(find: () => Promise<Answer>): RenewedAnswer<Answer> =>
    createRenewedAnswer({
      find,
      // Weeks and months go by even if nothing is written.
      version: () => `${db.changeCount() ?? ''} ${Math.floor(clock.now() / HOUR_MS)}`,
      onRenewed: () => {
        changes.publish('keys');
      },
      onFailed: (error) => {
        log.warn({ error: String(error) }, 'who moves to another key could not be counted');
      },
      ...(options.elapsed === undefined ? {} : { elapsed: options.elapsed }),
    });
  const toCome = renewed(notSeen);
  /** By public key whose subscriptions are to move. */
  const leftSeenOf = new Map<string, RenewedAnswer<KeyRotation['leftSeen']>>();
  const readLeftSeen = (publicKey: string) => {
    const known = leftSeenOf.get(publicKey) ?? renewed(() => leftSeen(publicKey));
    leftSeenOf.set(publicKey, known);
    return known.read();
  };

  return {
    changeKey(from, to, use) {
      db.transaction(() => {
        use();
        store.end(to, 'cancelled', clock.now());
        store.leadTo(to);
        const startedWith = from === null || from === to ? 0 : activeOf(from);
        if (from !== null && startedWith > 0) store.open({ from, to, at: clock.now(), startedWith });
      });
    },
    noteSeen(id) {
      const before = store.seenAt(id);
      const now = clock.now();
      // A page reports its subscription on each visit; nobody needs the time to the minute.
      if (before === null || before < now - HOUR_MS) store.noteSeen(id, now);
      return before === null;
    },
    noteMoved(from) {
      store.addMoved(from, clock.now());
    },
    noteMovedIn(how) {
      store.addMovedIn(how, clock.now());
    },
    async rotations() {
      settle();
      const rotations = [];
      for (const row of store.rotations(clock.now() - KEPT_MS)) {
        const hours = store.hoursOf(row.id).map(({ from, count }) => ({ from, moved: count }));
        const isMoving = row.endedAt === null;
        const left = isMoving ? activeOf(row.from) : 0;
        const seen = left > 0 ? await readLeftSeen(row.from) : { inWeek: 0, inMonth: 0 };
        rotations.push({
          id: row.id,
          from: row.from,
          to: row.to,
          startedAt: row.startedAt,
          startedWith: row.startedWith,
          endedAt: row.endedAt,
          state: isMoving
            ? ('moving' as const)
            : row.isCancelled
              ? ('cancelled' as const)
              : ('finished' as const),
          moved: hours.reduce((sum, { moved }) => sum + moved, 0),
          left,
          leftSeen: seen,
          hours,
        });
      }
      return rotations;
    },
    async movingIn() {
      const byHour = new Map<number, { from: number; kept: number; renewed: number }>();
      for (const { from, how, count } of store.movedIn()) {
        const at = byHour.get(from) ?? { from, kept: 0, renewed: 0 };
        byHour.set(from, how === 'kept' ? { ...at, kept: count } : { ...at, renewed: count });
      }
      const hours = [...byHour.values()];
      return {
        kept: hours.reduce((sum, { kept }) => sum + kept, 0),
        renewed: hours.reduce((sum, { renewed }) => sum + renewed, 0),
        toCome: await toCome.read(),
        hours,
      };
    },
    stop: () => Promise.all([toCome, ...leftSeenOf.values()].map((answer) => answer.stop())),
  };
}
