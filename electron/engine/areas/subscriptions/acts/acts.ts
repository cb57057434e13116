import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  actIdSchema,
  type Act,
  type ActId,
  type ActProgress,
  type actProcedures,
  type Target,
} from '../../../../contract/acts.ts';
import { Refusal } from '../../../../contract/problem.ts';
import type { ChangeHub } from '../../../base/change-hub.ts';
import type { Log } from '../../../base/log.ts';
import type { Calls } from '../../../serve/calls.ts';
import type { WritableDb } from '../../../store/database.ts';
import type { RowFilter, SubscriptionSelection } from '../subscription-selection-service.ts';
import { applyAct, undoAct, type ActTools } from './apply-act.ts';
import type { ActRow, ActStore } from './act-store.ts';
import { chooseRows } from './choose-rows.ts';

/** Acts on many rows, one transaction per piece. */
export interface Acts extends Calls<typeof actProcedures> {
  /** The same for rows that no filter of a caller can name. */
  startOn(rows: RowFilter, act: Act): Promise<ActProgress>;
  /** When the engine starts: what was interrupted has stopped, and can be undone. */
  recover(): void;
  /** Forgets what can no longer be undone. */
  tidy(): void;
  /** Those rows are erased. To be called in a transaction. */
  forgetRows(ids: readonly number[]): void;
  isActing(): boolean;
  /** Ends after the pieces that are being worked on. */
  stopAll(): Promise<unknown>;
}

export interface ActsOptions {
  db: WritableDb;
  store: ActStore;
  tools: ActTools;
  selection: SubscriptionSelection;
  /** To be called before looking for matches. */
  expireDue: () => void;
  changes: Pick<ChangeHub, 'publish'>;
  log: Log;
}

/** Rows per piece: a few milliseconds of work, and never from more than one stretch. */
const PIECE = 1000;
/** A caller waits for this many pieces before being told that the rest continues in the background. */
const PIECES_AT_ONCE = 5;
const DAY_MS = 86_400_000;

