import { z } from 'zod';
import { actIdSchema, actSchema, actStateSchema, type Act, type ActId } from '../../../../contract/acts.ts';
import { problemSchema, type Problem } from '../../../../contract/problem.ts';
import type { WritableDb } from '../../../store/database.ts';
import {
  soundCount,
  soundCountOrNull,
  soundInstant,
  soundInstantOrNull,
  soundJson,
} from '../../../store/sound.ts';
import { stretchOf } from '../../../store/row-bits.ts';

export type ActState = z.infer<typeof actStateSchema>;

export interface ActRow {
  readonly id: ActId;
  readonly act: Act;
  readonly state: ActState;
  readonly matched: number | null;
  readonly done: number;
  readonly changed: number;
  readonly restored: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly problem: Problem | null;
}

/** What rows had before an act, grouped by rows that had the same. */
export type Before = readonly (readonly [had: unknown, ids: readonly number[]])[];

export interface ActStore {
  add(row: ActRow): void;
  /** Overwrites everything but the act and its start. */
  put(row: ActRow): void;
  get(id: ActId): ActRow | null;
  /** Newest first. */
  all(): ActRow[];
  /** Rows of one stretch. */
  remember(id: ActId, before: Before): void;
  /** The last piece that is remembered, or `null`. */
  lastPiece(id: ActId): { id: number; before: Before } | null;
  forgetPiece(id: number): void;
  hasPieces(id: ActId): boolean;
  /** With everything that is remembered about it. */
  remove(id: ActId): void;
  /** Those rows are erased: no act remembers what they had. If an act was about nobody else, what it gave them is forgotten too. */
  forgetRows(ids: readonly number[]): void;
}

interface Raw {
  id: string;
  act: string;
  state: string;
  matched: number | null;
  done: number;
  changed: number;
  restored: number;
  started_at: number;
  finished_at: number | null;
  problem: string | null;
}

const rawSchema = z.object({ id: actIdSchema, act: actSchema, state: actStateSchema });
const beforeSchema = z.array(z.tuple([z.unknown(), z.array(z.number())]));

export function createActStore(db: WritableDb): ActStore {
  const insert = db.write<object>(
    `INSERT INTO acts (id, act, state, matched, done, changed, restored, started_at, finished_at, problem)
     VALUES (@id, @act, @state, @matched, @done, @changed, @restored, @startedAt, @finishedAt, @problem)`,
  );
  const update = db.write<object>(
    `UPDATE acts SET state = @state, matched = @matched, done = @done, changed = @changed, restored = @restored,
       finished_at = @finishedAt, problem = @problem WHERE id = @id`,
  );
  const one = db.read<{ id: string }, Raw>('SELECT * FROM acts WHERE id = @id');
  const all = db.read<object, Raw>('SELECT * FROM acts ORDER BY started_at DESC, id');
  const addPiece = db.write<{ id: string; stretch: number; before: string }>(
    'INSERT INTO act_rows (act_id, stretch, before) VALUES (@id, @stretch, @before)',
  );
  const last = db.read<{ id: string }, { id: number; before: string }>(
    'SELECT id, before FROM act_rows WHERE act_id = @id ORDER BY id DESC LIMIT 1',
  );
  const dropPiece = db.write<{ id: number }>('DELETE FROM act_rows WHERE id = @id');
  const dropPieces = db.write<{ id: string }>('DELETE FROM act_rows WHERE act_id = @id');
  const drop = db.write<{ id: string }>('DELETE FROM acts WHERE id = @id');
  const ofStretch = db.read<{ stretch: number }, { id: number; before: string }>(
    'SELECT id, before FROM act_rows WHERE stretch = @stretch',
  );
  /** Nothing in them can be undone. */
  const dropEmpty = db.write<object>(
    `DELETE FROM acts WHERE state IN ('done', 'stopped', 'failed', 'undone')
       AND NOT EXISTS (SELECT 1 FROM act_rows WHERE act_id = acts.id)`,
  );
  const rewrite = db.write<{ id: number; before: string }>(
    'UPDATE act_rows SET before = @before WHERE id = @id',
  );

  const params = (row: ActRow) => ({
    ...row,
    act: JSON.stringify(row.act),
    problem: row.problem === null ? null : JSON.stringify(row.problem),
  });
  return {
    add(row) {
      insert.run(params(row));
    },
    put(row) {
      const { id, state, matched, done, changed, restored, finishedAt, problem } = params(row);
      update.run({ id, state, matched, done, changed, restored, finishedAt, problem });
    },
    get(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : (toRow(raw)[0] ?? null);
    },
    all: () => all.all({}).flatMap(toRow),
    remember(id, before) {
      const first = before[0]?.[1][0];
      if (first === undefined) return;
      addPiece.run({ id, stretch: stretchOf(first), before: JSON.stringify(before) });
    },
    lastPiece(id) {
      const raw = last.get({ id });
      return raw === undefined ? null : { id: raw.id, before: soundJson(beforeSchema, raw.before) ?? [] };
    },
    forgetPiece(id) {
      dropPiece.run({ id });
    },
    hasPieces: (id) => last.get({ id }) !== undefined,
    remove(id) {
      dropPieces.run({ id });
      drop.run({ id });
    },
    forgetRows(ids) {
      const gone = new Set(ids);
      for (const stretch of new Set(ids.map(stretchOf))) {
        for (const { id, before } of ofStretch.all({ stretch })) {
          const groups = soundJson(beforeSchema, before);
          // Nobody can tell whom it is about, so it may be about these rows.
          if (groups === null) dropPiece.run({ id });
          if (groups?.some(([, rows]) => rows.some((row) => gone.has(row))) !== true) continue;
          const left = groups
            .map(([had, rows]) => [had, rows.filter((row) => !gone.has(row))] as const)
            .filter(([, rows]) => rows.length > 0);
          if (left.length === 0) dropPiece.run({ id });
          else rewrite.run({ id, before: JSON.stringify(left) });
        }
      }
      dropEmpty.run({});
    },
  };
}

/** A record from another version counts as none: it cannot be undone. */
function toRow(raw: Raw): ActRow[] {
  const read = rawSchema.safeParse({ ...raw, act: soundJson(actSchema, raw.act) });
  if (!read.success) return [];
  return [
    {
      ...read.data,
      matched: soundCountOrNull(raw.matched),
      done: soundCount(raw.done),
      changed: soundCount(raw.changed),
      restored: soundCount(raw.restored),
      startedAt: soundInstant(raw.started_at),
      finishedAt: soundInstantOrNull(raw.finished_at),
      problem: raw.problem === null ? null : soundJson(problemSchema, raw.problem),
    },
  ];
}