export function createActs(options: ActsOptions): Acts {
  const { db, store, tools, selection, expireDue, changes, log } = options;
  const running = new Map<ActId, { work: Promise<void>; stop: AbortController }>();

  const tell = () => {
    changes.publish('acts', 'subscriptions', 'keys', 'segments', 'tags');
  };
  const mustGet = (id: ActId): ActRow => {
    const row = store.get(id);
    if (row === null) throw new Refusal('NOT_FOUND', ACT_UNKNOWN);
    return row;
  };
  const undoUntil = ({ id, state, finishedAt }: ActRow): number | null =>
    (state === 'done' || state === 'stopped' || state === 'failed') &&
    finishedAt !== null &&
    store.hasPieces(id)
      ? finishedAt + DAY_MS
      : null;
  const view = (row: ActRow): ActProgress => ({ ...row, undoUntil: undoUntil(row) });
  const put = (row: ActRow): ActRow => {
    store.put(row);
    return row;
  };

  /** Runs `work` in the background, and waits for it if it is short. */
  const begin = async (
    id: ActId,
    work: (signal: AbortSignal, onPiece: () => void) => Promise<void>,
  ): Promise<ActProgress> => {
    const stop = new AbortController();
    let pieces = 0;
    let answer: () => void = () => undefined;
    const isLong = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const onPiece = () => {
      pieces += 1;
      if (pieces === PIECES_AT_ONCE) answer();
      tell();
    };
    const whole = work(stop.signal, onPiece)
      .catch((error: unknown) => {
        fail(id, error, stop.signal.aborted);
      })
      .finally(() => {
        running.delete(id);
        tell();
      });
    running.set(id, { work: whole, stop });
    await Promise.race([whole, isLong]);
    return view(mustGet(id));
  };

  const fail = (id: ActId, error: unknown, isStopped: boolean) => {
    if (!isStopped) log.error({ error: String(error) }, 'an act on many subscriptions failed');
    try {
      const row = mustGet(id);
      const isUndo = row.state === 'undoing';
      put({
        ...row,
        // What is left of an undo can be undone again.
        state: isStopped || isUndo ? 'stopped' : 'failed',
        finishedAt: isUndo ? row.finishedAt : tools.now(),
        problem: isStopped ? null : ACT_FAILED,
      });
    } catch (second) {
      // A disk that accepted no piece does not accept this either: the next start finds the act interrupted.
      log.error({ error: String(second) }, 'the end of an act could not be stored');
    }
  };

  const run = async (id: ActId, target: Target | RowFilter, signal: AbortSignal, onPiece: () => void) => {
    expireDue();
    const chosen = await chooseRows(target, selection, (ids) => tools.rows.existing(ids), signal);
    let row = put({ ...mustGet(id), state: 'running', matched: chosen.count });
    for (const ids of chosen.pieces(PIECE)) {
      signal.throwIfAborted();
      row = db.transactionSoon(() => {
        const before = applyAct(row.act, ids, tools);
        store.remember(id, before);
        const changed = before.reduce((count, [, rows]) => count + rows.length, 0);
        return put({ ...row, done: row.done + ids.length, changed: row.changed + changed });
      });
      onPiece();
      await nextTurn();
    }
    await db.flushed();
    put({ ...row, state: 'done', finishedAt: tools.now() });
  };

  const undo = async (id: ActId, signal: AbortSignal, onPiece: () => void) => {
    let row = put({ ...mustGet(id), state: 'undoing', problem: null });
    for (;;) {
      signal.throwIfAborted();
      const piece = store.lastPiece(id);
      if (piece === null) break;
      row = db.transactionSoon(() => {
        const restored = undoAct(row.act, piece.before, tools);
        store.forgetPiece(piece.id);
        return put({ ...row, restored: row.restored + restored });
      });
      onPiece();
      await nextTurn();
    }
    await db.flushed();
    put({ ...row, state: 'undone' });
  };

  const start = (target: Target | RowFilter, act: Act): Promise<ActProgress> => {
    // A key pair that does not exist is reported at once.
    if (act.kind === 'set-key') tools.publicKeyOf(act.keyPairId);
    const id = actIdSchema.parse(randomUUID());
    store.add({
      id,
      act,
      state: 'choosing',
      matched: null,
      done: 0,
      changed: 0,
      restored: 0,
      startedAt: tools.now(),
      finishedAt: null,
      problem: null,
    });
    return begin(id, (signal, onPiece) => run(id, target, signal, onPiece));
  };

  return {
    start: ({ target, act }) => start(target, act),
    startOn: start,
    list: () => ({ items: store.all().map(view) }),
    get: ({ id }) => view(mustGet(id)),
    async stop({ id }) {
      const work = running.get(id);
      work?.stop.abort();
      await work?.work;
      return view(mustGet(id));
    },
    undo({ id }) {
      const row = mustGet(id);
      const until = undoUntil(row);
      if (running.has(id)) throw new Refusal('CONFLICT', ACT_RUNS);
      if (until === null || until <= tools.now()) throw new Refusal('CONFLICT', NOTHING_TO_UNDO);
      return begin(id, (signal, onPiece) => undo(id, signal, onPiece));
    },

    recover() {
      for (const row of store.all()) {
        if (row.state === 'choosing' || row.state === 'running') {
          put({ ...row, state: 'stopped', finishedAt: tools.now() });
        }
        if (row.state === 'undoing') put({ ...row, state: 'stopped' });
      }
    },
    tidy() {
      const before = tools.now() - DAY_MS;
      for (const row of store.all()) {
        if (running.has(row.id) || row.finishedAt === null || row.finishedAt > before) continue;
        db.transaction(() => {
          store.remove(row.id);
        });
      }
    },
    forgetRows: (ids) => {
      store.forgetRows(ids);
    },
    isActing: () => running.size > 0,
    stopAll() {
      for (const { stop } of running.values()) stop.abort();
      return Promise.all([...running.values()].map(({ work }) => work));
    },
  };
}

const ACT_UNKNOWN = {
  code: 'act-unknown',
  cause: 'This change is no longer known.',
  cure: 'Changes can be undone for a day.',
};

const ACT_RUNS = {
  code: 'act-runs',
  cause: 'This change is still being made.',
  cure: 'Wait until it is done, or stop it first.',
};

const NOTHING_TO_UNDO = {
  code: 'nothing-to-undo',
  cause: 'There is nothing left to undo.',
  cure: 'Changes can be undone once, for a day.',
};

const ACT_FAILED = {
  code: 'act-failed',
  cause: 'The change stopped before the end, because the store could not save it. What is changed stays.',
  cure: 'Check that there is room on the disk, then try again or undo it.',
};
